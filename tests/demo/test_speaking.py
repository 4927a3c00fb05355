"""Two accounts of the demonstration are on the practice network, and the whole walk of a post can be seen there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.publishing.clock import at

from undersigned.accounts.models import Account, Connection, Grant
from undersigned.accounts.permissions import Preset
from undersigned.accounts.states import AccountState, ConnectionState
from undersigned.demo.chapters import speaking
from undersigned.dispatch import engine
from undersigned.networks.names import Network
from undersigned.networks.practice import wall
from undersigned.networks.practice.models import Wall, WallPost
from undersigned.publishing.models import Case, Delivery, Post
from undersigned.publishing.reading import journey
from undersigned.publishing.states import CaseKind, DeliveryState, PostState

pytestmark = pytest.mark.usefixtures("harrow_falls")


def test_two_accounts_are_live_there_and_connected() -> None:
    accounts = Account.objects.filter(network=Network.PRACTICE.value)
    assert set(accounts.values_list("key", "state")) == {
        ("harrowfalls", AccountState.LIVE), ("theesplanade", AccountState.LIVE),
    }  # fmt: skip
    assert Connection.objects.filter(account__in=accounts, state=ConnectionState.LIVE).count() == 2


def test_each_has_an_author_an_approver_and_a_publisher() -> None:
    for account in Account.objects.filter(network=Network.PRACTICE.value):
        given = Grant.objects.current().filter(account=account).values_list("preset", flat=True)
        assert set(given) == {Preset.AUTHOR, Preset.APPROVER, Preset.PUBLISHER}


def test_one_post_is_out_with_its_picture_and_a_follower_asks_something() -> None:
    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.DONE
    post = WallPost.objects.get(pk=delivery.far_id)
    assert (post.text, post.application) == (speaking.OUT, "undersigned")
    assert post.pictures.get().alt.startswith("White water")
    assert post.comments.count() == 1


def test_others_wait_for_a_name_or_for_their_author() -> None:
    states = sorted(Post.objects.values_list("state", flat=True))
    assert states == sorted([PostState.SETTLED, PostState.SUBMITTED, PostState.SUBMITTED, PostState.DRAFT])


def test_what_is_written_on_the_wall_itself_is_found_within_a_minute() -> None:
    journey.keep_readers()
    engine.inline().run_dry()
    wall.written(Wall.objects.get(handle="harrowfalls"), "Typed past the system")
    with at(timezone.now() + timedelta(seconds=61)):
        engine.inline().run_dry()
    assert Case.objects.get().case_kind == CaseKind.NATIVE
