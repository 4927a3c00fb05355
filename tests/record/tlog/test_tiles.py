"""Names, widths and bytes of tiles and bundles."""

import pytest
from tests.record.tlog.logs import grown

from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.tlog.tiles import (
    Tile,
    decode_bundle,
    encode_bundle,
    has_tile,
    number_path,
    parse_path,
    split_bundle,
    tiles_of,
)


def test_numbers_are_spelled_in_groups_of_three() -> None:
    assert [number_path(number) for number in (0, 999, 1000, 1_234_067)] == [
        "000",
        "999",
        "x001/000",
        "x001/x234/067",
    ]


def test_the_tiles_of_70000_entries() -> None:
    paths = [tile.path for tile in tiles_of(70_000)]

    assert len([path for path in paths if path.startswith("tile/0/")]) == 274
    assert paths[-5:] == [
        "tile/0/273.p/112",
        "tile/entries/273.p/112",
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ]


def test_the_tiles_of_256_entries_have_no_partial_one_below() -> None:
    assert [tile.path for tile in tiles_of(256)] == ["tile/0/000", "tile/entries/000", "tile/1/000.p/1"]
    assert list(tiles_of(0)) == []


@pytest.mark.parametrize("size", [1, 255, 256, 257, 70_000])
def test_every_name_is_read_again_and_belongs_to_its_size(size: int) -> None:
    for tile in tiles_of(size):
        assert parse_path(tile.path) == tile
        assert has_tile(tile, size)
        assert not has_tile(tile._replace(width=tile.width - 1), size)
    assert not has_tile(Tile(0, size // 256 + 1, 256), size)


@pytest.mark.parametrize(
    "path",
    [
        "tile/64/000",
        "tile/00/000",
        "tile/-1/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/0/X001/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/../0/000",
        "tile/8/0/000",
        "tile/data/000",
        "tile/0/٠٠٠",
        "tile/0/x" + "999/x" * 9 + "999/999",
        "tile/0/x" * 2_000,
        "",
    ],
)
def test_other_spellings_are_refused(path: str) -> None:
    with pytest.raises(MalformedError):
        parse_path(path)


def test_a_bundle_holds_each_entry_behind_its_length() -> None:
    entries = [b"a", b"b" * 300, b"c" * 65_535]
    data = encode_bundle(entries)

    assert data[:3] == b"\x00\x01a"
    assert decode_bundle(data) == entries
    assert decode_bundle(data, 3) == entries


@pytest.mark.parametrize("entry", [b"", b"x" * 65_536])
def test_case_57_an_entry_outside_the_format_is_refused(entry: bytes) -> None:
    with pytest.raises(MalformedError):
        encode_bundle([entry])


@pytest.mark.parametrize(
    "data", [b"\x00", b"\x00\x00", b"\x00\x02a", b"\x00\x01a\x00", b"\x00\x01a\x00\x00\x00\x01b"]
)
def test_a_bundle_that_is_cut_off_or_has_an_empty_entry_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError):
        decode_bundle(data)
    entries, rest = split_bundle(data)
    assert encode_bundle(entries) == data[:rest]


@pytest.mark.parametrize("width", [1, 3])
def test_a_bundle_of_another_width_is_refused(width: int) -> None:
    with pytest.raises(MalformedError):
        decode_bundle(encode_bundle([b"a", b"b"]), width)


def test_a_tile_that_is_too_short_for_the_tree_is_refused() -> None:
    log = grown(300)
    log.rows[0] = log.rows[0][:-32]

    with pytest.raises(MalformedError):
        log.reader()(0, 299)
