"""TIME: no entry may be dated much before its predecessors, nor after a witness had already seen it."""

from array import array
from collections.abc import Iterable
from itertools import pairwise

from undersigned.record.audit.log import Log
from undersigned.record.audit.report import Report, Word
from undersigned.record.audit.scan import UNREADABLE

TOLERANCE = 300
"""Seconds by which clocks may differ, and an act's transaction may last."""


def check_times(
    log: Log, corrections: list[tuple[int, int, int]], seen: dict[int, int], report: Report
) -> None:
    """`seen`: size of a cosigned checkpoint → its earliest cosignature, in POSIX seconds."""
    for index, first, last in corrections:
        what = f"record.correct_clock says that entries {first} to {last} bear a wrong time"
        report.note(Word.TIME, log.where(index), what)
    corrected = _covered(corrections)
    for index, what in (*_backdated(log.times, corrected), *_after_seen(log.times, seen)):
        if corrected[index : index + 1] == b"\x01":
            report.note(Word.TIME, log.where(index), f"{what} (corrected)")
        else:
            report.fail(Word.TIME, log.where(index), what)
    _remark_early(log, seen, report)


def _covered(corrections: list[tuple[int, int, int]]) -> bytearray:
    """A flag for each entry up to the last whose time a correction names."""
    covered = bytearray(max((last + 1 for _, _, last in corrections), default=0))
    for _, first, last in corrections:
        covered[first : last + 1] = b"\x01" * (last + 1 - first)
    return covered


def _backdated(times: "array[int]", corrected: bytearray) -> Iterable[tuple[int, str]]:
    latest, end = 0, len(corrected)
    for index, t in enumerate(times):
        if t > latest:
            if index >= end or not corrected[index]:
                latest = t
        elif t < latest - TOLERANCE and t != UNREADABLE:
            yield index, f"its time {t} is {latest - t} seconds before that of an earlier entry"


def _after_seen(times: "array[int]", seen: dict[int, int]) -> Iterable[tuple[int, str]]:
    start = 0
    for size, moment in sorted(seen.items()):
        if max(times[start:size], default=0) > moment + TOLERANCE:
            for index in range(start, min(size, len(times))):
                if times[index] > moment + TOLERANCE:
                    yield (
                        index,
                        f"its time {times[index]} is after {moment}, when a witness had already seen it",
                    )
        start = size


def _remark_early(log: Log, seen: dict[int, int], report: Report) -> None:
    for size, covering in pairwise([*sorted(seen), len(log.times)]):
        early = [i for i in range(size, covering) if UNREADABLE < log.times[i] < seen[size] - TOLERANCE]
        if early:
            what = (
                f"{len(early)} entries from here on are dated before {seen[size]}, when a witness saw the record"
                " without them; a late witness looks the same"
            )
            report.note(Word.TIME, log.where(early[0]), what)
