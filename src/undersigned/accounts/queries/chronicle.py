"""What happened to official accounts, as the public is told: the act, the day, the office, and never a person.

Read from the record itself, so that whoever reads can check each line with its receipt.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts.models import Account
from undersigned.accounts.states import PUBLIC
from undersigned.acts.book import Act
from undersigned.people.models import Appointment
from undersigned.people.states import Office
from undersigned.record.models import Entry, Touch

TOLD = {
    Act.ACCOUNT_TAKE_IN: gettext_lazy("Entered in the register"),
    Act.ACCOUNT_APPROVE: gettext_lazy("Approved"),
    Act.ACCOUNT_ADOPT: gettext_lazy("Approved after the fact"),
    Act.ACCOUNT_OPEN: gettext_lazy("Opened"),
    Act.ACCOUNT_RESERVE: gettext_lazy("Name reserved"),
    Act.ACCOUNT_CONFIRM: gettext_lazy("Entry confirmed"),
    Act.ACCOUNT_CHANGE: gettext_lazy("Entry corrected"),
    Act.ACCOUNT_ASSIGN: gettext_lazy("Put into somebody’s hands"),
    Act.ACCOUNT_MARK_DORMANT: gettext_lazy("Marked as dormant"),
    Act.ACCOUNT_REAWAKEN: gettext_lazy("Woken from dormancy"),
    Act.ACCOUNT_SUSPEND: gettext_lazy("Paused"),
    Act.ACCOUNT_RESUME: gettext_lazy("Resumed"),
    Act.ACCOUNT_TRANSFER: gettext_lazy("Given to another unit"),
    Act.ACCOUNT_RETIRE: gettext_lazy("Retired"),
    Act.ACCOUNT_ARCHIVE: gettext_lazy("Archived"),
}
"""Acts that the public is told of, and how they are called on its pages."""

LAST_PLACE = 2**62
"""Beyond every place in a record."""

LOOKED_THROUGH = 500
"""How many of the newest acts on one account are searched for those that the public is told of."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One act on one account. ``office`` is whose act it was, in words; the product itself has none."""

    place: int
    act: Act
    act_id: str
    at: datetime
    account: str
    office: str

    @property
    def words(self) -> str:
        return str(TOLD[self.act])


def of_account(reference: str, most: int = 25) -> list[Happening]:
    """The newest things that happened to this account: three questions to the database, however long it lived."""
    newest = Touch.objects.filter(reference=reference).order_by("-n").values_list("act_id", flat=True)
    entries = Entry.objects.filter(act_id__in=list(newest[:LOOKED_THROUGH]), act__in=list(TOLD))
    return _happenings(entries.order_by("-seq")[:most])


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, the newest first, and the place from below which it goes on; None at the beginning."""

    rows: list[tuple[Happening, Account]]
    before: int | None


def changes(before: int = LAST_PLACE, most: int = 50) -> Changes:
    """What changed in the public register, from below a place in the record on."""
    places = _newest_places(before, most)
    found = _happenings(Entry.objects.filter(seq__in=places).order_by("-seq"))
    shown = Account.objects.filter(pk__in={one.account for one in found}, state__in=PUBLIC)
    accounts = shown.select_related("unit").in_bulk()
    rows = [(one, accounts[one.account]) for one in found if one.account in accounts]
    return Changes(rows, places[-1] if len(places) == most else None)


def _newest_places(before: int, most: int) -> list[int]:
    """The newest of each act by its own index, then of all: a record of a million other entries costs nothing."""
    newest = "SELECT seq FROM record_entry WHERE act = %s AND seq < %s ORDER BY seq DESC LIMIT %s"
    each = [f"SELECT seq FROM ({newest}) AS a{number}" for number in range(len(TOLD))]  # noqa: S608 - all ours
    parameters = [value for act in TOLD for value in (act.value, before, most)]
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(each)} ORDER BY seq DESC LIMIT %s", [*parameters, most])
        return [int(seq) for (seq,) in cursor.fetchall()]


def _happenings(entries: Iterable[Entry]) -> list[Happening]:
    rows = list(entries)
    offices = _offices({entry.capacity for entry in rows if entry.capacity})
    return [
        Happening(
            place=entry.seq,
            act=Act(entry.act),
            act_id=entry.act_id,
            at=datetime.fromtimestamp(entry.t, UTC),
            account=_account_in(bytes(entry.entry)),
            office=offices.get(entry.capacity, ""),
        )
        for entry in rows
    ]


def _offices(capacities: set[str]) -> dict[str, str]:
    """Offices are public, who holds them is for the register's own pages. A plain job is told as staff of the city."""
    held = Appointment.objects.filter(pk__in=capacities).values_list("pk", "office")
    return {
        reference: _("Staff of the city") if office == Office.MEMBER else str(Office(office).label)
        for reference, office in held
    }


def _account_in(entry: bytes) -> str:
    """The account that an act changed; acts of this room change one."""
    changed = (one["o"] for one in json.loads(entry)["obj"])
    return next((reference for reference in changed if reference.startswith(f"{Account.kind}:")), "")
