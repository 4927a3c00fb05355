"""What a run would change: worked out at once for small files, by the worker for large ones, and kept with the run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation

from undersigned.acts.refusals import Refused
from undersigned.imports import files
from undersigned.imports.beats import Beat, TakenOver
from undersigned.imports.columns import Mapping, MappingRefused
from undersigned.imports.models import ImportRun
from undersigned.imports.preview import Preview
from undersigned.imports.row import Unreadable
from undersigned.imports.subjects import Brought, Importer, Progress, importer_of

SMALL = 256 * 1024
"""Bytes. A file up to this size is read while the page is waited for."""
FRESH = timedelta(minutes=10)
"""After so long it is worked out anew, for others may have changed what the file is set against."""
SILENT = timedelta(minutes=1)
"""A worker that was not heard of for so long has stopped; another is asked."""


class CannotBeRead(Exception):
    """The file cannot be read as it was said to be. The message tells the person what to do."""


def importer(run: ImportRun) -> Importer:
    return importer_of(run.subject)


def mapping_of(run: ImportRun) -> Mapping:
    """What the columns mean, as it was last said. Raises MappingRefused."""
    return Mapping.from_json(run.mapping, importer(run).vocabulary)


def brought(run: ImportRun) -> Brought:
    return Brought(
        path=files.path_of(run.file_digest),
        name=run.file_name,
        mapping=mapping_of(run),
        options=run.options,
        answers=run.answers,
    )


def preview_of(run: ImportRun) -> Preview | None:
    """What this run would change. None while the worker works it out; raises CannotBeRead.

    A page that gets None shows how far it is, and asks again.
    """
    if _is_fresh(run):
        return _kept(run)
    if run.file_bytes <= SMALL:
        work_out(run, silent)
        return _kept(run)
    _ask_the_worker(run)
    run.refresh_from_db()
    return _kept(run) if _is_fresh(run) else None


def silent(done: int, total: int | None) -> None:
    """Progress that nobody watches."""


def _is_fresh(run: ImportRun) -> bool:
    kept = run.preview
    return kept.get("of") == inputs(run) and datetime.fromisoformat(kept["at"]) > timezone.now() - FRESH


def _kept(run: ImportRun) -> Preview:
    if refused := run.preview.get("refused"):
        raise CannotBeRead(refused)
    return Preview.restored(run.preview["preview"])


def inputs(run: ImportRun) -> str:
    """One word for everything that a preview depends on."""
    said = json.dumps([run.file_digest, run.mapping, run.options, run.answers], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def work_out(run: ImportRun, progress: Progress) -> None:
    """Set the file against what is known, and keep with the run what it would change, or why it cannot be read."""
    of, at = inputs(run), timezone.now().isoformat()
    try:
        found = importer(run).prepare(brought(run), progress).preview
        kept = {"of": of, "at": at, "preview": found.stored()}
    except (Unreadable, MappingRefused, Refused) as refused:
        kept = {"of": of, "at": at, "refused": str(refused)}
    run.preview, run.beat_at, run.started_at = kept, None, None
    run.save(update_fields=["preview", "beat_at", "started_at"])


def _ask_the_worker(run: ImportRun) -> None:
    """Unless one is at it, and lives."""
    from undersigned.imports import tasks

    now = timezone.now()
    if run.beat_at is not None and run.beat_at > now - SILENT:
        return
    asked = ImportRun.objects.filter(pk=run.pk, beat_at=run.beat_at)
    if asked.update(beat_at=now, started_at=now, done=0, total=None):
        tasks.plan_run.enqueue(run.pk, inputs(run))


def work_out_in_the_worker(run: ImportRun) -> None:
    """The same with signs of life, in the language of whoever waits for it."""
    try:
        with in_the_words_of(run):
            work_out(run, Beat(run))
    except TakenOver:
        return


@contextmanager
def in_the_words_of(run: ImportRun) -> Iterator[None]:
    """Sentences are made for the person who brought the file."""
    with translation.override(run.brought_by.language or settings.LANGUAGE_CODE):
        yield
