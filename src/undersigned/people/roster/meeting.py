"""Each known person meets the row that is theirs: by staff number, else by name and unit.

Known persons come one at a time and are kept only while they are in doubt, so that a city of 300,000 is never
in memory twice.
"""

from __future__ import annotations

from undersigned.people.roster import names
from undersigned.people.roster.comparing import share_nothing, steps_for
from undersigned.people.roster.entries import Entry, staff_key
from undersigned.people.roster.filing import Filing, of_one_name, one_of, row_item, several_offices
from undersigned.people.roster.gathering import Gathered, place_key
from undersigned.people.roster.known import KnownAppointment, KnownPerson
from undersigned.people.roster.questions import Choice, Item, Kind
from undersigned.people.roster.units import same_unit, unit_key


class Meeting:
    """Pairs persons with rows. `loose` are those who met no row; `out_of` counts who could be missed."""

    def __init__(self, filing: Filing, gathered: Gathered, unread_numbers: set[str]) -> None:
        self.loose: list[KnownPerson] = []
        self.out_of = 0
        self._filing = filing
        self._gathered = gathered
        self._unread = unread_numbers
        self._claimed: dict[int, KnownPerson | str] = {}
        self._contested: dict[int, list[str]] = {}
        self._chosen: set[str] = set()

    def meet(self, known: KnownPerson) -> None:
        self.out_of += bool(known.offices)
        number = staff_key(known.staff_number) if known.staff_number else ""
        if number and number in self._gathered.by_number:
            self._meet_numbered(number, known)
        elif number not in self._unread and not (self._gathered.by_place and self._claim(known)):
            self.loose.append(known)

    def close(self) -> list[Entry]:
        """Settle what was claimed once, ask about what was claimed twice; the rows that nobody claimed."""
        unclaimed = [entry for entry in self._gathered.without_number() if not self._settled(entry)]
        rest = _settle_namesakes(self._filing, unclaimed, self._claimed_places())
        for number, rows in self._gathered.doubles.items():
            self._gathered.by_number.pop(number, None)
            chosen = one_of(self._filing, rows)
            rest += [chosen] if chosen else []
        rest += self._gathered.by_number.values()
        self._gathered.by_number.clear()
        return rest

    def _meet_numbered(self, number: str, known: KnownPerson) -> None:
        entry: Entry | None = self._gathered.by_number.pop(number)
        rows = self._gathered.doubles.pop(number, None)
        if rows:
            entry = (
                several_offices(self._filing, rows) if _holds_all(known, rows) else one_of(self._filing, rows)
            )
        if entry is None:
            return
        answer = self._filing.answers.of(Kind.OTHER_NAME, row_item(entry))
        if not share_nothing(entry, known) or answer == Choice.SAME:
            self._filing.settle(entry, known, sure=True)
        elif answer == Choice.SKIP:
            self._filing.skip(1 + len(entry.also))
        else:
            self._filing.ask(Kind.OTHER_NAME, Item(row_item(entry), entry, (known.key,)), 1 + len(entry.also))

    def _claim(self, known: KnownPerson) -> bool:
        """Whether some row without a number has this person's name and unit, or name and e-mail address."""
        found = [match for office in known.offices for match in self._in_place(known, office)]
        found = found or self._by_email(known)
        claims = [self._claim_row(entry, known, alone=alone) for entry, alone in found]
        return any(claims)

    def _in_place(self, known: KnownPerson, office: KnownAppointment) -> list[tuple[Entry, bool]]:
        """Rows of this name and unit. Of several, the only one with the same title is theirs."""
        places = {place_key(known.name, office.unit), place_key(known.by_parts, office.unit)}
        rows = [row for place in places for row in self._gathered.by_place.get(place, ())]
        rows = [row for row in rows if same_unit(row.unit, office.unit)]
        titled = [row for row in rows if names.fold(row.title) == names.fold(office.title)]
        chosen = titled if len(titled) == 1 else rows
        return [(row, len(chosen) == 1) for row in chosen]

    def _by_email(self, known: KnownPerson) -> list[tuple[Entry, bool]]:
        rows = self._gathered.by_email.get((known.email or "").casefold(), ()) if known.here else ()
        alike = [row for row in rows if names.match_key(row.name) == names.match_key(known.name)]
        return [(alike[0], True)] if len(alike) == len(rows) == 1 else []

    def _claim_row(self, entry: Entry, known: KnownPerson, *, alone: bool) -> bool:
        """Give the row to the person, unless it was answered that it means another."""
        answer = self._filing.answers.of(Kind.SEVERAL, row_item(entry))
        if answer is None:
            self._claim_unanswered(entry, known, alone=alone)
        elif answer != known.key:
            return False
        elif known.key in self._chosen:
            self._contested[entry.row] = [known.key]
        else:
            self._chosen.add(known.key)
            self._hold(entry, known)
        return True

    def _claim_unanswered(self, entry: Entry, known: KnownPerson, *, alone: bool) -> None:
        """A row that two people claim is nobody's until it is asked about."""
        if entry.row in self._contested:
            self._contested[entry.row].append(known.key)
        elif alone and entry.row not in self._claimed:
            self._hold(entry, known)
        else:
            first = self._claimed.pop(entry.row, "")
            before = first if isinstance(first, str) else first.key
            self._contested[entry.row] = [*filter(None, (before,)), known.key]

    def _hold(self, entry: Entry, known: KnownPerson) -> None:
        """Keep only the key of somebody for whom nothing changes: they are nearly all."""
        changes = steps_for(entry, known, self._filing.plan.as_of)
        self._claimed[entry.row] = known if changes else known.key

    def _settled(self, entry: Entry) -> bool:
        claim = self._claimed.get(entry.row)
        if claim is None:
            return self._asked(entry)
        if isinstance(claim, str):
            self._filing.leave_as_is()
        else:
            self._filing.settle(entry, claim, sure=False)
        return True

    def _asked(self, entry: Entry) -> bool:
        people = self._contested.get(entry.row)
        if people:
            options = tuple(sorted(people))
            self._filing.ask(Kind.SEVERAL, Item(row_item(entry), entry, options, options), 1)
        return bool(people)

    def _claimed_places(self) -> set[str]:
        """Names with units that hold a person who is known, for the rows that repeat such a name."""
        return {
            key
            for key, rows in self._gathered.by_place.items()
            if len(rows) > 1 and any(row.row in self._claimed for row in rows)
        }


def _holds_all(known: KnownPerson, rows: list[Entry]) -> bool:
    """Whether each row gives one person another office that they are known to hold."""
    held = {(unit_key(office.unit), names.fold(office.title)) for office in known.offices}
    told = {(unit_key(row.unit), names.fold(row.title)) for row in rows}
    return of_one_name(rows) and len(told) == len(rows) and told <= held


def _settle_namesakes(filing: Filing, rows: list[Entry], known_places: set[str]) -> list[Entry]:
    """Rows of one name in one unit, none with a number: one person or several is for somebody to say."""
    places: dict[tuple[str, ...], list[Entry]] = {}
    for row in rows:
        places.setdefault((place_key(row.name, row.unit), *unit_key(row.unit)), []).append(row)
    rest: list[Entry] = []
    for (place, *_unit), alike in places.items():
        if place in known_places:
            rest += [row for row in alike if _is_another(filing, row)]
        else:
            rest += alike if len(alike) == 1 else _one_or_several(filing, alike)
    return rest


def _is_another(filing: Filing, row: Entry) -> bool:
    answer = filing.answers.of(Kind.BESIDE, row_item(row))
    if answer == Choice.SKIP:
        filing.skip()
    elif answer != Choice.NEW:
        filing.ask_about_rows(Kind.BESIDE, [row])
    return answer == Choice.NEW


def _one_or_several(filing: Filing, alike: list[Entry]) -> list[Entry]:
    answer = filing.answers.of(Kind.TWICE, row_item(alike[0]))
    if answer == Choice.TWO:
        return alike
    if answer == Choice.ONE:
        return [several_offices(filing, alike)]
    filing.ask_about_rows(Kind.TWICE, alike)
    return []
