"""The client of Instagram against a far side of our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.networks.contract import Contract, access_of, attempt, picture, publish
from tests.networks.facebook.far_graph import APP, BACK, SECRET
from tests.networks.instagram.far_instagram import ACCOUNT, FarInstagram, jpeg
from tests.networks.loopback import far_side

from undersigned.networks.facebook.line import Addresses
from undersigned.networks.faults import CannotHere, Later, Reason, Refused, Uncertain, Unprepared
from undersigned.networks.instagram import containers
from undersigned.networks.instagram.client import Instagram
from undersigned.networks.protocol import Application, Client, Deed, Medium, Wish


@dataclass
class OnFarSide:
    client: Client
    far: FarInstagram
    application: Application = field(default_factory=lambda: Application(APP, SECRET))
    redirect: str = BACK
    challenge: bool = False
    signs_in: Mapping[str, str] = field(default_factory=dict)
    account: str = ACCOUNT
    server: str = ""
    picture: Medium = field(default_factory=jpeg)
    always: tuple[Medium, ...] = field(default_factory=lambda: (jpeg(),))

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        self.far.fault = (kind, status, headers or {})

    def native_post(self, text: str) -> str:
        return self.far.add(text)

    def revoke(self) -> None:
        self.far.dead = 460

    def alternative_text(self, post: str) -> str:
        return str(self.far.media[post]["alt"])

    def violations(self) -> list[object]:
        return self.far.wrong


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[OnFarSide]:
    monkeypatch.setattr(containers, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(containers, "PATIENCE_SECONDS", 1.0)
    far = FarInstagram()
    with far_side(far.answer) as side:
        yield OnFarSide(Instagram(Addresses(side.base, side.base)), far)


class TestContract(Contract):
    """Everything that every client must do."""

    def take_role_away(self, stage: OnFarSide) -> None:  # type: ignore[override] # the stage of this network
        stage.far.dead = 492


def test_several_pictures_are_one_post(stage: OnFarSide) -> None:
    one = attempt(stage, "Two views", jpeg("First", "1"), jpeg("Second", "2"))
    made = publish(stage, one)
    shown = stage.client.post(one.access, made.id)
    assert shown is not None
    assert (shown.text, shown.media) == ("Two views", 2)
    described = [kept.get("alt_text") for kept in stage.far.containers.values()]
    assert described == ["First", "Second", None]


def test_a_container_in_progress_is_waited_for(stage: OnFarSide) -> None:
    stage.far.pending = 3
    one = attempt(stage, "Being prepared")
    assert publish(stage, one).id in stage.far.media


def test_a_container_that_takes_too_long_comes_again_in_half_a_minute(stage: OnFarSide) -> None:
    stage.far.pending = 1_000
    one = attempt(stage, "Being prepared for long")
    with pytest.raises(Later) as later:
        publish(stage, one)
    assert later.value.until is not None
    assert later.value.until > datetime.now(UTC) + timedelta(seconds=25)
    assert stage.far.media == {}


@pytest.mark.parametrize("status", ["EXPIRED", "ERROR"])
def test_a_container_that_has_ended_is_made_anew(stage: OnFarSide, status: str) -> None:
    one = attempt(stage, "Prepared yesterday")
    staged = stage.client.staged(one.access, one.form, "key-1", {})
    stage.far.containers[staged["container"]]["status_code"] = status
    with pytest.raises(Unprepared):
        stage.client.published(one.access, one.form, "key-1", staged)
    anew = stage.client.staged(one.access, one.form, "key-1", staged)
    assert anew["container"] != staged["container"]
    assert stage.client.published(one.access, one.form, "key-1", anew).id in stage.far.media


def test_a_container_is_published_once_however_often_it_is_asked(stage: OnFarSide) -> None:
    one = attempt(stage, "Once")
    staged = stage.client.staged(one.access, one.form, "key-1", {})
    stage.strike("drop_after")
    with pytest.raises(Uncertain):
        stage.client.published(one.access, one.form, "key-1", staged)
    made = stage.client.published(one.access, one.form, "key-1", staged)
    assert list(stage.far.media) == [made.id]


def test_the_container_s_word_is_certain_and_its_silence_is_not(stage: OnFarSide) -> None:
    one = attempt(stage, "By the key")
    staged = stage.client.staged(one.access, one.form, "key-1", {})
    before = stage.client.found(one.access, one.form, "k", staged, since=one.since, after=one.watermark)
    assert (before.posts, before.complete, before.certain) == ((), True, True)
    stage.client.published(one.access, one.form, "key-1", staged)
    after = stage.client.found(one.access, one.form, "k", staged, since=one.since, after=one.watermark)
    assert (len(after.posts), after.complete, after.certain) == (1, True, True)
    stage.far.media.clear()
    hidden = stage.client.found(one.access, one.form, "k", staged, since=one.since, after=one.watermark)
    assert (hidden.posts, hidden.complete) == ((), False)
    stage.far.containers.clear()
    unknown = stage.client.found(one.access, one.form, "k", staged, since=one.since, after=one.watermark)
    assert (unknown.posts, unknown.certain) == ((), False)


def test_the_quota_is_the_network_s_own_number(stage: OnFarSide) -> None:
    one = attempt(stage, "One too many")
    stage.far.quota = 0
    with pytest.raises(Later) as later:
        stage.client.staged(one.access, one.form, "key-1", {})
    assert later.value.until is not None
    assert stage.far.containers == {}


def test_nothing_is_published_without_a_picture_or_without_a_public_address(stage: OnFarSide) -> None:
    one = attempt(stage, "Text alone")
    for media in ((), (picture(),)):
        form = replace(one.form, media=media)
        with pytest.raises(Refused) as refused:
            staged = stage.client.staged(one.access, form, "k", {}) if media else {}
            stage.client.published(one.access, form, "k", staged)
        assert refused.value.reason is Reason.MEDIA


def test_comments_and_answers_are_read_hidden_and_answered(stage: OnFarSide) -> None:
    access, post = access_of(stage), stage.native_post("Look")
    first = stage.far.comment(post, "Where is that?")
    read = stage.client.comments(access, post=post)
    assert [(r.id, r.text, r.author_handle, r.parent) for r in read.remarks] == [
        (first, "Where is that?", "robin", "")
    ]
    below = stage.far.comment(post, "By the river", first)
    fresh = stage.client.comments(access, post=post, after=read.newest)
    assert [(r.id, r.parent) for r in fresh.remarks] == [(below, first)]
    stage.client.moderated(access, Wish(Deed.HIDE, remark=first))
    assert stage.far.remarks[first]["hidden"]
    stage.client.moderated(access, Wish(Deed.SHOW, remark=first))
    assert not stage.far.remarks[first]["hidden"]
    answer = stage.client.moderated(access, Wish(Deed.ANSWER, remark=first, text="At the mill"))
    assert stage.far.remarks[answer]["parent_id"] == first
    assert stage.client.comments(access).remarks == ()


def test_a_post_is_closed_to_comments_and_opened_again(stage: OnFarSide) -> None:
    access, post = access_of(stage), stage.native_post("Look")
    stage.client.moderated(access, Wish(Deed.CLOSE, post=post))
    assert stage.far.media[post]["is_comment_enabled"] is False
    stage.client.moderated(access, Wish(Deed.OPEN, post=post))
    assert stage.far.media[post]["is_comment_enabled"] is True


def test_what_cannot_be_done_says_what_can(stage: OnFarSide) -> None:
    access, post = access_of(stage), stage.native_post("Look")
    for asked in (
        lambda: stage.client.deleted(access, post),
        lambda: stage.client.insiders(access),
        lambda: stage.client.moderated(access, Wish(Deed.BLOCK, author="7")),
    ):
        with pytest.raises(CannotHere) as cannot:
            asked()
        assert cannot.value.instead
