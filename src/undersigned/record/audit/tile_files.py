"""TILE: every tile is the one that the entries give, and there is no other."""

from undersigned.record.audit.folder import Folder
from undersigned.record.audit.log import Log
from undersigned.record.audit.report import Report, Word
from undersigned.record.tlog import tiles
from undersigned.record.tlog.encoding import DIGEST_BYTES


def check_tiles(folder: Folder, log: Log, report: Report) -> int | None:
    """Answers the first entry whose hash is not that of its tile, for ROOT to name."""
    altered = None
    for tile in tiles.tiles_of(log.size):
        if tile.level is None:
            continue
        differs = _check_tile(folder, tile, log, report)
        if tile.level == 0 and differs is not None and altered is None:
            altered = tile.number * tiles.WIDTH + differs
    return altered


def _check_tile(folder: Folder, tile: tiles.Tile, log: Log, report: Report) -> int | None:
    there = folder.find(tile)
    if there is None or tile.level is None:
        report.fail(Word.TILE, tile.path, "is not there; get it, or ask for a sound export")
        return None
    data = folder.read_tile(there)
    expected = log.tile(tile.level, tile.number, tile.width)
    if len(data) != there.width * DIGEST_BYTES:
        what = f"has {len(data)} bytes and not {there.width * DIGEST_BYTES}; get it again"
        report.fail(Word.TILE, there.path, what)
        return None
    if data[: len(expected)] == expected:
        return None
    differs = _first_difference(data, expected)
    report.fail(Word.TILE, there.path, f"its hash {differs} is not the one that the entries give")
    return differs


def _first_difference(data: bytes, expected: bytes) -> int:
    pairs = zip(data, expected, strict=False)
    return next(at for at, (one, other) in enumerate(pairs) if one != other) // DIGEST_BYTES


def check_surplus(folder: Folder, size: int, report: Report) -> None:
    """Names under `tile/` that a log of this size does not have, as an export cut short leaves them."""
    for tile in folder.tile_names():
        if not tiles.has_tile(tile, size) and not _stands_in(folder, tile, size):
            what = f"does not belong to a log of {size} entries; was the export cut short? Export again"
            report.fail(Word.TILE, tile.path, what)


def _stands_in(folder: Folder, tile: tiles.Tile, size: int) -> bool:
    """Whether a full tile lies in the place of a partial one that is not there."""
    due = tile._replace(width=tiles.width_at(tile.level or 0, tile.number, size))
    return tile.width == tiles.WIDTH and due.width > 0 and folder.find(due) == tile
