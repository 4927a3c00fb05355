"""The client of Bluesky against a far side of our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.networks.bluesky.far_bluesky import DID, FOLLOWER, HANDLE, PASSWORD, POST, FarBluesky
from tests.networks.contract import Contract, access_of, attempt, publish, signed_in
from tests.networks.loopback import far_side

from undersigned.networks.bluesky import tid
from undersigned.networks.bluesky.client import Bluesky
from undersigned.networks.bluesky.line import Addresses
from undersigned.networks.faults import CannotHere, Later, Reason, Refused, Uncertain
from undersigned.networks.protocol import Application, Deed, SigningIn, TakingPasswords, Variant, Wish

GATE = "app.bsky.feed.threadgate"
REPLY = f"at://{FOLLOWER}/{POST}/3mg2222222222"


@dataclass
class OnFarSide:
    client: Bluesky
    far: FarBluesky
    server: str
    application: Application = field(default_factory=lambda: Application(""))
    redirect: str = ""
    challenge: bool = False
    signs_in: Mapping[str, str] = field(default_factory=lambda: {"handle": HANDLE, "password": PASSWORD})
    account: str = DID

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        self.far.fault = (kind, status, headers or {})

    def native_post(self, text: str) -> str:
        key = tid.new()
        record = {"$type": POST, "text": text, "createdAt": tid.written(tid.moment(key))}
        return str(self.far.add(record, key)["uri"])

    def revoke(self) -> None:
        self.far.revoked = True

    def alternative_text(self, post: str) -> str:
        record = self.far.records[POST, post.rpartition("/")[2]]
        return str(record["value"]["embed"]["images"][0]["alt"])

    def violations(self) -> list[object]:
        return self.far.wrong


@pytest.fixture
def stage() -> Iterator[OnFarSide]:
    far = FarBluesky()
    with far_side(far.answer) as side:
        far.base = side.base
        yield OnFarSide(Bluesky(Addresses(side.base, side.base)), far, side.base)
    assert far.wrong == []


class TestContract(Contract):
    """Everything that every client must do."""


def test_an_app_password_is_taken_and_no_dance_is_danced(stage: OnFarSide) -> None:
    assert isinstance(stage.client, TakingPasswords)
    with pytest.raises(CannotHere):
        stage.client.address_to_sign_in(stage.application, SigningIn("s", "r"))
    back = signed_in(stage)
    assert (back.server, back.holder.name) == (stage.server, HANDLE)
    assert back.token.expires_at is not None
    assert PASSWORD not in repr(back)


def test_the_account_s_own_password_is_refused_and_its_session_ended(stage: OnFarSide) -> None:
    stage.far.scope = "com.atproto.access"
    with pytest.raises(Refused) as refused:
        signed_in(stage)
    assert refused.value.reason is Reason.PERMISSION
    assert "app password" in refused.value.words
    assert stage.far.ended == 1


def test_an_account_that_does_not_bear_the_handle_is_refused(stage: OnFarSide) -> None:
    stage.far.confirms = "somebody.else.example"
    with pytest.raises(Refused) as refused:
        signed_in(stage)
    assert refused.value.reason is Reason.PERMISSION


def test_a_handle_that_nobody_has_is_told(stage: OnFarSide) -> None:
    with pytest.raises(Refused) as refused:
        stage.client.signed_in_by_password("nobody.example", PASSWORD)
    assert refused.value.reason is Reason.GONE


@pytest.mark.parametrize(
    "endpoint", ["http://10.0.0.1", "http://elsewhere.example", "file:///etc/passwd", "https://a@b.example"]
)
def test_a_server_that_a_document_names_is_reached_safely_or_not_at_all(
    stage: OnFarSide, endpoint: str
) -> None:
    stage.far.endpoint = endpoint
    with pytest.raises(Refused) as refused:
        signed_in(stage)
    assert refused.value.reason is Reason.CONTRACT


def test_a_private_server_that_a_document_names_is_never_reached(stage: OnFarSide) -> None:
    stage.far.endpoint = "https://127.0.0.1:1"
    with pytest.raises(Later) as later:
        signed_in(stage)
    assert later.value.words == "PrivateAddress"


def test_the_same_key_written_twice_is_one_post_with_the_same_bytes(stage: OnFarSide) -> None:
    one = attempt(stage, "Once and for all")
    staged = stage.client.staged_without_media(one.form, "key-1")
    stage.strike("drop_after")
    with pytest.raises(Uncertain):
        stage.client.published(one.access, one.form, "key-1", staged)
    before = dict(stage.far.records)
    made = stage.client.published(one.access, one.form, "key-1", staged)
    assert stage.far.records == before
    found = stage.client.found(one.access, one.form, "key-1", staged, since=one.since, after="")
    assert (found.certain, [post.id for post in found.posts]) == (True, [made.id])


def test_a_name_becomes_a_link_where_somebody_bears_it(stage: OnFarSide) -> None:
    one = attempt(stage, "Thanks @robin.example and @nobody.example, été #Snow https://a.example/ü")
    publish(stage, one)
    (kept,) = stage.far.records.values()
    features = [facet["features"][0] for facet in kept["value"]["facets"]]
    assert [feature.get("did") or feature.get("tag") or feature.get("uri") for feature in features] == [
        FOLLOWER,
        "Snow",
        "https://a.example/ü",
    ]


def test_a_link_can_be_shown_as_a_card(stage: OnFarSide) -> None:
    options = {"card_title": "Snow routes", "card_description": "Which streets come first"}
    form = stage.client.rendered(Variant("Look", link="https://a.example/b", options=options))
    assert form.sent == "Look"
    access = access_of(stage)
    stage.client.published(access, form, "k", stage.client.staged_without_media(form, "k"))
    (kept,) = stage.far.records.values()
    assert kept["value"]["embed"]["external"]["uri"] == "https://a.example/b"
    assert stage.client.timeline(access).posts[0].media == 0


def told(stage: OnFarSide, post: str) -> None:
    """The AppView tells of one reply."""
    itself = {"uri": post, "cid": "c"}
    record: dict[str, Any] = {"text": "Lovely", "reply": {"root": itself, "parent": itself}}
    author = {"did": FOLLOWER, "handle": "robin.example", "displayName": "Robin"}
    reply = {
        "uri": REPLY,
        "cid": "r",
        "author": author,
        "record": record,
        "indexedAt": "2026-11-24T10:00:00.000Z",
    }
    stage.far.appview = {
        "app.bsky.feed.getPosts": {"posts": [reply]},
        "app.bsky.feed.getPostThread": {"thread": {"post": itself, "replies": [{"post": reply}]}},
        "app.bsky.notification.listNotifications": {"notifications": [{**reply, "reason": "reply"}]},
    }


def test_a_reply_is_read_answered_hidden_and_shown_again(stage: OnFarSide) -> None:
    made = publish(stage, one := attempt(stage, "What do you think?"))
    told(stage, made.id)
    read = stage.client.comments(one.access, post=made.id)
    assert [(r.id, r.text, r.parent, r.hidden) for r in read.remarks] == [(REPLY, "Lovely", made.id, False)]
    assert stage.client.comments(one.access, after=read.newest).remarks == ()
    answer = stage.client.moderated(one.access, Wish(Deed.ANSWER, remark=REPLY, text="Thank you"))
    reply = stage.far.records[POST, answer.rpartition("/")[2]]["value"]["reply"]
    assert (reply["root"]["uri"], reply["parent"]["uri"]) == (made.id, REPLY)
    stage.client.moderated(one.access, Wish(Deed.HIDE, remark=REPLY))
    assert [r.hidden for r in stage.client.comments(one.access, post=made.id).remarks] == [True]
    stage.client.moderated(one.access, Wish(Deed.SHOW, remark=REPLY, post=made.id))
    assert [r.hidden for r in stage.client.comments(one.access, post=made.id).remarks] == [False]


def test_hiding_keeps_what_others_put_into_the_gate(stage: OnFarSide) -> None:
    made = publish(stage, one := attempt(stage, "What do you think?"))
    other = REPLY.replace("3mg2", "3mg3")
    gate = {
        "$type": GATE,
        "post": made.id,
        "createdAt": "2026-01-01T00:00:00Z",
        "allow": [],
        "hiddenReplies": [other],
    }
    key = made.id.rpartition("/")[2]
    stage.far.add(gate, key, GATE)
    for _twice in range(2):
        stage.client.moderated(one.access, Wish(Deed.HIDE, remark=REPLY, post=made.id))
    assert stage.far.records[GATE, key]["value"] == {**gate, "hiddenReplies": [other, REPLY]}


def test_a_gate_whose_answer_was_lost_is_written_again_later(stage: OnFarSide) -> None:
    made = publish(stage, one := attempt(stage, "What do you think?"))
    stage.strike("drop_after")
    with pytest.raises(Later):
        stage.client.moderated(one.access, Wish(Deed.HIDE, remark=REPLY, post=made.id))
    stage.client.moderated(one.access, Wish(Deed.HIDE, remark=REPLY, post=made.id))
    assert stage.far.records[GATE, made.id.rpartition("/")[2]]["value"]["hiddenReplies"] == [REPLY]


def test_a_gate_that_somebody_makes_meanwhile_is_not_written_over(stage: OnFarSide) -> None:
    made = publish(stage, one := attempt(stage, "What do you think?"))
    key = made.id.rpartition("/")[2]
    theirs = {"$type": GATE, "post": made.id, "createdAt": "2026-01-01T00:00:00Z", "allow": []}
    stage.far.meanwhile = lambda: stage.far.add(theirs, key, GATE)
    with pytest.raises(Later):
        stage.client.moderated(one.access, Wish(Deed.HIDE, remark=REPLY, post=made.id))
    assert stage.far.records[GATE, key]["value"] == theirs


def test_more_than_three_hundred_replies_are_not_hidden(stage: OnFarSide) -> None:
    made = publish(stage, one := attempt(stage, "What do you think?"))
    hidden = [f"at://{FOLLOWER}/{POST}/3mg2222{n:06}" for n in range(300)]
    gate = {"$type": GATE, "post": made.id, "createdAt": "2026-01-01T00:00:00Z", "hiddenReplies": hidden}
    stage.far.add(gate, made.id.rpartition("/")[2], GATE)
    with pytest.raises(Refused) as refused:
        stage.client.moderated(one.access, Wish(Deed.HIDE, remark=REPLY, post=made.id))
    assert refused.value.reason is Reason.QUOTA


def test_replies_under_another_s_post_are_not_ours_to_hide(stage: OnFarSide) -> None:
    with pytest.raises(Refused) as refused:
        stage.client.moderated(access_of(stage), Wish(Deed.HIDE, remark=REPLY, post=REPLY))
    assert refused.value.reason is Reason.PERMISSION


@pytest.mark.parametrize("deed", [Deed.DELETE, Deed.BLOCK, Deed.REPORT])
def test_what_bluesky_lets_nobody_do_is_said(stage: OnFarSide, deed: Deed) -> None:
    with pytest.raises(CannotHere) as cannot:
        stage.client.moderated(access_of(stage), Wish(deed, remark=REPLY))
    assert cannot.value.instead
