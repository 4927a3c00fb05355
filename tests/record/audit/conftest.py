"""A small record of Harrow Falls, exported."""

from pathlib import Path

import pytest
from tests.record.audit.exports import CityLog, city_log, signed, write_act, write_export


@pytest.fixture
def log() -> CityLog:
    """Seven entries: the opening and two posts, each drafted, approved and published."""
    return city_log(7)


@pytest.fixture
def export(tmp_path: Path, log: CityLog) -> Path:
    """The small log exported, with the receipt of its fourth entry."""
    return with_receipt(write_export(tmp_path / "export", log.entries), log)


def with_receipt(path: Path, log: CityLog, index: int = 3) -> Path:
    write_act(path, log, list(log.secrets)[index], signed(log.entries))
    return path


@pytest.fixture
def long_log() -> CityLog:
    """600 entries: two full tiles and a partial one."""
    return city_log(600)


@pytest.fixture
def long_export(tmp_path: Path, long_log: CityLog) -> Path:
    return write_export(tmp_path / "export", long_log.entries)
