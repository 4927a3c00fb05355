"""Reading an exported folder. Whatever else lies in it is ignored; nothing in it is trusted."""

import os
import re
from collections.abc import Iterator
from os.path import isfile
from pathlib import Path

from undersigned.record.tlog import tiles
from undersigned.record.tlog.encoding import DIGEST_BYTES, decode_decimal
from undersigned.record.tlog.note import LARGEST_NOTE
from undersigned.record.tlog.refusals import MalformedError

_LARGEST_BUNDLE = tiles.WIDTH * (2 + tiles.LARGEST_ENTRY)
_LARGEST_TILE = tiles.WIDTH * DIGEST_BYTES
_LARGEST_FILE = 16 * LARGEST_NOTE
_OF_AN_ACT = re.compile(r"([0-9a-f]{32})\.(tlog-proof|entry|disclosed\.json)")


class Folder:
    """The files of one export."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str, most: int = _LARGEST_FILE) -> bytes | None:
        """The bytes of a file, None when there is none. More than `most` are not read, so that junk is only long."""
        return read_file(f"{self.path}/{name}", most)

    def find(self, tile: tiles.Tile) -> tiles.Tile | None:
        """The tile, or the full one where a partial is due and a mirror kept the full one only."""
        for each in (tile, tile._replace(width=tiles.WIDTH)):
            if isfile(f"{self.path}/{each.path}"):
                return each
        return None

    def read_tile(self, tile: tiles.Tile) -> bytes:
        return self.read(tile.path, _LARGEST_BUNDLE if tile.level is None else _LARGEST_TILE) or b""

    def tile_names(self) -> Iterator[tiles.Tile]:
        """Every canonical tile name that is there, whether it belongs there or not."""
        for place, _, names in os.walk(self.path / "tile"):
            under = Path(place).relative_to(self.path).as_posix()
            for name in names:
                try:
                    yield tiles.parse_path(f"{under}/{name}")
                except MalformedError:
                    continue

    def older_checkpoints(self) -> list[str]:
        """Names of `checkpoints/<size>`, smallest first."""
        sizes = [name for name in _names(self.path / "checkpoints") if _is_size(name)]
        return [f"checkpoints/{name}" for name in sorted(sizes, key=int)]

    def acts(self) -> dict[str, set[str]]:
        """Act id → the kinds of file that are named after it: tlog-proof, entry, disclosed.json."""
        found: dict[str, set[str]] = {}
        for name in _names(self.path):
            if named := _OF_AN_ACT.fullmatch(name):
                found.setdefault(named[1], set()).add(named[2])
        return dict(sorted(found.items()))


def read_file(path: str, most: int = _LARGEST_FILE) -> bytes | None:
    """A file's bytes, cut off beyond `most`; None when it is not there or is not a file.

    Paths are text here, not `Path`: an audit of a million entries opens eight thousand files.
    """
    if not isfile(path):
        return None
    with open(path, "rb") as file:
        return file.read(most + 1)


def _names(path: Path) -> list[str]:
    return sorted(each.name for each in path.iterdir()) if path.is_dir() else []


def _is_size(name: str) -> bool:
    try:
        decode_decimal(name)
    except MalformedError:
        return False
    return True
