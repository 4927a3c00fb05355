"""The record's tables as the folder that an auditor would have, so that the auditor's checks read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from undersigned.record import reading
from undersigned.record.audit.folder import Folder
from undersigned.record.models import Entry
from undersigned.record.models import Tile as TileRow
from undersigned.record.tlog import tiles
from undersigned.record.tlog.encoding import DIGEST_BYTES


class Tables(Folder):
    """The entries up to ``size``; tiles as wide as the rows are, whatever they should be."""

    def __init__(self, size: int) -> None:
        super().__init__(Path("record"))
        self._size = size

    def find(self, tile: tiles.Tile) -> tiles.Tile | None:
        if not tile.level:
            start = tile.number * tiles.WIDTH
            there = Entry.objects.filter(seq__gte=start, seq__lt=start + tiles.WIDTH).exists()
        else:
            there = TileRow.objects.filter(level=tile.level, idx=tile.number).exists()
        return tile if there else None

    def read_tile(self, tile: tiles.Tile) -> bytes:
        if tile.level is None:
            return b"".join(map(_with_length, reading.entries(tile.number, tile.width)))
        if tile.level == 0:
            return reading.tile(0, tile.number, tile.width)
        return reading.tile(tile.level, tile.number, 2 * tiles.WIDTH)

    def tile_names(self) -> Iterator[tiles.Tile]:
        """What is kept above level 0; a width that cannot be is said to be a full one."""
        for level, number, data in TileRow.objects.values_list("level", "idx", "data").iterator():
            width = min(tiles.WIDTH, max(1, len(bytes(data)) // DIGEST_BYTES))
            yield tiles.Tile(level, number, width)


def _with_length(entry: bytes) -> bytes:
    """As in a bundle; an entry that no bundle can hold makes one that cannot be read, which is what is to be said."""
    return min(len(entry), tiles.LARGEST_ENTRY).to_bytes(2, "big") + entry
