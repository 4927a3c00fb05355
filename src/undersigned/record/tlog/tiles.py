"""Tiles and entry bundles of C2SP tlog-tiles, height 8: their names, their widths and their bytes."""

import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from undersigned.record.tlog.encoding import DIGEST_BYTES, LARGEST, Digest, decode_decimal
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.tlog.tree import TILE_HEIGHT

WIDTH = 1 << TILE_HEIGHT
LARGEST_ENTRY = 65_535
"""Bytes: the format's limit, for the length is a uint16."""
LARGEST_LEVEL = 63

ReadTile = Callable[[int, int, int], bytes]
"""(tile level, tile number, width) → at least 32 * width bytes, the hashes of that tile from its first on."""

_NAME = re.compile(
    r"tile/(?P<level>entries|[0-9]{1,2})/(?P<groups>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[0-9]{1,3}))?"
)


class Tile(NamedTuple):
    """One file of the published log. Level None is a bundle of entries; width 256 is a full one."""

    level: int | None
    number: int
    width: int

    @property
    def path(self) -> str:
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{number_path(self.number)}{partial}"


def number_path(number: int) -> str:
    """Spell a tile number in groups of three digits: 1234067 → x001/x234/067."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03d}")
    return "/".join(reversed(groups))


def parse_path(path: str) -> Tile:
    """Read a tile's name, only in its canonical spelling. Raises MalformedError."""
    found = _NAME.fullmatch(path)
    if not found or not path.isascii():
        raise MalformedError(f"not the name of a tile: {path[:80]!r}")
    level = None if found["level"] == "entries" else decode_decimal(found["level"])
    number = int(found["groups"].replace("x", "").replace("/", ""))
    tile = Tile(level, number, decode_decimal(found["width"]) if found["width"] else WIDTH)
    if (level or 0) > LARGEST_LEVEL or number > LARGEST or not tile.width or tile.path != path:
        raise MalformedError(f"not the canonical name of a tile: {path[:80]!r}")
    return tile


def width_at(level: int, number: int, size: int) -> int:
    """How many hashes tile `number` of `level` has in a tree of `size` entries: 0 = there is no such tile."""
    return max(0, min(WIDTH, (size >> (TILE_HEIGHT * level)) - number * WIDTH))


def tiles_of(size: int) -> Iterator[Tile]:
    """Every file, hashes and bundles, that a log of `size` entries has."""
    for level in range(LARGEST_LEVEL + 1):
        hashes = size >> (TILE_HEIGHT * level)
        if hashes == 0:
            return
        for number in range((hashes + WIDTH - 1) // WIDTH):
            width = min(WIDTH, hashes - number * WIDTH)
            yield Tile(level, number, width)
            if level == 0:
                yield Tile(None, number, width)


def has_tile(tile: Tile, size: int) -> bool:
    """Whether the tile, at just this width, is one of those of a log of `size` entries."""
    return 0 < tile.width == width_at(tile.level or 0, tile.number, size)


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """Join entries, each behind its length as a big-endian uint16. Raises MalformedError past its limits."""
    return b"".join(_with_length(entry) for entry in entries)


def _with_length(entry: bytes) -> bytes:
    if not 1 <= len(entry) <= LARGEST_ENTRY:
        raise MalformedError(f"an entry has 1 to 65,535 bytes, this one has {len(entry)}")
    return len(entry).to_bytes(2, "big") + entry


def decode_bundle(data: bytes, width: int | None = None) -> list[bytes]:
    """Cut a bundle into its entries; with `width`, exactly so many. Raises MalformedError."""
    entries, rest = split_bundle(data)
    if rest < len(data):
        raise MalformedError(f"the entry at byte {rest} of the bundle is empty or cut off")
    if width is not None and len(entries) != width:
        raise MalformedError(f"the bundle has {len(entries)} entries and not {width}")
    return entries


def split_bundle(data: bytes) -> tuple[list[bytes], int]:
    """The entries up to the first that is empty or cut off, and where that one begins: at the end if all are whole."""
    entries: list[bytes] = []
    at, end = 0, len(data)
    while at + 2 < end:
        start = at + 2
        after = start + (data[at] << 8 | data[at + 1])
        if after == start or after > end:
            break
        entries.append(data[start:after])
        at = after
    return entries, at


class HashReader:
    """Reads the hash of any complete subtree of a log out of its tiles; each tile is asked for once.

    Use it as the `ReadHash` of `tree.prove_inclusion`, `tree.prove_consistency` and `tree.tree_root`.
    """

    def __init__(self, size: int, read_tile: ReadTile) -> None:
        self._size = size
        self._read_tile = read_tile
        self._tiles: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, index: int) -> Digest:
        """Raises MalformedError when the tile which should hold the hash is too short."""
        tile_level, rise = divmod(level, TILE_HEIGHT)
        tile_index, start = divmod(index << rise, WIDTH)
        row = self._tile(tile_level, tile_index)[start * DIGEST_BYTES : (start + (1 << rise)) * DIGEST_BYTES]
        if len(row) != DIGEST_BYTES << rise:
            raise MalformedError(
                f"tile {tile_index} of level {tile_level} ends before hash {start + (1 << rise) - 1}"
            )
        return perfect_root(row)

    def _tile(self, level: int, index: int) -> bytes:
        if (level, index) not in self._tiles:
            self._tiles[level, index] = bytes(
                self._read_tile(level, index, width_at(level, index, self._size))
            )
        return self._tiles[level, index]


def perfect_root(row: bytes) -> Digest:
    """The root over 2^k hashes of one level, given as one row of bytes."""
    pair = 2 * DIGEST_BYTES
    while len(row) > DIGEST_BYTES:
        row = b"".join([sha256(b"\x01" + row[at : at + pair]).digest() for at in range(0, len(row), pair)])
    return Digest(row)
