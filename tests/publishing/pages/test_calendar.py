"""The calendar: days, weeks and months, and moving a post by a form that says what it voids."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.accounts.pages.reading import text_of
from tests.cast import Cast, filled, signed_in
from tests.publishing.desk import Desk
from tests.publishing.pages.reading import field
from undersigned.people.states import Office
from undersigned.publishing.models import Post
from undersigned.publishing.states import PostState

pytestmark = pytest.mark.django_db(transaction=True)
CALENDAR = "/posts/calendar/"


def in_days(days: int, hour: int = 10) -> datetime:
    noon = timezone.localtime() + timedelta(days=days)
    return noon.replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.mark.parametrize("view", ["month", "week", "day"])
def test_a_post_stands_on_its_day(desk: Desk, cast: Cast, view: str) -> None:
    when = in_days(40)
    desk.draft("The rink opens.", not_before=when)
    page = cast.browser(Office.AUDITOR).get(CALENDAR, {"view": view, "on": when.date().isoformat()})
    said = text_of(page)
    assert "10:00 The rink opens." in said
    assert "Draft" in said
    other = cast.browser(Office.AUDITOR).get(CALENDAR, {"view": view, "on": "2020-01-01"})
    assert "Nothing goes out in these days." in text_of(other)


def test_a_post_without_a_time_stands_where_it_was_sent(desk: Desk, cast: Cast) -> None:
    desk.scheduled("At once.")
    assert "At once." in text_of(cast.browser(Office.AUDITOR).get(CALENDAR, {"view": "day"}))


def test_it_is_narrowed_to_a_unit_or_an_account(desk: Desk, cast: Cast) -> None:
    when = in_days(1)
    desk.draft("The rink opens.", not_before=when)
    elsewhere = cast.unit("Waterworks", parent="Harrow Falls")
    browser, on = cast.browser(Office.AUDITOR), when.date().isoformat()
    for narrowed in ({"unit": desk.account.unit_id}, {"account": desk.account.pk}):
        assert "The rink" in text_of(browser.get(CALENDAR, {"view": "day", "on": on} | narrowed))
    other = browser.get(CALENDAR, {"view": "day", "on": on, "unit": elsewhere.pk})
    assert other.status_code == 200


@pytest.mark.parametrize("on", ["", "nonsense", "0001-01-01", "9999-12-31"])
def test_a_wild_day_shows_today(cast: Cast, on: str) -> None:
    page = cast.browser(Office.AUDITOR).get(CALENDAR, {"on": on, "view": "century"})
    assert 'aria-current="date"' in page.content.decode()


def test_a_full_month_costs_as_many_questions_as_one_post(desk: Desk, cast: Cast) -> None:
    when, browser = in_days(0, 23), cast.browser(Office.AUDITOR)
    desk.draft("The first.", not_before=when)
    browser.get(CALENDAR)
    with CaptureQueriesContext(connection) as one:
        browser.get(CALENDAR)
    for number in range(20):
        desk.draft(f"Number {number}.", not_before=when)
    with CaptureQueriesContext(connection) as full:
        said = text_of(browser.get(CALENDAR))
    assert len(full) == len(one)
    assert "and 17 more" in said


def test_a_stranger_sees_nothing_in_it(desk: Desk, cast: Cast) -> None:
    desk.draft("The rink opens.", not_before=in_days(0, 23))
    assert "The rink" not in text_of(cast.browser(Office.MEMBER).get(CALENDAR))


def test_moving_says_beforehand_whose_countersignature_it_voids(desk: Desk) -> None:
    post = desk.approved(not_before=in_days(2))
    address = reverse("publishing:move", args=[post.pk])
    author = signed_in(desk.stages.employee("Abel Scribe"))
    page = author.get(address)
    assert "This voids the countersignature by Petra Nodd." in text_of(page)
    author.post(address, filled(seen=field(page, "seen"), not_before=in_days(3).strftime("%Y-%m-%dT%H:%M")))
    post = Post.objects.get(pk=post.pk)
    assert (post.state, post.not_before) == (PostState.DRAFT, in_days(3))


def test_moving_what_somebody_else_changed_meanwhile_is_refused(desk: Desk) -> None:
    post = desk.draft(not_before=in_days(2))
    author = signed_in(desk.stages.employee("Abel Scribe"))
    page = author.post(
        reverse("publishing:move", args=[post.pk]), filled(seen="7", not_before="2027-05-05T10:00")
    )
    assert "Somebody changed this post" in text_of(page)
