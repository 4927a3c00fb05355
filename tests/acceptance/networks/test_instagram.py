"""The client of Instagram against the counterpart that serves Meta's Graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pytest
from tests.acceptance.counterparts import Control, counterpart
from tests.networks.contract import Contract, access_of, attempt, picture, publish
from tests.networks.instagram.far_instagram import jpeg
from tests.networks.loopback import Reply, Request, far_side

from undersigned.networks.facebook.line import Addresses
from undersigned.networks.faults import CannotHere, Later, Reason, Refused, Uncertain, Unprepared
from undersigned.networks.instagram import containers
from undersigned.networks.instagram.client import Instagram
from undersigned.networks.protocol import Application, Client, Deed, Medium, Wish


@dataclass
class OnCounterpart:
    client: Client
    control: Control
    account: str
    page: str
    person: str
    application: Application
    signs_in: Mapping[str, str]
    redirect: str = "http://localhost:8000/networks/instagram/callback"
    challenge: bool = False
    server: str = ""
    picture: Medium = field(default_factory=jpeg)
    always: tuple[Medium, ...] = field(default_factory=lambda: (jpeg(),))

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        more = {"status": status, "headers": dict(headers or {})} if status else {}
        self.control.faults({"kind": kind, "method": "POST", "path": "/media_publish$", **more})

    def native_post(self, text: str) -> str:
        return self.control.native_post(self.account, self.person, text)

    def revoke(self) -> None:
        self.control.revoke(self.person)

    def alternative_text(self, post: str) -> str:
        return str(next(one["alt"] for one in self.control.world()["media"] if one["id"] == post))

    def violations(self) -> list[object]:
        return list(self.control.violations())


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[str, Control]]:
    with counterpart("facebook") as started:
        yield started


@pytest.fixture
def stage(running: tuple[str, Control], monkeypatch: pytest.MonkeyPatch) -> Iterator[OnCounterpart]:
    monkeypatch.setattr(containers, "PAUSE_SECONDS", 0.1)
    base, control = running
    world = control.reset()
    ours = next(one for one in world["apps"] if one["name"] == "Undersigned")
    account = next(one for one in world["accounts"] if one["kind"] == "IGUser")
    person = world["people"][0]["id"]
    client = Instagram(Addresses(base, base))
    application = Application(ours["id"], ours["secret"])
    yield OnCounterpart(client, control, account["id"], account["page"], person, application, {"as": person})
    assert control.violations() == []


class TestContract(Contract):
    """Everything that every client must do."""

    def take_role_away(self, stage: OnCounterpart) -> None:  # type: ignore[override] # the stage of this network
        stage.control.access(stage.page, stage.person, None)


def test_several_pictures_are_one_post(stage: OnCounterpart) -> None:
    one = attempt(stage, "Two views", jpeg("First", "1"), jpeg("Second", "2"))
    made = publish(stage, one)
    shown = stage.client.post(one.access, made.id)
    assert shown is not None
    assert (shown.text, shown.media) == ("Two views", 2)
    assert shown.url.startswith("https://www.instagram.com/p/")


def test_pictures_are_fetched_from_their_public_address(stage: OnCounterpart) -> None:
    def serve(request: Request) -> Reply:
        octets = b"\xff\xd8\xff" if "jpg" in request.path else picture().octets()
        return Reply(200, octets, {"content-type": "image/jpeg"})

    with far_side(serve) as ours:
        one = attempt(
            stage, "Fetched", replace(jpeg(), public_url=lambda: f"{ours.base}/1.jpg?signature=s3cret")
        )
        publish(stage, one)
        assert ours.requests[0].path == "/1.jpg?signature=s3cret"
        wrong = attempt(stage, "No JPEG", replace(jpeg(), public_url=lambda: f"{ours.base}/1.png"))
        with pytest.raises(Refused) as refused:
            stage.client.staged(wrong.access, wrong.form, "k", {})
    assert refused.value.reason is Reason.MEDIA


def test_a_public_address_that_does_not_answer_is_a_refusal_without_the_address_s_key(
    stage: OnCounterpart,
) -> None:
    one = attempt(
        stage, "Unreachable", replace(jpeg(), public_url=lambda: "http://127.0.0.1:9/1.jpg?signature=s3cret")
    )
    with pytest.raises(Refused) as refused:
        stage.client.staged(one.access, one.form, "k", {})
    assert refused.value.reason is Reason.MEDIA
    assert "s3cret" not in refused.value.words


@pytest.mark.parametrize("status", ["EXPIRED", "ERROR"])
def test_a_container_that_has_ended_is_made_anew(stage: OnCounterpart, status: str) -> None:
    one = attempt(stage, "Prepared yesterday")
    staged = stage.client.staged(one.access, one.form, "key-1", {})
    stage.control.post("container", container=staged["container"], status_code=status)
    with pytest.raises(Unprepared):
        stage.client.published(one.access, one.form, "key-1", staged)
    anew = stage.client.staged(one.access, one.form, "key-1", staged)
    made = stage.client.published(one.access, one.form, "key-1", anew)
    assert stage.client.post(one.access, made.id) is not None


def test_a_container_a_day_old_has_expired(stage: OnCounterpart) -> None:
    one = attempt(stage, "Prepared yesterday")
    staged = stage.client.staged(one.access, one.form, "key-1", {})
    stage.control.advance(86_401)
    with pytest.raises(Unprepared):
        stage.client.published(one.access, one.form, "key-1", staged)


def test_a_container_is_published_once_however_often_it_is_asked(stage: OnCounterpart) -> None:
    one = attempt(stage, "Once")
    staged = stage.client.staged(one.access, one.form, "key-1", {})
    stage.strike("drop_after")
    with pytest.raises(Uncertain):
        stage.client.published(one.access, one.form, "key-1", staged)
    made = stage.client.published(one.access, one.form, "key-1", staged)
    assert [post["id"] for post in stage.control.world()["media"]] == [made.id]


def test_a_full_day_s_quota_is_read_and_honoured(stage: OnCounterpart) -> None:
    one = attempt(stage, "One too many")
    for number in range(100):
        stage.native_post(f"Picture {number}")
    with pytest.raises(Later) as later:
        stage.client.staged(one.access, one.form, "key-1", {})
    assert later.value.until is not None


def test_a_comment_is_read_answered_hidden_and_deleted(stage: OnCounterpart) -> None:
    one = attempt(stage, "Look")
    made = publish(stage, one)
    first = stage.control.native_comment(made.id, "Robin Follower", "Where is that?")
    read = stage.client.comments(one.access, post=made.id)
    assert [(r.id, r.text, r.author_handle) for r in read.remarks] == [
        (first, "Where is that?", "robin.follower")
    ]
    answer = stage.client.moderated(one.access, Wish(Deed.ANSWER, remark=first, text="At the mill"))
    below = stage.control.native_comment(made.id, "Sam Neighbour", "Thanks", first)
    fresh = stage.client.comments(one.access, post=made.id, after=read.newest).remarks
    assert {r.id for r in fresh} >= {below}
    assert answer not in {r.id for r in fresh}
    stage.client.moderated(one.access, Wish(Deed.HIDE, remark=first))
    kept = next(c for c in stage.control.world()["instagram_comments"] if c["id"] == first)
    assert kept["hidden"]
    stage.client.moderated(one.access, Wish(Deed.DELETE, remark=first))
    stage.client.moderated(one.access, Wish(Deed.DELETE, remark=first))
    assert stage.client.comments(one.access, post=made.id).remarks == ()


def test_a_post_is_closed_to_comments(stage: OnCounterpart) -> None:
    access, post = access_of(stage), stage.native_post("Look")
    stage.client.moderated(access, Wish(Deed.CLOSE, post=post))
    assert stage.control.world()["media"][0]["comments_on"] is False


def test_the_profile_shows_what_the_account_shows(stage: OnCounterpart) -> None:
    access = access_of(stage)
    stage.control.native_profile(stage.account, biography="Not the city any more")
    profile = stage.client.profile(access)
    assert (profile.handle, profile.description) == ("cityofcedarbrook", "Not the city any more")
    assert dict(profile.readings)["token_valid"] == "true"


def test_deleting_is_done_by_hand(stage: OnCounterpart) -> None:
    with pytest.raises(CannotHere):
        stage.client.deleted(access_of(stage), stage.native_post("Look"))
