"""The list of accounts that the communications office found in a drawer: ``register.csv``, with days that move.

A day in it stands as ``{days ago:form}``, so that what is asleep in the story is asleep whenever the story is told.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

TEMPLATE = Path(__file__).with_name("register.csv")
FILE = "accounts of the city, all departments.csv"
DAY = re.compile(r"\{(\d+):([^}]+)\}")


def write(folder: Path, today: date) -> Path:
    """The list as it came: semicolons, and the encoding of an office computer of that age."""

    def day(found: re.Match[str]) -> str:
        return (today - timedelta(days=int(found[1]))).strftime(found[2])

    path = folder / FILE
    path.write_text(DAY.sub(day, TEMPLATE.read_text(encoding="utf-8")), encoding="cp1252")
    return path
