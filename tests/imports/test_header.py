"""Where the column names stand, and what to do when they are not what they should be."""

from pathlib import Path

from tests.imports.bringing import bring, cells_of, rows_of, said


def test_title_lines_above_the_column_names_are_passed_over_and_named(tmp_path: Path) -> None:
    sheet = bring(
        tmp_path, "City of Harrow Falls\nStaff list,2024-12-06\n\nNumber,Name,Unit,E-mail\n7,Poe,Parks,\n"
    )
    assert sheet.columns == ("Number", "Name", "Unit", "E-mail")
    assert said(sheet) == [
        (1, "Row 4 is taken for the column names. What stands above it was not read."),
    ]
    assert [row.number for row in rows_of(sheet)] == [5]


def test_two_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Name,Phone,Phone,Phone\nPoe,1,2,3\n")
    assert sheet.columns == ("Name", "Phone", "Phone (2)", "Phone (3)")
    assert [(p.row, p.field) for p in sheet.problems] == [(1, "Phone (2)"), (1, "Phone (3)")]
    assert sheet.problems[0].what == (
        "Two columns are called “Phone”. The later one is read as “Phone (2)”. Give each its own name."
    )


def test_a_column_with_values_but_no_name_is_numbered(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Name,,Unit\nPoe,Ms,Parks\n")
    assert sheet.columns == ("Name", "column 2", "Unit")
    assert said(sheet) == [(1, "Column 2 has values but no name. Give it a name, or say what it means.")]


def test_a_value_far_down_in_a_column_without_a_name_is_reported(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Name,Unit,\n" + "Poe,Parks,\n" * 300 + "Roe,Roads,left in May\n")
    assert len(rows_of(sheet)) == 301
    assert said(sheet) == [
        (302, "Column 3 has no name, and this row has a value in it, which was not read. Name the column."),
    ]


def test_a_file_without_column_names_loses_no_row(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Parks,https://x.com/harrowparks\nRoads,https://x.com/harrowroads\n")
    assert sheet.columns == ("column 1", "column 2")
    assert cells_of(sheet)[0] == ["Parks", "https://x.com/harrowparks"]
    assert said(sheet)[0][1].startswith("The first row looks like data, not like column names")


def test_column_names_that_are_printed_again_on_each_page_are_no_rows(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Name,Unit\nPoe,Parks\nName,Unit\nRoe,Roads\n")
    assert [row.number for row in rows_of(sheet)] == [2, 4]


def test_blanks_line_breaks_and_hidden_characters_in_a_column_name_do_not_count(tmp_path: Path) -> None:
    sheet = bring(tmp_path, '\u200bOwner ,"Date\nof hire",  Unit\u200e\nPoe,2024-01-01,Parks\n')
    assert sheet.columns == ("Owner", "Date of hire", "Unit")


def test_a_value_that_we_escaped_on_export_is_read_back_as_it_was(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Name,Handle\nPoe,'@harrowparks\nRoe,'quoted'\n")
    assert cells_of(sheet) == [["Poe", "@harrowparks"], ["Roe", "'quoted'"]]


def test_a_formula_is_kept_as_the_text_it_is(tmp_path: Path) -> None:
    sheet = bring(tmp_path, 'Name,Note\n=1+1,"=HYPERLINK(""https://a.example"")"\n')
    assert cells_of(sheet) == [["=1+1", '=HYPERLINK("https://a.example")']]
