"""Accounts that could be taken for the city's: the open cases, reporting one, deciding one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.accounts import acts
from undersigned.accounts.forms.imitations import CaseFilters, DecideForm, ReportForm
from undersigned.accounts.models import LookalikeCase
from undersigned.accounts.queries import cases
from undersigned.accounts.queries.looking import account_for
from undersigned.accounts.states import CaseState
from undersigned.accounts.views.coming_in import officer_of
from undersigned.accounts.views.wording import CASE_SHAPES
from undersigned.acts import Officer
from undersigned.acts.refusals import Unfit
from undersigned.ui import actid
from undersigned.ui.components import Fact
from undersigned.ui.listing import Column, Listing

COLUMNS = (
    Column("handle", gettext_lazy("Account")),
    Column("network", gettext_lazy("Network")),
    Column("resembles", gettext_lazy("Resembles")),
    Column("state", gettext_lazy("Standing")),
    Column("reported", gettext_lazy("First reported"), sort=("reported_at",)),
    Column("reports", gettext_lazy("Reports"), kind="number"),
)


@login_required
@require_safe
def lookalikes(request: HttpRequest) -> HttpResponseBase:
    officer = officer_of(request)
    rows = cases.visible_to(officer)
    listing = Listing(request, rows, COLUMNS, order=("-reported_at", "pk"), filters=CaseFilters)
    if listing.wants_csv:
        return listing.csv("look-alikes", cells=_cells)
    shown = [(case, CASE_SHAPES[CaseState(case.state)]) for case in listing.rows]
    return render(request, "accounts/lookalikes.html", {"listing": listing, "shown": shown})


def _cells(case: LookalikeCase) -> tuple[object, ...]:
    resembles = case.resembles or ""
    day = case.reported_at.date()
    return (case.handle, case.place.label, resembles, case.get_state_display(), day, case.reports)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Somebody of the city saw an account that could be taken for one of ours."""
    officer = officer_of(request)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            case = acts.report_lookalike.once(actid.read(request))(by=officer, **form.wants())
        except Unfit as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Reported. Communications and IT security decide what it is."))
            return redirect("accounts:lookalike", case.pk)
    if refusal := acts.report_lookalike.refusal(officer):
        raise refusal
    return render(request, "accounts/report_lookalike.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def lookalike(request: HttpRequest, reference: str) -> HttpResponse:
    """One case: what is known of it, and the decision, for whoever may take it."""
    officer = officer_of(request)
    case = cases.case_for(officer, reference)
    if case is None:
        raise Http404
    form = DecideForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            acts.decide_lookalike.once(actid.read(request))(by=officer, case=case, **form.wants())
        except Unfit as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("It is decided in your name."))
            return redirect("accounts:lookalike", case.pk)
    return render(request, "accounts/lookalike.html", _shown(case, officer, form))


def _shown(case: LookalikeCase, officer: Officer, form: DecideForm) -> dict[str, Any]:
    refusal = acts.decide_lookalike.refusal(officer, case)
    if refusal and form.is_bound:
        raise refusal
    return {
        "case": case,
        "shape": CASE_SHAPES[CaseState(case.state)],
        "facts": _facts(case, officer),
        "decision": _decision(case),
        "form": None if refusal else form,
    }


def _facts(case: LookalikeCase, officer: Officer) -> list[Fact]:
    by = case.reported_by.name if case.reported_by else _("somebody from the public")
    return [
        Fact(_("Network"), case.place.label),
        Fact(_("Name shown"), case.display_name),
        Fact(_("Address"), case.url),
        Fact(_("Resembles"), case.resembles or "", url=_address(case, officer)),
        Fact(_("Why"), case.why),
        Fact(_("Reported"), _times(case.reports), source=by, at=case.reported_at),
        *([Fact(_("What they added"), case.note)] if case.note else []),
        *([Fact(_("May be answered at"), case.contact)] if case.contact else []),
    ]


def _address(case: LookalikeCase, officer: Officer) -> str:
    """Whoever reported it may not see the account that it resembles."""
    seen = case.resembles_id and account_for(officer, case.resembles_id)
    return reverse("accounts:account", args=[case.resembles_id]) if seen else ""


def _times(reports: int) -> str:
    return ngettext("%(count)d time", "%(count)d times", reports) % {"count": reports}


def _decision(case: LookalikeCase) -> list[Fact]:
    if case.decided_at is None:
        return []
    by = case.decided_by.name if case.decided_by else ""
    facts = [
        Fact(_("Decided"), capfirst(case.get_state_display()), source=by, at=case.decided_at),
        Fact(_("Because"), case.decision_note),
    ]
    if case.account_id:
        url = reverse("accounts:account", args=[case.account_id])
        facts.append(Fact(_("In the register as"), str(case.account), url=url))
    return facts
