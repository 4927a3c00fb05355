"""The calendar: what goes out when, by month, week or day, for an account, a unit, or all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from undersigned.accounts.views.coming_in import officer_of
from undersigned.publishing import acts
from undersigned.publishing.forms.calendar import DAY, MONTH, WEEK, CalendarForm
from undersigned.publishing.models import Post
from undersigned.publishing.queries.calendar import Day, Wanted, days_of
from undersigned.publishing.views.listing import Row

MOST_A_DAY = {MONTH: 4, WEEK: 20, DAY: 200}
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
"""Outside of these there is no calendar: an address with a wild day shows today instead."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One post on its day."""

    at: datetime
    row: Row

    @property
    def drawn_from(self) -> tuple[object, ...]:
        """All that its line shows."""
        row = self.row
        return (self.at, row.words, row.accounts, row.shape, row.standing, row.url)


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day as the calendar shows it: ``column`` is its place in the week, 1 for Monday."""

    day: date
    name: str
    is_today: bool
    column: int
    entries: list[Entry]
    more: int
    url: str


@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    officer = officer_of(request)
    form = CalendarForm(request.GET, officer=officer)
    form.full_clean()
    said = form.cleaned_data
    view = said.get("view") or MONTH
    around = said.get("on") or timezone.localdate()
    around = around if FIRST <= around <= LAST else timezone.localdate()
    begins, ends = _span(view, around)
    wanted = Wanted(begins, ends, said.get("account") or "", said.get("unit") or "")
    days = days_of(officer, wanted, MOST_A_DAY[view])
    form = CalendarForm(initial={**said, "view": view, "on": around}, officer=officer)
    shown = {
        "form": form,
        "view": view,
        "days": [_shown(one, wanted) for one in days],
        "total": sum(one.total for one in days),
        "heading": _named(view, begins, ends),
        "may_write": acts.draft.refusal(officer) is None,
    }
    return render(request, "publishing/calendar.html", shown | _ways(view, around, begins, ends, wanted))


def _span(view: str, around: date) -> tuple[date, date]:
    """From the first day that is shown to the one after the last."""
    if view == DAY:
        return around, around + timedelta(days=1)
    if view == WEEK:
        monday = around - timedelta(days=around.weekday())
        return monday, monday + timedelta(days=7)
    first = around.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def _named(view: str, begins: date, ends: date) -> str:
    if view == MONTH:
        return formats.date_format(begins, "F Y")
    if view == DAY:
        return formats.date_format(begins, _("l j F Y"))
    last = ends - timedelta(days=1)
    return _("%(first)s to %(last)s") % {
        "first": formats.date_format(begins, _("j F")),
        "last": formats.date_format(last, _("j F Y")),
    }


def _ways(view: str, around: date, begins: date, ends: date, wanted: Wanted) -> dict[str, Any]:
    """Where the links of the page lead: before, after, today."""
    before = begins - timedelta(days=1)
    return {
        "before_url": _address(view, before, wanted),
        "after_url": _address(view, ends, wanted),
        "today_url": _address(view, timezone.localdate(), wanted),
        "view_links": [
            (label, _address(name, around, wanted), name == view)
            for name, label in ((MONTH, _("Month")), (WEEK, _("Week")), (DAY, _("Day")))
        ],
    }


def _address(view: str, on: date, wanted: Wanted) -> str:
    query = {"view": view, "on": on.isoformat(), "account": wanted.account, "unit": wanted.unit}
    return reverse("publishing:calendar", query={name: value for name, value in query.items() if value})


def _shown(day: Day, wanted: Wanted) -> DayShown:
    return DayShown(
        day=day.day,
        name=formats.date_format(day.day, _("l j F")),
        is_today=day.day == timezone.localdate(),
        column=day.day.isoweekday(),
        entries=[_entry(at, post) for at, post in day.posts],
        more=day.more,
        url=_address(DAY, day.day, wanted),
    )


def _entry(at: datetime, post: Post) -> Entry:
    return Entry(timezone.localtime(at), Row.of(post))
