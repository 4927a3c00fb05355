"""The log as recomputed from its entries alone: any root, any place, and the checks that go across entries."""

from array import array
from functools import cached_property

from undersigned.record.audit.folder import Folder
from undersigned.record.audit.report import Report, Word
from undersigned.record.audit.scan import Scanned, gap
from undersigned.record.tlog import tiles, tree
from undersigned.record.tlog.encoding import DIGEST_BYTES, Digest
from undersigned.record.tlog.leaf import LARGEST_WRITTEN


class Log:
    """The entries of one folder. `complete` is False when entries are missing: then no root can be recomputed."""

    def __init__(self, folder: Folder, size: int, parts: list[Scanned]) -> None:
        self._folder = folder
        self._parts = parts
        self.size = size
        self.ids = [act_id for part in parts for act_id in part.ids]
        self.times = array("q")
        for part in parts:
            self.times.extend(part.times)
        self.own = [act for part in parts for act in part.own]
        self.complete = all(part.complete for part in parts) and len(self.ids) == size
        self._rows = _rows([part.leaves for part in parts], [part.roots for part in parts])
        self._read_hash = tiles.HashReader(size, self.tile)

    def tile(self, level: int, number: int, width: int) -> bytes:
        """The recomputed bytes of a tile."""
        start = number * tiles.WIDTH * DIGEST_BYTES
        return self._rows[level][start : start + width * DIGEST_BYTES]

    def root_at(self, size: int) -> Digest:
        """The root over the first `size` entries."""
        return tree.tree_root(size, self._read_hash)

    def leaf_at(self, index: int) -> Digest:
        return Digest(self._rows[0][index * DIGEST_BYTES : (index + 1) * DIGEST_BYTES])

    def entry(self, index: int) -> bytes:
        """The bytes of an entry, read again. What may be wrong behind it in its bundle is said elsewhere."""
        tile = self._bundle(index)
        data = self._folder.read_tile(self._folder.find(tile) or tile)
        return tiles.split_bundle(data)[0][index % tiles.WIDTH]

    @cached_property
    def _places(self) -> dict[bytes, int]:
        """Id → where it stands first."""
        return dict(zip(reversed(self.ids), range(len(self.ids) - 1, -1, -1), strict=True))

    def place(self, act_id: str) -> int | None:
        """Where an act stands; where it stands first if it is there twice."""
        return self._places.get(act_id.encode())

    def where(self, index: int) -> str:
        """How findings name an entry: its bundle, and its number in the log."""
        return f"{self._bundle(index).path}#{index}"

    def _bundle(self, index: int) -> tiles.Tile:
        number = index // tiles.WIDTH
        return tiles.Tile(None, number, tiles.width_at(0, number, self.size))

    def check_bundles(self, report: Report) -> None:
        for part in self._parts:
            for path, what in part.bundle_faults:
                report.fail(Word.BUNDLE, path, f"{what}; get this file again, or ask for a sound export")

    def check_leaves(self, report: Report) -> None:
        """LEAF, as far as one entry alone shows it, and ids that come twice."""
        for part in self._parts:
            for index, what in part.leaf_faults:
                report.fail(Word.LEAF, self.where(index), what)
            for index in part.long:
                report.note(Word.LEAF, self.where(index), f"an entry of more than {LARGEST_WRITTEN} bytes")
        if len(set(self.ids)) != len(self.ids):
            self._check_doubles(report)

    def _check_doubles(self, report: Report) -> None:
        for index, act_id in enumerate(self.ids):
            if act_id and self._places[act_id] != index:
                what = f"the id {act_id.decode()} is already that of entry {self._places[act_id]}"
                report.fail(Word.LEAF, self.where(index), what)

    def check_counters(self, report: Report) -> None:
        """COUNTER: for each object n runs 1, 2, 3 …, and nothing comes after the row is gone."""
        stands: dict[bytes, int] = {}
        for part in self._parts:
            for reference, (index, n) in part.began.items():
                last = stands.get(reference, 0)
                if n != last + 1 or last < 0:
                    report.fail(Word.COUNTER, self.where(index), gap(reference, last, n))
            stands.update(part.stands)
            for index, what in part.counter_faults:
                report.fail(Word.COUNTER, self.where(index), what)


def _rows(leaves: list[bytes], roots: list[bytes]) -> list[bytes]:
    """The hashes of every tile level, lowest first; only full tiles rise."""
    rows = [b"".join(leaves), b"".join(roots)]
    tile_bytes = tiles.WIDTH * DIGEST_BYTES
    while len(rows[-1]) >= tile_bytes:
        ends = range(tile_bytes, len(rows[-1]) + 1, tile_bytes)
        rows.append(b"".join([tiles.perfect_root(rows[-1][end - tile_bytes : end]) for end in ends]))
    return rows
