"""A log in memory, with its tiles, for the tests of trees and proofs."""

from undersigned.record.tlog.encoding import Digest
from undersigned.record.tlog.tiles import HashReader
from undersigned.record.tlog.tree import Frontier, leaf_hash


def numbered(count: int) -> list[bytes]:
    """Entries that differ from one another."""
    return [b"entry %d" % number for number in range(count)]


class MemoryLog:
    """Grows as the database does: a frontier, and rows of hashes that rise when a tile closes."""

    def __init__(self) -> None:
        self.frontier = Frontier()
        self.rows: dict[int, bytearray] = {0: bytearray()}

    def append(self, entry: bytes) -> None:
        leaf = leaf_hash(entry)
        self.rows[0] += leaf
        for closed in self.frontier.push(leaf):
            row = self.rows.setdefault(closed.level, bytearray())
            assert len(row) == 32 * closed.position, "hashes rise in order, none twice"
            row += closed.hash

    def reader(self, size: int | None = None) -> HashReader:
        """Reads a tree of `size` entries, which must be no larger than the log."""
        return HashReader(self.frontier.size if size is None else size, self._tile)

    def _tile(self, level: int, number: int, width: int) -> bytes:
        start = number * 256 * 32
        return bytes(self.rows[level][start : start + width * 32])


def grown(count: int) -> MemoryLog:
    log = MemoryLog()
    for entry in numbered(count):
        log.append(entry)
    return log


def flipped(hashed: bytes) -> Digest:
    return Digest(bytes([hashed[0] ^ 1]) + hashed[1:])
