"""The city's authorisation to act on an account through a network's interface, and whose log-in it hangs on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models.account import Account
from undersigned.accounts.states import CONNECTION_CYCLE, ConnectionState
from undersigned.acts.governed import Governed, ReferenceField
from undersigned.people.models import Appointment, Person


class Connection(Governed):
    """``holder_id`` and ``holder_name`` are whose log-in it hangs on, as the network names them.

    ``ends_at`` is when signing in again is the only way left; None where the network says none. The tokens lie in the
    vault, bound to this row; what changes with each call stands in :class:`Liveness`.
    """

    kind = "connection"
    governed: ClassVar = {
        1: (
            "account", "application", "server", "network_id", "holder_id", "holder_name", "authorised_by", "capacity",
            "asked", "given", "obtained_at", "ends_at", "state", "state_since", "reason",
        )
    }  # fmt: skip
    lifecycle = CONNECTION_CYCLE

    id = ReferenceField("connection")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="connections")
    application = models.CharField(_("application"), max_length=200, blank=True)
    server = models.CharField(_("server"), max_length=300, blank=True)
    network_id = models.CharField(max_length=300)
    holder_id = models.CharField(max_length=200, blank=True)
    holder_name = models.CharField(_("hangs on"), max_length=200, blank=True)
    authorised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="connections_made")
    capacity = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="connections_made")
    asked = models.CharField(max_length=500, blank=True)
    given = models.CharField(_("may"), max_length=500, blank=True)
    obtained_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=ConnectionState.choices, default=ConnectionState.LIVE)
    state_since = models.DateTimeField()
    reason = models.CharField(max_length=400, blank=True)

    class Meta(Governed.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=~Q(state=ConnectionState.ENDED),
                name="one_connection_an_account",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.get_state_display()}"


class Liveness(models.Model):
    """How a connection's tokens stand now. It changes with every refresh and call, and nobody's name is under that.

    ``generation`` counts the token pairs; ``lease_until`` is set while one worker refreshes. ``doubt_since`` says that
    the answer to a refresh was lost: the old refresh token may be used up and is never sent again. ``ends_at`` is the
    connection's end as the network told it last. ``blocked_since`` says that the network refuses the city's whole
    application, which is nothing that connecting anew would mend.
    """

    connection = models.OneToOneField(Connection, on_delete=models.CASCADE, related_name="liveness")
    generation = models.PositiveIntegerField(default=1)
    access_since = models.DateTimeField(null=True, blank=True)
    access_until = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    doubt_since = models.DateTimeField(null=True, blank=True)
    blocked_since = models.DateTimeField(null=True, blank=True)
    last_good_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.connection_id}, pair {self.generation}"


class SignInAttempt(models.Model):
    """One attempt to connect, for one use: bound to account, person and session. Its verifier lies in the vault.

    State and session are kept as SHA-256 (hex): whoever reads the table can use neither.
    """

    state_digest = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    session_digest = models.CharField(max_length=64)
    redirect = models.CharField(max_length=500)
    server = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id} by {self.person_id}"

    @property
    def holder(self) -> str:
        """The name under which the vault keeps its verifier."""
        return f"attempt:{self.state_digest}"


class ServerApplication(models.Model):
    """The city's application on one server of a network that has many (Mastodon). Its secret lies in the vault."""

    server = models.CharField(max_length=300, unique=True)
    client_id = models.CharField(max_length=300)
    redirect = models.CharField(max_length=500)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.server

    @property
    def holder(self) -> str:
        """The name under which the vault keeps its secret."""
        return f"application:{self.pk}"
