"""One attempt to say a post on one account, and what is known of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models import Account
from undersigned.acts.governed import Governed, ReferenceField
from undersigned.networks.names import Network
from undersigned.people.models import Person
from undersigned.publishing.models.post import Post
from undersigned.publishing.states import DELIVERY_CYCLE, DeliveryState


class Delivery(Governed):
    """``form_digest`` is of the exact form that was countersigned; ``key`` is the idempotency key of its dispatch row.

    ``watermark`` is the newest id that was known on the account before sending. ``staged`` holds the network's ids
    of what was prepared (JSON of strings, no secrets). ``reason`` is a word of the closed list, ``words`` the
    network's own.
    """

    kind = "delivery"
    governed: ClassVar = {
        1: (
            "post", "number", "account", "form_digest", "renderer", "key", "state", "state_since", "not_before",
            "not_after", "attempts", "again_at", "sent_at", "watermark", "staged", "far_id", "url", "reason",
            "words", "looked_at", "looks", "seen_at", "attested_by", "settled_at",
        )
    }  # fmt: skip
    lifecycle = DELIVERY_CYCLE

    id = ReferenceField("delivery")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="deliveries")
    number = models.PositiveIntegerField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="deliveries")
    form_digest = models.CharField(max_length=64)
    renderer = models.CharField(max_length=40)
    key = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=16, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    state_since = models.DateTimeField()
    not_before = models.DateTimeField(_("not before"))
    not_after = models.DateTimeField(_("not after"))
    attempts = models.PositiveSmallIntegerField(default=0)
    again_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    watermark = models.CharField(max_length=200, blank=True)
    staged = models.TextField(blank=True)
    far_id = models.CharField(_("the network’s id"), max_length=300, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=400, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    looks = models.PositiveSmallIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True)
    attested_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries_attested"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(Governed.Meta):
        indexes = [
            models.Index(fields=["account", "far_id"], name="delivery_by_far_id"),
            models.Index(fields=["state", "state_since"], name="delivery_by_state"),
            models.Index(fields=["account", "-sent_at"], name="delivery_by_account"),
            models.Index(fields=["not_before"], name="delivery_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} on {self.account_id}: {self.state}"

    @property
    def place(self) -> Network:
        return Network(self.account.network)


class Pause(models.Model):
    """A network, or one account on it, asked us to slow down until then: nothing else is sent there meanwhile."""

    scope = models.CharField(max_length=97, primary_key=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.scope} until {self.until}"
