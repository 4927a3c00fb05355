"""Case 41: sizes at which tiles begin, fill and rise."""

from pathlib import Path

import pytest
from tests.record.audit.exports import audit, city_log, signed, write_act, write_export
from tests.record.audit.synthetic import write_synthetic_export


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257])
def test_case_41_an_export_of_a_boundary_size_is_sound(tmp_path: Path, size: int) -> None:
    log = city_log(size)
    export = write_export(tmp_path / "export", log.entries)
    for index in {0, size // 2, size - 1}:
        write_act(export, log, list(log.secrets)[index], signed(log.entries))

    said = audit(export, kept=[signed(log.entries[:kept]) for kept in {1, size // 2 or 1, size}])

    assert said.status == 0
    assert f" entries={size} " in said.lines[-1]


@pytest.mark.slow
@pytest.mark.parametrize("size", [65_535, 65_536, 65_537])
def test_case_41_an_export_about_the_size_of_a_third_level_is_sound(tmp_path: Path, size: int) -> None:
    export = tmp_path / "export"
    write_synthetic_export(export, size)
    assert (export / "tile/2/000.p/1").exists() == (size >= 65_536)

    said = audit(export)
    assert said.status == 0
    assert f" entries={size} " in said.lines[-1]


def test_a_mirror_may_keep_only_the_full_tile_where_a_partial_one_is_due(tmp_path: Path) -> None:
    log = city_log(600)
    mirror = write_export(tmp_path / "mirror", log.entries)
    earlier = signed(log.entries[:500])
    for level in ("0", "entries"):
        (mirror / f"tile/{level}/002.p/88").unlink()
    (mirror / "tile/1/000.p/2").rename(mirror / "tile/1/000.p/1")
    (mirror / "tile/1/000.p/1").write_bytes((mirror / "tile/1/000.p/1").read_bytes()[:32])
    (mirror / "checkpoint").write_bytes(earlier)

    assert audit(mirror).status == 0
    assert audit(mirror).lines[-1].startswith("OK size=500 ")


def test_a_full_tile_beside_the_partial_one_that_is_due_does_not_belong_there(tmp_path: Path) -> None:
    log = city_log(600)
    cut_short = write_export(tmp_path / "export", log.entries[:500])
    write_export(tmp_path / "whole", log.entries)
    (cut_short / "tile/0/001").write_bytes((tmp_path / "whole/tile/0/001").read_bytes())

    said = audit(cut_short)

    assert said.words == {"TILE"}
    assert "FAIL TILE tile/0/001: does not belong to a log of 500 entries" in said.text()


@pytest.mark.parametrize(
    "name",
    [
        "tile/0/001.p/5",
        "tile/1/000",
        "tile/2/000.p/1",
        "tile/entries/000",
        "tile/entries/x001/000",
        "tile/0/000.p/6",
    ],
)
def test_a_tile_that_does_not_belong_to_the_size_is_refused(export: Path, name: str) -> None:
    (export / name).parent.mkdir(parents=True, exist_ok=True)
    (export / name).write_bytes(bytes(32))

    said = audit(export)

    assert said.words == {"TILE"}
    assert f"FAIL TILE {name}: " in said.text()


@pytest.mark.parametrize(
    "name",
    [
        "tile/0/000.p/07",
        "tile/00/000",
        "tile/0/0",
        "tile/0/000.p/256",
        "tile/README",
        "tile/0/000.tmp",
        "x/y",
    ],
)
def test_any_other_name_is_ignored(export: Path, name: str) -> None:
    (export / name).parent.mkdir(parents=True, exist_ok=True)
    (export / name).write_bytes(b"junk")

    assert audit(export).status == 0


@pytest.mark.parametrize("name", ["tile/0/000", "tile/1/000.p/2", "tile/0/002.p/88"])
def test_a_missing_tile_is_refused(long_export: Path, name: str) -> None:
    (long_export / name).unlink()

    said = audit(long_export)

    assert said.status == 1
    assert said.words == {"TILE"}
    assert f"FAIL TILE {name}: is not there" in said.text()


@pytest.mark.parametrize("change", [-1, 1, 32])
def test_a_tile_of_another_length_is_refused(long_export: Path, change: int) -> None:
    tile = long_export / "tile/1/000.p/2"
    data = tile.read_bytes()
    tile.write_bytes(data[:change] if change < 0 else data + bytes(change))

    assert audit(long_export).words == {"TILE"}
