"""What the record shows the world: the files of C2SP tlog-tiles, up to the latest published checkpoint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from undersigned.record import heads, reading, timestamps, trust
from undersigned.record.models import Checkpoint
from undersigned.record.tlog import tiles
from undersigned.record.tlog.encoding import decode_decimal
from undersigned.record.tlog.refusals import MalformedError

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
STAMP = "application/timestamp-reply"
FOR_EVER = "public, max-age=31536000, immutable"
FRESH = "no-cache"
STAMPED = ".tsr"
"""Ending of a checkpoint's time stamp, as ``openssl ts`` names such files."""


@dataclass(frozen=True, slots=True)
class File:
    data: bytes
    content_type: str = TEXT
    caching: str = FRESH


def find(name: str) -> File | None:
    """The published file of this name, None when there is none: also for what no published checkpoint covers yet.

    Raises NoPolicy and MalformedError when the policy among the keys is not as it must be.
    """
    if name.startswith("tile/"):
        return _tile(name)
    if name.startswith("checkpoints/"):
        return _older(name.removeprefix("checkpoints/"))
    match name:
        case "checkpoint":
            latest = heads.latest_published()
            return File(heads.note(latest)) if latest else None
        case "keys":
            return File(trust.keys().encode())
        case "policy":
            return File(trust.published_policy())
        case _:
            return None


def archive() -> Path:
    """The nightly export in one file."""
    return Path(settings.HOME) / "export" / "latest.zip"


def _tile(name: str) -> File | None:
    """Spelling and range are checked before the database is asked."""
    try:
        tile = tiles.parse_path(name)
    except MalformedError:
        return None
    latest = heads.latest_published()
    if latest is None or tile.width > tiles.width_at(tile.level or 0, tile.number, latest.size):
        return None
    if tile.level is None:
        entries = reading.entries(tile.number, tile.width)
        return File(tiles.encode_bundle(entries), BYTES, FOR_EVER)
    return File(reading.tile(tile.level, tile.number, tile.width), BYTES, FOR_EVER)


def _older(name: str) -> File | None:
    size = name.removesuffix(STAMPED)
    try:
        wanted = decode_decimal(size)
    except MalformedError:
        return None
    found = Checkpoint.objects.filter(size=wanted, published_at__isnull=False).first()
    if found is None or size == name:
        return File(heads.note(found)) if found else None
    stamp = timestamps.of(found)
    return File(stamp, STAMP) if stamp else None
