"""Which column of a roster means what: a proposal from names and values, for a person to confirm.

The names are those of `vocabulary`. Where names leave it open, values decide: which unit is above which, which
column numbers people, and what a column called only `type`, `role` or `office` holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.translation import gettext as _

from undersigned.imports.columns import Column, Mapping, Meaning, guess
from undersigned.imports.headers import likeness, plain
from undersigned.imports.sheets import Sheet
from undersigned.people.roster import classes
from undersigned.people.roster.vocabulary import (
    UNIT_LEVELS,
    UNIT_WORDS,
    VOCABULARY,
    Field,
    called,
    is_number,
    is_word,
)

SAMPLE = 500
FEWEST_NUMBERS = 10
SHORTEST_NUMBER = 4
LIKELY, SURE = 0.6, 0.8
UNIT = "unit"
UNIT_CODE = "unit code"
OTHER = "other"
EMPLOYMENT_TERM = re.compile(
    r"\b(full|part|temps|casual|seasonal|perm\w*|temp\w*|regular|occasionnel|saisonnier)\b"
)

SET_ASIDE: Table[str, tuple[str, ...]] = MappingProxyType(
    {
        "contact": called(
            "phone; telephone; mobile; cell; cell phone; fax; extension; ext; home phone; work phone; "
            "téléphone; cellulaire; poste téléphonique; address; home address; street; city; zip; "
            "zip code; postal code; code postal; adresse; ville; personal email; courriel personnel; "
            "emergency contact; emergency contact name; emergency phone; spouse; next of kin"
        ),
        "private": called(
            "birth date; date of birth; dob; birthday; age; gender; sex; race; ethnicity; religion; "
            "marital status; disability; veteran status; nationality; citizenship; party; "
            "political party; sin; ssn; social insurance number; social security number; nas; "
            "date de naissance; sexe; genre; âge; parti; numéro d'assurance sociale"
        ),
        "pay": called(
            "salary; annual salary; pay; pay rate; wage; hourly rate; grade; pay grade; step; fte; "
            "hours; standard hours; benefits; overtime; salaire; taux horaire; échelon; etp; heures"
        ),
        "superior": called(
            "reports to; supervisor; supervisor id; supervisor name; supervisor number; manager id; "
            "manager name; manager number; manager employee id; manager email; reports to id; boss; "
            "line manager; supérieur; supérieur immédiat; relève de; superviseur"
        ),
        UNIT_CODE: called(
            "department code; dept code; department id; dept id; deptid; department number; "
            "org code; unit code; division code; cost centre; cost center; cost centre code; "
            "code du service; centre de coût; business unit code; fund; account code"
        ),
        OTHER: called(
            "url; website; site web; location; work location; building; room; lieu; lieu de travail; "
            "position number; position id; position code; job code; job family; no de poste; "
            "username; user name; login; photo; picture; notes; comments; remarks; row; row number; "
            "company; employer; service date; seniority date; last updated; modified; created"
        ),
    }
)


@dataclass(frozen=True, slots=True)
class NotKept:
    """A column that is not read, and why."""

    column: str
    why: str


def guess_columns(sheet: Sheet) -> Mapping:
    """Propose what each column means. Nothing is read by it until a person has confirmed it."""
    samples = sheet.samples(SAMPLE)
    proposed = guess(sheet.columns, samples, _wide_vocabulary())
    columns = {column.name: _supported(column, samples[column.name]) for column in proposed.columns}
    _lay_units(columns, samples)
    _read_constituency(columns)
    _read_vague(columns, samples)
    _find_number(columns, samples)
    return Mapping(tuple(_without_set_aside(columns[name]) for name in sheet.columns))


def not_kept(mapping: Mapping) -> tuple[NotKept, ...]:
    """The columns that no field takes, each with the reason."""
    return tuple(NotKept(name, _why_not(name)) for name in mapping.unmapped)


def _reasons() -> dict[str, str]:
    return {
        "contact": _("Not kept: telephone numbers and home addresses are not needed."),
        "private": _(
            "Not kept: what is personal and has no bearing on who may act for the city is not read."
        ),
        "pay": _("Not kept: pay has no bearing on who may act for the city."),
        "superior": _("Not kept: who answers to whom follows from the heads of units."),
        UNIT_CODE: _("Not kept: units are known by their names."),
        OTHER: _("Not kept: it is not needed to know who may act for the city."),
    }


def _why_not(name: str) -> str:
    alike = {kind: likeness(name, (), Meaning(words)) for kind, words in SET_ASIDE.items()}
    best = max(alike, key=lambda kind: alike[kind])
    return _reasons()[best if alike[best] else OTHER]


def _wide_vocabulary() -> dict[str, Meaning]:
    """What is set aside comes first, so that a home telephone is not taken for anything else."""
    aside = {kind: Meaning(words, several=True) for kind, words in SET_ASIDE.items()}
    return {**aside, **VOCABULARY, UNIT: Meaning(UNIT_WORDS, several=True)}


def _supported(column: Column, values: Sequence[str]) -> Column:
    """The guess, unless the values speak against it, or nothing but values for it."""
    meaning = VOCABULARY.get(column.field or "")
    if meaning is None or meaning.looks_like is None:
        return column
    fitting = sum(map(meaning.looks_like, values))
    if not likeness(column.name, (), meaning) or fitting * 2 < len(values):
        return Column(column.name, samples=column.samples)
    if column.field == Field.STAFF_NUMBER and len(set(values)) < len(values) * SURE:
        return Column(column.name, samples=column.samples)
    return column


def _lay_units(columns: dict[str, Column], samples: Table[str, list[str]]) -> None:
    """Put the columns of units in levels: the one with the fewest different values is the highest."""
    units = [name for name, column in columns.items() if column.field == UNIT]
    if not units and not any(column.field in UNIT_LEVELS for column in columns.values()):
        units = [name for name, column in columns.items() if column.field == UNIT_CODE][:1]
    units.sort(key=lambda name: (len(set(samples[name])), _rank(name)))
    for name in units[len(UNIT_LEVELS) :]:
        columns[name] = replace(columns[name], field=None)
    for level, name in zip(UNIT_LEVELS, units, strict=False):
        columns[name] = replace(columns[name], field=level.value)


def _rank(name: str) -> int:
    words = [plain(word) for word in UNIT_WORDS]
    return next((at for at, word in enumerate(words) if word in plain(name).split()), len(words))


def _read_constituency(columns: dict[str, Column]) -> None:
    """Where people are elected for a district, the state or province above it is the unit above."""
    if not any(column.field == Field.CONSTITUENCY for column in columns.values()):
        return
    for name in columns:
        if plain(name) in ("state", "province", "region", "territory") and not _taken(columns, Field.UNIT_1):
            columns[name] = replace(columns[name], field=Field.UNIT_1.value, confidence=LIKELY)


def _read_vague(columns: dict[str, Column], samples: Table[str, list[str]]) -> None:
    """A column called only `role`, `type` or `office` is the job title if its values are words for one."""
    for name, column in columns.items():
        if plain(name) not in ("role", "type", "office") or column.field is not None:
            continue
        values = samples[name]
        if not _taken(columns, Field.TITLE) and values and all(map(_could_be_title, values)):
            columns[name] = replace(column, field=Field.TITLE.value, confidence=LIKELY)


def _could_be_title(value: str) -> bool:
    return is_word(value) and not EMPLOYMENT_TERM.search(plain(value)) and classes.status(value) is None


def _find_number(columns: dict[str, Column], samples: Table[str, list[str]]) -> None:
    """A column in which nobody shares a value and all are shaped alike numbers people, whatever it is called."""
    rows = max(map(len, samples.values()), default=0)
    if _taken(columns, Field.STAFF_NUMBER) or rows < FEWEST_NUMBERS:
        return
    for name, column in columns.items():
        if column.field is None and len(samples[name]) == rows and _numbers_people(samples[name]):
            columns[name] = replace(column, field=Field.STAFF_NUMBER.value, confidence=SURE)
            return


def _numbers_people(values: list[str]) -> bool:
    """Unique, shaped alike and long enough; and not a count of rows, which changes hands when one goes."""
    if min(map(len, values)) < SHORTEST_NUMBER or len(set(values)) < len(values):
        return False
    shapes = {re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", value)) for value in values}
    return all(map(is_number, values)) and len(shapes) <= 2 and not _is_count(values)


def _is_count(values: list[str]) -> bool:
    numbers = [int(value) for value in values if value.isdecimal()]
    return len(numbers) == len(values) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _taken(columns: Table[str, Column], field: Field) -> bool:
    return any(column.field == field for column in columns.values())


def _without_set_aside(column: Column) -> Column:
    return column if column.field in VOCABULARY else Column(column.name, samples=column.samples)
