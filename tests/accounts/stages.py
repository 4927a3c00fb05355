"""Accounts of the invented city at each stage of their life, made by acts alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Preset
from undersigned.accounts.posture.setup import LINES
from undersigned.accounts.states import AccountState, ApprovalRule, Kind, Origin
from undersigned.acts import Officer
from undersigned.acts.countersigning import give
from undersigned.acts.declared import DeclaredAct
from undersigned.networks.addresses import Address, understand
from undersigned.networks.names import Network
from undersigned.people.models import Person, Unit
from undersigned.people.states import Office


def address(handle: str = "harrowfalls", network: Network = Network.X) -> Address:
    return understand(handle, network=network)


def countersigned(act: DeclaredAct[Any, Any], *, by: Officer, signer: Officer, **wants: Any) -> Any:
    """Ask for a countersigned act and give the name it waits for; answers with the settled request."""
    request = act.ask(by=by, **wants)
    return give(by=signer, countersignature=request, digest=request.digest)


@dataclass
class Stages:
    """Leads one account from stage to stage, with the right person each time."""

    cast: Cast
    unit_name: str = "Parks"

    @property
    def head_of_communications(self) -> Officer:
        return self.cast.officer(Office.HEAD_OF_COMMUNICATIONS)

    @property
    def communications(self) -> Officer:
        return self.cast.officer(Office.COMMUNICATIONS)

    @property
    def security(self) -> Officer:
        return self.cast.officer(Office.IT_SECURITY)

    @property
    def unit_head(self) -> Officer:
        return self.cast.officer(Office.UNIT_HEAD, unit=self.unit.name)

    @property
    def unit(self) -> Unit:
        return self.cast.unit(self.unit_name, parent="Harrow Falls")

    def employee(self, name: str) -> Person:
        return self.cast.person(name, unit=self.unit.name)

    @property
    def steward(self) -> Officer:
        return self.cast.as_officer(self.employee("Stella Wardour"))

    @property
    def deputy(self) -> Officer:
        return self.cast.as_officer(self.employee("Dennis Alder"))

    def requested(self, handle: str = "harrowfalls", **fields: Any) -> Account:
        given: dict[str, Any] = {
            "purpose": "News of the parks",
            "audience": "Residents",
            "staffing_hours": "Weekdays, 9 to 5",
            "second_account_because": "It is for the rink alone",
            "deputy": self.employee("Dennis Alder"),
        }
        return acts.request(
            by=self.steward,
            address=fields.pop("address", address(handle)),
            unit=self.unit,
            steward=self.employee("Stella Wardour"),
            **given | fields,
        )

    def approved(self, handle: str = "harrowfalls", **fields: Any) -> Account:
        account = self.requested(handle, **fields)
        acts.assent(by=self.unit_head, account=account)
        countersigned(acts.approve, by=self.head_of_communications, signer=self.security, account=account)
        return fresh(account)

    def setting_up(self, handle: str = "harrowfalls", **fields: Any) -> Account:
        account = self.approved(handle, **fields)
        return acts.begin_setup(
            by=self.steward, account=account, network_id=str(abs(hash(handle))), url=f"https://x.com/{handle}"
        )

    def ready(self, handle: str = "harrowfalls", **fields: Any) -> Account:
        """Every line of the set-up list is closed."""
        account = self.setting_up(handle, **fields)
        self.grant(account, "Abel Scribe", Preset.AUTHOR)
        self.grant(account, "Petra Nodd", Preset.APPROVER)
        acts.change(by=self.steward, account=account, approval_rule=ApprovalRule.ONE_OF)
        for line in LINES:
            acts.close_line(by=self.steward, account=account, number=line.number, note="Looked at it")
        return fresh(account)

    def grant(self, account: Account, name: str, preset: Preset) -> None:
        countersigned(
            acts.give_grant,
            by=self.steward,
            signer=self.unit_head,
            account=account,
            person=self.employee(name),
            preset=preset,
            ends_on=timezone.localdate() + timedelta(days=180),
            reason="Writes for the unit",
        )

    def live(self, handle: str = "harrowfalls", **fields: Any) -> Account:
        account = self.ready(handle, **fields)
        countersigned(acts.open_account, by=self.communications, signer=self.security, account=account)
        return fresh(account)

    def taken_in(self, handle: str = "harrowfalls", **fields: Any) -> Account:
        """As an imported list brings it: live, with nobody's name under it."""
        return acts.take_in(
            by=SYSTEM, address=fields.pop("address", address(handle)), **{"unit": self.unit} | fields
        )

    def kept(self, handle: str = "harrowfalls", **fields: Any) -> Account:
        """Taken in, with steward and deputy."""
        return self.taken_in(
            handle,
            steward=self.employee("Stella Wardour"),
            deputy=self.employee("Dennis Alder"),
            **fields,
        )

    def in_state(self, state: AccountState, handle: str = "harrowfalls") -> Account:
        """One account in each state, by the shortest way there."""
        return getattr(self, f"_{state.value}")(handle)

    def _requested(self, handle: str) -> Account:
        return self.requested(handle)

    def _declined(self, handle: str) -> Account:
        account = self.requested(handle)
        countersigned(
            acts.decline,
            by=self.head_of_communications,
            signer=self.security,
            account=account,
            reason="Not now",
        )
        return fresh(account)

    def _approved(self, handle: str) -> Account:
        return self.approved(handle)

    def _setting_up(self, handle: str) -> Account:
        return self.setting_up(handle)

    def _live(self, handle: str) -> Account:
        return self.kept(handle)

    def _dormant(self, handle: str) -> Account:
        return self.kept(handle, state=AccountState.DORMANT)

    def _reserved(self, handle: str) -> Account:
        return self.kept(handle, state=AccountState.RESERVED)

    def _suspended(self, handle: str) -> Account:
        return acts.suspend(by=self.security, account=self.kept(handle), reason="Somebody else posted")

    def _retired(self, handle: str) -> Account:
        return self.kept(handle, state=AccountState.RETIRED)

    def _archived(self, handle: str) -> Account:
        account = self._retired(handle)
        countersigned(
            acts.archive,
            by=self.cast.officer(Office.RECORDS_OFFICER),
            signer=self.communications,
            account=account,
            export_digest="0" * 64,
            connection_revoked=True,
            secrets_destroyed=True,
            roles_empty=True,
        )
        return fresh(account)


def fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


__all__ = ["Kind", "Origin", "Stages", "address", "countersigned", "fresh"]
