"""The fetch is the permission check: what somebody may not see is not there."""

from __future__ import annotations

from typing import cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from undersigned.acts.actor import Officer
from undersigned.imports import rules
from undersigned.imports.models import ImportRun, RunState
from undersigned.imports.subjects import Importer, importer_of, importers

STEPS = (RunState.BROUGHT, RunState.STOPPED)
"""While a run is in one of these, its steps can be walked in both directions."""


class Elsewhere(Exception):
    """The run is past its steps: it is being applied, or was."""


def officer(request: HttpRequest) -> Officer:
    """Who asks. Raises Http404 for whoever is not known."""
    who = cast(Officer | None, getattr(request, "actor", None))
    if not who:
        raise Http404
    return who


def kinds_for(who: Officer) -> list[Importer]:
    """The lists that this person may bring."""
    return [one for one in importers() if rules.may_bring(one, who)]


def kind_for(request: HttpRequest, subject: str) -> Importer:
    try:
        found = importer_of(subject)
    except KeyError as unknown:
        raise Http404 from unknown
    if not rules.may_bring(found, officer(request)):
        raise Http404
    return found


def runs_for(who: Officer) -> QuerySet[ImportRun]:
    """The imports of lists that this person may bring, whoever brought them."""
    subjects = [one.subject for one in kinds_for(who)]
    return ImportRun.objects.filter(subject__in=subjects).select_related("brought_by__person")


def run_for(request: HttpRequest, pk: int) -> ImportRun:
    """A run to look at."""
    found = runs_for(officer(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_run(request: HttpRequest, pk: int) -> ImportRun:
    """A run to go on with: its steps belong to whoever brought the file. Raises Elsewhere when they are over."""
    found = run_for(request, pk)
    if found.brought_by_id != request.user.pk:
        raise Http404
    if found.state not in STEPS:
        raise Elsewhere
    return found
