"""The register as a list: who sees what, saved filters, search, and pages that cost the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from tests.accounts.stages import Stages, address
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.posture.scoring import Standing
from undersigned.accounts.queries.listing import ORDER, Filter, accounts_for_person, register, strip
from undersigned.accounts.queries.looking import account_for, look
from undersigned.accounts.queries.standings import standings
from undersigned.accounts.states import AccountState
from undersigned.networks.names import Network
from undersigned.people import acts as people
from undersigned.people.models import Appointment
from undersigned.people.states import Office
from undersigned.ui.keyset import page

pytestmark = pytest.mark.django_db(transaction=True)


def test_communications_sees_everything_and_a_member_what_is_theirs(stages: Stages, cast: Cast) -> None:
    mine = stages.kept("harrowfalls")
    other = stages.taken_in("harrowlibrary", unit=cast.unit("Libraries", parent="Harrow Falls"))
    assert set(register(stages.communications)) == {mine, other}
    assert list(register(stages.steward)) == [mine]
    assert list(register(stages.unit_head)) == [mine]
    assert list(register(cast.officer(Office.MEMBER))) == []


def test_an_account_that_one_may_not_see_is_not_there(stages: Stages, cast: Cast) -> None:
    account = stages.kept()
    assert account_for(stages.steward, account.pk) == account
    assert account_for(cast.officer(Office.MEMBER), account.pk) is None


def test_saved_filters_find_what_they_say(stages: Stages, cast: Cast) -> None:
    kept = stages.kept("harrowfalls")
    orphan = stages.taken_in("harrowrink")
    asleep = stages.kept("harrowfest", state=AccountState.DORMANT)
    waiting = stages.requested("harrownew")
    nowhere = stages.taken_in("harrowlost", unit=None)
    gone = acts.note_gone(by=SYSTEM, account=stages.kept("harrowgone"), gone_from="x.csv")
    acts.see_post(by=stages.steward, account=kept, last_post_on=timezone.localdate(), source="said")

    def found(saved: str) -> set[Account]:
        return set(register(stages.communications, Filter(saved=saved)))

    assert found("red") == {kept, orphan, asleep, nowhere, gone}
    assert found("no_steward") == {orphan, nowhere}
    assert found("dormant") == {asleep}
    assert found("waiting") == {waiting}
    assert found("no_unit") == {nowhere}
    assert found("gone") == {gone}
    assert found("review_due") == set()


def test_the_list_is_searched_by_handle_unit_and_steward(stages: Stages, cast: Cast) -> None:
    mine = stages.kept("harrowfalls")
    other = stages.taken_in("bookworms", unit=cast.unit("Libraries", parent="Harrow Falls"))
    for text, expected in {"@harrowf": mine, "stella": mine, "librar": other, "BOOKW": other}.items():
        assert list(register(stages.communications, Filter(text=text))) == [expected]


def test_the_list_is_narrowed_by_network_and_unit(stages: Stages, cast: Cast) -> None:
    x = stages.taken_in("harrowfalls")
    channel = stages.taken_in(address=address("@harrowfalls", Network.YOUTUBE))
    assert list(register(stages.communications, Filter(network="youtube"))) == [channel]
    assert set(register(stages.communications, Filter(unit=cast.unit().pk))) == {x, channel}


def test_the_strip_counts_what_one_may_see(stages: Stages) -> None:
    stages.kept("harrowfalls")
    stages.taken_in("harrowfest", state=AccountState.DORMANT)
    counted = strip(stages.communications)
    assert (counted.live, counted.dormant, counted.red, counted.without_steward) == (1, 1, 2, 1)
    assert strip(stages.steward).dormant == 0


def test_standings_change_with_the_next_act(stages: Stages) -> None:
    account = stages.kept()
    assert standings().by_account[account.pk].steward_here
    stella = Appointment.objects.get(person=stages.employee("Stella Wardour"))
    people.end_appointment(by=SYSTEM, appointment=stella)
    assert not standings().by_account[account.pk].steward_here


def test_standings_change_when_evidence_runs_out(stages: Stages) -> None:
    account = stages.kept(last_post_on=timezone.localdate())
    now = timezone.now()
    assert "P19" not in standings(now).by_account[account.pk].failed
    assert "P19" in standings(now + dt.timedelta(days=181)).by_account[account.pk].failed


@pytest.mark.parametrize("count", [1, 50])
def test_a_page_of_the_list_costs_the_same_at_one_and_at_fifty_rows(
    stages: Stages, count: int, django_assert_num_queries: Any
) -> None:
    for place in range(count):
        stages.kept(f"harrow{place}")
    officer = stages.communications
    standings()
    with django_assert_num_queries(3):
        rows = page(register(officer), ORDER).rows
        kept = standings()
        assert {kept.by_account[row.pk].standing for row in rows} == {Standing.RED}
        assert all(row.steward and row.unit for row in rows)
    assert len(rows) == count


def test_a_person_is_shown_what_they_answer_for_or_have_a_grant_on(stages: Stages) -> None:
    mine = stages.kept("harrowfalls")
    stages.taken_in("harrowrink")
    stages.grant(mine, "Abel Scribe", "author")
    for name in ("Stella Wardour", "Dennis Alder", "Abel Scribe"):
        assert list(accounts_for_person(stages.employee(name).pk)) == [mine]


def test_an_account_is_looked_at_in_a_fixed_number_of_questions(
    stages: Stages, django_assert_num_queries: Any
) -> None:
    account = account_for(stages.communications, stages.live().pk)
    assert account is not None
    with django_assert_num_queries(11):
        looked = look(account)
    assert len(looked.judgements) == 28
    assert len(looked.grants) == 2
    assert looked.setup_open == []
    assert looked.failed[0].check.critical
