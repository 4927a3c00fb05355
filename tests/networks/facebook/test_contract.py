"""The client of Facebook pages against a far side of our own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from tests.networks.contract import Contract, access_of, attempt, picture, publish, signed_in
from tests.networks.facebook.far_graph import APP, BACK, PAGE, PERSON, SECRET, FarGraph
from tests.networks.loopback import far_side

from undersigned.networks.facebook.client import Facebook
from undersigned.networks.facebook.line import Addresses
from undersigned.networks.faults import Later, OperatorsDuty, Reason, Refused
from undersigned.networks.protocol import Application, Client, Variant


@dataclass
class OnFarSide:
    client: Client
    far: FarGraph
    application: Application = field(default_factory=lambda: Application(APP, SECRET))
    redirect: str = BACK
    challenge: bool = False
    signs_in: Mapping[str, str] = field(default_factory=dict)
    account: str = PAGE
    server: str = ""

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        self.far.fault = (kind, status, headers or {})

    def native_post(self, text: str) -> str:
        return self.far.add(text)

    def revoke(self) -> None:
        self.far.dead = 460

    def alternative_text(self, post: str) -> str:
        return self.far.photos[self.far.posts[post]["photos"][0]]

    def violations(self) -> list[object]:
        return self.far.wrong


@pytest.fixture
def stage() -> Iterator[OnFarSide]:
    far = FarGraph()
    with far_side(far.answer) as side:
        yield OnFarSide(Facebook(Addresses(side.base, side.base)), far)


class TestContract(Contract):
    """Everything that every client must do."""

    refuses_doubles = True

    def take_role_away(self, stage: OnFarSide) -> None:  # type: ignore[override] # the stage of this network
        stage.far.dead = 492


def test_scopes_are_those_that_were_given_and_the_page_s_token_has_no_end(stage: OnFarSide) -> None:
    back = signed_in(stage)
    assert back.token.scopes == ("pages_manage_posts",)
    assert back.token.expires_at is not None
    assert back.places[0].token is not None
    assert (back.places[0].token.access, back.places[0].token.expires_at) == ("p4ge", None)
    assert back.holder.name == "Kim Register"


def test_a_wrong_secret_is_the_operator_s_duty(stage: OnFarSide) -> None:
    stage.application = Application(APP, "another")
    with pytest.raises(OperatorsDuty):
        signed_in(stage)


def test_forbidden_is_never_told_as_deleted(stage: OnFarSide) -> None:
    one = attempt(stage, "Stays where it is")
    made = publish(stage, one)
    stage.far.forbidden = True
    with pytest.raises(Refused) as refused:
        stage.client.deleted(one.access, made.id)
    assert refused.value.reason is Reason.PERMISSION


def test_a_picture_described_anew_is_uploaded_anew(stage: OnFarSide) -> None:
    access = access_of(stage)
    forms = [stage.client.rendered(Variant("The bridge", (picture(alt),))) for alt in ("One", "Another")]
    staged = stage.client.staged(access, forms[0], "key-1", {})
    staged = stage.client.staged(access, forms[1], "key-1", staged)
    made = stage.client.published(access, forms[1], "key-1", staged)
    assert stage.alternative_text(made.id) == "Another"


def test_a_post_with_a_picture_that_was_not_uploaded_does_not_leave(stage: OnFarSide) -> None:
    one = attempt(stage, "The bridge", picture())
    with pytest.raises(Refused) as refused:
        stage.client.published(one.access, one.form, "key-1", {})
    assert refused.value.reason is Reason.MEDIA
    assert stage.far.posts == {}


def test_pictures_laid_ready_for_nothing_are_taken_away(stage: OnFarSide) -> None:
    one = attempt(stage, "Never sent", picture())
    staged = stage.client.staged(one.access, one.form, "key-1", {})
    for _again in range(2):
        stage.client.unstaged(one.access, staged)
    assert stage.far.photos == {}


def test_a_long_list_is_read_page_by_page_without_following_its_links(stage: OnFarSide) -> None:
    access, first = access_of(stage), stage.native_post("The first")
    for number in range(230):
        stage.native_post(f"Notice {number}")
    read = stage.client.timeline(access, after=first, most=500)
    assert (len(read.posts), read.complete) == (230, True)


def test_a_watermark_that_was_deleted_is_not_waited_for(stage: OnFarSide) -> None:
    one = attempt(stage, "Sent after the newest was deleted")
    since = datetime.now(UTC) - timedelta(minutes=1)
    found = stage.client.found(one.access, one.form, "k", {}, since=since, after=f"{PAGE}_1")
    assert (found.posts, found.complete) == ((), True)


@pytest.mark.parametrize("name", ["x-app-usage", "x-page-usage", "x-business-use-case-usage"])
def test_near_the_limit_readings_wait(stage: OnFarSide, name: str) -> None:
    access, used = access_of(stage), {"call_count": 20, "total_time": 81, "total_cputime": 3}
    stage.far.headers = {name: json.dumps({PAGE: [used]} if "case" in name else used)}
    stage.client.timeline(access)
    with pytest.raises(Later) as later:
        stage.client.timeline(access)
    assert later.value.until is not None
    assert later.value.until > datetime.now(UTC) + timedelta(minutes=4)


def test_the_application_is_taken_from_the_person_by_either_token_and_once(stage: OnFarSide) -> None:
    back = signed_in(stage)
    page = back.places[0].token
    assert page is not None
    for token, who in ((page, PERSON), (back.token, "me")):
        stage.far.removed.clear()
        stage.client.revoked(stage.application, token)
        stage.client.revoked(stage.application, token)
        assert stage.far.removed == [who]
