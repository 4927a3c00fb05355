"""Workbooks: XLSX, ODS and XLS, honest ones and others."""

import datetime
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from tests.imports.bringing import cells_of, ods, ods_row, rows_of, said, xls, xlsx

from undersigned.imports.sheets import Limits, Row, Unreadable, read

LINES = [["Number", "Name"], ["007", "Zoé Lefèvre"], ["008", "Ann Roe"]]


def test_the_three_kinds_of_workbook_read_the_same(tmp_path: Path) -> None:
    brought = [
        xlsx(tmp_path / "list.xlsx", {"List": LINES}),
        ods(tmp_path / "list.ods", "".join(ods_row(*line) for line in LINES)),
        xls(tmp_path / "list.xls", LINES),
    ]
    for path in brought:
        sheet = read(path)
        assert f".{sheet.kind}" == path.suffix
        assert rows_of(sheet) == [
            Row(2, {"Number": "007", "Name": "Zoé Lefèvre"}),
            Row(3, {"Number": "008", "Name": "Ann Roe"}),
        ]
        assert sheet.problems == []


def test_cells_become_text_as_people_mean_them(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as workbook:
        worksheet = workbook.add_worksheet()
        worksheet.write_row(0, 0, ["Whole", "Part", "Live", "Day", "Moment"])
        worksheet.write_row(1, 0, [4711.0, 0.5, True, datetime.date(2024, 2, 13)])
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        worksheet.write_datetime(1, 4, datetime.datetime(2024, 2, 13, 14, 5), moment)  # noqa: DTZ001 - Excel has no zones
    assert cells_of(read(path)) == [["4711", "0.5", "true", "2024-02-13", "2024-02-13 14:05:00"]]


def test_a_formula_is_never_evaluated_its_saved_value_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        worksheet = workbook.add_worksheet()
        worksheet.write_row(0, 0, ["Name", "Total"])
        worksheet.write(1, 0, "Poe")
        worksheet.write_formula(1, 1, "=1+1", None, "saved")
    assert cells_of(read(path)) == [["Poe", "saved"]]


def test_the_first_worksheet_with_a_table_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "list.xlsx", {"Cover": [["Harrow Falls"]], "Staff": LINES, "Old": LINES, "Blank": []}
    )
    sheet = read(path)
    assert sheet.columns == ("Number", "Name")
    assert said(sheet) == [
        (
            None,
            (
                "Only the worksheet “Staff” was read. Not read: Cover, Old, Blank. If one of these is needed, "
                "save it as a file of its own."
            ),
        )
    ]


def test_a_row_keeps_its_number_when_the_table_begins_further_down(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        worksheet = workbook.add_worksheet()
        worksheet.write(1, 2, "Staff list")
        worksheet.write_row(4, 2, ["Number", "Name"])
        worksheet.write_row(6, 2, ["7", "Poe"])
    sheet = read(path)
    assert rows_of(sheet) == [Row(7, {"Number": "7", "Name": "Poe"})]


def test_a_cell_merged_downwards_stands_in_each_of_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        worksheet = workbook.add_worksheet()
        worksheet.write_column(0, 1, ["Name", "Poe", "Roe", "Doe"])
        worksheet.write(0, 0, "Unit")
        worksheet.merge_range(1, 0, 2, 0, "Parks")
        worksheet.write(3, 0, "Roads")
    assert cells_of(read(path)) == [["Parks", "Poe"], ["Parks", "Roe"], ["Roads", "Doe"]]


def test_a_number_whose_end_excel_has_lost_is_reported(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "list.xlsx", {"List": [["Name", "Number"], ["Poe", 1234567890123456789], ["Roe", 12]]}
    )
    assert [row for row, _what in said(read(path))] == [2]


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="The file holds no rows"):
        read(xlsx(tmp_path / "list.xlsx", {"List": []}))


def test_a_cut_off_workbook_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "list.xlsx", {"List": LINES})
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(Unreadable, match="damaged or incomplete"):
        read(path)


def test_a_zip_bomb_named_xlsx_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 3_000_000)
    with pytest.raises(Unreadable, match="This file unfolds to more than 1 megabytes"):
        read(path, limits=Limits(inflated=2**20))


def test_a_zip_bomb_that_lies_about_its_size_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 3_000_000)
    path.write_bytes(
        path.read_bytes().replace((3_000_000).to_bytes(4, "little"), (300).to_bytes(4, "little"))
    )
    with zipfile.ZipFile(path) as archive:
        assert archive.infolist()[0].file_size == 300
    with pytest.raises(Unreadable, match="This file unfolds to more than 1 megabytes"):
        read(path, limits=Limits(inflated=2**20))


def test_a_zip_that_reads_one_place_many_times_is_a_bomb_too(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 600_000)
        first = archive.infolist()[0]
        for number in range(5):
            again = zipfile.ZipInfo(f"xl/{number}.xml")
            again.header_offset, again.CRC = first.header_offset, first.CRC
            again.compress_size, again.file_size, again.compress_type = (
                first.compress_size,
                1,
                first.compress_type,
            )
            archive.filelist.append(again)
    with pytest.raises(Unreadable, match="unfolds to more than 2 megabytes"):
        read(path, limits=Limits(inflated=2 * 2**20))


def test_a_cell_in_the_last_corner_of_the_sheet_takes_no_memory_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        worksheet = workbook.add_worksheet()
        worksheet.write(0, 0, "Name")
        worksheet.write(1_048_575, 16_383, "x")
    with pytest.raises(Unreadable, match="could not be opened within the memory and time allowed"):
        read(path)


def test_a_row_repeated_without_end_is_refused(tmp_path: Path) -> None:
    path = ods(tmp_path / "list.ods", ods_row("Name", "Unit") + ods_row("Poe", "Parks", repeated=2**31))
    with pytest.raises(Unreadable, match="more than 1000 rows"):
        rows_of(read(path, limits=Limits(rows=1000)))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n", "This is a PDF document, not a table."),
        (b"\x1f\x8b\x08\0", "This is a compressed file, not a table."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture, not a table."),
        (
            b"<html><table><tr><td>Name</td></tr></table></html>",
            "This is a web page or XML, even if its name",
        ),
        (b"<?xml version='1.0'?><Workbook/>", "This is a web page or XML, even if its name"),
        (bytes(range(256)) * 40, "This file holds no text that can be read as a table."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "This workbook is damaged or incomplete."),
        (b"PK\x03\x04" + b"\0" * 600, "This workbook is damaged or incomplete."),
    ],
)
def test_what_is_no_table_is_refused_by_its_right_name(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refusal:
        read(path)
    assert str(refusal.value).startswith(what)


@pytest.mark.parametrize(
    ("member", "what"),
    [
        ("word/document.xml", "a text document or a presentation"),
        ("staff.csv", "an archive with files in it"),
    ],
)
def test_other_zip_files_are_refused_by_their_right_name(tmp_path: Path, member: str, what: str) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(Unreadable, match=what):
        read(path)
