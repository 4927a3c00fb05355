"""What was noticed on a network: its case, and every way in which it is settled."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accounts.pages.reading import text_of
from tests.cast import SYSTEM, Cast, filled, signed_in
from tests.publishing.desk import Desk
from tests.publishing.pages.reading import addresses_about, status
from undersigned.people.states import Office
from undersigned.publishing import acts
from undersigned.publishing.duties import duties_for
from undersigned.publishing.models import Case
from undersigned.publishing.states import CaseKind, CaseState

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(desk: Desk) -> Case:
    return acts.open_case(by=SYSTEM, account=desk.account, case_kind=CaseKind.NATIVE, far_id="99")


def do(desk: Desk, name: str, step: str, case: Case, **sent: object) -> int:
    browser = signed_in(desk.stages.employee(name))
    return browser.post(reverse(f"publishing:{step}", args=[case.pk]), filled(**sent)).status_code


def test_the_steward_is_asked_and_finds_it_in_the_list(desk: Desk, case: Case) -> None:
    assert case.pk in {one.subject for one in duties_for(desk.stages.steward)}
    steward = signed_in(desk.stages.employee("Stella Wardour"))
    assert "Posted past the system" in text_of(steward.get("/posts/cases/"))
    said = text_of(steward.get(reverse("publishing:case", args=[case.pk])))
    assert "To be settled" in said


def test_one_says_that_it_was_theirs_and_another_adopts_it(desk: Desk, case: Case) -> None:
    assert do(desk, "Abel Scribe", "say_mine", case) == 302
    assert do(desk, "Stella Wardour", "adopt", case, reason="The rink was on fire") == 302
    assert Case.objects.get().state == CaseState.ADOPTED


@pytest.mark.parametrize(
    ("step", "state"),
    [("explain", CaseState.EXPLAINED), ("removed", CaseState.REMOVED), ("intrusion", CaseState.INCIDENT)],
)
def test_it_is_settled_with_a_reason_and_not_without(
    desk: Desk, case: Case, step: str, state: CaseState
) -> None:
    do(desk, "Stella Wardour", step, case, reason="")
    assert Case.objects.get().state == CaseState.OPEN
    do(desk, "Stella Wardour", step, case, reason="We know now")
    assert Case.objects.get().state == state


def test_an_intrusion_leads_to_stopping_the_account_for_whoever_may(desk: Desk, case: Case) -> None:
    security = desk.cast.browser(Office.IT_SECURITY)
    answer = security.post(reverse("publishing:intrusion", args=[case.pk]), filled(reason="Not one of us"))
    assert answer["Location"] == reverse("publishing:stops", query={"account": desk.account.pk})


def test_who_does_not_keep_the_account_settles_nothing(desk: Desk, case: Case) -> None:
    assert do(desk, "Abel Scribe", "explain", case, reason="I think so") == 403
    assert Case.objects.get().state == CaseState.OPEN


def test_for_a_stranger_there_is_no_such_case(case: Case, cast: Cast) -> None:
    stranger = cast.browser(Office.MEMBER)
    assert {status(stranger, one) for one in addresses_about("case", case.pk)} == {404}
    assert "No cases" in text_of(stranger.get("/posts/cases/"))


def test_many_cases_cost_as_many_questions_as_one(desk: Desk, case: Case, cast: Cast) -> None:
    browser = cast.browser(Office.AUDITOR)
    browser.get("/posts/cases/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/posts/cases/")
    for number in range(20):
        acts.open_case(by=SYSTEM, account=desk.account, case_kind=CaseKind.NATIVE, far_id=str(number))
    with CaptureQueriesContext(connection) as many:
        browser.get("/posts/cases/")
    assert len(many) == len(one)
