"""What the city wants to say: posts, their versions, where they go, and the names under them."""

from __future__ import annotations

import json
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models import Account
from undersigned.acts.governed import Governed, GovernedQuerySet, ReferenceField
from undersigned.people.models import Appointment, Person
from undersigned.publishing.content import Content
from undersigned.publishing.states import FINAL_POSTS, POST_CYCLE, PostState, Verdict


class PostQuerySet(GovernedQuerySet["Post"]):
    def open(self) -> PostQuerySet:
        return self.exclude(state__in=FINAL_POSTS)


class Post(Governed):
    """``number`` is that of its present version; ``digest`` binds that version while it is submitted or beyond.

    The window is from ``not_before`` to ``not_after``: a post that could not go inside it is never sent late.
    """

    kind = "post"
    governed: ClassVar = {
        1: (
            "author", "capacity", "state", "state_since", "state_reason", "number", "digest", "rule", "topic",
            "purpose", "not_before", "not_after", "emergency", "drill", "corrects", "held_since", "held_reason",
            "verdict", "reviewed_by", "reviewed_at", "retention_class", "legal_hold", "made_at",
        )
    }  # fmt: skip
    lifecycle = POST_CYCLE

    id = ReferenceField("post")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts_written")
    capacity = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="posts_written")
    state = models.CharField(
        _("state"), max_length=16, choices=PostState.choices, default=PostState.DRAFT, db_index=True
    )
    state_since = models.DateTimeField(_("since"), default=timezone.now)
    state_reason = models.TextField(_("reason"), blank=True)
    number = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64, blank=True)
    rule = models.CharField(max_length=64, blank=True)
    topic = models.CharField(_("topic"), max_length=64, blank=True)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    not_before = models.DateTimeField(_("goes out at"), null=True, blank=True)
    not_after = models.DateTimeField(_("and never after"), null=True, blank=True)
    emergency = models.BooleanField(_("emergency"), default=False)
    drill = models.BooleanField(_("drill"), default=False)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    held_since = models.DateTimeField(null=True, blank=True)
    held_reason = models.TextField(blank=True)
    verdict = models.CharField(max_length=16, choices=Verdict.choices, blank=True)
    reviewed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="emergencies_reviewed"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    retention_class = models.CharField(_("retention class"), max_length=64, blank=True)
    legal_hold = models.CharField(_("legal hold"), max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = PostQuerySet.as_manager()  # type: ignore[misc] # narrower than the base class's

    class Meta(Governed.Meta):
        indexes = [
            models.Index(fields=["not_before", "id"], name="post_by_time"),
            models.Index(fields=["author", "state"], name="post_by_author"),
            models.Index(fields=["state", "id"], name="post_by_state"),
            models.Index(fields=["-made_at", "id"], name="post_by_beginning"),
        ]

    def __str__(self) -> str:
        return self.pk.partition(":")[2][:8]

    @property
    def version(self) -> PostVersion:
        return self.versions.get(number=self.number)


class PostVersion(Governed):
    """One wording of a post. ``bound`` is the canonical JSON that a countersignature binds, kept once submitted."""

    kind = "post_version"
    governed: ClassVar = {
        1: ("post", "number", "content", "bound", "digest", "edited_by", "edited_at", "ticked", "remark")
    }

    id = ReferenceField("post_version")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    bound = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    edited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts_edited")
    edited_at = models.DateTimeField()
    ticked = models.TextField(blank=True)
    remark = models.TextField(blank=True)

    class Meta(Governed.Meta):
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.post_id}, version {self.number}"

    @property
    def says(self) -> Content:
        return Content.from_json(json.loads(self.content))

    @property
    def warnings_ticked(self) -> tuple[str, ...]:
        """Ids of the warnings that the author has seen and ticked."""
        return tuple(self.ticked.split()) if self.ticked else ()


class Target(Governed):
    """An account on which the post is to appear."""

    kind = "target"
    governed: ClassVar = {1: ("post", "account", "dropped")}

    id = ReferenceField("target")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="targets")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="targeted")
    dropped = models.BooleanField(default=False)

    class Meta(Governed.Meta):
        constraints = [models.UniqueConstraint(fields=["post", "account"], name="one_target_an_account")]

    def __str__(self) -> str:
        return f"{self.post_id} on {self.account_id}"


class Assent(Governed):
    """One person's name under exactly these bytes, in one capacity.

    ``steps`` names what it satisfied when it was given, as ``<account>/<step>`` with blanks between.
    """

    kind = "assent"
    governed: ClassVar = {
        1: (
            "post",
            "number",
            "digest",
            "person",
            "capacity",
            "steps",
            "note",
            "signed_at",
            "withdrawn_at",
            "void_since",
        )
    }

    id = ReferenceField("assent")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="assents")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts_approved")
    capacity = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="posts_approved")
    steps = models.TextField()
    note = models.TextField(blank=True)
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    void_since = models.DateTimeField(null=True, blank=True)

    class Meta(Governed.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["post", "digest", "person"],
                condition=Q(withdrawn_at__isnull=True, void_since__isnull=True),
                name="one_name_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} under {self.digest[:8]}"


class Scribble(models.Model):
    """What somebody is typing, saved as they type. Nothing of it counts before they save the post themselves."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    post = models.CharField(max_length=97, blank=True)
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "post"], name="one_scribble_a_post")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.post or 'a new post'}"
