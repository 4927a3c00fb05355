"""The list of posts: what is in it for whom, and that its length costs nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accounts.pages.reading import text_of
from tests.cast import Cast, signed_in
from tests.publishing.desk import Desk
from undersigned.people.states import Office
from undersigned.publishing import acts
from undersigned.publishing.content import Content

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/posts/"


def test_it_shows_each_post_with_its_words_its_account_and_how_it_stands(desk: Desk, cast: Cast) -> None:
    desk.submitted("The rink opens at nine.")
    said = text_of(cast.browser(Office.COMMUNICATIONS).get(LIST))
    assert "The rink opens at nine." in said
    assert "Waits for countersignature" in said
    assert "Abel Scribe" in said


def test_who_has_nothing_to_do_with_the_account_sees_nothing_of_it(desk: Desk, cast: Cast) -> None:
    desk.submitted()
    said = text_of(cast.browser(Office.MEMBER).get(LIST))
    assert "No posts yet" in said
    assert "rink" not in said


def test_whoever_may_write_is_led_to_writing(desk: Desk) -> None:
    assert desk.account
    page = signed_in(desk.stages.employee("Abel Scribe")).get(LIST)
    assert reverse("publishing:write") in page.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"state": "draft"}, {"One.", "Mine."}),
        ({"state": "submitted"}, {"Two."}),
        ({"mine": "on"}, {"Mine."}),
        ({"state": "open"}, {"One.", "Two.", "Mine."}),
    ],
)
def test_it_is_narrowed_by_state_and_to_ones_own(desk: Desk, query: dict[str, str], shown: set[str]) -> None:
    desk.draft("One.")
    desk.submitted("Two.")
    acts.draft(by=desk.publisher, content=desk.content("Mine."))
    acts.discard(by=desk.author, post=desk.draft("Gone."))
    page = signed_in(desk.stages.employee("Paula Sender")).get(LIST, query)
    said = text_of(page)
    assert {one for one in ("One.", "Two.", "Mine.", "Gone.") if one in said} == shown


def test_it_is_narrowed_to_one_account(desk: Desk, cast: Cast) -> None:
    desk.draft("On the account.")
    acts.draft(by=desk.author, content=Content(text="On none."))
    said = text_of(cast.browser(Office.COMMUNICATIONS).get(LIST, {"account": desk.account.pk}))
    assert "On the account." in said
    assert "On none." not in said


def test_fifty_posts_cost_as_many_questions_as_one(desk: Desk, cast: Cast) -> None:
    browser = cast.browser(Office.COMMUNICATIONS)
    desk.submitted("The first.")
    browser.get(LIST)
    with CaptureQueriesContext(connection) as one:
        browser.get(LIST)
    for number in range(49):
        desk.draft(f"Number {number}.")
    with CaptureQueriesContext(connection) as fifty:
        page = browser.get(LIST)
    assert text_of(page).count("Number ") == 49
    assert len(fifty) == len(one)


def test_it_can_be_taken_along_as_a_table(desk: Desk, cast: Cast) -> None:
    desk.draft("For the table.")
    answer = cast.browser(Office.COMMUNICATIONS).get(LIST, {"format": "csv"})
    assert "For the table." in b"".join(answer).decode()
