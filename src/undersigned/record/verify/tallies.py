"""HEAD, OBJECT, INTAKE: tables that must be what the entries give."""

from __future__ import annotations

import json
import time

from django.db.models import Exists, OuterRef

from undersigned.record.audit.log import Log
from undersigned.record.audit.report import Report, Word
from undersigned.record.models import Entry, Head, Intake, Payload, Standing, Touch
from undersigned.record.tlog import tree
from undersigned.record.verify.entries import Recounted, touch_hash
from undersigned.record.verify.words import Inside

PATIENCE = 60
"""Seconds an entry may wait for its place."""


def check_head(log: Log, report: Report) -> None:
    """The one row from which the next entry will be placed."""
    found = Head.objects.values_list("size", "frontier", "t_max").first() or (0, b"", 0)
    frontier = tree.Frontier()
    for index in range(log.size):
        frontier.push(log.leaf_at(index))
    wanted = {"size": log.size, "frontier": frontier.serialise(), "t_max": _latest(log)}
    for (name, value), there in zip(wanted.items(), found, strict=True):
        if (bytes(there) if name == "frontier" else there) != value:
            what = f"{name} is not what the entries give; nothing may be entered until it is looked into"
            report.fail(Inside.HEAD, "head", what)


def _latest(log: Log) -> int:
    """The latest time, counted anew where a clock was corrected."""
    corrected = {index for index, entry in log.own if json.loads(entry)["act"] == "record.correct_clock"}
    latest = 0
    for index, t in enumerate(log.times):
        latest = t if index in corrected else max(latest, t)
    return latest


def check_objects(counted: Recounted, report: Report) -> None:
    """``object`` must say of each what its last entry says."""
    unseen = set(counted.objects)
    for row in Standing.objects.order_by("reference").iterator():
        unseen.discard(row.reference)
        stands = counted.objects.get(row.reference)
        if stands is None:
            report.fail(
                Inside.OBJECT, row.reference, "stands in no entry: the row was put in behind the record"
            )
        elif (row.n, row.st, row.act_id) != stands[1:]:
            what = f"the row says act {row.n} of it was {row.act_id}, and entry #{stands.seq} says otherwise"
            report.fail(Inside.OBJECT, row.reference, what)
    for reference in sorted(unseen):
        what = f"changed by entry #{counted.objects[reference].seq}, and its row is gone"
        report.fail(Inside.OBJECT, reference, what)
    touches = Touch.objects.values_list("reference", "n", "act_id").iterator()
    if sum(touch_hash(*one) for one in touches) != counted.touches:
        what = "the index of acts by object is not what the entries give: pages may show wrong histories"
        report.fail(Inside.INDEX, "touch", what)


def check_intake(report: Report) -> None:
    """What waits for its place longer than a minute was left by a process that died, and by the sweep."""
    until = int(time.time()) - PATIENCE
    for act_id in Intake.objects.filter(entered_at__lt=until).values_list("act_id", flat=True):
        what = "waits for its place for more than a minute; see that a worker runs (undersigned worker)"
        report.fail(Inside.INTAKE, act_id, what)


def check_orphans(report: Report) -> None:
    """Values of acts that are not in the record: the entry was taken out, or the value put in."""
    entered = Entry.objects.filter(act_id=OuterRef("act_id"))
    waiting = Intake.objects.filter(act_id=OuterRef("act_id"))
    orphans = Payload.objects.filter(~Exists(entered), ~Exists(waiting)).order_by("act_id", "field")
    for act_id, name in orphans.values_list("act_id", "field").iterator():
        report.fail(Word.COMMITMENT, act_id, f"{name} is the value of an act that is not in the record")
