"""What this room asks of people: an import that stopped, or that somebody began and did not finish."""

from __future__ import annotations

from django.utils.translation import gettext as _

from undersigned.acts import Officer
from undersigned.acts.duty import Duty, by_date
from undersigned.imports import files
from undersigned.imports.models import ImportRun, RunState

HIGH, LOW = 4, 1


def duties_for(officer: Officer) -> list[Duty]:
    """The files of this person that wait for them, in one question to the database."""
    mine = ImportRun.objects.filter(
        brought_by__person_id=officer.person, state__in=(RunState.STOPPED, RunState.BROUGHT)
    )
    rows = mine.only("pk", "state", "file_name", "brought_at").order_by("-pk")[:10]
    return sorted(map(_duty, rows), key=by_date)


def _duty(run: ImportRun) -> Duty:
    stopped = run.state == RunState.STOPPED
    until = run.brought_at + files.UNFINISHED
    return Duty(
        what=_("An import stopped") if stopped else _("An import waits to be finished"),
        subject=str(run.pk),
        subject_words=run.file_name,
        page="imports:run",
        action=_("See why") if stopped else _("Go on"),
        due=run.brought_at.date() if stopped else until.date(),
        weight=HIGH if stopped else LOW,
    )
