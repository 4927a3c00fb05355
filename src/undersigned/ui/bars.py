"""Where the pieces of a bar picture lie. The picture is SVG drawn on the server: it prints and needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from undersigned.ui.components import Bar, Standing

WIDTH = 100.0


@dataclass(frozen=True)
class Piece:
    """A stretch of a bar in per cent of the picture's width."""

    standing: Standing
    x: str
    width: str
    number: int


@dataclass(frozen=True)
class DrawnBar:
    bar: Bar
    pieces: list[Piece]
    counts: list[tuple[Standing, int]]


@dataclass(frozen=True)
class BarPicture:
    rows: list[DrawnBar]
    standings: list[Standing]


def draw(bars: Sequence[Bar]) -> BarPicture:
    """All bars on one scale: the longest fills the width."""
    longest = max((bar.total for bar in bars), default=0) or 1
    used = {standing for bar in bars for standing, number in bar.parts if number}
    standings = [standing for standing in Standing if standing in used]
    return BarPicture(rows=[_row(bar, longest, standings) for bar in bars], standings=standings)


def _row(bar: Bar, longest: int, standings: list[Standing]) -> DrawnBar:
    pieces: list[Piece] = []
    start = 0.0
    for standing, number in bar.parts:
        width = WIDTH * number / longest
        if number:
            pieces.append(Piece(standing, f"{start:.3f}", f"{width:.3f}", number))
        start += width
    numbers = dict(bar.parts)
    return DrawnBar(
        bar=bar, pieces=pieces, counts=[(standing, numbers.get(standing, 0)) for standing in standings]
    )
