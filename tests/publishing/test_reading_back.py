"""What the networks really show: matched with what was sent, and a case for whatever was not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.publishing.clock import at
from tests.publishing.desk import Desk
from undersigned.acts.refusals import NotPermitted, Unfit, WrongState
from undersigned.people.states import Office
from undersigned.publishing import acts
from undersigned.publishing.models import Case, Reading, Sighting
from undersigned.publishing.reading import journey, matching
from undersigned.publishing.states import CaseKind, CaseState, DeliveryState, SightingOrigin

pytestmark = pytest.mark.django_db(transaction=True)


def read(desk: Desk, minutes: float = 0) -> None:
    """Let the reader of the account come round once, so many minutes from now."""
    with at(timezone.now() + timedelta(minutes=minutes)):
        journey.keep_readers()
        desk.hurry()
        desk.run()


def begin(desk: Desk) -> None:
    """The account is connected, and its history was read."""
    assert desk.account
    read(desk)


def cases() -> list[tuple[str, str]]:
    return list(Case.objects.order_by("opened_at", "pk").values_list("case_kind", "far_id"))


def test_years_of_history_open_no_case(desk: Desk) -> None:
    assert desk.account
    for year in range(3):
        desk.wall.native(f"Post {year}", made_at=timezone.now() - timedelta(days=365 * (year + 1)))
    read(desk)
    assert set(Sighting.objects.values_list("origin", flat=True)) == {SightingOrigin.HISTORY}
    assert cases() == []


def test_what_was_sent_is_known_again_and_opens_no_case(desk: Desk) -> None:
    begin(desk)
    post = desk.scheduled()
    desk.run()
    read(desk, 1)
    assert Sighting.objects.get().delivery == desk.delivery(post)
    assert cases() == []


def test_a_post_made_past_the_system_opens_a_case_for_the_steward(desk: Desk) -> None:
    begin(desk)
    desk.wall.native("Not through the system")
    read(desk, 1)
    assert cases() == [(CaseKind.NATIVE, "1")]
    read(desk, 2)
    assert len(cases()) == 1, "one case, however often it is read"


def test_no_case_is_opened_while_it_may_be_our_own(desk: Desk) -> None:
    begin(desk)
    desk.wall.drops = 1
    desk.wall.blind = 99
    post = desk.scheduled()
    desk.run()
    desk.wall.native("Somebody else's words")
    read(desk, 1)
    assert desk.delivery(post).state == DeliveryState.DONE, (
        "the reader found it before the delivery's own look"
    )
    read(desk, 2)
    assert cases() == [(CaseKind.NATIVE, "2")]


def test_a_change_and_a_disappearance_on_the_network_are_noticed(desk: Desk) -> None:
    begin(desk)
    desk.scheduled()
    desk.run()
    read(desk, 1)
    desk.wall.change("1", text="The rink is closed.")
    read(desk, 2)
    desk.wall.change("1", visible=False)
    read(desk, 3)
    assert cases() == [(CaseKind.EDITED, "1"), (CaseKind.DELETED, "1")]
    versions = Sighting.objects.order_by("version").values_list("text", "visible")
    assert list(versions) == [
        ("The rink opens at nine.", True),
        ("The rink is closed.", True),
        ("The rink is closed.", False),
    ]


def test_what_the_network_shows_otherwise_than_sent_is_a_case(desk: Desk) -> None:
    begin(desk)
    desk.scheduled("The rink opens at nine (really).")
    desk.run()
    desk.wall.change("1", text="The rink opens at nine ")
    read(desk, 1)
    assert cases() == [(CaseKind.DIFFERS, "1")]


def test_a_gap_in_the_reading_is_said(desk: Desk) -> None:
    begin(desk)
    for number in range(journey.MOST + 1):
        desk.wall.native(f"Post {number}")
    read(desk, 1)
    assert (CaseKind.BLIND, "") in cases()
    assert Reading.objects.get().blind_since is not None


def test_done_but_never_shown_is_doubted_after_half_an_hour(desk: Desk) -> None:
    begin(desk)
    post = desk.scheduled()
    desk.run()
    desk.wall.posts.clear()
    read(desk, 10)
    assert desk.delivery(post).state == DeliveryState.DONE
    read(desk, 31)
    assert desk.delivery(post).state == DeliveryState.UNCERTAIN


def test_a_native_post_is_adopted_by_the_steward_once_somebody_says_it_was_theirs(desk: Desk) -> None:
    begin(desk)
    desk.wall.native("Typed on my phone")
    read(desk, 1)
    case = Case.objects.get()
    with pytest.raises(WrongState):
        acts.adopt(by=desk.stages.steward, case=case, reason="It is fine")
    acts.say_mine(by=desk.author, case=case)
    with pytest.raises(NotPermitted):
        acts.adopt(by=desk.cast.officer(Office.MEMBER), case=case, reason="It is fine")
    with pytest.raises(Unfit):
        acts.adopt(by=desk.stages.steward, case=case, reason=" ")
    case = acts.adopt(by=desk.stages.steward, case=case, reason="The system was down that morning")
    assert case.state == CaseState.ADOPTED


def test_whoever_posted_it_does_not_adopt_it_themselves(desk: Desk) -> None:
    begin(desk)
    desk.wall.native("Typed on my phone")
    read(desk, 1)
    case = acts.say_mine(by=desk.stages.steward, case=Case.objects.get())
    with pytest.raises(NotPermitted):
        acts.adopt(by=desk.stages.steward, case=case, reason="It is fine")


def test_matching_binds_by_the_networks_own_id_and_only_once(desk: Desk) -> None:
    post = desk.scheduled()
    desk.run()
    read(desk, 1)
    assert matching.match() == 0
    assert Sighting.objects.filter(delivery=desk.delivery(post)).count() == 1
