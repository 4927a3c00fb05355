"""From a person's name under what was shown to the report: who may begin, who does it, and what if they stop.

The plan is made anew when it is applied, so that applying again after a worker was killed does only what is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts.actor import Officer
from undersigned.acts.directory import directory
from undersigned.acts.refusals import Refused, Unfit
from undersigned.imports import acts, files, keeping, rules, tasks
from undersigned.imports.beats import Beat, TakenOver
from undersigned.imports.columns import MappingRefused
from undersigned.imports.models import ImportRun, RunState
from undersigned.imports.planning import brought, importer, in_the_words_of, mapping_of
from undersigned.imports.preview import Preview, Report, listed
from undersigned.imports.row import Problem, Unreadable
from undersigned.imports.rows_of import cells_of
from undersigned.imports.subjects import Importer, Prepared

AT_ONCE = 500
"""An import of fewer rows is done while the page is waited for."""
SILENT = timedelta(minutes=5)
"""A worker that gave no sign of life for so long is taken for dead."""
MOST_ATTEMPTS = 3

BEGINNING = (RunState.BROUGHT, RunState.STOPPED)


def begin(*, by: Officer, run: ImportRun, preview: Preview, act_id: str, leavers: int | None) -> None:
    """Put a person's name under what was shown, and have it done. Raises Refused.

    ``leavers`` is the number that they typed where a brake is on.
    """
    kind, small = importer(run), preview.read < AT_ONCE
    by = rules.capable(kind, by)
    with transaction.atomic():
        if not _set_waiting(run, preview, act_id, leavers):
            return
        acts.apply.once(act_id)(
            by=by, subject=run.subject, file=run.file_digest, read=preview.read, **sums(kind, preview)
        )
        if not small:
            tasks.apply_run.enqueue(run.pk)
    if small:
        carry_out(run.pk)


def _set_waiting(run: ImportRun, preview: Preview, act_id: str, leavers: int | None) -> bool:
    """Whether it could be begun: once, however often the form is sent."""
    beginning = ImportRun.objects.filter(pk=run.pk, state__in=BEGINNING)
    return bool(
        beginning.update(
            state=RunState.WAITING,
            act_id=act_id,
            promised={"counts": dict(preview.counts), "leavers": leavers, "attempts": 0, "before": 0},
            beat_at=timezone.now(),
            started_at=None,
            report={},
            done=0,
            total=None,
        )
    )


def sums(kind: Importer, preview: Preview) -> dict[str, int]:
    """What the entry of the act says: how many things are added, changed and ended."""
    return {
        does: sum(preview.counts.get(one.name, 0) for one in kind.counts if one.does == does)
        for does in ("adds", "changes", "ends")
    }


def carry_out(pk: int) -> None:
    """Apply the run that somebody began; nothing where another worker is at it. Harmless to repeat."""
    run = _claimed(pk)
    if run is None:
        return
    try:
        with in_the_words_of(run):
            _carry_out(run)
    except TakenOver:
        return


def _claimed(pk: int) -> ImportRun | None:
    """The run, if it waits or its worker is dead. ``promised`` remembers what was done before a worker died."""
    now = timezone.now()
    dead = Q(state=RunState.APPLYING, beat_at__lt=now - SILENT)
    run = (
        ImportRun.objects.filter(Q(state=RunState.WAITING) | dead, pk=pk).select_related("brought_by").first()
    )
    if run is None:
        return None
    promised = run.promised | {
        "attempts": run.promised["attempts"] + 1,
        "before": run.promised["before"] + run.done,
    }
    unchanged = ImportRun.objects.filter(pk=pk, state=run.state, beat_at=run.beat_at)
    taken = unchanged.update(
        state=RunState.APPLYING, beat_at=now, started_at=now, done=0, total=None, promised=promised
    )
    if not taken:
        return None
    run.refresh_from_db()
    return run


def _carry_out(run: ImportRun) -> None:
    try:
        if run.promised["attempts"] > MOST_ATTEMPTS:
            raise Unfit(_broke_off(), rule="three_attempts")
        report = _applied(run)
    except (Refused, Unreadable, MappingRefused) as refused:
        _stop(run, str(refused))
    else:
        _finish(run, report)


def _applied(run: ImportRun) -> Report:
    beat = Beat(run)
    prepared = importer(run).prepare(brought(run), beat)
    if _goes_on(run):
        leavers = _left_to_confirm(run, prepared)
    else:
        _is_as_promised(run, prepared.preview)
        leavers = run.promised["leavers"]
    return prepared.apply(by=_officer(run), confirmed=leavers, progress=beat)


def _goes_on(run: ImportRun) -> bool:
    return bool(run.promised["attempts"] > 1)


def _is_as_promised(run: ImportRun, preview: Preview) -> None:
    """Nobody's name stands under other numbers than they saw."""
    if dict(preview.counts) != run.promised["counts"]:
        raise Unfit(
            _(
                "Somebody changed what this file is set against after you looked, so it would now do something else. "
                "Nothing was applied. Look at the changes again."
            ),
            rule="as_it_was_shown",
        )


def _left_to_confirm(run: ImportRun, prepared: Prepared) -> int | None:
    """Of the leavers whose number was confirmed, those whom the dead worker had not reached."""
    confirmed: int | None = run.promised["leavers"]
    brake = prepared.preview.brake
    if brake is not None and confirmed is not None and brake.leaving <= confirmed:
        return brake.leaving
    return confirmed


def _officer(run: ImportRun) -> Officer:
    """The person who put their name under it, with what they hold today. They showed a second factor then."""
    found = directory().officer(run.brought_by.person_id)
    if found is None:
        raise Unfit(
            _(
                "Whoever began this holds no appointment any more, so it was not done. Somebody else can bring it."
            ),
            rule="holds_an_appointment",
        )
    return replace(found, second_factor=True)


def _broke_off() -> str:
    return _(
        "This broke off several times, so it was stopped. What was done stays done, and bringing the file again does "
        "the rest. The fault stands in the worker’s log: show it to your administrator."
    )


def _stop(run: ImportRun, sentence: str) -> None:
    mine = ImportRun.objects.filter(pk=run.pk, state=RunState.APPLYING)
    mine.update(
        state=RunState.STOPPED, report={"stopped": sentence, "before": run.promised["before"]}, preview={}
    )


def _finish(run: ImportRun, report: Report) -> None:
    """The report, with the source rows of its problems; then the file may go."""
    kept = _told(run, report)
    with transaction.atomic():
        keeping.keep(run.subject, mapping_of(run))
        ImportRun.objects.filter(pk=run.pk, state=RunState.APPLYING).update(
            state=RunState.APPLIED, report=kept, preview={}, answers={}, beat_at=timezone.now()
        )
    files.let_go(run.file_digest)


def _told(run: ImportRun, report: Report) -> dict[str, Any]:
    problems, unlisted = listed(report.problems)
    cells = cells_of(run, {one.row for one in problems if one.row is not None})
    return {
        "counts": dict(report.counts),
        "problems": [_with_cells(one, cells) for one in problems],
        "unlisted": unlisted,
        "before": run.promised["before"],
        "attempts": run.promised["attempts"],
    }


def _with_cells(problem: Problem, cells: Mapping[int, Mapping[str, str]]) -> dict[str, Any]:
    return {
        "row": problem.row,
        "field": problem.field,
        "what": problem.what,
        "cells": cells.get(problem.row or 0, {}),
    }


def offer_again() -> int:
    """Offer the runs anew whose worker died or whose task was lost; answers with how many."""
    now = timezone.now()
    lost = ImportRun.objects.filter(beat_at__lt=now - SILENT)
    waiting = list(lost.filter(state=RunState.WAITING).values_list("pk", flat=True))
    ImportRun.objects.filter(pk__in=waiting, state=RunState.WAITING).update(beat_at=now)
    dead = list(lost.filter(state=RunState.APPLYING).values_list("pk", flat=True))
    for pk in (*waiting, *dead):
        tasks.apply_run.enqueue(pk)
    return len(waiting) + len(dead)
