"""Stop everything: in force before the next send, for the city, a unit or an account; lifted by two."""

from __future__ import annotations

import pytest

from tests.accounts.stages import countersigned
from tests.publishing.desk import Desk
from undersigned.acts.refusals import NeedsCountersignature, NotPermitted, Unfit, WrongState
from undersigned.people.states import Office
from undersigned.publishing import acts
from undersigned.publishing.models import Stop
from undersigned.publishing.states import DeliveryState

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scope", ["city", "unit", "account"])
def test_nothing_is_sent_once_it_is_stopped(desk: Desk, scope: str) -> None:
    post = desk.scheduled()
    where = {"unit": {"unit": desk.stages.unit}, "account": {"account": desk.account}, "city": {}}[scope]
    acts.stop_all(by=desk.cast.officer(Office.DUTY_OFFICER), reason="Somebody else is posting", **where)
    desk.run()
    assert desk.wall.calls == []
    assert desk.delivery(post).state == DeliveryState.WAITING


def test_another_unit_goes_on(desk: Desk) -> None:
    desk.scheduled()
    other = desk.cast.unit("Waterworks", parent="Harrow Falls")
    acts.stop_all(by=desk.cast.officer(Office.DUTY_OFFICER), reason="Theirs alone", unit=other)
    desk.run()
    assert len(desk.wall.posts) == 1


def test_what_was_sent_already_is_told_truthfully(desk: Desk) -> None:
    officer = desk.cast.officer(Office.DUTY_OFFICER)
    desk.wall.on_publish = lambda: acts.stop_all(by=officer, reason="In this very moment")
    post = desk.scheduled()
    desk.run()
    assert desk.delivery(post).state == DeliveryState.DONE


def test_whoever_has_no_such_office_stops_nothing(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        acts.stop_all(by=desk.author, reason="I would like to")
    with pytest.raises(Unfit):
        acts.stop_all(by=desk.cast.officer(Office.DUTY_OFFICER), reason=" ")
    assert not Stop.objects.exists()


def test_lifting_needs_a_second_person(desk: Desk) -> None:
    officer = desk.cast.officer(Office.DUTY_OFFICER)
    stop = acts.stop_all(by=officer, reason="Found out later")
    with pytest.raises(WrongState):
        acts.stop_all(by=officer, reason="Again")
    with pytest.raises(NeedsCountersignature):
        acts.lift(by=officer, stop=stop, reason="It was a false alarm")
    countersigned(
        acts.lift, by=officer, signer=desk.stages.security, stop=stop, reason="It was a false alarm"
    )
    post = desk.scheduled()
    desk.run()
    assert desk.delivery(post).state == DeliveryState.DONE


def test_one_account_can_be_let_go_while_the_rest_stays_stopped(desk: Desk) -> None:
    officer = desk.cast.officer(Office.DUTY_OFFICER)
    post = desk.scheduled()
    stop = acts.stop_all(by=officer, reason="Everything")
    countersigned(
        acts.lift, by=officer, signer=desk.stages.security, stop=stop, reason="Flood", account=desk.account
    )
    desk.hurry()
    desk.run()
    assert desk.delivery(post).state == DeliveryState.DONE
    assert Stop.objects.get().lifted_at is None
