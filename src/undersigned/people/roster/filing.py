"""Puts each row and each person under what becomes of them, or under the question that holds them."""

from __future__ import annotations

from dataclasses import replace

from undersigned.people.roster.comparing import has_ended, not_in_file, steps_for
from undersigned.people.roster.entries import Entry
from undersigned.people.roster.gathering import Gathered, unit_item, unit_option
from undersigned.people.roster.known import KnownPerson, UnitPath
from undersigned.people.roster.names import match_key
from undersigned.people.roster.plan import Fate, Plan
from undersigned.people.roster.questions import Answers, Choice, Item, Kind
from undersigned.people.roster.steps import Because, Changed, Ended, Left, Moved, Returned, Step


def row_item(entry: Entry) -> str:
    """The key of a question's item about a row."""
    return f"row-{entry.row}"


class Filing:
    """The one place that writes to the plan. `held` are rows that wait and of which nobody knows yet whom they mean."""

    def __init__(self, plan: Plan, gathered: Gathered, answers: Answers) -> None:
        self.plan = plan
        self.answers = answers
        self.held: list[Entry] = []
        self._unsure_units = gathered.unsure_units
        self._asked_units: set[UnitPath] = set()

    def ask(self, kind: Kind, item: Item, rows: int = 0) -> None:
        """Hold a case, and the rows it is about, until it is answered."""
        self.plan.asked.setdefault(kind, []).append(item)
        self.plan.rows[Fate.WAITING] += rows

    def ask_about_rows(self, kind: Kind, rows: list[Entry]) -> None:
        """Hold rows of which nobody knows yet whom they mean: somebody who seems to be missing may be in them."""
        options = tuple(map(row_item, rows)) if len(rows) > 1 else ()
        self.ask(kind, Item(row_item(rows[0]), rows[0], (), options), len(rows))
        self.held += rows

    def skip(self, rows: int = 1) -> None:
        self.plan.rows[Fate.SKIPPED] += rows

    def repeat(self, rows: int = 1) -> None:
        self.plan.rows[Fate.REPEATED] += rows

    def leave_as_is(self) -> None:
        """Somebody known stands in a row, and all is as it was."""
        self.plan.unchanged += 1
        self._match(1)

    def join(self, entry: Entry) -> None:
        """Somebody who is not known yet."""
        rows = 1 + len(entry.also)
        if has_ended(entry, self.plan.as_of):
            self.plan.rows[Fate.PAST] += rows
        elif not self._waits_for_unit(entry, rows):
            self.plan.joined.append(entry)
            self.plan.rows[Fate.JOINED] += rows

    def settle(self, entry: Entry, known: KnownPerson, *, sure: bool) -> None:
        """Somebody known, in the row that is about them. Only what is `sure` may end an appointment unasked."""
        steps = steps_for(entry, known, self.plan.as_of)
        rows = 1 + len(entry.also)
        if steps and isinstance(steps[0], Left):
            self._end(entry, steps[0], rows, sure=sure)
        elif not self._needs_unit(steps) or not self._waits_for_unit(entry, rows):
            self.plan.unchanged += not steps
            self._match(rows)
            self._add(steps)
            self._other_offices(entry, known, steps)

    def leave(self, step: Left) -> None:
        self.plan.left.append(step)

    def _match(self, rows: int) -> None:
        self.plan.matched += 1
        self.plan.rows[Fate.MATCHED] += rows

    def _end(self, entry: Entry, step: Left, rows: int, *, sure: bool) -> None:
        answer = self.answers.of(Kind.SAID_LEFT, row_item(entry))
        if not sure and answer not in (Choice.LEFT, Choice.STAYS):
            self.ask(Kind.SAID_LEFT, Item(row_item(entry), entry, (step.person,)), rows)
        elif not sure and answer == Choice.STAYS:
            self.plan.unchanged += 1
            self._match(rows)
        else:
            self.leave(step if sure else step._replace(because=Because.ANSWERED))
            self.plan.rows[Fate.LEFT] += rows

    def _add(self, steps: list[Step]) -> None:
        for step in steps:
            match step:
                case Changed():
                    self.plan.changed.append(step)
                case Moved():
                    self.plan.moved.append(step)
                case Returned():
                    self.plan.returned.append(step)

    def _needs_unit(self, steps: list[Step]) -> bool:
        return any(isinstance(step, Moved | Returned) for step in steps)

    def _waits_for_unit(self, entry: Entry, rows: int) -> bool:
        """Whether the entry takes an office in a unit that may be one of several."""
        unsure = next((one.unit for one in (entry, *entry.also) if one.unit in self._unsure_units), None)
        if unsure is None:
            return False
        if unsure not in self._asked_units:
            self._asked_units.add(unsure)
            options = tuple(map(unit_option, self._unsure_units[unsure]))
            self.ask(Kind.WHICH_UNIT, Item(unit_item(unsure), entry, (), options, unit_option(unsure)))
        self.plan.rows[Fate.WAITING] += rows
        return True

    def _other_offices(self, entry: Entry, known: KnownPerson, steps: list[Step]) -> None:
        """Offices that a full roster gives no longer, of somebody who holds another that it does give."""
        if not self.plan.full or not entry.staff_number:
            return
        moved_from = {step.office for step in steps if isinstance(step, Moved)}
        for office in not_in_file(entry, known):
            answer = self.answers.of(Kind.SECOND_OFFICE, f"office-{office.key}")
            if office.key in moved_from or answer == Choice.STAYS:
                continue
            if answer == Choice.LEFT:
                self.plan.ended.append(Ended(known.key, office.key, self.plan.as_of))
            else:
                about = " · ".join(filter(None, (office.title, unit_option(office.unit))))
                self.ask(Kind.SECOND_OFFICE, Item(f"office-{office.key}", entry, (known.key,), about=about))


def choose_heads(filing: Filing, gathered: Gathered) -> None:
    """A unit has one head: where several rows claim it, none is taken until a person has said who."""
    for unit, claiming in gathered.heads.items():
        present = [entry for entry in claiming if not has_ended(entry, filing.plan.as_of)]
        if len(present) < 2:
            continue
        item = unit_item(unit)
        answer = filing.answers.of(Kind.HEADS, item)
        options = tuple(map(row_item, present))
        for entry in present:
            entry.head = row_item(entry) == answer if answer in (*options, Choice.NONE) else None
        if answer not in (*options, Choice.NONE):
            filing.ask(Kind.HEADS, Item(item, present[0], (), options, unit_option(present[0].unit)))


def one_of(filing: Filing, rows: list[Entry]) -> Entry | None:
    """What several differing rows with one staff number say, as answered; None while that is open."""
    kind = Kind.TWO_OFFICES if of_one_name(rows) else Kind.TWO_NAMES
    answer = filing.answers.of(kind, row_item(rows[0]))
    chosen: dict[str | None, Entry] = {Choice.FIRST: rows[0], Choice.LAST: rows[-1]}
    if answer == Choice.BOTH and kind is Kind.TWO_OFFICES:
        return several_offices(filing, rows)
    chosen |= {row_item(one): one for one in rows}
    if answer in chosen:
        filing.skip(len(rows) - 1)
        return chosen[answer]
    if answer == Choice.SKIP:
        filing.skip(len(rows))
    else:
        filing.ask_about_rows(kind, rows)
    return None


def of_one_name(rows: list[Entry]) -> bool:
    return len({match_key(row.name) for row in rows}) == 1


def several_offices(filing: Filing, rows: list[Entry]) -> Entry:
    """One person with an office from each row; a row that gives no further office only repeats."""
    offices: list[Entry] = []
    for row in sorted(rows, key=lambda row: (row.office, row.row), reverse=True):
        if not any(row.unit in ((), one.unit) and row.title in ("", one.title) for one in offices):
            offices.insert(0, row)
    filing.repeat(len(rows) - len(offices))
    return replace(offices[0], also=tuple(offices[1:]))
