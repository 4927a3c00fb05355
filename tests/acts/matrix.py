"""Every act × kind of actor × state, worked out from the declarations; ``who_may.tsv`` is the reviewed table.

``python -m pytest tests/acts/test_who_may_act.py --write-who-may`` writes the table anew; read the difference before
it is committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from tests.accounts.stages import Stages, address, countersigned
from tests.cast import SYSTEM, Cast
from tests.publishing.desk import Desk
from tests.publishing.wall import Wall
from undersigned.accounts import acts as accounts
from undersigned.accounts.models import Account, Connection, Grant, PostureException
from undersigned.accounts.permissions import Preset
from undersigned.accounts.posture.kinds import CheckId
from undersigned.acts import Actor, Refused
from undersigned.acts.declared import BOOK, DeclaredAct
from undersigned.acts.governed import Governed
from undersigned.acts.pages import entries
from undersigned.networks import clients
from undersigned.networks.names import Network
from undersigned.people import acts as people
from undersigned.people.models import Appointment, City
from undersigned.people.states import Office, PersonClass
from undersigned.publishing import acts as publishing
from undersigned.publishing.states import CaseKind

TABLE = Path(__file__).parent / "who_may.tsv"
PERMITTED, REFUSED = "yes", "-"


@dataclass
class Matrix:
    """The kinds of actor and one subject of each governed model, in one small city."""

    cast: Cast

    def __post_init__(self) -> None:
        self.stages = Stages(self.cast)
        self.account: Account = self.stages.kept()
        self.kinds = dict(self._kinds())
        self.subjects = {type(subject): subject for subject in self._subjects()}

    def _kinds(self) -> Iterator[tuple[str, Actor]]:
        for office in Office:
            yield str(office), self.cast.officer(office)
        yield "head_of_the_owning_unit", self.stages.unit_head
        yield "steward", self.stages.steward
        yield "deputy", self.stages.deputy
        for person_class in (PersonClass.VOLUNTEER, PersonClass.CONTRACTOR_CONTACT, PersonClass.ELECTED):
            person = self.cast.person(f"Kim {person_class.title()}", person_class=person_class)
            yield str(person_class), self.cast.as_officer(person)
        yield "without_second_factor", replace(self.cast.officer(Office.ADMINISTRATOR), second_factor=False)
        yield "without_appointment", self._leaver()
        yield "system", SYSTEM

    def _leaver(self) -> Actor:
        person = self.cast.person("Lee Ver")
        people.end_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=person))
        return self.cast.as_officer(person)

    def _subjects(self) -> Iterator[Governed]:
        member = self.cast.people["Emery Plain"]
        yield self.account
        yield member
        yield Appointment.objects.get(person=member)
        yield self.cast.unit()
        yield (
            people.found_city(by=SYSTEM, name="Harrow Falls")
            if not City.objects.exists()
            else City.objects.get()
        )
        yield people.send_invitation(by=SYSTEM, person=member, email="e@harrowfalls.example", code="code")
        yield from self._of_accounts()

    def _of_accounts(self) -> Iterator[Governed]:
        wants: dict[str, Any] = {
            "account": self.account,
            "person": self.cast.people["Emery Plain"],
            "preset": Preset.AUTHOR,
            "ends_on": timezone.localdate(),
            "reason": "Writes for the unit",
        }
        request = accounts.give_grant.ask(by=self.stages.steward, **wants)
        countersigned(accounts.give_grant, by=self.stages.steward, signer=self.stages.unit_head, **wants)
        yield request
        yield Grant.objects.get()
        countersigned(
            accounts.except_from,
            by=self.stages.steward,
            signer=self.stages.security,
            account=self.account,
            check=CheckId.P04,
            owner=self.cast.people["Emery Plain"],
            reason="The new keys come next week",
            until=timezone.now() + timedelta(days=7),
        )
        yield PostureException.objects.get()
        yield accounts.report_lookalike(by=SYSTEM, address=address("harrowfa11s"), note="Looks like it")
        yield from self._of_publishing()

    def _of_publishing(self) -> Iterator[Governed]:
        """On an account of its own, whose steward and deputy are the same people."""
        clients.install(Network.X, Wall())
        try:
            desk = Desk(self.cast, Wall(), "rink")
            self.kinds |= {"author": desk.author, "approver": desk.approver, "publisher": desk.publisher}
            sent = desk.scheduled(not_before=timezone.now() + timedelta(hours=12))
            waiting = desk.submitted("The rink closes at eight.")
        finally:
            clients.install(Network.X, None)
        yield Connection.objects.get()
        yield waiting
        yield desk.delivery(sent)
        yield publishing.stop_all(by=self.cast.officer(Office.DUTY_OFFICER), reason="To see who may lift it")
        yield publishing.open_case(
            by=SYSTEM, account=desk.account, case_kind=CaseKind.NATIVE, far_id="1", words="Not ours"
        )

    def rows(self) -> Iterator[tuple[str, ...]]:
        """One row an act: its name, then for each kind of actor ``yes``, the states in which they may, or ``-``."""
        yield ("act", *self.kinds)
        for declared in entries():
            yield (declared.name.value, *(self._cell(declared, by) for by in self.kinds.values()))

    def _cell(self, declared: DeclaredAct[Any, Any], by: Actor) -> str:
        subject = self.subjects.get(declared.on) if declared.on else None
        if declared.on and subject is None:
            raise LookupError(f"the matrix has no {declared.on.__name__} for {declared.name}")
        transition = (
            declared.on.lifecycle.by_act.get(declared.name) if declared.on and declared.on.lifecycle else None
        )
        if transition is None or subject is None:
            return PERMITTED if self._permitted(declared, by, subject) else REFUSED
        return ",".join(self._states(declared, by, subject, transition.sources)) or REFUSED

    def _states(self, declared: Any, by: Actor, subject: Any, sources: tuple[str, ...]) -> Iterator[str]:
        now = subject.state
        for state in sorted(declared.on.lifecycle.states):
            subject.state = state
            if self._permitted(declared, by, subject) and state in sources:
                yield str(state)
        subject.state = now

    @staticmethod
    def _permitted(declared: DeclaredAct[Any, Any], by: Actor, subject: Governed | None) -> bool:
        try:
            declared.capable(by, subject)
        except Refused:
            return False
        return True


def as_text(rows: Iterator[tuple[str, ...]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def undeclared() -> set[str]:
    from undersigned.acts.book import Act

    return {name.value for name in Act if name not in BOOK}
