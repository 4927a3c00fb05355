"""Which character separates the cells of a text file, decided by how evenly it divides the first lines."""

import csv
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from undersigned.imports.encodings import Line

SEPARATORS = (",", ";", "\t", "|")
NO_SEPARATOR = "\x1f"
"""Stands for the separator of a table with one column. No program writes this control character."""

SAMPLE_LINES = 200
SAMPLE_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Dialect:
    """The separator, how many cells most rows have, and whether a first line ``sep=;`` declares it.

    That line is Excel's own way to name the separator; Excel does not show it, so it is not counted as a row.
    ``separator`` is ``NO_SEPARATOR`` when every line is one cell.
    """

    separator: str
    width: int
    declared: bool = False


def dialect(sample: Iterable[Line]) -> Dialect:
    """Decide on the separator from the first lines of a file."""
    texts = [line.text[:SAMPLE_CHARACTERS] for line in itertools.islice(sample, SAMPLE_LINES)]
    first = texts[0].strip("\r\n") if texts else ""
    if first.lower().startswith("sep=") and len(first) == 5:
        return Dialect(first[4], _usual_width(texts[1:], first[4])[0], declared=True)
    candidates = {separator: _usual_width(texts, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: _merit(candidates[separator]))
    width = candidates[best][0]
    if width < 2 or (best == "," and _is_prose(texts)):
        return Dialect(NO_SEPARATOR, 1)
    return Dialect(best, width)


def _usual_width(texts: list[str], separator: str) -> tuple[int, float]:
    """The commonest number of cells in a row that has several, and the share of all rows that have it."""
    parsed = list(_parsed(texts, separator))
    widths = Counter(len(cells) for cells in parsed if any(cells)) or Counter(map(len, parsed))
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 1, 0.0
    width = max(several, key=lambda width: (several[width], width))
    return width, several[width] / widths.total()


def _parsed(texts: list[str], separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(texts, delimiter=separator)
    except csv.Error:
        return


def _merit(found: tuple[int, float]) -> tuple[bool, float, int]:
    width, share = found
    return width > 1, round(share, 1), width


def _is_prose(texts: list[str]) -> bool:
    """Tell a list such as ``Name`` over ``Dupont, Jean``, whose comma belongs to the one cell of each row."""
    filled = [text.strip() for text in texts if text.strip()]
    commas = sum(text.count(",") for text in filled)
    spaced = sum(text.count(", ") for text in filled)
    return "," not in filled[0] and '"' not in filled[-1] and spaced >= commas * 0.9
