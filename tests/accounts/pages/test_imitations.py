"""Look-alikes: reported by staff, decided by whoever may, with a reason."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.accounts.pages.reading import links_of, text_of
from tests.accounts.stages import Stages, address
from tests.cast import SYSTEM, Cast, filled, signed_in

from undersigned.accounts import acts
from undersigned.accounts.models import Account, LookalikeCase
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)

LIST, REPORT = "/accounts/look-alikes/", "/accounts/look-alikes/report/"


@pytest.fixture
def security(cast: Cast) -> Client:
    return cast.browser(Office.IT_SECURITY)


def page_of(case: LookalikeCase) -> str:
    return reverse("accounts:lookalike", args=[case.pk])


def test_somebody_of_the_city_reports_one_and_twice_is_once(stages: Stages) -> None:
    stages.kept("harrowfalls")
    reporter = signed_in(stages.employee("Stella Wardour"))
    sent = filled(address="https://x.com/harrowfa11s", resembles="x.com/harrowfalls", why="Digits")
    answers = [reporter.post(REPORT, sent) for _ in range(2)]
    case = LookalikeCase.objects.get()
    assert [answer["Location"] for answer in answers] == [page_of(case)] * 2
    assert (case.handle, case.resembles, case.reports) == ("harrowfa11s", Account.objects.get(), 1)
    assert "Digits" in text_of(reporter.get(page_of(case)))


def test_the_citys_own_account_is_not_reported(stages: Stages) -> None:
    stages.kept("harrowfalls")
    page = signed_in(stages.employee("Stella Wardour")).post(REPORT, filled(address="x.com/harrowfalls"))
    assert "is in the city’s own register" in text_of(page)


def test_a_name_alone_asks_for_its_network(stages: Stages) -> None:
    reporter = signed_in(stages.employee("Stella Wardour"))
    page = reporter.post(REPORT, filled(address="harrowfa11s"))
    assert set(page.context["form"].errors) == {"address"}
    assert reporter.post(REPORT, filled(address="harrowfa11s", network="x")).status_code == 302


def test_a_decision_needs_a_reason_and_is_kept_with_who_took_it(stages: Stages, security: Client) -> None:
    case = acts.report_lookalike(by=SYSTEM, address=address("harrowfa11s"))
    page = security.post(page_of(case), filled(decision="harmless", note=""))
    assert set(page.context["form"].errors) == {"note"}
    security.post(page_of(case), filled(decision="reported", note="It sells gift cards"))
    text = text_of(security.get(page_of(case)))
    assert "Reported to the network Iris Tollgate" in text
    assert "It sells gift cards" in text


def test_what_is_settled_is_decided_no_more(stages: Stages, security: Client) -> None:
    case = acts.report_lookalike(by=SYSTEM, address=address("harrowfa11s"))
    sent = filled(decision="harmless", note="A fan")
    assert [security.post(page_of(case), sent).status_code for _ in range(2)] == [302, 302]
    assert "Decide what it is" not in text_of(security.get(page_of(case)))
    assert security.post(page_of(case), filled(decision="ours", note="x")).status_code == 409


def test_one_that_is_the_citys_own_enters_the_register_as_found(stages: Stages, cast: Cast) -> None:
    case = acts.report_lookalike(by=SYSTEM, address=address("harrowarts"))
    office = cast.browser(Office.COMMUNICATIONS)
    office.post(page_of(case), filled(decision="ours", note="The arts centre runs it"))
    account = Account.objects.get()
    assert account.state == "requested"
    assert f"/accounts/{account.pk}/" in links_of(office.get(page_of(case)))


def test_the_list_shows_whose_work_it_is_all_and_others_what_is_theirs(
    stages: Stages, cast: Cast, security: Client
) -> None:
    mine = acts.report_lookalike(by=stages.steward, address=address("harrowfa11s"))
    acts.report_lookalike(by=SYSTEM, address=address("harrowfails"))
    assert len(security.get(LIST).context["shown"]) == 2
    theirs = signed_in(stages.employee("Stella Wardour")).get(LIST)
    assert [case.pk for case, _shape in theirs.context["shown"]] == [mine.pk]
    assert "No look-alikes" in text_of(cast.browser(Office.MEMBER).get(LIST))
    assert len(security.get(LIST + "?state=harmless").context["shown"]) == 0


def test_the_list_asks_as_many_questions_for_fifty_rows_as_for_one(stages: Stages, security: Client) -> None:
    ours, asked = stages.kept(), []
    for count in (1, 49):
        for number in range(count):
            acts.report_lookalike(by=SYSTEM, address=address(f"harrow{count}x{number}"), resembles=ours)
        security.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            security.get(LIST)
        asked.append(len(queries))
    assert asked[0] == asked[1]
