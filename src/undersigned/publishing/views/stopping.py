"""Stop everything: what is stopped and why, the form that stops, and the one by which two people lift it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.accounts.models import Account
from undersigned.accounts.views.coming_in import officer_of
from undersigned.acts import Officer
from undersigned.acts.models import Countersignature, CountersignatureState
from undersigned.acts.refusals import Refused
from undersigned.people.models import Unit
from undersigned.publishing import acts
from undersigned.publishing.forms.stopping import ACCOUNT, CITY, LiftForm, StopForm
from undersigned.publishing.models import Stop
from undersigned.ui import actid


@dataclass(frozen=True, slots=True)
class Standing:
    """One stop in force, what it covers in words, and whether somebody has asked to lift it."""

    stop: Stop
    covers: str
    excepted: list[str]
    lift_url: str
    waits_url: str


@login_required
@require_http_methods(["GET", "POST"])
def stops(request: HttpRequest) -> HttpResponse:
    """Everybody with an appointment sees what is stopped; the form is for whoever may stop."""
    officer = officer_of(request)
    if not officer.capacities:
        raise Http404
    refusal = acts.stop_all.refusal(officer)
    if request.method == "POST" and refusal:
        raise refusal
    account = request.GET.get("account", "")
    first = {"scope": ACCOUNT if account else CITY, "account": account}
    form = StopForm(request.POST or None, officer=officer, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            acts.stop_all.once(actid.read(request))(by=officer, **form.wants())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("It is stopped. Nothing leaves from this moment."))
            return redirect("publishing:stops")
    shown = {"form": form, "refusal": refusal, "stops": _standing(officer)}
    return render(request, "publishing/stops.html", shown)


def _standing(officer: Officer) -> list[Standing]:
    rows = list(Stop.objects.filter(lifted_at=None).select_related("stopped_by").order_by("stopped_at"))
    names = _names(rows)
    asked = Countersignature.objects.filter(
        subject__in=[one.pk for one in rows], state=CountersignatureState.ASKED
    )
    waits = {one.subject: reverse("desk:countersign", args=[one.pk]) for one in asked}
    return [
        Standing(
            stop=one,
            covers=names.get(one.scope, _("Everything of the city")),
            excepted=[names[name] for name in one.except_for.split() if name in names],
            lift_url=_lift_url(one, officer),
            waits_url=waits.get(one.pk, ""),
        )
        for one in rows
    ]


def _lift_url(stop: Stop, officer: Officer) -> str:
    if acts.lift.refusal(officer, stop) is not None:
        return ""
    return reverse("publishing:lift", args=[stop.pk])


def _names(rows: Iterable[Stop]) -> dict[str, str]:
    """What units and accounts that stops name are called."""
    asked = {name for one in rows for name in (one.scope, *one.except_for.split()) if name}
    accounts = {one.pk: str(one) for one in Account.objects.filter(pk__in=asked)}
    return accounts | dict(Unit.objects.filter(pk__in=asked).values_list("pk", "name"))


@login_required
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask a second person to lift it."""
    officer = officer_of(request)
    stop = Stop.objects.filter(pk=reference, lifted_at=None).first()
    if stop is None or not officer.capacities:
        raise Http404
    refusal = acts.lift.refusal(officer, stop)
    if refusal:
        raise refusal
    form = LiftForm(request.POST or None, officer=officer)
    if request.method == "POST" and form.is_valid():
        try:
            acts.lift.ask(by=officer, stop=stop, act_id=actid.read(request), **form.wants())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Asked. It is lifted when a second person countersigns."))
            return redirect("publishing:stops")
    return render(request, "publishing/lift.html", {"form": form, "stop": stop})
