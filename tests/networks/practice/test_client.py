"""What the practice network adds: faults by choice, comments and moderation, and nothing at all when it is off."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from django.conf import LazySettings
from tests.networks.contract import access_of, attempt, picture, publish
from tests.networks.practice.conftest import OnWall

from undersigned.networks.addresses import NotUnderstood, understand
from undersigned.networks.clients import client_of, spoken_with
from undersigned.networks.faults import CannotHere, Reason, Refused, TokenExpired
from undersigned.networks.names import Network
from undersigned.networks.practice import wall
from undersigned.networks.practice.failing import Failing
from undersigned.networks.practice.models import Permission, WallPicture
from undersigned.networks.protocol import Deed, Variant, Wish

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_chosen_fails_once_and_then_all_is_well(stage: OnWall) -> None:
    one = attempt(stage, "Said in the end")
    stage.fails(Failing.REFUSED)
    with pytest.raises(Refused) as no:
        publish(stage, one)
    assert no.value.reason is Reason.POLICY
    assert publish(stage, one).id


def test_a_slow_wall_answers_in_the_end(stage: OnWall) -> None:
    one = attempt(stage, "Slowly")
    stage.fails(Failing.SLOW)
    began = time.monotonic()
    assert publish(stage, one).id
    assert time.monotonic() - began >= 0.3


def test_a_token_that_ran_out_is_refreshed_and_the_post_goes_out(stage: OnWall) -> None:
    one = attempt(stage, "With a fresh token")
    stage.fails(Failing.EXPIRED)
    with pytest.raises(TokenExpired):
        publish(stage, one)
    fresh = stage.client.refreshed(stage.application, one.access.token)
    assert publish(stage, replace(one, access=replace(one.access, token=fresh))).id


def test_a_permission_that_was_withdrawn_is_not_refreshed(stage: OnWall) -> None:
    one = attempt(stage, "No more")
    stage.fails(Failing.WITHDRAWN)
    with pytest.raises(TokenExpired):
        publish(stage, one)
    with pytest.raises(Refused) as lost:
        stage.client.refreshed(stage.application, one.access.token)
    assert lost.value.reason is Reason.CONNECTION_LOST


def test_no_token_and_no_code_is_kept_as_it_is(stage: OnWall) -> None:
    token = access_of(stage).token
    kept = Permission.objects.get()
    assert token.access not in repr(kept.__dict__)
    assert token.refresh not in repr(kept.__dict__)


def test_a_token_opens_its_own_wall_alone(stage: OnWall) -> None:
    other = wall.opened("elsewhere", "Elsewhere")
    with pytest.raises(Refused) as no:
        stage.client.timeline(replace(access_of(stage), account=str(other.pk)))
    assert no.value.reason is Reason.PERMISSION


def test_pictures_of_an_attempt_that_is_not_made_are_taken_away(stage: OnWall) -> None:
    one = attempt(stage, "Not said", picture())
    staged = stage.client.staged(one.access, one.form, "key-1", {})
    stage.client.unstaged(one.access, staged)
    assert not WallPicture.objects.exists()


def test_a_followers_comment_is_read_answered_hidden_shown_and_deleted(stage: OnWall) -> None:
    one = attempt(stage, "The rink opens at nine.")
    made = publish(stage, one)
    stage.browser.post(
        f"/practice/harrowfalls/posts/{made.id}/", {"author": "skater", "text": "On Sundays too?"}
    )
    [remark] = stage.client.comments(one.access, post=made.id).remarks
    assert (remark.text, remark.author_handle, remark.can) == (
        "On Sundays too?", "skater", (Deed.ANSWER, Deed.HIDE, Deed.DELETE),
    )  # fmt: skip
    assert stage.client.moderated(one.access, Wish(Deed.ANSWER, remark=remark.id, text="At ten."))
    stage.client.moderated(one.access, Wish(Deed.HIDE, remark=remark.id))
    [hidden] = stage.client.comments(one.access).remarks
    assert hidden.hidden
    assert Deed.SHOW in hidden.can
    stage.client.moderated(one.access, Wish(Deed.SHOW, remark=remark.id))
    stage.client.moderated(one.access, Wish(Deed.DELETE, remark=remark.id))
    stage.client.moderated(one.access, Wish(Deed.DELETE, remark=remark.id))
    assert stage.client.comments(one.access).remarks == ()


def test_what_a_wall_cannot_do_it_says(stage: OnWall) -> None:
    with pytest.raises(CannotHere):
        stage.client.moderated(access_of(stage), Wish(Deed.BLOCK, author="skater"))


def test_who_keeps_the_wall_and_what_it_shows_of_itself_is_read(stage: OnWall) -> None:
    access = access_of(stage)
    assert [one.role for one in stage.client.insiders(access)] == ["keeper"]
    assert stage.client.profile(access).handle == "harrowfalls"


def test_what_a_wall_would_refuse_is_said_before(stage: OnWall) -> None:
    variant = Variant("a" * 501, tuple(picture("") for _number in range(5)))
    assert {trap.check for trap in stage.client.traps(variant)} == {"D01", "D02", "D13"}
    assert [trap.check for trap in stage.client.traps(Variant(""))] == ["D16"]


def test_switched_off_it_is_nowhere(stage: OnWall, settings: LazySettings) -> None:
    access = access_of(stage)
    assert spoken_with(Network.PRACTICE)
    settings.PRACTICE = False
    assert not spoken_with(Network.PRACTICE)
    with pytest.raises(Refused):
        client_of(Network.PRACTICE).timeline(access)
    with pytest.raises(Refused):
        client_of(Network.PRACTICE).refreshed(stage.application, access.token)
    for path in (
        "",
        "allow/",
        "harrowfalls/",
        "pictures/1/",
        "harrowfalls/posts/1/",
        "harrowfalls/posts/1/change/",
    ):
        assert stage.browser.get(f"/practice/{path}").status_code == 404
    for text in ("@harrowfalls", "https://practice.invalid/harrowfalls"):
        with pytest.raises(NotUnderstood):
            understand(text, network=Network.PRACTICE)
