"""An account of the register, its reviews, and the lines of its set-up list that were closed."""

from __future__ import annotations

import json
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.states import (
    FINAL,
    LIFE_CYCLE,
    AccountState,
    ApprovalRule,
    HandleFate,
    Kind,
    LineClosedBy,
    Origin,
    PostSource,
)
from undersigned.acts.governed import Governed, GovernedQuerySet, ReferenceField
from undersigned.networks.names import Network
from undersigned.people.models import Person, Unit

HIGH_REACH_FOLLOWERS = 25_000
REVIEW_DAYS, HIGH_REACH_REVIEW_DAYS = 365, 90


class AccountQuerySet(GovernedQuerySet["Account"]):
    """Reads that many queries begin with."""

    def in_register(self) -> AccountQuerySet:
        """All whose handle is taken: everything that is not declined or archived."""
        return self.exclude(state__in=FINAL)


class Account(Governed):
    """An official presence of the city on a network.

    ``network`` and ``key`` are the identity as the networks room normalises it; ``network_id`` is the network's own
    number, which outlives every handle. ``owner_text`` keeps the owner as a file named them while nobody is found
    for it. ``months_still`` are those in which the dormancy clock of a seasonal account stands.
    """

    kind = "account"
    governed: ClassVar = {
        1: (
            "network", "handle", "key", "network_id", "url", "display_name", "short_description",
            "short_description_fr", "long_description", "long_description_fr", "language", "unit", "owner_text",
            "steward", "deputy", "contact_role", "contact_mailbox", "purpose", "scope", "audience", "account_kind",
            "tags", "info_url", "details_url", "state", "state_before", "state_since", "state_reason", "origin",
            "requested_by", "requested_on", "assented_by", "assented_on", "approved_on", "opened_on", "retired_on",
            "archived_on", "handle_fate", "confirmed_on", "confirmed_by", "last_reviewed_on", "next_review_by",
            "review_days", "last_post_on", "last_post_source", "followers", "staffing_hours", "approval_rule",
            "retention_class", "months_still", "source_file", "source_row", "source_text", "gone_since", "gone_from",
        )
    }  # fmt: skip
    lifecycle = LIFE_CYCLE

    id = ReferenceField("account")
    network = models.CharField(_("network"), max_length=24)
    handle = models.CharField(_("handle"), max_length=300)
    key = models.CharField(max_length=300)
    network_id = models.CharField(_("the network’s own number"), max_length=128, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    display_name = models.CharField(_("name shown"), max_length=300, blank=True)
    short_description = models.CharField(_("short description"), max_length=500, blank=True)
    short_description_fr = models.CharField(_("short description in French"), max_length=500, blank=True)
    long_description = models.TextField(_("description"), blank=True)
    long_description_fr = models.TextField(_("description in French"), blank=True)
    language = models.CharField(_("languages"), max_length=40, default="en")
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("owning unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
    )
    owner_text = models.CharField(_("owner as found"), max_length=300, blank=True)
    steward = models.ForeignKey(
        Person,
        verbose_name=_("steward"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stewarded",
    )
    deputy = models.ForeignKey(
        Person,
        verbose_name=_("deputy"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deputised",
    )
    contact_role = models.CharField(_("role to contact"), max_length=200, blank=True)
    contact_mailbox = models.EmailField(_("group mailbox"), blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    scope = models.TextField(_("scope"), blank=True)
    audience = models.TextField(_("audience"), blank=True)
    account_kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.MUNICIPAL)
    tags = models.CharField(_("tags"), max_length=500, blank=True)
    info_url = models.URLField(_("terms of engagement"), max_length=500, blank=True)
    details_url = models.URLField(_("city page that links back"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=AccountState.choices, default=AccountState.REQUESTED
    )
    state_before = models.CharField(max_length=16, choices=AccountState.choices, blank=True)
    state_since = models.DateTimeField(_("since"), default=timezone.now)
    state_reason = models.TextField(_("reason"), blank=True)
    origin = models.CharField(_("origin"), max_length=16, choices=Origin.choices, default=Origin.NEW)
    requested_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts_requested"
    )
    requested_on = models.DateField(_("requested on"), null=True, blank=True)
    assented_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts_assented"
    )
    assented_on = models.DateField(_("assented on"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    archived_on = models.DateField(_("archived on"), null=True, blank=True)
    handle_fate = models.CharField(max_length=8, choices=HandleFate.choices, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts_confirmed"
    )
    last_reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    next_review_by = models.DateField(_("next review by"), null=True, blank=True)
    review_days = models.PositiveSmallIntegerField(
        _("review every (days)"),
        default=REVIEW_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(REVIEW_DAYS)],
    )
    last_post_on = models.DateField(_("last post"), null=True, blank=True)
    last_post_source = models.CharField(max_length=16, choices=PostSource.choices, blank=True)
    followers = models.PositiveIntegerField(_("followers"), null=True, blank=True)
    staffing_hours = models.CharField(_("staffed hours"), max_length=200, blank=True)
    approval_rule = models.CharField(
        _("approval rule"), max_length=16, choices=ApprovalRule.choices, blank=True
    )
    retention_class = models.CharField(_("retention class"), max_length=64, blank=True)
    months_still = models.CharField(_("months without posts"), max_length=40, blank=True)
    source_file = models.CharField(max_length=255, blank=True)
    source_row = models.PositiveIntegerField(null=True, blank=True)
    source_text = models.TextField(blank=True)
    gone_since = models.DateField(_("no longer listed since"), null=True, blank=True)
    gone_from = models.CharField(max_length=255, blank=True)

    objects = AccountQuerySet.as_manager()  # type: ignore[misc] # narrower than the base class's

    class Meta(Governed.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["network", "key"], condition=~Q(state__in=FINAL), name="one_entry_an_account"
            ),
        ]
        indexes = [
            models.Index(fields=["network", "key", "id"], name="account_by_key"),
            models.Index(fields=["network", "network_id"], name="account_by_number"),
            models.Index(fields=["state", "network", "key"], name="account_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.handle} ({self.place.label})"

    @property
    def place(self) -> Network:
        """The network this account is on."""
        return Network(self.network)

    @property
    def names_a_person(self) -> bool:
        """Does the handle hold a person's name, so that no leaf may show it?"""
        return self.account_kind == Kind.ELECTED_OFFICE

    @property
    def high_reach(self) -> bool:
        """Followed by many, or needed in an emergency: reviewed every quarter."""
        return self.account_kind == Kind.EMERGENCY or (self.followers or 0) > HIGH_REACH_FOLLOWERS

    @property
    def review_every(self) -> int:
        """Days between reviews: what was chosen, but never longer than its reach allows."""
        return min(self.review_days, HIGH_REACH_REVIEW_DAYS if self.high_reach else REVIEW_DAYS)

    @property
    def tag_list(self) -> list[str]:
        return self.tags.strip(",").split(",") if self.tags else []

    @property
    def still_months(self) -> frozenset[int]:
        """Months (1 to 12) in which a seasonal account rests."""
        return frozenset(int(month) for month in self.months_still.split(",") if month)

    @property
    def listed(self) -> dict[str, str]:
        """What the list that last named this account said of it, in the words of the import's fields."""
        return dict(json.loads(self.source_text)["listed"]) if self.source_text else {}

    @property
    def keepers(self) -> tuple[str, ...]:
        """References of steward and deputy, as far as they are known."""
        return tuple(person for person in (self.steward_id, self.deputy_id) if person)


class AccountReview(Governed):
    """One answer to the yearly questions: still needed, fields true, people right, posture looked at, terms linked."""

    kind = "review"
    governed: ClassVar = {
        1: (
            "account", "reviewed_by", "reviewed_on", "still_needed", "fields_true", "people_right", "posture_read",
            "terms_linked", "note", "next_review_by",
        )
    }  # fmt: skip

    id = ReferenceField("review")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="reviews")
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="account_reviews")
    reviewed_on = models.DateField()
    still_needed = models.BooleanField(_("still needed"))
    fields_true = models.BooleanField(_("what the register says is true"))
    people_right = models.BooleanField(_("the right people have access"))
    posture_read = models.BooleanField(_("the failed checks were looked at"))
    terms_linked = models.BooleanField(_("the terms are linked"))
    note = models.TextField(_("note"), blank=True)
    next_review_by = models.DateField()

    def __str__(self) -> str:
        return f"{self.account_id}, {self.reviewed_on}"


class SetupLine(Governed):
    """A line of the set-up list that is closed: by whom, on what, when. Lines still open have no row."""

    kind = "setup_line"
    governed: ClassVar = {1: ("account", "number", "closed_by", "closed_at", "closed_on_what", "note")}

    id = ReferenceField("setup_line")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="setup_lines")
    number = models.PositiveSmallIntegerField()
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="setup_lines_closed")
    closed_at = models.DateTimeField()
    closed_on_what = models.CharField(max_length=16, choices=LineClosedBy.choices)
    note = models.TextField(blank=True)

    class Meta(Governed.Meta):
        constraints = [models.UniqueConstraint(fields=["account", "number"], name="setup_line_closed_once")]

    def __str__(self) -> str:
        return f"{self.account_id}, line {self.number}"
