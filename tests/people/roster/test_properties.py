"""What must hold for every roster, however odd: drawn at random from few names, so that they collide."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.people.roster.city import City, Rows, without

from undersigned.people.roster.entries import COMPARED, Entry
from undersigned.people.roster.plan import Plan
from undersigned.people.roster.questions import Choice, Kind

JUNE, JULY = date(2024, 6, 1), date(2024, 7, 1)
MEANINGS = {
    "Employee Number": "staff_number",
    "Name": "name",
    "Department": "unit_1",
    "Job Title": "title",
    "Start Date": "begins_on",
    "End Date": "ends_on",
    "Status": "status",
}
NAMES = (
    "Alma Quint",
    "QUINT, Alma",
    "A. Quint",
    "Alma P. Quint",
    "Adil Quint",
    "Bram Oduya",
    "B. Oduya",
    "Cleo",
    "",
)

ROW = st.builds(
    lambda *cells: dict(zip(MEANINGS, cells, strict=True)),
    st.sampled_from(["", "1001", "1002", "1003", "1004", "1005", "1006"]),
    st.sampled_from(NAMES),
    st.sampled_from(["Parks", "Roads", "Parks > Pools", ""]),
    st.sampled_from(["Clerk", "Operator", ""]),
    st.sampled_from(["", "", "2019-04-01", "2024-06-20"]),
    st.sampled_from(["", "", "", "2024-06-10", "2024-12-31"]),
    st.sampled_from(["", "Active", "Active", "On leave", "Terminated"]),
)
ROSTER = st.lists(ROW, min_size=1, max_size=12)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        Kind.LEFT: st.sampled_from([Choice.LEFT, Choice.STAYS]),
        Kind.SAID_LEFT: st.sampled_from([Choice.LEFT, Choice.STAYS]),
        Kind.MOVED: st.sampled_from([Choice.SAME, Choice.NEW]),
        Kind.INITIALS: st.sampled_from([Choice.SAME, Choice.NEW]),
        Kind.SPELLING: st.sampled_from([Choice.SAME, Choice.NEW]),
        Kind.RENUMBERED: st.sampled_from([Choice.SAME, Choice.NEW]),
        Kind.RETURNING: st.sampled_from([Choice.SAME, Choice.NEW]),
        Kind.TWICE: st.sampled_from([Choice.ONE, Choice.TWO]),
        Kind.TWO_OFFICES: st.sampled_from([Choice.BOTH, Choice.FIRST, Choice.SKIP]),
        Kind.BESIDE: st.sampled_from([Choice.NEW, Choice.SKIP]),
        Kind.SECOND_OFFICE: st.sampled_from([Choice.LEFT, Choice.STAYS]),
    },
)
OFTEN = settings(deadline=None, max_examples=60)


def known_from(folder: str, rows: Rows) -> City:
    city = City(Path(folder), meanings=MEANINGS)
    city.bring(rows, as_of=JUNE)
    return city


def gist(made: Plan) -> Counter[str]:
    """A plan without the numbers of its rows."""

    def told(entry: Entry | None) -> str:
        parts = (entry, *sorted(entry.also, key=lambda one: one.office)) if entry else ()
        return repr([[getattr(one, part) for part in COMPARED] for one in parts])

    steps = [
        repr(
            [
                told(part) if isinstance(part, Entry) else part
                for part in step
                if part != getattr(step, "row", 0)
            ]
        )
        if isinstance(step, tuple)
        else told(step)
        for step in made.steps()
    ]
    asked = [f"{question.kind}{item.people}" for question in made.questions for item in question.items]
    return Counter(
        [*steps, *asked, *map(repr, sorted(made.rows.items())), repr(made.units), repr(made.brake)]
    )


@OFTEN
@given(ROSTER, ROSTER, ANSWERS, st.booleans())
def test_what_was_applied_does_not_change_again(
    before: Rows, rows: Rows, answers: dict[str, str], full: bool
) -> None:
    with TemporaryDirectory() as folder:
        city = known_from(folder, before)
        made = city.bring(rows, as_of=JULY, full=full, answers=answers)
        again = city.plan(rows, as_of=JULY, full=full)
        assert list(again.steps()) == []
        assert made.rows.total() == made.read == again.rows.total()


@OFTEN
@given(ROSTER, ROSTER, ANSWERS)
def test_nobody_leaves_by_a_partial_roster_that_does_not_say_so(
    before: Rows, rows: Rows, answers: dict[str, str]
) -> None:
    rows = [row | {"End Date": "", "Status": "Active"} for row in rows]
    with TemporaryDirectory() as folder:
        made = known_from(folder, before).plan(rows, as_of=JULY, full=False, answers=answers)
        assert (made.left, made.ended) == ([], [])


@OFTEN
@given(ROSTER, ROSTER, st.booleans())
def test_nobody_leaves_unasked_by_a_roster_without_numbers(before: Rows, rows: Rows, full: bool) -> None:
    rows = [row | {"Employee Number": ""} for row in rows]
    with TemporaryDirectory() as folder:
        assert known_from(folder, before).plan(rows, as_of=JULY, full=full).left == []
        taken_away = without(rows, "Employee Number")
        assert known_from(folder, before).plan(taken_away, as_of=JULY, full=full).left == []


@OFTEN
@given(ROSTER, ROSTER, st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_rows_does_not_matter(
    before: Rows, rows: Rows, chance: random.Random, full: bool
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    with TemporaryDirectory() as folder:
        city = known_from(folder, before)
        assert gist(city.plan(rows, as_of=JULY, full=full)) == gist(
            city.plan(shuffled, as_of=JULY, full=full)
        )


@OFTEN
@given(ROSTER, ROSTER, ANSWERS)
def test_no_person_is_in_two_steps_that_exclude_each_other(
    before: Rows, rows: Rows, answers: dict[str, str]
) -> None:
    with TemporaryDirectory() as folder:
        made = known_from(folder, before).plan(rows, as_of=JULY, answers=answers)
        gone = Counter(step.person for step in made.left)
        here = {step.person for step in (*made.moved, *made.changed, *made.returned, *made.ended)}
        assert not gone.keys() & here
        assert all(count == 1 for count in gone.values())
