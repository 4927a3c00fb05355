"""What reading costs: a roster of a large city in seconds, and in little memory."""

import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.imports.bringing import rows_of, xlsx

from undersigned.imports.sheets import read

PEOPLE = 300_000
MEBIBYTE = 2**20


def people(count: int) -> Iterator[list[str]]:
    for number in range(count):
        yield [
            f"E{number}",
            f"Mary {number}",
            "Poe",
            f"Unit {number % 900}",
            "Clerk",
            "2019-01-03",
            f"p{number}@h.example",
        ]


HEADER = ["Number", "First", "Last", "Unit", "Title", "Since", "E-mail"]


def in_csv(path: Path, count: int) -> Path:
    path.write_text("\n".join(",".join(cells) for cells in [HEADER, *people(count)]))
    return path


def in_json(path: Path, count: int) -> Path:
    path.write_text(
        ",\n".join(json.dumps(dict(zip(HEADER, cells, strict=True))) for cells in people(count)).join("[]")
    )
    return path


def in_xlsx(path: Path, count: int) -> Path:
    return xlsx(path, {"Roster": [HEADER, *people(count)]})


def most_memory(path: Path) -> int:
    """Bytes that reading the file takes at most, while each row is let go at once."""
    tracemalloc.start()
    try:
        for _row in read(path).rows():
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_a_roster_of_300_000_people_is_read_in_a_few_seconds(tmp_path: Path) -> None:
    path = in_csv(tmp_path / "roster.csv", PEOPLE)
    begun = time.process_time()
    assert sum(1 for _row in read(path).rows()) == PEOPLE
    assert time.process_time() - begun < 10


@pytest.mark.slow
@pytest.mark.parametrize("written", [in_csv, in_json, in_xlsx])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, written: Callable[[Path, int], Path]) -> None:
    suffix = written.__name__.removeprefix("in_")
    small = most_memory(written(tmp_path / f"small.{suffix}", 5_000))
    large = most_memory(written(tmp_path / f"large.{suffix}", 20_000))
    assert large < small * 1.5
    assert large < 16 * MEBIBYTE


def test_fifteen_hundred_yaml_records_are_read_in_about_a_second(tmp_path: Path) -> None:
    path = tmp_path / "register.yaml"
    record = (
        "- id:\n    number: E{0}\n  social:\n    x: Handle{0}\n    facebook: page{0}\n    youtube_id: UC{0}\n"
    )
    path.write_text("".join(record.format(number) for number in range(1500)))
    begun = time.process_time()
    assert len(rows_of(read(path))) == 1500
    assert time.process_time() - begun < 3
