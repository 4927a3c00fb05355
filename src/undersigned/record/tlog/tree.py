"""The Merkle tree of RFC 6962 section 2.1 with SHA-256: hashes, growth, proofs and their verification."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from undersigned.record.tlog.encoding import DIGEST_BYTES, LARGEST, Digest, digest
from undersigned.record.tlog.refusals import MalformedError, ProofError

EMPTY_ROOT = Digest(sha256(b"").digest())
TILE_HEIGHT = 8

ReadHash = Callable[[int, int], Digest]
"""(level, index) → hash of the complete subtree of 2^level leaves that begins at leaf index * 2^level."""


def leaf_hash(entry: bytes) -> Digest:
    return Digest(sha256(b"\x00" + entry).digest())


def node_hash(left: bytes, right: bytes) -> Digest:
    """Hash an inner node. The 0x01 keeps a node from ever being offered as a leaf (second preimage)."""
    return Digest(sha256(b"\x01" + left + right).digest())


def root_of(leaves: Iterable[Digest]) -> Digest:
    """The root over leaf hashes, in one pass."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.push(leaf)
    return frontier.root()


class Closed(NamedTuple):
    """A node that closed a full tile below: hash number `position` of tile level `level` (1, 2, …)."""

    level: int
    position: int
    hash: Digest


class Frontier:
    """The roots of a tree's perfect subtrees, largest first: all that growing it needs. O(log n) memory."""

    def __init__(self, size: int = 0, hashes: Sequence[Digest] = ()) -> None:
        """Raises MalformedError unless there is one hash for each bit set in `size`."""
        if not 0 <= size <= LARGEST or len(hashes) != size.bit_count():
            raise MalformedError(f"a frontier of size {size} cannot have {len(hashes)} hashes")
        self.size = size
        self.hashes = list(hashes)

    @classmethod
    def parse(cls, size: int, data: bytes) -> "Frontier":
        """Read what `serialise` wrote. Raises MalformedError when size and length do not belong together."""
        return cls(size, split_hashes(data))

    def serialise(self) -> bytes:
        return b"".join(self.hashes)

    def push(self, leaf: Digest) -> list[Closed]:
        """Add a leaf hash; answer the hashes that rise into tiles above, lowest first. O(1) amortised."""
        closed: list[Closed] = []
        index, level, hashed = self.size, 0, leaf
        while index & 1:
            hashed = node_hash(self.hashes.pop(), hashed)
            index >>= 1
            level += 1
            if level % TILE_HEIGHT == 0:
                closed.append(Closed(level // TILE_HEIGHT, index, hashed))
        self.hashes.append(hashed)
        self.size += 1
        return closed

    def root(self) -> Digest:
        return fold(self.hashes) if self.hashes else EMPTY_ROOT


def fold(hashes: Sequence[Digest]) -> Digest:
    """Join perfect subtrees, largest first, from the right. `hashes` must not be empty."""
    right = hashes[-1]
    for left in reversed(hashes[:-1]):
        right = node_hash(left, right)
    return right


def split_hashes(data: bytes) -> list[Digest]:
    """Cut a row of hashes into its 32-byte pieces. Raises MalformedError for a remainder."""
    if len(data) % DIGEST_BYTES:
        raise MalformedError(f"a row of hashes has a multiple of 32 bytes, this one has {len(data)}")
    return [Digest(data[at : at + DIGEST_BYTES]) for at in range(0, len(data), DIGEST_BYTES)]


def range_hash(start: int, end: int, read: ReadHash) -> Digest:
    """The root over leaves start … end - 1, where `start` is a multiple of the largest power of two below."""
    pieces = []
    while start < end:
        level = (end - start).bit_length() - 1
        pieces.append(read(level, start >> level))
        start += 1 << level
    return fold(pieces)


def tree_root(size: int, read: ReadHash) -> Digest:
    return range_hash(0, size, read) if size else EMPTY_ROOT


def _split(count: int) -> int:
    """The largest power of two less than `count`, which must be at least 2."""
    return 1 << ((count - 1).bit_length() - 1)


def prove_inclusion(index: int, size: int, read: ReadHash) -> list[Digest]:
    """Sibling hashes from the leaf's sibling to the root's child (RFC 6962 section 2.1.1).

    Raises ProofError when the tree of that size has no such entry.
    """
    if not 0 <= index < size <= LARGEST:
        raise ProofError(f"a tree of {size} entries has no entry {index}")
    start, end = 0, size
    path: list[Digest] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_hash(middle, end, read))
            end = middle
        else:
            path.append(range_hash(start, middle, read))
            start = middle
    return path[::-1]


def prove_consistency(old: int, size: int, read: ReadHash) -> list[Digest]:
    """The hashes that show the tree of `old` entries to begin the one of `size` (RFC 6962 section 2.1.2).

    Empty for equal sizes. Raises ProofError for old = 0, which has nothing to prove, and for old > size.
    """
    if not 0 < old <= size <= LARGEST:
        raise ProofError(f"there is no consistency proof from size {old} to size {size}")
    start, end = 0, size
    path: list[Digest] = []
    while old < end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(range_hash(middle, end, read))
            end = middle
        else:
            path.append(range_hash(start, middle, read))
            start = middle
    if start:
        path.append(range_hash(start, end, read))
    return path[::-1]


def verify_inclusion(*, index: int, size: int, leaf: Digest, proof: Sequence[Digest], root: Digest) -> None:
    """Check an inclusion path (RFC 9162 section 2.1.3.2). Raises ProofError or MalformedError."""
    _check_hashes(leaf, root, *proof)
    if not 0 <= index < size <= LARGEST:
        raise ProofError(f"a tree of {size} entries has no entry {index}")
    node, last, hashed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("the inclusion path is too long")
        if node & 1 or node == last:
            hashed = node_hash(sibling, hashed)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise ProofError("the inclusion path is too short")
    if hashed != root:
        raise ProofError("the inclusion path does not lead to the root")


def verify_consistency(
    *, old: int, size: int, old_root: Digest, root: Digest, proof: Sequence[Digest]
) -> None:
    """Check that one tree begins another (RFC 9162 section 2.1.4.2). Raises ProofError or MalformedError."""
    _check_hashes(*proof)
    if not 0 < old <= size <= LARGEST:
        raise ProofError(f"there is nothing to prove from size {old} to size {size}")
    if old == size:
        _verify_equal(old_root, root, proof)
        return
    _check_hashes(old_root, root)
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    node, last = old - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    if not path:
        raise ProofError("the consistency proof is too short")
    _climb(node, last, path, old_root, root)


def _climb(node: int, last: int, path: list[Digest], old_root: Digest, root: Digest) -> None:
    older = newer = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofError("the consistency proof is too long")
        if node & 1 or node == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            newer = node_hash(newer, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise ProofError("the consistency proof is too short")
    if older != old_root:
        raise ProofError("the consistency proof does not lead to the older root")
    if newer != root:
        raise ProofError("the consistency proof does not lead to the newer root")


def _verify_equal(old_root: Digest, root: Digest, proof: Sequence[Digest]) -> None:
    if proof:
        raise ProofError("equal sizes need an empty consistency proof")
    if old_root != root:
        raise ProofError("two different roots for the same size")


def _check_hashes(*hashes: bytes) -> None:
    for each in hashes:
        digest(each)
