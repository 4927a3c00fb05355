"""STATE: every governed row against the last commitment entered for it (``verify --state``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from undersigned.acts.governed import KINDS, Governed, as_state
from undersigned.record.audit.report import Report
from undersigned.record.models import Standing
from undersigned.record.tlog.leaf import commit_state
from undersigned.record.verify.entries import Stands
from undersigned.record.verify.words import Inside

AT_ONCE = 1_000
EDIT = "was edited behind the record"


def check_rows(objects: Mapping[str, Stands], lost: list[tuple[int, int, int]], report: Report) -> int:
    """Name each row that differs, is not entered, or is gone without an act; answers how many were compared."""
    expected = {name for name, stands in objects.items() if stands.st is not None}
    compared = 0
    for model in KINDS.values():
        for keys in _keys(model):
            compared += len(keys)
            expected.difference_update(keys)
            _check_some(model, keys, objects, lost, report)
    for reference in sorted(expected):
        what = f"entry #{objects[reference].seq} left it standing, and its row is gone: deleted behind the record"
        report.fail(Inside.STATE, reference, what)
    return compared


def _keys(model: type[Governed]) -> Iterator[list[str]]:
    """The primary keys of a table, some at a time, in their order."""
    last = ""
    while keys := list(
        model._base_manager.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        yield keys
        last = keys[-1]


def _check_some(
    model: type[Governed],
    keys: list[str],
    objects: Mapping[str, Stands],
    lost: list[tuple[int, int, int]],
    report: Report,
) -> None:
    kept = {row.reference: row for row in Standing.objects.filter(reference__in=keys)}
    by_version: dict[int, list[str]] = {}
    for key in keys:
        stands = objects.get(key)
        if stands is None or stands.st is None:
            what = "no act made it" if stands is None else f"entry #{stands.seq} says that it is gone"
            report.fail(Inside.STATE, key, f"{what}, and yet the row is there: put in behind the record")
        elif key not in kept:
            report.fail(Inside.STATE, key, "its nonce is gone, so that its commitment cannot be opened")
        elif not bytes(kept[key].nonce):
            _say_lost(key, stands, lost, report)
        else:
            by_version.setdefault(kept[key].sv, []).append(key)
    for version, some in by_version.items():
        _check_version(model, version, some, kept, objects, report)


def _say_lost(key: str, stands: Stands, lost: list[tuple[int, int, int]], report: Report) -> None:
    declared = next((index for index, first, last in lost if first <= stands.seq <= last), None)
    if declared is None:
        report.fail(Inside.STATE, key, "its nonce is gone, and no act declares the loss")
    else:
        what = f"cannot be compared since the loss that #{declared} declares; look at it, and enter it again by an act"
        report.note(Inside.STATE, key, what)


def _check_version(
    model: type[Governed],
    version: int,
    keys: list[str],
    kept: Mapping[str, Standing],
    objects: Mapping[str, Stands],
    report: Report,
) -> None:
    if version not in model.governed:
        what = f"its state version {version} is unknown to this release; restate rows before a field goes"
        report.fail(Inside.STATE, keys[0], what)
        return
    for key, state in _states(model, version, keys):
        row = kept[key]
        if commit_state(key, bytes(row.nonce), version, state) != objects[key].st:
            what = f"is not as entry #{objects[key].seq} left it: it {EDIT}"
            report.fail(Inside.STATE, key, what)


def _states(model: type[Governed], version: int, keys: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    fields = model.state_fields(version)
    rows = model._base_manager.filter(pk__in=keys).values_list("pk", *model.state_columns(version))
    for key, *values in rows:
        yield key, dict(zip(fields, map(as_state, values), strict=True))
