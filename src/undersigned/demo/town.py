"""The city while its story is told: whom and what the chapters speak of, found again each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from undersigned.accounts.models import Account
from undersigned.acts import Officer
from undersigned.acts.countersigning import give
from undersigned.acts.declared import DeclaredAct
from undersigned.acts.directory import directory
from undersigned.demo.invented import BY_ROLE, Role
from undersigned.networks.addresses import understand
from undersigned.networks.names import Network
from undersigned.people.models import Person, Unit


@dataclass
class Town:
    """``folder`` holds the lists that were brought, for whoever wants to bring them again."""

    folder: Path
    today: date = field(default_factory=timezone.localdate)

    def person(self, role: Role) -> Person:
        return Person.objects.get(name=BY_ROLE[role].name)

    def officer(self, role: Role) -> Officer:
        """Who plays this part, in the capacities of now, with a second factor shown."""
        found = directory().officer(self.person(role).pk)
        if found is None:
            raise LookupError(f"{role} holds no appointment")
        return replace(found, second_factor=True)

    def unit(self, name: str) -> Unit:
        return Unit.objects.get(name=name)

    def account(self, network: Network, text: str) -> Account:
        """The entry of what this text leads to, as it is now."""
        address = understand(text, network=network)
        return Account.objects.in_register().get(network=network.value, key=address.key)

    def day(self, ahead: int) -> date:
        return self.today + timedelta(days=ahead)

    def countersigned(
        self, act: DeclaredAct[Any, Any], *, by: Role, signers: Sequence[Role], **wants: Any
    ) -> None:
        """Ask for an act that needs other names, and let those put theirs under it."""
        request = act.ask(by=self.officer(by), **wants)
        for signer in signers:
            give(by=self.officer(signer), countersignature=request, digest=request.digest)
