"""Whatever bytes are brought, they are read or refused with a sentence: no other error, and no hang."""

import csv
import io
import json
import string
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.imports.bringing import ods, ods_row, rows_of, xls, xlsx

from undersigned.imports.sheets import Row, Sheet, Unreadable, read

SOON = timedelta(seconds=5)
NAMES = st.sampled_from(["list.csv", "list.tsv", "list.xlsx", "list.yaml", "list.json", "list"])
SYNTAX = st.text(alphabet="[]{}:,-\"'&*!|>#%@`\\\n\r\t ;=a1é\0\ufeff~?", max_size=200)


def read_or_refuse(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            sheet = read(path)
            rows = rows_of(sheet)
        except Unreadable as refusal:
            said = [str(refusal)]
        else:
            check(sheet, rows)
            said = [problem.what for problem in sheet.problems]
    assert all(sentence.endswith(".") for sentence in said)


def check(sheet: Sheet, rows: list[Row]) -> None:
    assert all(tuple(row.cells) == sheet.columns for row in rows)
    texts = [text for row in rows for text in row.cells.values()]
    assert all(text == text.strip() and text.replace("\0", "").encode() == text.encode() for text in texts)
    numbers = [row.number for row in rows]
    assert numbers == sorted(set(numbers))
    assert not set(numbers) & set(sheet.set_aside)


@settings(deadline=SOON, max_examples=300)
@given(content=st.binary(max_size=2000), name=NAMES)
@example(content=b"\xff\xfe", name="list.csv")
@example(content=b"\xff\xfea", name="list.csv")
@example(content=b"PK\x05\x06" + b"\0" * 18, name="list.xlsx")
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    read_or_refuse(content, name)


@settings(deadline=SOON, max_examples=500)
@given(text=SYNTAX, name=NAMES, encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_of_the_signs_that_formats_are_made_of_is_read_or_refused(
    text: str, name: str, encoding: str
) -> None:
    read_or_refuse(text.encode(encoding, errors="replace"), name)


@settings(deadline=SOON, max_examples=200)
@given(text=SYNTAX)
def test_any_text_named_yaml_is_read_or_refused(text: str) -> None:
    read_or_refuse(f"- name: {text}".encode(), "list.yaml")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@settings(deadline=SOON, max_examples=200)
@given(value=JSON_VALUES)
def test_any_json_is_read_or_refused(value: object) -> None:
    read_or_refuse(json.dumps(value).encode(), "list.json")


CELLS = st.text(alphabet=string.ascii_letters + string.digits + 'éß ,;\t|"\n', min_size=1, max_size=20)


@settings(deadline=SOON, max_examples=200)
@given(lines=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=3, max_size=20))
def test_what_the_csv_writer_writes_is_read_back(lines: list[tuple[str, str, str]]) -> None:
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(["Number", "Name", "Unit"])
    writer.writerows(lines)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_text(written.getvalue(), newline="")
        sheet = read(path)
        read_back = [tuple(row.cells.values()) for row in sheet.rows()]
    stripped = [tuple(cell.strip() for cell in line) for line in lines]
    assert read_back == [line for line in stripped if any(line)]


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("workbooks")
    lines = [["Number", "Name"], ["7", "Mary Poe"], ["8", "Ann Roe"]]
    made = [
        xlsx(folder / "list.xlsx", {"List": lines}),
        ods(folder / "list.ods", "".join(ods_row(*line) for line in lines)),
        xls(folder / "list.xls", lines),
    ]
    return [path.read_bytes() for path in made]


@settings(deadline=SOON, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_to_a_workbook_is_read_or_refused(workbooks: list[bytes], data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(workbooks)))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(content), "list.xlsx")
