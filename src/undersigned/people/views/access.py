"""The fetch is the permission check: what somebody may not see is not there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from undersigned.acts import DeclaredAct, Officer
from undersigned.acts.governed import Governed
from undersigned.acts.refusals import NeedsSecondFactor
from undersigned.people import queries
from undersigned.people.middleware import actor
from undersigned.people.models import Appointment, Invitation, Person, Unit


def colleague(request: HttpRequest) -> Officer:
    """Somebody who holds an appointment today: they may see who works here, and as what."""
    officer = actor(request)
    if officer is None or not officer.capacities:
        raise Http404
    return officer


def keeper(request: HttpRequest) -> Officer:
    """Somebody who keeps people; for everybody else the page is not there."""
    officer = colleague(request)
    if not queries.keeps_people(officer):
        raise Http404
    return officer


def person_for(officer: Officer, reference: str) -> Person:
    return get_object_or_404(queries.people_for(officer).select_related("user"), pk=reference)


def unit(reference: str) -> Unit:
    return get_object_or_404(Unit.objects.select_related("parent"), pk=reference)


def open_appointment(reference: str) -> Appointment:
    rows = Appointment.objects.filter(ended_at__isnull=True).select_related("person", "unit")
    return get_object_or_404(rows, pk=reference)


def invitation(reference: str) -> Invitation:
    return get_object_or_404(_invitations(), pk=reference)


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("person")


def offers(act: DeclaredAct[Any, Any], officer: Officer, subject: Governed | None = None) -> bool:
    """Whether to show the button of an act. Who has not shown a second factor yet is told so when they press it."""
    refusal = act.refusal(officer, subject)
    return refusal is None or isinstance(refusal, NeedsSecondFactor)
