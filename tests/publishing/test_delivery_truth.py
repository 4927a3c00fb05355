"""Delivery truth: exactly once, never lost, never called failed while it may be live."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.publishing.clock import at
from tests.publishing.desk import Desk
from undersigned.accounts.models import Connection
from undersigned.accounts.states import ConnectionState
from undersigned.dispatch.models import Dispatch
from undersigned.networks.faults import Later, Reason, Refused, TokenExpired, Uncertain
from undersigned.publishing.models import Case, Delivery, Post
from undersigned.publishing.states import CaseKind, DeliveryState, PostState

pytestmark = pytest.mark.django_db(transaction=True)


def looks(desk: Desk, *after: float) -> None:
    """Let time pass: so many seconds after now, do what is due then."""
    begun = timezone.now()
    for seconds in after:
        with at(begun + timedelta(seconds=seconds)):
            desk.run()


def test_a_dropped_answer_is_uncertain_then_found_and_never_sent_twice(desk: Desk) -> None:
    desk.wall.drops = 1
    post = desk.scheduled()
    desk.run()
    assert desk.delivery(post).state == DeliveryState.UNCERTAIN
    looks(desk, 6)
    delivery = desk.delivery(post)
    assert (delivery.state, delivery.far_id) == (DeliveryState.DONE, "1")
    assert delivery.seen_at is not None
    assert desk.wall.calls.count("publish") == 1


def test_what_never_arrived_is_sent_again_only_after_two_complete_readings_past_five_minutes(
    desk: Desk,
) -> None:
    desk.wall.fails = [Uncertain("timeout")]
    post = desk.scheduled()
    desk.run()
    looks(desk, 6, 31, 121)
    assert desk.delivery(post).state == DeliveryState.UNCERTAIN
    assert desk.wall.posts == []
    looks(desk, 301, 362, 363)
    assert desk.delivery(post).state == DeliveryState.DONE
    assert len(desk.wall.posts) == 1
    assert desk.wall.calls.count("publish") == 2


def test_an_incomplete_reading_proves_nothing(desk: Desk) -> None:
    desk.wall.fails = [Uncertain("timeout")]
    desk.wall.blind = 99
    post = desk.scheduled()
    desk.run()
    looks(desk, 6, 31, 121, 301, 362, 1500, 3000)
    assert desk.delivery(post).state == DeliveryState.UNCERTAIN
    assert desk.wall.calls.count("publish") == 1


def test_a_post_of_the_same_words_from_before_is_not_taken_for_ours(desk: Desk) -> None:
    desk.wall.native("The rink opens at nine.", made_at=timezone.now() - timedelta(hours=1))
    desk.wall.fails = [Uncertain("timeout")]
    post = desk.scheduled()
    desk.run()
    looks(desk, 6)
    assert desk.delivery(post).state == DeliveryState.UNCERTAIN


def test_two_that_could_be_it_are_for_a_person_to_choose(desk: Desk) -> None:
    desk.wall.drops = 1
    post = desk.scheduled()
    desk.run()
    desk.wall.native("The rink opens at nine.")
    looks(desk, 6)
    assert desk.delivery(post).state == DeliveryState.UNCERTAIN
    assert Case.objects.get().case_kind == CaseKind.DUPLICATE


def test_the_networks_own_date_is_kept_to(desk: Desk) -> None:
    until = timezone.now() + timedelta(minutes=20)
    desk.wall.fails = [Later("429", until=until)]
    post = desk.scheduled()
    desk.run()
    delivery = desk.delivery(post)
    assert (delivery.state, delivery.again_at) == (DeliveryState.WAITING, until)
    looks(desk, 60)
    assert desk.wall.calls.count("publish") == 1
    looks(desk, 1201)
    assert desk.delivery(post).state == DeliveryState.DONE


def test_a_network_that_asked_to_wait_gets_nothing_else_meanwhile(desk: Desk) -> None:
    desk.wall.fails = [Later("429", until=timezone.now() + timedelta(minutes=20))]
    desk.scheduled()
    desk.run()
    desk.scheduled("Another post of the same account.")
    desk.run()
    assert desk.wall.calls.count("publish") == 1


def test_later_than_the_window_is_never(desk: Desk) -> None:
    desk.wall.fails = [Later("429", until=timezone.now() + timedelta(hours=3))]
    post = desk.scheduled()
    desk.run()
    delivery = desk.delivery(post)
    assert (delivery.state, delivery.reason) == (DeliveryState.FAILED, "window_passed")


def test_a_refusal_is_final_and_keeps_the_networks_words(desk: Desk) -> None:
    desk.wall.fails = [Refused(Reason.POLICY, "Not here.")]
    post = desk.scheduled()
    desk.run()
    delivery = desk.delivery(post)
    assert (delivery.state, delivery.reason, delivery.words) == (DeliveryState.REFUSED, "policy", "Not here.")
    assert Post.objects.get(pk=post.pk).state == PostState.SETTLED


def test_a_duplicate_that_may_be_ours_is_read_back_first(desk: Desk) -> None:
    desk.wall.native("The rink opens at nine.")
    desk.wall.fails = [Refused(Reason.DUPLICATE, "You said that.")]
    post = desk.scheduled()
    desk.run()
    assert desk.delivery(post).state == DeliveryState.UNCERTAIN
    looks(desk, 6)
    assert desk.delivery(post).state == DeliveryState.DONE


def test_a_duplicate_of_an_older_post_is_refused_and_never_sent_again(desk: Desk) -> None:
    desk.wall.native("The rink opens at nine.", made_at=timezone.now() - timedelta(days=1))
    desk.wall.fails = [Refused(Reason.DUPLICATE, "You said that yesterday.")]
    post = desk.scheduled()
    desk.run()
    looks(desk, 6, 31, 121, 301, 362)
    delivery = desk.delivery(post)
    assert (delivery.state, delivery.reason) == (DeliveryState.REFUSED, "duplicate")
    assert delivery.words == "You said that yesterday."
    assert desk.wall.calls.count("publish") == 1


def test_an_expired_token_is_refreshed_once_and_the_post_goes_out_once(desk: Desk) -> None:
    desk.wall.fails = [TokenExpired("401")]
    post = desk.scheduled()
    desk.run()
    assert desk.delivery(post).state == DeliveryState.DONE
    assert [one for one in desk.wall.calls if one in ("refresh", "publish")] == [
        "publish",
        "refresh",
        "publish",
    ]


def test_a_connection_that_is_gone_is_marked_lost_and_says_so(desk: Desk) -> None:
    desk.wall.fails = [Refused(Reason.CONNECTION_LOST, "revoked")]
    post = desk.scheduled()
    desk.run()
    assert desk.delivery(post).reason == "connection_lost"
    assert Connection.objects.get().state == ConnectionState.LOST


def test_a_worker_killed_after_arming_leaves_it_uncertain(desk: Desk) -> None:
    def die() -> None:
        raise SystemExit

    desk.wall.on_publish = die
    post = desk.scheduled()
    with pytest.raises(SystemExit):
        desk.run()
    assert desk.delivery(post).state == DeliveryState.ARMED
    assert Dispatch.objects.get().sent_at is not None
    desk.wall.on_publish = None
    looks(desk, 120)
    assert desk.delivery(post).state == DeliveryState.UNCERTAIN
    assert desk.wall.calls.count("publish") == 1


def test_a_fault_of_our_own_while_sending_is_uncertain_and_not_a_failure(desk: Desk) -> None:
    def break_down() -> None:
        raise ZeroDivisionError

    desk.wall.on_publish = break_down
    post = desk.scheduled()
    desk.run()
    delivery = desk.delivery(post)
    assert (delivery.state, delivery.reason) == (DeliveryState.UNCERTAIN, "own_fault")


def test_every_delivery_that_is_not_final_has_a_time_in_the_future(desk: Desk) -> None:
    desk.wall.fails = [Uncertain("timeout")]
    desk.scheduled()
    desk.run()
    assert not Delivery.objects.filter(state=DeliveryState.UNCERTAIN, again_at__lte=timezone.now()).exists()


def test_what_is_sent_again_goes_under_the_key_that_was_chosen_first(desk: Desk) -> None:
    """Where a network takes a key of our own, a first attempt that arrives late is then the same post."""
    desk.wall.keys = ["first", "second"]
    desk.wall.fails = [Uncertain("timeout")]
    post = desk.scheduled()
    desk.run()
    looks(desk, 6, 31, 121, 301, 362, 363)
    assert desk.delivery(post).state == DeliveryState.DONE
    assert desk.wall.sent_under == ["first", "first"]
