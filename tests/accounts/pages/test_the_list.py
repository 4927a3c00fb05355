"""The list of accounts: the whole at a glance, and one found."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.accounts.pages.reading import links_of, text_of
from tests.accounts.stages import Stages, address
from tests.cast import SYSTEM, Cast

from undersigned.accounts.states import AccountState
from undersigned.acts import together
from undersigned.networks.names import Network
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/accounts/"


@pytest.fixture
def head(cast: Cast) -> Client:
    return cast.browser(Office.HEAD_OF_COMMUNICATIONS)


def rows_of(client: Client, query: str = "") -> list[str]:
    page = client.get(LIST + query)
    assert page.status_code == 200
    return [row.account.handle for row in page.context["listing"].shown]


def test_a_row_says_who_answers_how_it_stands_and_what_passes(stages: Stages, head: Client) -> None:
    stages.kept("harrowfalls", last_post_on=date(2026, 3, 12))
    text = text_of(head.get(LIST))
    for word in ("harrowfalls", "X", "Parks", "Stella Wardour", "Live, red", "12 March 2026"):
        assert word in text


def test_a_steward_who_left_is_told_apart(stages: Stages, head: Client) -> None:
    account = stages.kept()
    gone = stages.employee("Stella Wardour").appointments.get()
    from undersigned.people import acts as people

    people.end_appointment(by=SYSTEM, appointment=gone)
    assert "Stella Wardour, who left" in text_of(head.get(LIST))
    assert rows_of(head, "?saved=no_steward") == [account.handle]


def test_the_strip_counts_and_leads_to_just_those(stages: Stages, head: Client) -> None:
    stages.kept("one")
    stages.kept("two", state=AccountState.DORMANT)
    stages.requested("three")
    page = head.get(LIST)
    counted = {str(figure.label): figure.value for figure in page.context["figures"]}
    assert counted == {"Live": 1, "Waiting": 1, "Dormant": 1, "Red": 2}
    urls = {str(figure.label): figure.url for figure in page.context["figures"]}
    found = {label: head.get(url).context["listing"].rows for label, url in urls.items()}
    assert {label: len(rows) for label, rows in found.items()} == counted


def test_filters_narrow_and_a_saved_one_is_kept_when_another_changes(stages: Stages, head: Client) -> None:
    stages.kept("onx")
    stages.kept(address=address("onyoutube", Network.YOUTUBE))
    stages.kept("asleep", state=AccountState.DORMANT)
    assert rows_of(head, "?network=youtube") == ["onyoutube"]
    assert rows_of(head, "?saved=dormant") == ["asleep"]
    assert rows_of(head, "?text=stella&saved=dormant&network=x") == ["asleep"]
    page = head.get(LIST + "?saved=dormant")
    assert '<input type="hidden" name="saved" value="dormant"' in page.content.decode()


def test_what_was_declined_is_shown_only_to_who_asks_for_it(stages: Stages, head: Client) -> None:
    stages.in_state(AccountState.DECLINED, "declinedone")
    stages.kept("liveone")
    assert rows_of(head) == ["liveone"]
    assert rows_of(head, "?state=declined") == ["declinedone"]


def test_the_list_as_csv_has_every_row_and_no_formula(stages: Stages, head: Client) -> None:
    stages.kept("harrowfalls", display_name="x")
    stages.kept(address=address("+HarrowParks", Network.GOOGLE_PLUS))
    answer = head.get(LIST + "?format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Account,Network,Unit,Steward,Standing,Last post,Posture"
    assert len(lines) == 3
    assert "'+HarrowParks,Google+" in lines[1]


def test_an_empty_register_leads_whoever_brings_lists_to_the_import(cast: Cast, head: Client) -> None:
    assert reverse("imports:file", args=["accounts"]) in links_of(head.get(LIST))
    page = cast.browser(Office.MEMBER).get(LIST)
    assert "on which somebody gave you a grant" in text_of(page)
    assert reverse("imports:file", args=["accounts"]) not in links_of(page)


def test_a_filter_that_finds_nothing_says_so(stages: Stages, head: Client) -> None:
    stages.kept()
    assert "No account that you may see fits this" in text_of(head.get(LIST + "?text=zzz"))


def test_a_member_sees_what_they_answer_for_and_no_more(stages: Stages, cast: Cast) -> None:
    stages.kept("mine")
    stages.taken_in("others")
    from tests.cast import signed_in

    assert rows_of(signed_in(stages.employee("Stella Wardour"))) == ["mine"]


def many(stages: Stages, count: int) -> None:
    with together():
        for number in range(count):
            stages.kept(f"harrow{number:03}")


def test_the_list_asks_as_many_questions_for_fifty_rows_as_for_one(stages: Stages, head: Client) -> None:
    stages.kept("harrow")
    asked = {}
    for count in (0, 49):
        many(stages, count)
        head.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            page = head.get(LIST)
        asked[len(page.context["listing"].shown)] = len(queries)
    assert set(asked) == {1, 50}
    assert asked[1] == asked[50] <= 18


def test_the_list_goes_on_by_pages_that_hold_each_row_once(stages: Stages, head: Client) -> None:
    many(stages, 53)
    first = head.get(LIST)
    second = head.get(first.context["listing"].next_url)
    handles = [row.account.handle for page in (first, second) for row in page.context["listing"].shown]
    assert len(handles) == len(set(handles)) == 53


@pytest.mark.parametrize("column", ["handle", "network", "unit", "standing", "last_post"])
def test_every_heading_that_sorts_does(stages: Stages, head: Client, column: str) -> None:
    stages.kept("aaa", last_post_on=date(2026, 1, 1))
    stages.kept("zzz", last_post_on=date(2026, 2, 1), unit=None)
    assert set(rows_of(head, f"?sort={column}")) == set(rows_of(head, f"?sort=-{column}")) == {"aaa", "zzz"}
