"""Tiles, bundles, roots and proofs out of the tables. Only ``leaf`` and ``tile`` are read, so proofs cost O(log n)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from undersigned.record.models import Head
from undersigned.record.tlog import tiles, tree
from undersigned.record.tlog.encoding import DIGEST_BYTES, Digest

AT_ONCE = 20 * tiles.WIDTH
"""Entries that are read in one statement when all of them are wanted."""


def tile(level: int, number: int, width: int) -> bytes:
    """The first ``width`` hashes of a tile; fewer bytes when the record has not got them."""
    if level:
        found = _rows("SELECT data FROM record_tile WHERE level = %s AND idx = %s", level, number)
        return bytes(found[0][0])[: width * DIGEST_BYTES] if found else b""
    return b"".join(bytes(leaf) for (leaf,) in _of_bundle("leaf", number, width))


def entries(number: int, width: int) -> list[bytes]:
    """The first ``width`` entries of a bundle."""
    return [bytes(entry) for (entry,) in _of_bundle("entry", number, width)]


def every_entry(size: int, first: int = 0) -> Iterator[tuple[int, bytes, bytes]]:
    """Place, bytes and stored leaf hash of the entries from ``first`` to below ``size``, in their order."""
    for start in range(first, size, AT_ONCE):
        for seq, entry, leaf in _rows(
            "SELECT seq, entry, leaf FROM record_entry WHERE seq >= %s AND seq < %s ORDER BY seq",
            start,
            min(start + AT_ONCE, size),
        ):
            yield seq, bytes(entry), bytes(leaf)


def head() -> tuple[int, Digest]:
    """Size and root of the record as it stands."""
    found = Head.objects.values_list("size", "frontier").first()
    if found is None:
        return 0, tree.EMPTY_ROOT
    frontier = tree.Frontier.parse(found[0], bytes(found[1]))
    return frontier.size, frontier.root()


def root(size: int) -> Digest:
    """The root over the first ``size`` entries."""
    return tree.tree_root(size, tiles.HashReader(size, tile))


def inclusion(index: int, size: int) -> list[Digest]:
    """Raises ProofError when a record of that size has no such entry."""
    return tree.prove_inclusion(index, size, tiles.HashReader(size, tile))


def consistency(old: int, size: int) -> list[Digest]:
    """Empty for ``old`` = 0 and for equal sizes, where there is nothing to prove."""
    return tree.prove_consistency(old, size, tiles.HashReader(size, tile)) if 0 < old < size else []


def _of_bundle(column: str, number: int, width: int) -> list[tuple[Any, ...]]:
    start = number * tiles.WIDTH
    return _rows(
        f"SELECT {column} FROM record_entry WHERE seq >= %s AND seq < %s ORDER BY seq",  # noqa: S608 - one of ours
        start,
        start + width,
    )


def _rows(statement: str, *parameters: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
