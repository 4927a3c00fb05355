"""What the register asks of people, by when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from tests.accounts.stages import Stages, address, countersigned
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts
from undersigned.accounts.duties import duties_for
from undersigned.accounts.states import AccountState
from undersigned.acts import Officer, System
from undersigned.people import acts as people
from undersigned.people.models import Appointment
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)


def asked(officer: Officer) -> list[str]:
    return [str(duty.what) for duty in duties_for(officer)]


def test_a_steward_is_asked_to_mend_with_the_first_step(stages: Stages) -> None:
    account = stages.kept()
    first = duties_for(stages.steward)[0]
    assert str(first.what) == "4 critical checks fail"
    assert (first.subject, first.due, first.weight) == (account.pk, timezone.localdate(), 8)
    assert str(first.how).startswith("Second factor")


def test_a_colleague_is_asked_nothing(stages: Stages, cast: Cast) -> None:
    stages.kept()
    assert asked(cast.officer(Office.MEMBER)) == []


def test_the_unit_head_names_a_steward_when_one_left(stages: Stages) -> None:
    stages.kept()
    head = stages.unit_head
    assert "Nobody who works here answers for it" not in asked(head)
    stella = Appointment.objects.get(person=stages.employee("Stella Wardour"))
    people.end_appointment(by=SYSTEM, appointment=stella)
    assert "Nobody who works here answers for it" in asked(head)


def test_the_unit_head_is_asked_to_assent_and_the_head_of_communications_to_approve(stages: Stages) -> None:
    account = stages.requested()
    assert "Somebody in your unit asks for this account" in asked(stages.unit_head)
    assert "The unit has assented to this account" not in asked(stages.head_of_communications)
    acts.assent(by=stages.unit_head, account=account)
    assert "Somebody in your unit asks for this account" not in asked(stages.unit_head)
    assert "The unit has assented to this account" in asked(stages.head_of_communications)


def test_the_steward_is_asked_to_begin_and_to_close_lines(stages: Stages) -> None:
    account = stages.approved()
    assert "The account is approved and can be created" in asked(stages.steward)
    acts.begin_setup(by=stages.steward, account=account, network_id="42", url="https://x.com/harrowfalls")
    assert "12 lines of the set-up list keep it shut" in asked(stages.steward)


@pytest.mark.parametrize(
    ("silent", "word"), [(100, "Nothing was posted for a while"), (200, "It has fallen asleep")]
)
def test_a_steward_hears_of_silence(stages: Stages, silent: int, word: str) -> None:
    stages.kept(last_post_on=timezone.localdate() - dt.timedelta(days=silent))
    assert word in asked(stages.steward)


def test_a_review_is_asked_for_a_month_ahead_and_of_the_head_a_month_late(
    stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    stages.kept()
    head, steward = stages.unit_head, stages.steward
    assert "Its review is due" not in asked(steward)
    _go_to(monkeypatch, days=61)
    assert ("Its review is due" in asked(steward), "Its review is due" in asked(head)) == (True, False)
    _go_to(monkeypatch, days=60)
    assert "Its review is due" in asked(head)


def test_what_a_list_dropped_is_asked_of_keepers_and_communications(stages: Stages) -> None:
    acts.note_gone(by=SYSTEM, account=stages.kept(), gone_from="list.csv")
    assert any("names it no longer" in one for one in asked(stages.steward))
    assert "1 accounts are no longer listed: confirm" in asked(stages.communications)


def test_look_alikes_wait_for_communications_and_security(stages: Stages, cast: Cast) -> None:
    acts.report_lookalike(by=System("public.form"), address=address("harrowfa11s"))
    word = "Somebody takes this for an imitation"
    assert word in asked(stages.communications)
    assert word in asked(stages.security)
    assert word not in asked(cast.officer(Office.MEMBER))


def test_a_grant_that_ends_is_told_to_its_holder_and_to_the_steward(stages: Stages) -> None:
    account = stages.kept()
    abel = stages.employee("Abel Scribe")
    countersigned(
        acts.give_grant,
        by=stages.steward,
        signer=stages.unit_head,
        account=account,
        person=abel,
        preset="author",
        ends_on=timezone.localdate() + dt.timedelta(days=20),
        reason="A season",
    )
    assert "Your grant ends" in asked(stages.cast.as_officer(abel))
    assert "The grant of Abel Scribe ends" in asked(stages.steward)


def test_offices_are_asked_once_for_each_kind_of_thing(stages: Stages) -> None:
    for place in range(5):
        stages.taken_in(f"harrow{place}", unit=None)
    words = asked(stages.communications)
    assert "5 accounts have no owning unit" in words
    assert "5 accounts have no steward who works here" in words
    assert len(words) == 2


def test_a_retired_account_asks_nothing_of_its_head(stages: Stages) -> None:
    stages.taken_in(state=AccountState.RETIRED)
    assert asked(stages.unit_head) == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_questions_do_not_grow_with_what_waits(
    stages: Stages, count: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(count):
        stages.kept(f"harrow{place}")
    steward = stages.steward
    duties_for(steward)
    with django_assert_max_num_queries(12):
        duties_for(steward)


def _go_to(monkeypatch: pytest.MonkeyPatch, *, days: int) -> None:
    later = timezone.now() + dt.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)
