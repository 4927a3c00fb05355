"""How long a version of LinkedIn's API answers (vendor's page "Versioning": at least 12 months from its own)."""

from __future__ import annotations

from datetime import date

MONTHS = 12


def ends_on(version: str) -> date:
    """The first day on which ``YYYYMM`` may answer 426. Raises ValueError where it is no month."""
    year, month = int(version[:4]), int(version[4:])
    return date(year + MONTHS // 12, month, 1)
