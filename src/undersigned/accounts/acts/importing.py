"""Doing what an import's plan says, act by act, so that each row has its own entry and none loses another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db import DataError, IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.acts import entering, keeping
from undersigned.accounts.models import Account
from undersigned.accounts.queries.importing import HELD_AS, listed_text
from undersigned.accounts.register import fields
from undersigned.accounts.register.owners import Found
from undersigned.accounts.register.plan import Changed, Plan, Planned, Unchanged
from undersigned.accounts.states import AccountState, Kind, PostSource
from undersigned.acts import Actor, Refused, together
from undersigned.acts.governed import find
from undersigned.imports.sheets import Problem
from undersigned.imports.text import without_accents
from undersigned.networks.addresses import Address
from undersigned.networks.names import ENDED, Network
from undersigned.people.models import Person, Unit
from undersigned.people.states import PersonClass

CHUNK = 100
"""Accounts in one transaction: few enough to let others write in between, many enough to be quick."""

Step = Callable[[], None]
Progress = Callable[[int, int], None]

STATES = {
    AccountState.DORMANT: "dormant inactive asleep idle unused inactif inactive endormi",
    AccountState.RETIRED: "retired closed deleted removed archived discontinued ferme supprime archive retire",
    AccountState.RESERVED: "reserved parked held placeholder reserve",
}
"""Words of a list's status column for accounts that are not simply live, English and French."""

SAID_OF = (
    fields.DISPLAY_NAME,
    fields.PURPOSE,
    fields.AUDIENCE,
    fields.LANGUAGE,
    fields.EMAIL,
    fields.FOLLOWERS,
    fields.OPENED_ON,
)
"""Facts of a list that are simply fields of an entry."""


@dataclass(slots=True)
class Applied:
    """What was done, and the rows of which something was refused."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    problems: list[Problem] = field(default_factory=list)

    def summary(self, plan: Plan) -> dict[str, Any]:
        """The plan's own summary with what was really done."""
        told = plan.summary()
        refused = [{"row": one.row, "field": one.field, "what": one.what} for one in self.problems]
        counts = {name: getattr(self, name) for name in ("created", "changed", "unchanged", "gone")}
        return told | counts | {"problems": [*told["problems"], *refused]}


class Application:
    """One import while it is done. ``file`` names the list in the entries of the register."""

    def __init__(self, by: Actor, plan: Plan, file: str) -> None:
        self.by, self.plan, self.file = by, plan, file[-255:]
        self.cells = {row.number: row.cells for row in plan.rows}
        self.applied = Applied()

    def steps(self) -> list[Step]:
        """Everything to be done, an account a step; renamings to a handle that another gives up come after it."""
        return [
            *(lambda one=one: self._change(one) for one in in_workable_order(self.plan.changed)),
            *(lambda one=one: self._create(one) for one in self.plan.created),
            *(lambda one=one: self._keep(one) for one in self.plan.unchanged),
            *(lambda one=one: self._miss(one.ref) for one in self.plan.gone),
        ]

    def _create(self, planned: Planned) -> None:
        facts = self._fields(planned, planned.facts)
        people = self._people(planned.responsible)
        last_post_on = facts.pop("last_post_on", None)
        done = self._try(
            planned,
            lambda: entering.take_in(
                by=self.by,
                address=planned.address,
                state=state_of(planned),
                account_kind=kind_of(people.get("steward")),
                owner_text=owner_text(planned),
                last_post_on=last_post_on,
                source_file=self.file,
                source_row=planned.rows[0],
                source_text=self._source(planned),
                **people,
                **facts,
            ),
        )
        self.applied.created += done

    def _change(self, changed: Changed) -> None:
        account = _account(changed.existing.ref)
        new = {change.field: change.new for change in changed.changes}
        planned = changed.planned
        facts = self._fields(planned, new)
        last_post_on = facts.pop("last_post_on", None)
        people = self._people({k: v for k, v in planned.responsible.items() if k in new})
        if "steward" in people:
            facts["account_kind"] = kind_of(people["steward"], account.account_kind)
        done = self._try(
            planned,
            lambda: keeping.change(
                by=self.by,
                account=account,
                address=_address(account, planned.address, new),
                owner_text=owner_text(planned) if planned.said else account.owner_text,
                source_file=self.file,
                source_row=planned.rows[0],
                source_text=self._source(planned, account.listed),
                **facts,
            ),
        )
        if people and _differs(account, people):
            done |= self._try(planned, lambda: keeping.assign(by=self.by, account=account, **people))
        if last_post_on is not None and last_post_on > (account.last_post_on or date.min):
            done |= self._try(planned, lambda: self._see(account, last_post_on))
        self._settle(account, planned)
        self.applied.changed += done

    def _keep(self, unchanged: Unchanged) -> None:
        if not unchanged.existing.from_this_source:
            self._settle(_account(unchanged.existing.ref), unchanged.planned)
        self.applied.unchanged += 1

    def _miss(self, ref: str) -> None:
        account = _account(ref)
        self.applied.gone += self._try(
            None, lambda: keeping.note_gone(by=self.by, account=account, gone_from=self.file)
        )

    def _settle(self, account: Account, planned: Planned) -> None:
        """An account that a list had dropped, and this one names again, is there after all."""
        if account.gone_since is not None:
            note = _("Listed again in %(file)s.") % {"file": self.file}
            self._try(planned, lambda: keeping.settle_gone(by=self.by, account=account, note=note))

    def _see(self, account: Account, day: date) -> None:
        keeping.see_post(by=self.by, account=account, last_post_on=day, source=PostSource.IMPORTED)

    def _try(self, planned: Planned | None, act: Callable[[], object]) -> bool:
        """Do one act; what it refuses is told with its row, and the next goes on."""
        try:
            act()
        except Refused as refused:
            return self._refused(planned, str(refused))
        except (IntegrityError, DataError):
            return self._refused(
                planned,
                _(
                    "The database refused this row; nothing of it was kept. Look at the account, then try again."
                ),
            )
        return True

    def _refused(self, planned: Planned | None, what: str) -> bool:
        self.applied.problems.append(Problem(planned.rows[0] if planned else None, None, what))
        return False

    def _fields(self, planned: Planned, facts: Mapping[str, str]) -> dict[str, Any]:
        """A list's facts as fields of an entry; what does not fit its field is told and left out."""
        found: dict[str, Any] = {}
        for name in (*SAID_OF, fields.LAST_POST_ON):
            if name in facts and self._fits(planned, name, facts[name]):
                found[HELD_AS[name]] = _value(name, facts[name])
        return found

    def _fits(self, planned: Planned, name: str, text: str) -> bool:
        most = getattr(Account._meta.get_field(HELD_AS[name]), "max_length", None)
        if most is not None and len(text) > most:
            what = _(
                "This is longer than %(most)d characters and was left out. Shorten it and import the file again."
            )
            self.applied.problems.append(Problem(planned.rows[0], name, what % {"most": most}))
            return False
        if name == fields.LAST_POST_ON and date.fromisoformat(text) > timezone.localdate():
            what = _("This day has not come yet, so it was left out. Give the day of the newest post.")
            self.applied.problems.append(Problem(planned.rows[0], name, what))
            return False
        return True

    def _people(self, responsible: Mapping[str, Found]) -> dict[str, Any]:
        """Who answers for it: an owner that is a person is its steward, an owner that is a unit owns it."""
        owner = responsible.get(fields.OWNER)
        steward = responsible.get(fields.STEWARD) or (owner if owner and owner.kind == "person" else None)
        unit = responsible.get(fields.UNIT) or (owner if owner and owner.kind == "unit" else None)
        deputy = responsible.get(fields.DEPUTY)
        found: dict[str, Any] = {
            name: find(one.ref)
            for name, one in (("steward", steward), ("unit", unit), ("deputy", deputy))
            if one
        }
        return found

    def _source(self, planned: Planned, before: dict[str, str] | None = None) -> str:
        responsible = {name: one.ref for name, one in planned.responsible.items()}
        listed = {**(before or {}), **planned.facts, **responsible}
        return listed_text(listed, self.cells.get(planned.rows[0], {}))


def apply(*, by: Actor, plan: Plan, file: str, progress: Progress | None = None) -> Applied:
    """Do what the plan says, in transactions of a hundred accounts. Told after each: how many are done, of how many.

    Stopped in between, what was done stays done, and the same file brought again does the rest.
    """
    application = Application(by, plan, file)
    steps = application.steps()
    done = 0
    for some in _chunks(steps):
        with together():
            for step in some:
                step()
        done += len(some)
        if progress is not None:
            progress(done, len(steps))
    return application.applied


def _chunks(steps: Sequence[Step]) -> Iterator[list[Step]]:
    rest = iter(steps)
    while some := list(islice(rest, CHUNK)):
        yield some


def in_workable_order(changed: Sequence[Changed]) -> list[Changed]:
    """Whoever moves to a handle that another gives up moves after them."""
    waiting, ordered = list(changed), []
    while waiting:
        held = {(one.existing.network, one.existing.key): one for one in waiting}
        free = [one for one in waiting if held.get(_target(one), one) is one]
        ordered += free or waiting
        waiting = [one for one in waiting if one not in ordered] if free else []
    return ordered


def _target(changed: Changed) -> tuple[Network, str]:
    moves = changed.is_renamed
    key = changed.planned.address.key if moves else changed.existing.key
    return changed.existing.network, key


def _address(account: Account, address: Address, new: dict[str, str]) -> Address | None:
    """Where the account is to be found now; None when neither handle nor number changed."""
    if fields.HANDLE in new:
        return address
    if fields.NUMBER not in new:
        return None
    return Address(account.place, account.key, account.handle, account.url, network_id=address.network_id)


def state_of(planned: Planned) -> AccountState:
    """As the list's status says; on a network that was closed an account is retired; else live."""
    said = set(without_accents(planned.facts.get(fields.STATUS, "")).split())
    if planned.address.network in ENDED:
        return AccountState.RETIRED
    return next((state for state, words in STATES.items() if said & set(words.split())), AccountState.LIVE)


def kind_of(steward: Person | None, otherwise: str = Kind.MUNICIPAL) -> Kind:
    """An elected member's account bears their name, so its handle is committed to and never shown in a leaf."""
    elected = steward is not None and steward.person_class == PersonClass.ELECTED
    return Kind.ELECTED_OFFICE if elected else Kind(otherwise)


def owner_text(planned: Planned) -> str:
    """The list's words for an owner whom nobody was found for."""
    unanswered = [text for name, text in planned.said.items() if name not in planned.responsible]
    return "; ".join(unanswered)[:300]


def _value(name: str, text: str) -> Any:
    if name in fields.DATES:
        return date.fromisoformat(text)
    return int(text) if name == fields.FOLLOWERS else text


def _differs(account: Account, people: dict[str, Person | Unit]) -> bool:
    return any(getattr(account, f"{name}_id") != one.pk for name, one in people.items())


def _account(ref: str) -> Account:
    return Account.objects.select_related("unit").get(pk=ref)
