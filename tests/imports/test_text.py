"""Text as it is compared, text that deceives, and text in tables of our own."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.imports.bringing import bring, cells_of

from undersigned.imports.text import comparable, for_export, from_export, hidden, without_accents, write_csv


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mary  Poe", "mary poe"),
        ("ＭＡＲＹ\u00a0Poe", "Mary Poe"),
        ("Zoe\u0301", "Zoé"),
        ("STRASSE", "straße"),
        ("Mary\u200b Poe\u202e", "Mary Poe"),
        ("ﬁnance", "Finance"),
    ],
)
def test_what_looks_the_same_compares_the_same(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


def test_accents_count_when_comparing_and_not_in_names_of_columns() -> None:
    assert comparable("Zoé") != comparable("Zoe")
    assert without_accents("Prénom") == "prenom"


@given(st.text())
def test_comparing_twice_changes_nothing(text: str) -> None:
    assert comparable(comparable(text)) == comparable(text)


def test_hidden_and_turning_characters_are_named_so_that_they_can_be_looked_up() -> None:
    assert hidden("harrow\u200bparks\u202e") == ("U+200B ZERO WIDTH SPACE", "U+202E RIGHT-TO-LEFT OVERRIDE")
    assert hidden("Zoé, ville de Québec\n") == ()
    assert hidden("שלום") == ()


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1 604 555 0199", "-cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\rx", " =1+1", "＝1+1", "-5-3"],
)
def test_what_a_spreadsheet_would_compute_is_escaped_and_read_back(cell: str) -> None:
    assert for_export(cell) == f"'{cell}"
    assert from_export(for_export(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Mary Poe", "-5", "-5.25", "a=b", "'quoted'", "7"])
def test_other_cells_are_written_as_they_are(cell: str) -> None:
    assert for_export(cell) == cell == from_export(cell)


def test_a_table_is_written_line_by_line_with_every_cell_safe() -> None:
    lines = list(write_csv(["Name", "Handle"], [["Poe, Mary", "@parks"], ['Roe "Ann"', "=1+1"]]))
    assert lines == ["Name,Handle\r\n", '"Poe, Mary",\'@parks\r\n', '"Roe ""Ann""",\'=1+1\r\n']


CELL = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)


@given(st.lists(st.tuples(CELL, CELL), min_size=3, max_size=8))
def test_a_table_that_we_wrote_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    written = "".join(write_csv(["Name", "Handle"], rows))
    cells = [cell for line in csv.reader(io.StringIO(written, newline="")) for cell in line]
    assert not any(cell[0] in "=+@\t\r" for cell in cells)
    sheet = bring(tmp_path_factory.mktemp("written"), written)
    assert [tuple(cells) for cells in cells_of(sheet)] == [row for row in rows if row != ("Name", "Handle")]
