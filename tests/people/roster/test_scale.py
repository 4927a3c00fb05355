"""What planning costs does not grow faster than the roster, and progress is told on the way."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.people.roster.city import City, Rows, write_roster

from undersigned.imports.sheets import read
from undersigned.people.roster.guessing import guess_columns
from undersigned.people.roster.known import KnownAppointment, KnownPerson
from undersigned.people.roster.planning import plan

MANY = 20_000
BYTES_A_ROW = 600


def big(count: int) -> Rows:
    given = ("Alma", "Bram", "Cleo", "Dov", "Edda")
    return [
        {
            "Employee Number": f"{100_000 + at}",
            "Name": f"{given[at % 5]} {chr(65 + at % 26)}{chr(97 + at % 23) * (1 + at % 9)}",
            "Department": f"Department {'ABCDEFGHIJ'[at % 10]}",
        }
        for at in range(count)
    ]


def streamed(rows: Rows) -> Iterator[KnownPerson]:
    """People as they come from the database: one at a time, and nobody else keeps them."""
    for at, row in enumerate(rows):
        office = KnownAppointment(f"a{at}", (row["Department"],), "", date(2020, 1, 1))
        yield KnownPerson(f"p{at}", row["Employee Number"], row["Name"], appointments=(office,))


def test_progress_is_told_while_rows_are_read(city: City) -> None:
    told: list[tuple[int, int | None]] = []
    sheet = read(write_roster(city.folder / "roster.csv", big(2_500)))
    plan(
        sheet,
        guess_columns(sheet),
        (),
        as_of=date(2024, 6, 1),
        full=True,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1_000, None), (2_000, None), (2_500, 2_500)]


def test_a_roster_that_changes_little_is_planned_in_little_memory(tmp_path: Path) -> None:
    rows = big(MANY)
    sheet = read(write_roster(tmp_path / "roster.csv", rows))
    mapping = guess_columns(sheet)
    tracemalloc.start()
    made = plan(sheet, mapping, streamed(rows), as_of=date(2024, 6, 1), full=True)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (made.unchanged, made.ambiguous) == (MANY, 0)
    assert peak < MANY * BYTES_A_ROW


def seconds_for_initials(folder: Path, count: int) -> float:
    """The time of a roster without numbers and with initials only, where every row is a question."""
    rows = big(count)
    cut = [
        {"Name": f"{row['Name'][0]}. {row['Name'].split()[1]}", "Department": row["Department"]}
        for row in rows
    ]
    sheet = read(write_roster(folder / "cut.csv", cut))
    mapping = guess_columns(sheet)
    begun = time.process_time()
    made = plan(sheet, mapping, streamed(rows), as_of=date(2024, 6, 1), full=True)
    assert (made.left, made.joined, made.rows.total()) == ([], [], count)
    return time.process_time() - begun


def test_a_roster_of_questions_only_costs_no_more_for_each_row_when_it_is_longer(tmp_path: Path) -> None:
    short, long = seconds_for_initials(tmp_path, 1_000), seconds_for_initials(tmp_path, 8_000)
    assert long < short * 8 * 4


def test_a_plan_is_applied_in_portions(city: City) -> None:
    made = city.plan(big(1_200))
    assert [len(batch) for batch in made.batches(500)] == [500, 500, 200]
