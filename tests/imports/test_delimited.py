"""Separated text as spreadsheets, exports and people write it."""

from pathlib import Path

import pytest
from tests.imports.bringing import ROSTER, bring, cells_of, rows_of, said

from undersigned.imports.sheets import Problem, Row, Unreadable, read


def test_a_row_has_the_number_that_a_person_sees(tmp_path: Path) -> None:
    sheet = bring(tmp_path, ROSTER)
    assert sheet.columns == ("Number", "Name", "Unit")
    assert rows_of(sheet) == [
        Row(2, {"Number": "7", "Name": "Mary Poe", "Unit": "Parks"}),
        Row(3, {"Number": "8", "Name": "Ann Roe", "Unit": "Roads"}),
    ]
    assert (sheet.kind, sheet.problems, sheet.set_aside) == ("csv", [], [])


@pytest.mark.parametrize(("separator", "kind"), [(",", "csv"), (";", "csv"), ("\t", "tsv"), ("|", "csv")])
def test_any_usual_separator_is_found(tmp_path: Path, separator: str, kind: str) -> None:
    sheet = bring(tmp_path, ROSTER.replace(",", separator))
    assert (sheet.kind, cells_of(sheet)) == (kind, [["7", "Mary Poe", "Parks"], ["8", "Ann Roe", "Roads"]])


def test_semicolons_win_over_decimal_commas(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Name;Share;Note\nPoe;0,5;a, b\nRoe;0,25;c, d\n")
    assert cells_of(sheet) == [["Poe", "0,5", "a, b"], ["Roe", "0,25", "c, d"]]


def test_the_separator_that_excel_declares_is_believed_and_its_line_not_counted(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "sep=;\nName;Unit\nPoe;Parks\n")
    assert rows_of(sheet) == [Row(2, {"Name": "Poe", "Unit": "Parks"})]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(tmp_path: Path, end: str) -> None:
    sheet = bring(tmp_path, ROSTER.replace("\n", end))
    assert cells_of(sheet) == [["7", "Mary Poe", "Parks"], ["8", "Ann Roe", "Roads"]]
    assert sheet.problems == []


def test_a_cell_may_hold_separators_quotation_marks_and_line_breaks(tmp_path: Path) -> None:
    sheet = bring(tmp_path, 'Name,Note\n"Poe, Mary","says ""hello""\nand goes"\nRoe,x\n')
    assert rows_of(sheet) == [
        Row(2, {"Name": "Poe, Mary", "Note": 'says "hello"\nand goes'}),
        Row(3, {"Name": "Roe", "Note": "x"}),
    ]
    assert sheet.problems == []


def test_a_roster_of_one_column_is_read_though_its_names_hold_commas(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Name\nPoe, Mary\nRoe, Ann\nDoe, Lee\n")
    assert sheet.columns == ("Name",)
    assert cells_of(sheet) == [["Poe, Mary"], ["Roe, Ann"], ["Doe, Lee"]]


def test_a_quotation_mark_that_is_never_closed_loses_no_other_row(tmp_path: Path) -> None:
    lines = ["Number,Name,Unit", *(f"{number},Person {number},Parks" for number in range(2, 2000))]
    lines[9] = '10,"Person 10,Parks'
    sheet = bring(tmp_path, "\n".join(lines))
    rows = rows_of(sheet)
    assert [row.number for row in rows] == list(range(2, 2000))
    assert rows[8].cells == {"Number": "10", "Name": "Person 10", "Unit": "Parks"}
    assert [problem.row for problem in sheet.problems] == [10]
    assert sheet.problems[0].what.startswith("The quotation marks in this row do not pair up.")


def test_a_quotation_mark_that_a_later_one_seems_to_close_swallows_no_row(tmp_path: Path) -> None:
    sheet = bring(tmp_path, 'Name,Unit,Note\n"Poe,Parks,a\nRoe,"Roads",b\nDoe,Water,c\n')
    assert cells_of(sheet) == [["Poe", "Parks", "a"], ["Roe", "Roads", "b"], ["Doe", "Water", "c"]]
    assert [problem.row for problem in sheet.problems] == [2]


def test_a_file_full_of_stray_quotation_marks_is_still_read_row_by_row(tmp_path: Path) -> None:
    body = "".join(f'{number},12" pipe,"open {number}\n' for number in range(2, 2002))
    sheet = bring(tmp_path, "Number,Thing,Note\n" + body)
    assert [row.number for row in sheet.rows()] == list(range(2, 2002))
    assert sheet.problems[-1].what.startswith("So many quotation marks of this file do not pair up")


def test_a_row_that_is_too_long_is_set_aside_and_named(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Number,Name,Unit\n7,Poe,Mary,Parks\n8,Ann Roe,Roads\n")
    assert cells_of(sheet) == [["8", "Ann Roe", "Roads"]]
    assert sheet.set_aside == [2]
    assert sheet.problems == [
        Problem(
            2,
            None,
            "This row has 4 cells where there are 3 columns, so it is not clear which value belongs where. It was "
            "left out. Put cells that hold the separator in quotation marks.",
        )
    ]


def test_a_row_that_is_too_short_is_kept_and_named(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Number,Name,Unit\n7,Mary Poe\n8,Ann Roe,Roads\n")
    assert said(sheet)[0] == (
        2,
        "This row ends after 2 of 3 cells. The others were taken as empty. Check that it is whole.",
    )
    assert cells_of(sheet) == [["7", "Mary Poe", ""], ["8", "Ann Roe", "Roads"]]


def test_separators_at_the_end_of_every_row_are_no_cells(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Number,Name,,\n7,Mary Poe,,\n8,Ann Roe,,\n")
    assert (sheet.columns, said(sheet)) == (("Number", "Name"), [])


def test_blank_rows_are_counted_but_not_read(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Name,Unit\n\n , \nPoe,Parks\n,\n")
    assert [row.number for row in sheet.rows()] == [4]
    assert sheet.problems == []


def test_one_column_may_be_quoted_and_hold_line_breaks(tmp_path: Path) -> None:
    sheet = bring(tmp_path, 'Name\n"Poe, ""Mary"""\n"Roe,\nAnn"\nDoe\n')
    assert cells_of(sheet) == [['Poe, "Mary"'], ["Roe,\nAnn"], ["Doe"]]


def test_a_number_that_a_spreadsheet_has_shortened_is_reported(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Handle,Number\nparks,1.23457E+17\nroads,9E+3x\n")
    rows_of(sheet)
    assert [(problem.row, problem.field) for problem in sheet.problems] == [(2, "Number")]
    assert "so its digits are lost" in sheet.problems[0].what


def test_a_file_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="The file “none.csv” could not be opened"):
        read(tmp_path / "none.csv")
    with pytest.raises(Unreadable, match="could not be opened"):
        read(tmp_path)


@pytest.mark.parametrize("content", ["", " \n\n \n", "\ufeff", ",,,\n,,,\n"])
def test_an_empty_file_is_refused_with_what_to_do(tmp_path: Path, content: str) -> None:
    with pytest.raises(Unreadable, match="Choose a file with column names and at least one row"):
        bring(tmp_path, content)


def test_column_names_alone_are_a_table_without_rows_and_that_is_said(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Number,Name,Unit\n")
    assert sheet.columns == ("Number", "Name", "Unit")
    assert said(sheet) == [
        (1, "There are column names but no rows below them. Check that the file is whole.")
    ]


def test_reading_twice_gives_the_same_rows_and_each_problem_once(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Name,Unit\nPoe,Parks,x\nRoe,Roads\n")
    assert rows_of(sheet) == rows_of(sheet)
    assert len(sheet.problems) == len(sheet.set_aside) == 1


def test_problems_beyond_the_limit_are_counted(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Name,Unit\n" + "Poe,Parks,x\n" * 1500)
    told = said(sheet)
    assert len(told) == 1001
    assert told[-1] == (None, "500 further problems were found and are not listed. Correct these first.")
    assert len(sheet.set_aside) == 1500


def test_samples_show_the_first_values_that_are_not_blank(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Name,Unit\nPoe,\nRoe,Roads\n")
    assert sheet.samples() == {"Name": ["Poe", "Roe"], "Unit": ["Roads"]}
