"""Record keys that carry their moment (AT Protocol, "TID"): 53 bits of microseconds and 10 bits that keep two makers
apart, in 13 letters that sort as the numbers do."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime, timedelta

LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
SHAPE = re.compile(r"[234567abcdefghij][234567a-z]{12}")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new(now: datetime | None = None) -> str:
    """A key of this moment; the last bits are by chance, since several workers make keys."""
    return of(now or datetime.now(UTC), secrets.randbelow(1_024))


def of(moment: datetime, maker: int) -> str:
    number = (((moment - EPOCH) // timedelta(microseconds=1)) << 10) | maker
    return "".join(LETTERS[(number >> shift) & 31] for shift in range(60, -1, -5))


def moment(key: str) -> datetime:
    """The moment that a key carries. Raises ValueError for what is none."""
    if not SHAPE.fullmatch(key):
        raise ValueError(f"{key[:40]} is not a key that carries its moment")
    number = 0
    for letter in key:
        number = number << 5 | LETTERS.index(letter)
    return EPOCH + timedelta(microseconds=number >> 10)


def written(moment: datetime) -> str:
    """A moment as records hold it, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
