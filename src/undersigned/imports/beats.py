"""Signs of life of a worker on a run: how far it is, and that no other has taken the run over."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from undersigned.imports.models import ImportRun

APART = timedelta(seconds=1)


class TakenOver(Exception):
    """Another worker goes on with this run: whoever hears this stops, and writes nothing more."""


class Beat:
    """Progress that is written to the run, at most once a second.

    Each beat is written only over this worker's last one, so that a worker that was thought dead notices.
    """

    def __init__(self, run: ImportRun) -> None:
        self._run = run.pk
        self._last = run.beat_at

    def __call__(self, done: int, total: int | None) -> None:
        now = timezone.now()
        if self._last is not None and now - self._last < APART:
            return
        mine = ImportRun.objects.filter(pk=self._run, beat_at=self._last)
        if not mine.update(done=done, total=total, beat_at=now):
            raise TakenOver
        self._last = now
