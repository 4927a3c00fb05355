"""A measured figure beside its limit."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

REPEATS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` in ``unit``; ``limit`` is what was promised, ``target`` says on which side of it the value must lie.

    ``ratio`` is value over limit: at most 1 is met where less is better, at least 1 where more is better.
    """

    figure: str
    value: float
    unit: str
    limit: float
    target: str = "at most"

    @property
    def ratio(self) -> float:
        return round(self.value / self.limit, 3)

    @property
    def met(self) -> bool:
        return self.value <= self.limit if self.target == "at most" else self.value >= self.limit

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "value": round(self.value, 4), "ratio": self.ratio, "met": self.met}

    def __str__(self) -> str:
        said = "met" if self.met else "NOT MET"
        return f"{said:8} {self.figure:62} {self.value:12,.3f} {self.unit:8} {self.target} {self.limit:,g}"


@contextmanager
def timed(into: list[float]) -> Iterator[None]:
    """Append the seconds that the block took."""
    began = time.perf_counter()
    yield
    into.append(time.perf_counter() - began)


def median_of(measure: Callable[[], float], repeats: int = REPEATS) -> float:
    return statistics.median(measure() for _ in range(repeats))
