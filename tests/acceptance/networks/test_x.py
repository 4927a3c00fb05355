"""The client of X against its counterpart, under both vocabularies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import pytest
from tests.acceptance.counterparts import Control, counterpart
from tests.networks.contract import Contract, access_of, attempt, publish

from undersigned.networks.faults import Later, Reason, Refused, TokenExpired, Uncertain
from undersigned.networks.protocol import Application, Client, Deed, Medium, Variant, Wish
from undersigned.networks.x.client import X
from undersigned.networks.x.line import Addresses


@dataclass
class OnCounterpart:
    client: Client
    control: Control
    account: str
    person: str
    signs_in: Mapping[str, str]
    application: Application = field(
        default_factory=lambda: Application("undersigned-x-client", "undersigned-x-secret")
    )
    redirect: str = "http://localhost:8000/networks/x/callback"
    challenge: bool = True
    server: str = ""

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        more = {"status": status, "headers": dict(headers or {})} if status else {}
        self.control.faults({"kind": kind, "method": "POST", "path": "/2/tweets$", **more})

    def native_post(self, text: str) -> str:
        return self.control.native_post(self.account, self.person, text)

    def revoke(self) -> None:
        self.control.revoke(self.person)

    def alternative_text(self, post: str) -> str:
        world = self.control.world()
        first = next(one["media"][0] for one in world["posts"] if one["id"] == post)
        return str(next(one["alt_text"] for one in world["media"] if one["id"] == first))

    def violations(self) -> list[object]:
        return list(self.control.violations())


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[str, Control]]:
    with counterpart("x") as started:
        yield started


@pytest.fixture(params=["post", "tweet"])
def stage(running: tuple[str, Control], request: pytest.FixtureRequest) -> Iterator[OnCounterpart]:
    base, control = running
    world = control.reset()
    control.post("dialect", fields=request.param)
    client = X(Addresses(base, f"{base}/i/oauth2/authorize", f"{base}/2/oauth2/token", request.param))
    account, person = world["accounts"][0]["id"], world["people"][0]["id"]
    yield OnCounterpart(client, control, account, person, {"as": f"{person}:{account}"})
    assert control.violations() == []


class TestContract(Contract):
    """Everything that every client must do."""

    refuses_doubles = True


@pytest.mark.parametrize("mime", ["image/gif", "video/mp4"])
def test_an_animated_picture_or_a_video_goes_out_in_segments(stage: OnCounterpart, mime: str) -> None:
    stage.control.post("processing", seconds=1)
    octets = b"GIF89a" + b"\0" * 4_500_000
    moving = Medium(
        sha256(octets).hexdigest(), mime, len(octets), 400, 400, lambda: octets, "The fountain turns"
    )
    one = attempt(stage, "See it move", moving)
    made = publish(stage, one)
    shown = stage.client.post(one.access, made.id)
    assert shown is not None
    assert (shown.text, shown.media) == ("See it move", 1)


def test_a_video_that_x_cannot_read_is_refused(stage: OnCounterpart) -> None:
    stage.control.post("processing", seconds=1, fail=True)
    octets = b"no video at all"
    broken = Medium(sha256(octets).hexdigest(), "video/mp4", len(octets), 400, 400, lambda: octets, "Nothing")
    with pytest.raises(Refused) as refused:
        publish(stage, attempt(stage, "See nothing", broken))
    assert refused.value.reason is Reason.MEDIA


def test_a_post_that_is_not_visible_yet_is_found_by_a_later_reading(stage: OnCounterpart) -> None:
    one = attempt(stage, "Seen only by the second reading")
    stage.control.post("invisible", reads=1)
    stage.strike("drop_after")
    with pytest.raises(Uncertain):
        publish(stage, one)
    counts = [
        len(stage.client.found(one.access, one.form, "k", {}, since=one.since, after=one.watermark).posts)
        for _reading in range(2)
    ]
    assert counts == [0, 1]


def test_an_application_that_is_withdrawn_by_us_ends_both_tokens(stage: OnCounterpart) -> None:
    access = access_of(stage)
    stage.client.revoked(stage.application, access.token)
    with pytest.raises(TokenExpired):
        stage.client.profile(access)
    with pytest.raises(Refused) as lost:
        stage.client.refreshed(stage.application, access.token)
    assert lost.value.reason is Reason.CONNECTION_LOST


def test_a_mention_can_be_answered_and_the_next_reading_starts_after_it(stage: OnCounterpart) -> None:
    access = access_of(stage)
    handle = stage.client.profile(access).handle
    stage.control.post("native/mention", name="Robin Follower", text=f"Is the rink open, @{handle}?")
    read = stage.client.comments(access)
    assert [(one.text, Deed.ANSWER in one.can) for one in read.remarks] == [
        (f"Is the rink open, @{handle}?", True)
    ]
    wish = Wish(Deed.ANSWER, remark=read.remarks[0].id, text="It is, until nine.")
    answer = stage.client.moderated(access, wish)
    shown = stage.client.post(access, answer)
    assert shown is not None
    assert shown.text == "It is, until nine."
    assert stage.client.comments(access, after=read.newest).remarks == ()


def test_a_bare_domain_reads_back_as_it_was_written(stage: OnCounterpart) -> None:
    one = attempt(stage, "Dates are on harrowfalls.com and at www.harrowfalls.gov/dates.")
    made = publish(stage, one)
    shown = stage.client.post(one.access, made.id)
    assert shown is not None
    assert shown.text == one.form.shown


def test_an_edited_post_keeps_the_name_it_had(stage: OnCounterpart) -> None:
    access = access_of(stage)
    first = stage.native_post("First version")
    stage.control.native_edit(first, "Second version", stage.person)
    shown = stage.client.post(access, first)
    assert shown is not None
    assert (shown.id, shown.text) == (first, "Second version")
    assert shown.edited_at is not None
    assert [post.id for post in stage.client.timeline(access).posts] == [first]


def test_an_hour_old_token_is_refreshed_once_and_its_family_dies_when_used_twice(
    stage: OnCounterpart,
) -> None:
    one = attempt(stage, "After two hours")
    stage.control.advance(7_300)
    with pytest.raises(TokenExpired):
        publish(stage, one)
    fresh = stage.client.refreshed(stage.application, one.access.token)
    assert fresh.refresh != one.access.token.refresh
    with pytest.raises(Refused) as lost:
        stage.client.refreshed(stage.application, one.access.token)
    assert lost.value.reason is Reason.CONNECTION_LOST


def test_a_reply_is_read_hidden_and_shown_again(stage: OnCounterpart) -> None:
    one = attempt(stage, "What do you think?")
    made = publish(stage, one)
    reply = stage.control.native_comment(made.id, "Robin Follower", "Lovely & quiet")
    read = stage.client.comments(one.access, post=made.id)
    assert [(remark.id, remark.text, remark.parent) for remark in read.remarks] == [
        (reply, "Lovely & quiet", made.id)
    ]
    assert Deed.ANSWER not in read.remarks[0].can
    stage.client.moderated(one.access, Wish(Deed.HIDE, remark=reply))
    assert [kept["hidden"] for kept in stage.control.world()["comments"]] == [True]
    stage.client.moderated(one.access, Wish(Deed.SHOW, remark=reply))
    assert [kept["hidden"] for kept in stage.control.world()["comments"]] == [False]


def test_an_answer_to_somebody_who_did_not_ask_the_city_is_done_by_hand(stage: OnCounterpart) -> None:
    one = attempt(stage, "A notice")
    made = publish(stage, one)
    reply = stage.control.native_comment(made.id, "Robin Follower", "Not asking anybody")
    with pytest.raises(Refused) as refused:
        stage.client.moderated(one.access, Wish(Deed.ANSWER, remark=reply, text="Thank you"))
    assert refused.value.reason is Reason.NOT_ALLOWED_HERE


def test_a_limit_of_the_network_is_honoured_to_the_second(stage: OnCounterpart) -> None:
    one = attempt(stage, "Within the limit")
    stage.control.post("limits", **{"POST /2/tweets": {"limit": 0, "window": 300}})
    with pytest.raises(Later) as later:
        publish(stage, one)
    assert later.value.until is not None


def test_the_profile_shows_what_the_account_shows(stage: OnCounterpart) -> None:
    access = access_of(stage)
    stage.control.native_profile(stage.account, description="Not the city any more")
    profile = stage.client.profile(access)
    assert (profile.id, profile.description) == (stage.account, "Not the city any more")
    assert profile.url.startswith("https://www.northbridge.example/")


def test_a_post_can_answer_the_city_s_own(stage: OnCounterpart) -> None:
    one = attempt(stage, "First of two")
    made = publish(stage, one)
    form = stage.client.rendered(Variant("Second of two", reply_to=made.id))
    second = stage.client.published(one.access, form, "key-2", {})
    shown = stage.client.post(one.access, second.id)
    assert shown is not None
    assert (shown.text, shown.reply_to) == ("Second of two", made.id)
