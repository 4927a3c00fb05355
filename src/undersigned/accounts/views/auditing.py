"""The audit report: one page of summary, the red accounts with cause and owner, then all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from undersigned.accounts.posture.scoring import Standing
from undersigned.accounts.queries.auditing import audit_report
from undersigned.accounts.queries.listing import sees_all
from undersigned.accounts.report import AuditReport, as_csv, as_json, as_pdf, words
from undersigned.accounts.report.model import AccountLine, UnitFigure
from undersigned.accounts.views.coming_in import officer_of
from undersigned.accounts.views.wording import SHAPES, state_in_words
from undersigned.acts.refusals import NotPermitted
from undersigned.people.frame import city
from undersigned.people.states import Office
from undersigned.ui.components import Bar, Figure
from undersigned.ui.components import Standing as Shape

RED_ON_THE_PAGE, UNITS_ON_THE_PAGE = 100, 40
"""Beyond these the page says how many more there are; the PDF has them all."""

FORMS: dict[str, tuple[Callable[[AuditReport], str | bytes], str]] = {
    "pdf": (lambda report: as_pdf(report, colour=city().colour), "application/pdf"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One account as the page shows it."""

    url: str
    line: AccountLine
    shape: Shape
    standing: str
    steward: str
    owner: str
    last_post: str
    posture: str
    causes: list[tuple[str, list[str]]]


@login_required
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    _refuse_whoever_sees_a_part(request)
    return render(request, "accounts/audit.html", _shown(audit_report()))


@login_required
@require_safe
def download(request: HttpRequest, form: str) -> HttpResponse:
    _refuse_whoever_sees_a_part(request)
    if form not in FORMS:
        raise Http404
    write, kind = FORMS[form]
    response = HttpResponse(write(audit_report()), content_type=kind)
    name = f"audit-of-accounts-{timezone.localdate().isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _refuse_whoever_sees_a_part(request: HttpRequest) -> None:
    """The report is over all accounts, so it is for the offices whose work needs all of them."""
    officer = officer_of(request)
    if not sees_all(officer):
        raise NotPermitted(
            _("The audit report is over every account of the city; your office sees a part of them."),
            rule="sees_every_account",
            helps=[Office.HEAD_OF_COMMUNICATIONS, Office.AUDITOR],
            do=_("The list of accounts shows you those that you look after."),
        )


def _shown(report: AuditReport) -> dict[str, Any]:
    lines = [_line(line) for line in report.accounts]
    red = [one for one in lines if one.line.standing is Standing.RED]
    return {
        "report": report,
        "headline": words.headline(report),
        "posture": words.posture(report.totals.fraction),
        "figures": _figures(report),
        "bars": [_bar(unit) for unit in report.units[:UNITS_ON_THE_PAGE]],
        "more_units": max(0, len(report.units) - UNITS_ON_THE_PAGE),
        "red": red[:RED_ON_THE_PAGE],
        "more_red": max(0, len(red) - RED_ON_THE_PAGE),
        "lines": lines,
    }


def _line(line: AccountLine) -> Line:
    return Line(
        url=reverse("accounts:account", args=[line.key]),
        line=line,
        shape=SHAPES[line.standing],
        standing=state_in_words(line.state, line.standing),
        steward=words.steward(line),
        owner=words.owner(line),
        last_post=words.last_post(line),
        posture=words.posture(line.score.fraction),
        causes=words.cause_groups(line.critical),
    )


def _figures(report: AuditReport) -> list[Figure]:
    totals, address = report.totals, reverse("accounts:list")
    return [
        Figure(_("Accounts"), totals.counts.total, address),
        Figure(_("Red"), totals.counts.red, f"{address}?saved=red", Shape.WRONG),
        Figure(_("Without a steward"), totals.without_steward, f"{address}?saved=no_steward"),
        Figure(_("Asleep"), totals.dormant, "", Shape.ASLEEP),
        Figure(_("Doubled"), totals.doubled),
        Figure(_("Imitated"), totals.imitated, reverse("accounts:lookalikes")),
    ]


def _bar(unit: UnitFigure) -> Bar:
    counts = unit.counts
    parts = [(SHAPES[standing], counts.of(standing)) for standing in Standing]
    return Bar(unit.unit or _("No unit"), sorted(parts, key=lambda part: list(Shape).index(part[0])))
