"""The client of LinkedIn's pages against its counterpart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from tests.acceptance.counterparts import Control, counterpart
from tests.networks.contract import Contract, access_of, attempt, picture, publish, signed_in

from undersigned.networks.faults import (
    CannotHere,
    Later,
    OperatorsDuty,
    Reason,
    Refused,
    TokenExpired,
    Uncertain,
)
from undersigned.networks.linkedin.client import LinkedIn
from undersigned.networks.linkedin.line import Addresses
from undersigned.networks.linkedin.little import RESERVED
from undersigned.networks.oauth import new_signing_in
from undersigned.networks.protocol import Application, Client, Deed, Variant, Wish


@dataclass
class OnCounterpart:
    client: Client
    control: Control
    base: str
    account: str
    person: str
    application: Application
    signs_in: Mapping[str, str]
    redirect: str = "http://localhost:8000/networks/linkedin/callback"
    challenge: bool = False
    server: str = ""
    people: Mapping[str, str] = field(default_factory=dict)

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        more = {"status": status, "headers": dict(headers or {})} if status else {}
        self.control.faults({"kind": kind, "method": "POST", "path": "/rest/posts$", **more})

    def native_post(self, text: str) -> str:
        return self.control.native_post(self.account, self.person, text)

    def revoke(self) -> None:
        self.control.revoke(self.person)

    def alternative_text(self, post: str) -> str:
        kept = next(one for one in self.control.world()["posts"] if one["id"] == post)
        return str(kept["content"]["media"]["altText"])

    def violations(self) -> list[object]:
        return list(self.control.violations())


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[str, Control]]:
    with counterpart("linkedin") as started:
        yield started


@pytest.fixture
def stage(running: tuple[str, Control]) -> Iterator[OnCounterpart]:
    base, control = running
    world = control.reset()
    app, person = world["apps"][0], world["people"][0]["id"]
    client = LinkedIn(Addresses(base, f"{base}/oauth/v2"))
    application = Application(app["client_id"], app["client_secret"])
    people = {one["name"]: one["urn"] for one in world["people"]}
    page = world["accounts"][0]["id"]
    yield OnCounterpart(
        client, control, base, page, person, application, signs_in={"as": person}, people=people
    )
    assert control.violations() == []


class TestContract(Contract):
    """Everything that every client must do."""

    refuses_doubles = True

    def take_role_away(self, stage: OnCounterpart) -> None:  # type: ignore[override] # the stage of this network
        stage.control.access(stage.account, stage.person, None)


@pytest.mark.parametrize("name", ["organization", "organizationTarget"])
def test_signing_in_reads_whose_log_in_it_is_and_which_pages_it_opens(
    stage: OnCounterpart, name: str
) -> None:
    stage.control.post("acl_field", name=name)
    back = signed_in(stage)
    assert (back.holder.id, back.holder.name) == (stage.people["Amara Okafor"], "Amara Okafor")
    assert {place.handle: place.name for place in back.places} == {
        "city-of-larkwood": "City of Larkwood",
        "larkwood-library": "Larkwood Public Library",
    }
    assert "w_organization_social" in back.token.scopes


def test_no_challenge_is_sent_even_where_one_was_made(stage: OnCounterpart) -> None:
    signing = new_signing_in(stage.redirect, challenge=True)
    assert "challenge" not in stage.client.address_to_sign_in(stage.application, signing)


def test_a_code_opens_once(stage: OnCounterpart) -> None:
    signing = new_signing_in(stage.redirect, challenge=False)
    with pytest.raises(Refused) as refused:
        stage.client.signed_in(stage.application, signing, "AQnever")
    assert refused.value.reason in {Reason.CONTRACT, Reason.CONNECTION_LOST}


def test_a_wrong_secret_is_the_operator_s_duty(stage: OnCounterpart) -> None:
    stage.application = Application(stage.application.client_id, "another")
    with pytest.raises(OperatorsDuty):
        signed_in(stage)


def test_without_a_refresh_token_an_ended_token_is_a_lost_connection(stage: OnCounterpart) -> None:
    access = access_of(stage)
    assert access.token.refresh == ""
    assert access.token.refresh_until == access.token.expires_at
    stage.control.advance(61 * 86_400)
    with pytest.raises(Refused) as lost:
        stage.client.timeline(access)
    assert lost.value.reason is Reason.CONNECTION_LOST


def test_a_refresh_token_serves_often_and_its_end_never_moves(stage: OnCounterpart) -> None:
    stage.control.post("partner", approved=True)
    access = access_of(stage)
    stage.control.advance(61 * 86_400)
    with pytest.raises(TokenExpired):
        stage.client.timeline(access)
    first = stage.client.refreshed(stage.application, access.token)
    second = stage.client.refreshed(stage.application, first)
    assert (first.refresh, second.refresh) == (access.token.refresh, access.token.refresh)
    assert access.token.refresh_until is not None
    assert second.refresh_until is not None
    assert second.refresh_until <= access.token.refresh_until
    stage.control.advance(305 * 86_400)
    with pytest.raises(Refused) as ended:
        stage.client.refreshed(stage.application, second)
    assert ended.value.reason is Reason.CONNECTION_LOST


@pytest.mark.parametrize("sign", RESERVED)
def test_each_sign_of_little_text_arrives_whole(stage: OnCounterpart, sign: str) -> None:
    text = f"Before {sign} between{sign}{sign}after {sign}"
    one = attempt(stage, text)
    made = publish(stage, one)
    shown = stage.client.post(one.access, made.id)
    assert shown is not None
    assert shown.text == text
    kept = next(post for post in stage.control.world()["posts"] if post["id"] == made.id)
    assert (kept["text"], kept["truncated"]) == (text, False)


def test_hashtags_stay_hashtags_and_a_page_is_named(stage: OnCounterpart) -> None:
    text = "Plough #Snow2026_now (#Été) #1 a#b @[City of Larkwood](urn:li:organization:71000101)!"
    one = attempt(stage, text)
    made = publish(stage, one)
    kept = next(post for post in stage.control.world()["posts"] if post["id"] == made.id)
    assert not kept["truncated"]
    assert kept["commentary"].count("{hashtag|") == 2
    assert kept["text"] == one.form.shown == "Plough #Snow2026_now (#Été) #1 a#b City of Larkwood!"


def test_several_pictures_go_out_in_one_post(stage: OnCounterpart) -> None:
    one = attempt(stage, "Three views", picture("First"), picture("Second"), picture("Third"))
    made = publish(stage, one)
    shown = stage.client.post(one.access, made.id)
    assert shown is not None
    assert (shown.text, shown.media) == ("Three views", 3)
    kept = next(post for post in stage.control.world()["posts"] if post["id"] == made.id)
    alts = [image["altText"] for image in kept["content"]["multiImage"]["images"]]
    assert alts == ["First", "Second", "Third"]


def test_a_duplicate_names_the_post_that_was_first(stage: OnCounterpart) -> None:
    one = attempt(stage, "Said twice")
    made = publish(stage, one)
    with pytest.raises(Refused) as refused:
        publish(stage, one)
    assert (refused.value.reason, refused.value.earlier) == (Reason.DUPLICATE, made.id)


def test_a_duplicate_of_a_post_that_is_nowhere_waits_a_day(stage: OnCounterpart) -> None:
    stage.control.post("ghost", on=True)
    one = attempt(stage, "Taken back and said again")
    stage.client.deleted(one.access, publish(stage, one).id)
    with pytest.raises(Later) as later:
        publish(stage, one)
    assert later.value.until is not None
    assert later.value.until > datetime.now(UTC) + timedelta(hours=23)


def test_a_post_that_is_not_visible_yet_is_found_by_a_later_reading(stage: OnCounterpart) -> None:
    one = attempt(stage, "Seen by the second reading")
    stage.control.post("invisible", reads=1)
    stage.strike("drop_after")
    with pytest.raises(Uncertain):
        publish(stage, one)
    counts = [
        len(stage.client.found(one.access, one.form, "k", {}, since=one.since, after=one.watermark).posts)
        for _reading in range(2)
    ]
    assert counts == [0, 1]


def test_an_edit_of_an_old_post_hides_no_new_one(stage: OnCounterpart) -> None:
    access = access_of(stage)
    old = stage.native_post("The old one")
    watermark = stage.native_post("The newest then")
    stage.native_post("New since")
    stage.control.advance(60)
    stage.control.native_edit(old, "The old one, changed")
    stage.control.native_edit(watermark, "The newest then, changed")
    read = stage.client.timeline(access, after=watermark)
    assert ([post.text for post in read.posts], read.complete) == (["New since"], True)
    shown = stage.client.post(access, old)
    assert shown is not None
    assert shown.text == "The old one, changed"
    assert shown.edited_at is not None


def test_a_long_list_is_read_page_by_page(stage: OnCounterpart) -> None:
    access = access_of(stage)
    first = stage.native_post("The first")
    for number in range(205):
        stage.native_post(f"Notice {number}")
    read = stage.client.timeline(access, after=first, most=500)
    assert (len({post.id for post in read.posts}), len(read.posts), read.complete) == (205, 205, True)


def test_a_version_that_has_ended_is_the_operator_s_duty(stage: OnCounterpart) -> None:
    access = access_of(stage)
    stage.control.post("versions", oldest="202610", newest="202612")
    with pytest.raises(OperatorsDuty) as ended:
        stage.client.published(access, stage.client.rendered(Variant("Any")), "k", {})
    assert ended.value.reason is Reason.VERSION


def test_a_day_s_quota_comes_back_at_midnight(stage: OnCounterpart) -> None:
    one = attempt(stage, "One too many")
    stage.control.post("quota", resource="posts", remaining=0)
    with pytest.raises(Later) as later:
        publish(stage, one)
    until = later.value.until
    assert until is not None
    assert until > datetime.now(UTC)
    assert (until.hour, until.minute, until.second) == (0, 0, 0)


def test_a_refusal_says_whether_the_role_is_lacking(stage: OnCounterpart) -> None:
    one = attempt(stage, "After the role was taken away")
    stage.control.access(stage.account, stage.person, None)
    for deed in (
        lambda: publish(stage, one),
        lambda: stage.client.edited(one.access, stage.native_post("Theirs"), one.form),
        lambda: stage.client.deleted(one.access, stage.native_post("Theirs too")),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.reason is Reason.PERMISSION
        assert "does not let this log-in" in refused.value.words


def test_who_runs_the_page_is_read_with_every_state(stage: OnCounterpart) -> None:
    access = access_of(stage)
    bastien = stage.people["Bastien Roy"].rpartition(":")[2]
    stage.control.access(stage.account, bastien, None)
    read = {one.id: (one.role, one.state) for one in stage.client.insiders(access)}
    assert read == {
        stage.people["Amara Okafor"]: ("ADMINISTRATOR", "APPROVED"),
        stage.people["Bastien Roy"]: ("CONTENT_ADMINISTRATOR", "REVOKED"),
        stage.people["Chidi Larsen"]: ("DIRECT_SPONSORED_CONTENT_POSTER", "APPROVED"),
        stage.people["Dana Whitefeather"]: ("ANALYST", "APPROVED"),
        stage.people["Elif Kaya"]: ("ADMINISTRATOR", "APPROVED"),
    }


def test_the_profile_shows_the_page_and_what_we_may(stage: OnCounterpart) -> None:
    access = access_of(stage)
    stage.control.native_profile(stage.account, description="Not the city any more")
    profile = stage.client.profile(access)
    readings = dict(profile.readings)
    assert (profile.id, profile.handle, profile.description) == (
        stage.account,
        "city-of-larkwood",
        "Not the city any more",
    )
    assert readings["organic_share_create"] == "true"
    assert "w_organization_social" in readings["scopes"].split()


def test_a_comment_is_read_answered_and_taken_back(stage: OnCounterpart) -> None:
    one = attempt(stage, "What do you think?")
    made = publish(stage, one)
    stage.control.native_comment(made.id, "Robin Follower", "Lovely [quiet] #place")
    top = stage.client.comments(one.access, post=made.id).remarks[0]
    stage.control.native_comment(made.id, "Sam Neighbour", "Indeed", top.id)
    read = stage.client.comments(one.access, post=made.id)
    assert [(r.text, r.parent) for r in read.remarks] == [
        ("Indeed", top.id),
        ("Lovely [quiet] #place", ""),
    ]
    assert stage.client.comments(one.access, post=made.id, after=read.newest).remarks == ()
    answer = stage.client.moderated(one.access, Wish(Deed.ANSWER, remark=top.id, text="Thank you [all]"))
    kept = next(c for c in stage.control.world()["comments"] if c["urn"] == answer)
    assert (kept["text"], kept["parent"]) == ("Thank you [all]", top.id.rpartition(",")[2].rstrip(")"))
    assert answer not in {r.id for r in stage.client.comments(one.access, post=made.id).remarks}
    for _time in range(2):
        stage.client.moderated(one.access, Wish(Deed.DELETE, remark=answer))
    assert answer not in {c["urn"] for c in stage.control.world()["comments"]}


def test_what_a_resident_wrote_is_left_to_hands_where_the_network_refuses(stage: OnCounterpart) -> None:
    one = attempt(stage, "Open to all")
    made = publish(stage, one)
    stage.control.native_comment(made.id, "Robin Follower", "Spam")
    remark = stage.client.comments(one.access, post=made.id).remarks[0]
    assert Deed.DELETE not in remark.can
    for deed in (Deed.DELETE, Deed.HIDE, Deed.BLOCK, Deed.REPORT):
        with pytest.raises(CannotHere) as cannot:
            stage.client.moderated(one.access, Wish(deed, remark=remark.id, author=remark.author_id))
        assert cannot.value.instead
    with pytest.raises(CannotHere):
        stage.client.comments(one.access)


def test_an_answer_that_is_too_long_is_never_sent(stage: OnCounterpart) -> None:
    one = attempt(stage, "Ask")
    made = publish(stage, one)
    with pytest.raises(Refused) as refused:
        stage.client.moderated(one.access, Wish(Deed.ANSWER, post=made.id, text="a" * 1_251))
    assert refused.value.reason is Reason.TOO_LONG


def test_the_city_s_own_token_is_ended_by_the_city(stage: OnCounterpart) -> None:
    access = access_of(stage)
    stage.client.revoked(stage.application, access.token)
    with pytest.raises(Refused) as lost:
        stage.client.profile(access)
    assert lost.value.reason is Reason.CONNECTION_LOST
