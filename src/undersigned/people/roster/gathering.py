"""All rows of a file, laid out so that each known person finds theirs in one step.

Rows with a staff number are kept by it; the others by name and last unit, and by name and e-mail address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from undersigned.imports.row import Row
from undersigned.people.roster.entries import Entry, staff_key
from undersigned.people.roster.known import UnitPath
from undersigned.people.roster.names import match_key, normalise
from undersigned.people.roster.questions import Answers, Choice, Kind
from undersigned.people.roster.reading import Reader
from undersigned.people.roster.units import UnitTree, unit_key

EVERY = 1_000
"""After how many rows progress is told."""

Progress = Callable[[int, int | None], None]


def place_key(name: str, unit: UnitPath) -> str:
    """Name and last unit: what is left to tell people by where a file has no staff numbers."""
    return f"{match_key(name)}|{unit_key(unit)[-1] if unit else ''}"


class Gathered:
    """What a file says, row by row.

    `doubles` holds the numbers that stand in several rows which differ. `repeated` counts rows that only
    repeat another, and `numbered` those with a staff number. `unsure_units` are the paths that several
    existing units may be meant by.
    """

    def __init__(self, reader: Reader, tree: UnitTree, answers: Answers) -> None:
        self.read = 0
        self.repeated = 0
        self.numbered = 0
        self.cut_names = 0
        self.by_number: dict[str, Entry] = {}
        self.doubles: dict[str, list[Entry]] = {}
        self.by_place: dict[str, list[Entry]] = {}
        self.by_email: dict[str, list[Entry]] = {}
        self.heads: dict[UnitPath, list[Entry]] = {}
        self.unsure_units: dict[UnitPath, tuple[UnitPath, ...]] = {}
        self.classes: set[str] = set()
        self._units: dict[UnitPath, UnitPath] = {}
        self._reader = reader
        self._tree = tree
        self._answers = answers

    def gather(self, rows: Iterable[Row], progress: Progress) -> None:
        """Read every row. `progress` is told how many; how many there will be is not known before."""
        for row in rows:
            self.read += 1
            entry = self._reader.read(row)
            if entry is not None:
                self._take(entry)
            if self.read % EVERY == 0:
                progress(self.read, None)
        progress(self.read, self.read)

    def without_number(self) -> Iterator[Entry]:
        return (entry for alike in self.by_place.values() for entry in alike)

    def _take(self, entry: Entry) -> None:
        entry.unit = self._unit(entry.unit)
        self.numbered += bool(entry.staff_number)
        if entry.staff_number and not self._take_numbered(entry):
            self.repeated += 1
            return
        if not entry.staff_number:
            self.by_place.setdefault(place_key(entry.name, entry.unit), []).append(entry)
            if entry.email:
                self.by_email.setdefault(entry.email.casefold(), []).append(entry)
        if entry.person_class:
            self.classes.add(entry.person_class)
        if entry.head:
            self.heads.setdefault(unit_key(entry.unit), []).append(entry)
        self.cut_names += _starts_with_letter(entry) and normalise(entry.name).only_initials

    def _take_numbered(self, entry: Entry) -> bool:
        """Keep the row by its number; False if another row says the very same."""
        key = staff_key(entry.staff_number)
        first = self.by_number.setdefault(key, entry)
        if first is entry:
            return True
        alike = self.doubles.get(key, [first])
        if any(entry.says_same(other) for other in alike):
            return False
        self.doubles[key] = [*alike, entry]
        return True

    def _unit(self, told: UnitPath) -> UnitPath:
        """The unit that is meant as it is called here, if it exists."""
        known = self._units.get(told)
        if known is None:
            known = self._units[told] = self._meant(told)
        return known

    def _meant(self, told: UnitPath) -> UnitPath:
        candidates = self._tree.candidates(told)
        if len(candidates) < 2:
            return candidates[0] if candidates else self._tree.as_written(told)
        by_option = {unit_option(path): path for path in candidates}
        answer = self._answers.of(Kind.WHICH_UNIT, unit_item(told)) or ""
        if answer not in (*by_option, Choice.NEW):
            self.unsure_units[told] = candidates
        return by_option.get(answer, told)


def unit_item(path: UnitPath) -> str:
    """The key of a question's item about a unit."""
    return "unit-" + "/".join(unit_key(path))


def unit_option(path: UnitPath) -> str:
    return " > ".join(path)


def _starts_with_letter(entry: Entry) -> bool:
    """A cheap look, before the whole name is taken apart, at whether it begins with an initial."""
    return len(entry.name.split(" ", 1)[0].rstrip(".")) == 1 or entry.name[1:2] == "."
