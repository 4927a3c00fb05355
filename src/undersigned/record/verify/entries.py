"""One pass over the entries for what hangs on each: columns, payloads, and the standing of every object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from undersigned.record.audit.report import Report, Word
from undersigned.record.models import Entry, Payload
from undersigned.record.tlog.leaf import commit
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.verify.words import Inside

AT_ONCE = 500
"""Acts whose payloads are fetched in one statement."""


class Stands(NamedTuple):
    """How an object stands after its last entry."""

    seq: int
    n: int
    st: str | None
    act_id: str


class Closed(NamedTuple):
    """A commitment whose value is not there."""

    seq: int
    act_id: str
    field: str


@dataclass
class Recounted:
    """What the entries alone say. ``touches`` is the sum of the hashes of all (object, n, act), in any order."""

    objects: dict[str, Stands] = field(default_factory=dict)
    closed: list[Closed] = field(default_factory=list)
    touches: int = 0


Row = tuple[int, str, str, int, str, bytes]


def recount(size: int, erased: Mapping[tuple[str, str], int], report: Report) -> Recounted:
    """INDEX and COMMITMENT. ``erased``: (act id, field) → index of the act that erased it."""
    found = Recounted()
    for rows in _chunks(size):
        commitments: dict[str, tuple[int, dict[str, str]]] = {}
        for row in rows:
            said = _read(row)
            if said is None:
                continue
            _check_columns(row, said, report)
            _count_objects(row[0], said, found)
            commitments[said["id"]] = row[0], _committed(said)
        _check_payloads(commitments, erased, found, report)
    return found


def _chunks(size: int) -> Iterator[list[Row]]:
    columns = ("seq", "act_id", "act", "t", "capacity", "entry")
    for start in range(0, size, AT_ONCE):
        rows = Entry.objects.filter(seq__gte=start, seq__lt=start + AT_ONCE).order_by("seq")
        yield list(rows.values_list(*columns))


def _read(row: Row) -> dict[str, Any] | None:
    """The entry's parts; None when it is not a leaf at all, which the auditor's checks say."""
    try:
        said = json.loads(bytes(row[5]))
        _ = (
            said["id"],
            said["act"],
            said["t"],
            said["by"].keys(),
            said["c"].keys(),
            [one["o"] for one in said["obj"]],
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return said if isinstance(said, dict) else None


def _check_columns(row: Row, said: dict[str, Any], report: Report) -> None:
    seq, act_id, act, t, capacity, _ = row
    wanted = {"act_id": (act_id, said["id"]), "act": (act, said["act"]), "t": (t, said["t"])}
    wanted["capacity"] = capacity, said["by"].get("as", "")
    for name, (column, byte) in wanted.items():
        if column != byte:
            what = f"the column {name} says {column!r} and the entry {byte!r}: the column was edited"
            report.fail(Inside.INDEX, f"entry #{seq}", what)


def _count_objects(seq: int, said: dict[str, Any], found: Recounted) -> None:
    for one in said["obj"]:
        found.objects[one["o"]] = Stands(seq, one["n"], one["st"], said["id"])
        found.touches += touch_hash(one["o"], one["n"], said["id"])


def touch_hash(reference: str, n: int, act_id: str) -> int:
    return int.from_bytes(sha256(f"{reference} {n} {act_id}".encode()).digest(), "big")


def _committed(said: dict[str, Any]) -> dict[str, str]:
    who = {"who": said["by"]["who"]} if "who" in said["by"] else {}
    return {**said["c"], **who}


def _check_payloads(
    commitments: dict[str, tuple[int, dict[str, str]]],
    erased: Mapping[tuple[str, str], int],
    found: Recounted,
    report: Report,
) -> None:
    there: set[tuple[str, str]] = set()
    for row in Payload.objects.filter(act_id__in=commitments):
        seq, fields = commitments[row.act_id]
        there.add((row.act_id, row.field))
        _check_payload(row, fields.get(row.field), f"entry #{seq}", report)
        if (row.act_id, row.field) in erased:
            eraser = erased[row.act_id, row.field]
            what = (
                f"{row.field} was erased by #{eraser} and is there again; erase it anew, as after a restore"
            )
            report.fail(Word.COMMITMENT, f"entry #{seq}", what)
    for act_id, (seq, fields) in commitments.items():
        found.closed += [Closed(seq, act_id, name) for name in fields if (act_id, name) not in there]


def _check_payload(row: Payload, commitment: str | None, where: str, report: Report) -> None:
    if commitment is None:
        report.fail(Word.COMMITMENT, where, f"the act did not commit to a field {row.field!r}")
        return
    try:
        opens = commit(row.field, bytes(row.nonce), json.loads(row.value)) == commitment
    except (MalformedError, ValueError) as why:
        report.fail(Word.COMMITMENT, where, f"{row.field}: {why}")
        return
    if not opens:
        what = f"{row.field} does not open its commitment: value or nonce were edited behind the record"
        report.fail(Word.COMMITMENT, where, what)


def judge_closed(
    closed: list[Closed],
    erased: Mapping[tuple[str, str], int],
    lost: list[tuple[int, int, int]],
    report: Report,
) -> None:
    """A value that is missing was erased by an act, or declared lost after a restore, or somebody took it away."""
    for one in closed:
        where = f"entry #{one.seq}"
        declared = next((index for index, first, last in lost if first <= one.seq <= last), None)
        if (eraser := erased.get((one.act_id, one.field))) is not None:
            report.note(Word.COMMITMENT, where, f"{one.field} was erased by #{eraser}")
        elif declared is not None:
            report.note(Word.COMMITMENT, where, f"{one.field} is lost, as #{declared} declares")
        else:
            what = f"{one.field} is missing, and no act erased it: it was taken away behind the record"
            report.fail(Word.COMMITMENT, where, what)
