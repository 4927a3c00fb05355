"""Two rosters of a real public body, two years apart, against what is known of who came and went.

Only the identifiers of people are compared, so that no name stands in the output of a test that fails.
"""

from __future__ import annotations

import csv
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.people.roster.city import City, Rows, without

from undersigned.people.roster.plan import Fate, Plan
from undersigned.people.roster.questions import Kind
from undersigned.people.roster.steps import Brake
from undersigned.people.states import PersonClass

SHARED = Path(os.environ.get("UNDERSIGNED_SHARED", Path(__file__).parents[3].parent / "shared"))
ROSTERS = SHARED / "data" / "rosters"
BEFORE, AFTER = date(2022, 12, 13), date(2024, 12, 6)

pytestmark = pytest.mark.skipif(not ROSTERS.exists(), reason="the shared folder is not here")


def roster(day: date) -> Path:
    return ROSTERS / f"congress_roster_{day}.csv"


def rows_of(day: date) -> Rows:
    with roster(day).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def truth() -> Any:
    return json.loads((SHARED / "data/truth/congress_people.json").read_text("utf-8"))


@pytest.fixture
def known(city: City) -> City:
    """The city as it stands after the first roster."""
    city.bring(roster(BEFORE), as_of=BEFORE)
    return city


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


def numbers(city: City, people: list[str]) -> list[str]:
    return sorted(city.people[key].staff_number for key in people)


def asked(made: Plan) -> dict[str, int]:
    return {question.kind: len(question.items) for question in made.questions}


def asked_about(city: City, made: Plan) -> set[str]:
    items = [item for question in made.questions for item in question.items]
    return {city.people[key].staff_number for item in items for key in item.people}


def test_the_first_roster_makes_everybody_known(city: City, truth: Any) -> None:
    made = city.bring(roster(BEFORE), as_of=BEFORE)
    everybody = truth["people"][str(BEFORE)]
    assert made.to_json() == {
        "read": everybody,
        "matched": 0,
        "joined": everybody,
        "left": 0,
        "ambiguous": 0,
        "problems": [],
    }
    assert {person.person_class for person in city.people.values()} == {PersonClass.ELECTED}
    assert city.plan(roster(BEFORE), as_of=BEFORE).changes_nothing()


def test_the_later_roster_says_who_left_and_who_joined(known: City, truth: Any) -> None:
    made = known.plan(roster(AFTER), as_of=AFTER)
    assert numbers(known, [step.person for step in made.left]) == truth["left"]
    assert sorted(entry.staff_number for entry in made.joined) == truth["joined"]
    assert (made.matched, made.ambiguous) == (truth["stayed"], 0)
    assert made.brake == Brake(leaving=90, out_of=truth["people"][str(BEFORE)], share=0.10)


def test_the_later_roster_says_who_took_another_seat(known: City, truth: Any) -> None:
    made = known.plan(roster(AFTER), as_of=AFTER)
    moved = {step.entry.staff_number: step.what for step in made.moved}
    seats = truth["stayed_but_took_another_seat"]
    assert (
        sorted(number for number, what in moved.items() if "title" in what) == seats["from_house_to_senate"]
    )
    assert sorted(n for n, what in moved.items() if what == ("unit",)) == seats["same_house_other_district"]


def test_somebody_who_left_and_came_back_in_between_has_returned(known: City) -> None:
    made = known.plan(roster(AFTER), as_of=AFTER)
    assert [(step.entry.staff_number, step.on) for step in made.returned] == [("S001201", date(2024, 2, 13))]


def test_who_is_written_differently_changes_their_name(known: City, truth: Any) -> None:
    """All but the one whose name differs by a comma only."""
    made = known.plan(roster(AFTER), as_of=AFTER)
    steps = [*made.changed, *made.moved, *made.returned]
    renamed = {step.entry.staff_number for step in steps for change in step.changes if change.field == "name"}
    assert renamed == truth["stayed_but_written_differently"].keys() - {"Y000067"}


def test_the_later_roster_again_changes_nothing(known: City, truth: Any) -> None:
    known.bring(roster(AFTER), as_of=AFTER)
    again = known.plan(roster(AFTER), as_of=AFTER)
    assert again.changes_nothing()
    assert (again.unchanged, again.ambiguous) == (truth["people"][str(AFTER)], 0)


def test_the_earlier_roster_after_the_later_sends_nobody_away(known: City) -> None:
    known.bring(roster(AFTER), as_of=AFTER)
    assert known.plan(roster(BEFORE), as_of=BEFORE).left == []


def test_without_the_id_nobody_leaves_and_what_cannot_be_told_is_asked(known: City, truth: Any) -> None:
    made = known.plan(without(rows_of(AFTER), "bioguide"), as_of=AFTER)
    assert made.left == []
    assert "nobody's appointment ends without a question" in made.notices[0]
    assert asked(made) == {
        Kind.MOVED: 70,
        Kind.SPELLING: 4,
        Kind.SPELLING_ELSEWHERE: 1,
        Kind.INITIALS: 1,
        Kind.LEFT: 89,
    }
    assert asked_about(known, made) >= set(truth["left"])
    assert made.rows.total() == made.read


def cut(rows: Rows) -> Rows:
    """The given names cut to initials, wherever they stand."""
    shortened = []
    for row in without(rows, "bioguide"):
        first, _blank, rest = row["official_full"].partition(" ")
        full = f"{first[0]}. {rest}" if rest else ""
        shortened.append(row | {"first": f"{row['first'][0]}.", "official_full": full})
    return shortened


def only_given_names_cut(rows: Rows) -> Rows:
    return [row | {"first": f"{row['first'][0]}."} for row in without(rows, "bioguide", "official_full")]


@pytest.mark.parametrize("shorten", [cut, only_given_names_cut])
def test_with_initials_only_nearly_everybody_is_asked_about(known: City, truth: Any, shorten: Any) -> None:
    rows = shorten(rows_of(AFTER))
    made = known.plan(rows, as_of=AFTER)
    assert made.left == []
    assert "cut to initials" in made.notices[1]
    assert made.rows[Fate.MATCHED] <= 6
    assert asked_about(known, made) >= set(truth["left"])


@pytest.mark.parametrize("shorten", [cut, only_given_names_cut])
def test_with_initials_only_nobody_known_joins_a_second_time(known: City, truth: Any, shorten: Any) -> None:
    rows = rows_of(AFTER)
    made = known.plan(shorten(rows), as_of=AFTER)
    joined = {rows[entry.row - 2]["bioguide"] for entry in made.joined}
    assert joined <= set(truth["joined"])


def test_with_the_id_initials_take_nothing_away(known: City, truth: Any) -> None:
    rows = [
        row | {"bioguide": told["bioguide"]}
        for row, told in zip(cut(rows_of(AFTER)), rows_of(AFTER), strict=True)
    ]
    made = known.plan(rows, as_of=AFTER)
    assert numbers(known, [step.person for step in made.left]) == truth["left"]
    assert sorted(entry.staff_number for entry in made.joined) == truth["joined"]
    steps = [*made.changed, *made.moved]
    renamed = [change for step in steps for change in step.changes if change.field == "name"]
    assert [c for c in renamed if c.after[1] == "." and c.before[1] != "."] == []
