"""Files that were damaged, mistaken for a table, or made to do harm: a sentence, and soon."""

import time
from pathlib import Path

import pytest
from tests.imports.bringing import bring, cells_of, rows_of

from undersigned.imports.sheets import Limits, Unreadable, read

MEGABYTE = 2**20
SOON = 20.0
"""Seconds of processor time. Real figures are a tenth of this; a hang is what is looked for."""


def refusal(path: Path, limits: Limits | None = None) -> str:
    begun = time.process_time()
    with pytest.raises(Unreadable) as refused:
        rows_of(read(path, limits=limits or Limits()))
    assert time.process_time() - begun < SOON
    return str(refused.value)


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "junk.csv"
    with path.open("wb") as file:
        file.truncate(101 * MEGABYTE)
    assert refusal(path) == (
        "This file is larger than 100 megabytes. Nothing was read. Keep only the table that is needed."
    )


@pytest.mark.parametrize(
    ("piece", "what"),
    [
        (bytes(range(1, 256)), "This file holds no text that can be read as a table."),
        (b"\0" * 256, "One line of this file is longer than 16777216 characters"),
        (b"a" * 256, "One line of this file is longer than 16777216 characters"),
        (b"a,b;c\td ", "One line of this file is longer than 16777216 characters"),
        (b"[", "One line of this file is longer than 16777216 characters"),
        (b'{"', "One line of this file is longer than 16777216 characters"),
        (b"\n", "This file has more than 1000000 rows."),
        (b"[\n", "This file has more than 1000000 rows."),
    ],
)
def test_a_hundred_megabytes_of_junk_are_refused_soon(tmp_path: Path, piece: bytes, what: str) -> None:
    path = tmp_path / "junk.csv"
    block = piece * (MEGABYTE // len(piece))
    with path.open("wb") as file:
        for _ in range(100):
            file.write(block)
    assert refusal(path).startswith(what)


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    line = ",".join(f"c{number}" for number in range(1_000_000))
    path.write_text(f"{line}\n{line}\n")
    assert refusal(path) == (
        "This file has 1000000 columns, and at most 1000 are read. Nothing was read. "
        "Remove the columns that are not needed and save it again."
    )


def test_records_with_endlessly_different_fields_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.json"
    path.write_text("[" + ",".join(f'{{"c{number}": 1}}' for number in range(100_000)) + "]")
    assert refusal(path).startswith("The records of this file have more than 1000 different fields.")


def test_blank_lines_without_end_are_refused_in_wide_encodings_too(tmp_path: Path) -> None:
    path = tmp_path / "blank.csv"
    path.write_bytes(("\n" * 5000).encode("utf-16"))
    assert refusal(path, Limits(rows=1000)).startswith("This file has more than 1000 rows.")


def test_more_rows_than_allowed_are_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Name,Unit\n" + "Poe,Parks\n" * 1001)
    assert refusal(path, Limits(rows=1000)).startswith(
        "This file has more than 1000 rows. Nothing was applied."
    )


def test_a_cell_of_ten_thousand_characters_is_cut_and_named_and_its_row_is_kept(tmp_path: Path) -> None:
    sheet = bring(tmp_path, f"Number,Name\n7,{'x' * 10_000}\n8,Roe\n")
    assert cells_of(sheet) == [["7", "x" * 5_000], ["8", "Roe"]]
    problem = sheet.problems[0]
    assert (problem.row, problem.field) == (2, "Name")
    assert problem.what == "This cell holds 10000 characters; the first 5000 were read. Shorten it."


def test_a_value_of_ten_thousand_characters_in_json_is_cut_and_named(tmp_path: Path) -> None:
    sheet = bring(tmp_path, f'[{{"id": 7, "name": "{"x" * 10_000}"}}]', "list.json")
    assert cells_of(sheet) == [["7", "x" * 5_000]]
    assert (sheet.problems[0].row, sheet.problems[0].field) == (1, "name")


def test_a_cell_longer_than_the_csv_reader_takes_loses_no_row(tmp_path: Path) -> None:
    sheet = bring(tmp_path, f"Number,Name\n7,{'x' * 300_000}\n8,Roe\n")
    assert [row.number for row in sheet.rows()] == [2, 3]


def test_one_json_value_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('[{"name": "' + "x\\n" * 3_000_000)
    assert refusal(path).startswith("This file is not valid JSON")
