"""From a row of text to what it says about one person.

A row is lost only when nobody can tell whom it means. Anything else that is wrong with it (an address that is
none, a date that is none) is left out and reported, and the rest of the row stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from undersigned.imports.columns import Mapping
from undersigned.imports.row import Problem, Row
from undersigned.people.roster import classes, names
from undersigned.people.roster.entries import Entry, staff_key
from undersigned.people.roster.known import UnitPath
from undersigned.people.roster.vocabulary import UNIT_FIELDS, Field
from undersigned.people.states import PersonClass

LONGEST = {
    Field.STAFF_NUMBER: 64,
    Field.NAME: 300,
    Field.GIVEN_NAME: 150,
    Field.FAMILY_NAME: 150,
    Field.EMAIL: 254,
    Field.TITLE: 200,
    Field.BARGAINING_UNIT: 100,
}
LONGEST_UNIT = 200
FOR_EVER = 2200
"""From this year on a date is what some systems write for *no end*, such as 9999-12-31."""
VACANT = re.compile(
    r"\W*(vacan(t|cy|te)|tb[ad]|(vacant|open|poste|position)( (vacant|open|position|à pourvoir))+"
    r"|to be (filled|hired))\W*",
    re.IGNORECASE,
)
SUM = re.compile(r"(grand |sub ?|report )?(total|count|somme)\b.*|end of report.*", re.IGNORECASE)
SCIENTIFIC = re.compile(r"\d(\.\d+)?e\+\d+", re.IGNORECASE)
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
LEVELS = re.compile(r"\s*[>»→|\\]\s*")

Read = TypeVar("Read")


class Reader:
    """Reads rows by a mapping. `read_date` turns a cell into a day and raises ValueError with a sentence.

    `unread_numbers` are the staff numbers of rows that were lost, and `nameless` counts the lost rows that
    might be about anybody: what is missing from such a file is not surely gone.
    """

    def __init__(self, mapping: Mapping, read_date: Callable[[Field, str], date]) -> None:
        self.problems: list[Problem] = []
        self.unread_numbers: set[str] = set()
        self.lost = 0
        self.nameless = 0
        self._columns = {meaning: mapping.of(meaning) for meaning in Field}
        self._unit_columns = tuple(name for level in UNIT_FIELDS for name in mapping.of(level))
        self._everyone_is = PersonClass.ELECTED if Field.CONSTITUENCY in mapping.fields else None
        self._read_date = read_date
        self._units: dict[tuple[str, ...], UnitPath] = {}
        self._days_read: dict[tuple[Field, str], date] = {}
        self._texts: dict[str, str] = {}
        self._classes: dict[tuple[str, str, str], tuple[str, PersonClass | None]] = {}

    def read(self, row: Row) -> Entry | None:
        """What the row says; None, with the reason among the problems, if it does not say about whom."""
        number = self._staff_number(row)
        name, given, family = self._name(row)
        wrong = _unusable(name, number)
        if wrong:
            self._lose(row, number, name, wrong)
            return None
        union, kind = self._class(row)
        begins, ends = self._days(row)
        return Entry(
            row=row.number,
            staff_number=number,
            name=name,
            given_name=given,
            family_name=family,
            preferred=self._shared(self._text(row, Field.PREFERRED)),
            email=self._email(row),
            unit=self._unit(row),
            title=self._shared(self._text(row, Field.TITLE)),
            person_class=kind,
            bargaining_unit=union,
            head=self._head(row),
            begins_on=begins,
            ends_on=ends,
            status=self._read(row, Field.STATUS, classes.status),
        )

    def _lose(self, row: Row, number: str, name: str, wrong: str) -> None:
        """Set a row aside. One without number that is not just a heading or a sum might be anybody's."""
        self._problem(row, Field.NAME, wrong)
        self.lost += 1
        if number:
            self.unread_numbers.add(staff_key(number))
        elif not VACANT.fullmatch(name) and sum(map(bool, row.cells.values())) * 2 > len(row.cells):
            self.nameless += 1

    def _problem(self, row: Row, meaning: Field, what: str) -> None:
        columns = self._columns[meaning]
        self.problems.append(Problem(row.number, columns[0] if columns else None, what))

    def _cell(self, row: Row, meaning: Field) -> str:
        for column in self._columns[meaning]:
            text = row.cells.get(column, "")
            if text:
                return text if text.isascii() and text.isprintable() else names.visible(text)
        return ""

    def _text(self, row: Row, meaning: Field) -> str:
        """The cell as text that fits; what is too long to be kept is left out and reported."""
        text = self._cell(row, meaning)
        if not text or len(text) <= LONGEST.get(meaning, 300):
            return text
        said = _(
            "This is longer than %(most)d characters. It was left out; the rest of the row was kept. Shorten it."
        )
        self._problem(row, meaning, said % {"most": LONGEST.get(meaning, 300)})
        return ""

    def _shared(self, text: str) -> str:
        """The same text object for equal texts: a roster repeats its few titles and names many times."""
        return self._texts.setdefault(text, text)

    def _staff_number(self, row: Row) -> str:
        """The number as written; none where a spreadsheet program has lost its digits, as the sheet reports."""
        text = self._text(row, Field.STAFF_NUMBER)
        if text.isdecimal():
            return text
        if not text or names.fold(text) in classes.NOTHING:
            return ""
        if SCIENTIFIC.fullmatch(text):
            return ""
        return text.removesuffix(".0")

    def _name(self, row: Row) -> tuple[str, str, str]:
        """The whole name, then given and family name if they have columns of their own."""
        given = self._shared(self._text(row, Field.GIVEN_NAME))
        family = self._shared(self._text(row, Field.FAMILY_NAME))
        full = names.in_reading_order(self._cell(row, Field.NAME)) if self._columns[Field.NAME] else ""
        if full and not (given and family and _is_cut(full) and not _is_cut(f"{given} {family}")):
            return full, given, family
        between = self._cell(row, Field.MIDDLE_NAME), family, self._cell(row, Field.SUFFIX)
        return " ".join(part for part in (given, *between) if part), given, family

    def _email(self, row: Row) -> str:
        text = self._text(row, Field.EMAIL)
        if not text or ADDRESS.fullmatch(text) or names.fold(text) in classes.NOTHING:
            return text if "@" in text else ""
        said = _("This is not an e-mail address. It was left out; the rest of the row was kept.")
        self._problem(row, Field.EMAIL, said)
        return ""

    def _unit(self, row: Row) -> UnitPath:
        cells = tuple(row.cells.get(column, "") for column in self._unit_columns)
        known = self._units.get(cells)
        if known is None:
            known = self._units[cells] = self._unit_path(row, cells)
        return known

    def _unit_path(self, row: Row, cells: tuple[str, ...]) -> UnitPath:
        """The levels that are filled in, each once: many systems repeat a unit that has none below it."""
        path: list[str] = []
        for name in (level for cell in cells for level in LEVELS.split(names.visible(cell))):
            if len(name) > LONGEST_UNIT:
                said = _(
                    "The name of the unit is longer than %(most)d characters and was left out. Shorten it."
                )
                self.problems.append(Problem(row.number, None, said % {"most": LONGEST_UNIT}))
            elif names.fold(name) not in classes.NOTHING and (
                not path or names.fold(name) != names.fold(path[-1])
            ):
                path.append(self._shared(name))
        return tuple(path)

    def _class(self, row: Row) -> tuple[str, PersonClass | None]:
        """The bargaining unit and the class, worked out once for each combination of words."""
        words = (
            self._text(row, Field.BARGAINING_UNIT),
            self._text(row, Field.PERSON_CLASS),
            self._text(row, Field.MANAGER),
        )
        known = self._classes.get(words)
        if known is None:
            reported = len(self.problems)
            known = self._told_class(row, words[0], words[1])
            if reported == len(self.problems):
                self._classes[words] = known
        return known

    def _told_class(self, row: Row, told: str, word: str) -> tuple[str, PersonClass | None]:
        """A flag for managers refines a class, it does not replace one."""
        union = classes.union_name(told) or (classes.union_name(word) if _is_union(word) else "")
        kind = self._read(row, Field.PERSON_CLASS, classes.person_class) or classes.person_class(told)
        if kind is None and union:
            kind = PersonClass.BARGAINING_UNIT
        if kind in (None, PersonClass.OUT_OF_SCOPE) and self._read(row, Field.MANAGER, classes.yes_or_no):
            kind = PersonClass.MANAGER
        return self._shared(union), kind or self._everyone_is

    def _head(self, row: Row) -> bool | None:
        """Whether the person heads the unit: where the file has such a column, a blank cell means no."""
        if not self._columns[Field.HEAD]:
            return None
        return self._read(row, Field.HEAD, classes.yes_or_no) or False

    def _read(self, row: Row, meaning: Field, read: Callable[[str], Read | None]) -> Read | None:
        """What the words mean. A blank cell says nothing; words that nobody knows are reported."""
        text = self._text(row, meaning)
        if not text or names.fold(text) in classes.NOTHING:
            return None
        value = read(text)
        if value is None:
            said = _("“%(text)s” is not understood here. It was left out; the rest of the row was kept.")
            self._problem(row, meaning, said % {"text": text})
        return value

    def _days(self, row: Row) -> tuple[date | None, date | None]:
        begins, ends = self._day(row, Field.BEGINS_ON), self._day(row, Field.ENDS_ON)
        if begins and ends and ends < begins:
            said = _("The last day is before the first. Both were left out; the rest of the row was kept.")
            self._problem(row, Field.ENDS_ON, said)
            return None, None
        return begins, ends

    def _day(self, row: Row, meaning: Field) -> date | None:
        text = self._cell(row, meaning)
        if not text or names.fold(text) in classes.NOTHING:
            return None
        day = self._days_read.get((meaning, text)) or self._new_day(row, meaning, text)
        return day if day and day.year < FOR_EVER else None

    def _new_day(self, row: Row, meaning: Field, text: str) -> date | None:
        try:
            day = self._days_read[meaning, text] = self._read_date(meaning, text)
        except ValueError as refusal:
            said = _("%(refusal)s The date was left out; the rest of the row was kept.")
            self._problem(row, meaning, said % {"refusal": refusal})
            return None
        return day


def _unusable(name: str, number: str) -> str:
    """Why a name cannot be anybody's, or nothing. Digits are odd in a name, yet with a number it is somebody."""
    if not any(map(str.isalpha, name)) or not (number or name.isalpha() or _without_digits(name)):
        return _("There is no person's name in this row, so it was left out. Give the name, in letters.")
    if len(name) > LONGEST[Field.NAME]:
        said = _("This name is longer than %(most)d characters, so the row was left out. Correct the name.")
        return said % {"most": LONGEST[Field.NAME]}
    if VACANT.fullmatch(name):
        return _("This is a vacant position, not a person, so the row was left out.")
    if not number and SUM.fullmatch(name):
        return _("This is a sum, not a person, so the row was left out.")
    return ""


def _without_digits(name: str) -> bool:
    return not any(map(str.isdigit, name)) or bool(re.search(r"\b(2nd|3rd|4th)\b", name.lower()))


def _is_cut(name: str) -> bool:
    return names.normalise(name).only_initials


def _is_union(word: str) -> bool:
    return classes.person_class(word) is PersonClass.BARGAINING_UNIT
