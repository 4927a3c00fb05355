"""The client of Bluesky against a real server and directory. Faults are made by a door before it, since it has none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import pytest
import urllib3
from tests.acceptance.counterparts import counterpart
from tests.networks.contract import Contract, access_of, attempt, picture, publish, signed_in
from tests.networks.loopback import Reply, Request, far_side

from undersigned.networks.bluesky.client import Bluesky
from undersigned.networks.bluesky.line import Addresses
from undersigned.networks.faults import Later, Reason, Refused, TokenExpired, Uncertain, Unprepared
from undersigned.networks.protocol import Access, Application, Deed, Medium, Token, Variant, Wish

POST, GATE = "app.bsky.feed.post", "app.bsky.feed.threadgate"
REPLY = f"at://did:plc:{'b' * 24}/{POST}/3mg2222222222"


@dataclass
class Door:
    """Passes every request on to the server, but for the one call that a script spoils."""

    behind: str
    fault: tuple[str, int, Mapping[str, str]] | None = None

    def answer(self, request: Request) -> Reply:
        creating = request.path.endswith("repo.putRecord")
        kind, status, headers = self.fault if creating and self.fault else ("", 0, {})
        self.fault = None if creating else self.fault
        if kind in {"drop_before", "status"}:
            return Reply(status or 200, b"{}", headers, drop=kind == "drop_before")
        reply = self._passed(request)
        after = {"drop_after": Reply(drop=True), "status_after": Reply(status or 200)}
        return after.get(kind, reply)

    def _passed(self, request: Request) -> Reply:
        kept = ("authorization", "content-type", "accept")
        headers = {name: request.headers[name] for name in kept if name in request.headers}
        answer = urllib3.request(
            request.method,
            self.behind + request.path,
            headers=headers,
            body=request.body or None,
            retries=False,
        )
        return Reply(answer.status, answer.data, {"content-type": answer.headers.get("content-type", "")})


@dataclass
class OnServer:
    client: Bluesky
    door: Door
    server: str
    real: str
    account: str
    own: str
    """The access token that the account's own password gives: what its people do past the city's system."""

    signs_in: Mapping[str, str]
    application: Application = field(default_factory=lambda: Application(""))
    redirect: str = ""
    challenge: bool = False

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        self.door.fault = (kind, status, headers or {})

    def native_post(self, text: str) -> str:
        record = {"$type": POST, "text": text, "createdAt": "2026-11-24T12:00:00.000Z", "langs": ["en"]}
        value = {"repo": self.account, "collection": POST, "record": record}
        return str(self.past("com.atproto.repo.createRecord", value)["uri"])

    def past(self, name: str, value: object) -> Any:
        return called(self.real, name, value, self.own)

    def revoke(self) -> None:
        self.past("com.atproto.server.revokeAppPassword", {"name": self.signs_in["name"]})

    def record(self, collection: str, uri: str) -> Any:
        query = f"repo={self.account}&collection={collection}&rkey={uri.rpartition('/')[2]}"
        answer = urllib3.request("GET", f"{self.real}/xrpc/com.atproto.repo.getRecord?{query}")
        return answer.json()["value"]

    def alternative_text(self, post: str) -> str:
        return str(self.record(POST, post)["embed"]["images"][0]["alt"])

    def violations(self) -> list[object]:
        return []


def called(base: str, name: str, value: object, token: str = "") -> Any:
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    answer = urllib3.request("POST", f"{base}/xrpc/{name}", headers=headers, body=json.dumps(value))
    assert answer.status == 200, answer.data
    return json.loads(answer.data or b"null")


@pytest.fixture(scope="module")
def running() -> Iterator[Mapping[str, Any]]:
    with counterpart("bluesky") as (_base, control):
        yield control.ready


@pytest.fixture
def stage(running: Mapping[str, Any], request: pytest.FixtureRequest) -> Iterator[OnServer]:
    own, name = running["accounts"][0], sha256(request.node.name.encode()).hexdigest()[:12]
    real = f"http://localhost:{urlsplit(running['base']).port}"
    session = {"identifier": own["did"], "password": own["password"]}
    token = called(real, "com.atproto.server.createSession", session)["accessJwt"]
    made = called(real, "com.atproto.server.createAppPassword", {"name": name}, token)
    signs_in = {"handle": own["handle"], "password": made["password"], "name": name}
    door = Door(running["base"])
    with far_side(door.answer) as side:
        client = Bluesky(Addresses(side.base, running["plc"], real))
        yield OnServer(client, door, side.base, real, own["did"], token, signs_in)
    emptied(real, own["did"], token)


def emptied(base: str, did: str, token: str) -> None:
    """The next test finds no posts."""
    for collection in (POST, GATE):
        query = f"repo={did}&collection={collection}&limit=100"
        found = urllib3.request("GET", f"{base}/xrpc/com.atproto.repo.listRecords?{query}").json()
        for one in found["records"]:
            value = {"repo": did, "collection": collection, "rkey": one["uri"].rpartition("/")[2]}
            called(base, "com.atproto.repo.deleteRecord", value, token)


class TestContract(Contract):
    """Everything that every client must do."""

    def test_a_withdrawn_application_is_a_lost_connection(self, stage: Any) -> None:
        """The access token lives on for two hours; it is the refresh that is refused."""
        access = access_of(stage)
        stage.revoke()
        with pytest.raises(Refused) as refused:
            stage.client.refreshed(stage.application, access.token, stage.server)
        assert refused.value.reason is Reason.CONNECTION_LOST


def test_the_handle_leads_to_the_server_on_which_the_account_lives(stage: OnServer) -> None:
    back = signed_in(stage)
    assert (back.server, back.places[0].id) == (stage.real, stage.account)
    assert back.token.expires_at is not None
    assert back.token.refresh_until is not None
    assert back.token.scopes == ("com.atproto.appPass",)
    by_did = stage.client.signed_in_by_password(stage.account, stage.signs_in["password"])
    assert by_did.server == stage.real


def test_the_account_s_own_password_is_not_taken(stage: OnServer, running: Mapping[str, Any]) -> None:
    own = running["accounts"][0]
    with pytest.raises(Refused) as refused:
        stage.client.signed_in_by_password(own["handle"], own["password"])
    assert refused.value.reason is Reason.PERMISSION


def test_a_wrong_password_and_an_unknown_handle_are_told(stage: OnServer) -> None:
    with pytest.raises(Refused) as wrong:
        stage.client.signed_in_by_password(stage.signs_in["handle"], "aaaa-bbbb-cccc-dddd")
    with pytest.raises(Refused) as unknown:
        stage.client.signed_in_by_password("nobody.test", "aaaa-bbbb-cccc-dddd")
    assert (wrong.value.reason, unknown.value.reason) == (Reason.PERMISSION, Reason.GONE)


def test_an_old_refresh_token_still_works_for_a_while(stage: OnServer) -> None:
    access = access_of(stage)
    first = stage.client.refreshed(stage.application, access.token, stage.server)
    again = stage.client.refreshed(stage.application, access.token, stage.server)
    for token in (first, again):
        assert stage.client.profile(Access(stage.account, token, stage.application, stage.server)).handle


def test_a_token_that_nobody_knows_is_expired_and_cannot_be_refreshed(stage: OnServer) -> None:
    bad = Access(stage.account, Token("nobody's", "nobody's"), stage.application, stage.server)
    with pytest.raises(TokenExpired):
        stage.client.profile(bad)
    with pytest.raises(Refused) as refused:
        stage.client.refreshed(stage.application, bad.token, stage.server)
    assert refused.value.reason is Reason.CONNECTION_LOST


def test_a_session_that_we_end_is_not_refreshed(stage: OnServer) -> None:
    access = access_of(stage)
    stage.client.revoked(stage.application, access.token, stage.server)
    stage.client.revoked(stage.application, access.token, stage.server)
    with pytest.raises(Refused):
        stage.client.refreshed(stage.application, access.token, stage.server)


def test_the_same_key_twice_makes_one_post_of_the_same_bytes(stage: OnServer) -> None:
    one = attempt(stage, "Once and for all")
    staged = stage.client.staged_without_media(one.form, "key-1")
    stage.strike("drop_after")
    with pytest.raises(Uncertain):
        stage.client.published(one.access, one.form, "key-1", staged)
    found = stage.client.found(one.access, one.form, "key-1", staged, since=one.since, after=one.watermark)
    made = stage.client.published(one.access, one.form, "key-1", staged)
    again = stage.client.post(one.access, made.id)
    assert found.certain
    assert again is not None
    assert [post.raw for post in found.posts] == [again.raw]
    assert len(stage.client.timeline(one.access).posts) == 1


def test_links_names_and_tags_stand_between_the_right_bytes(stage: OnServer) -> None:
    text = "Été 👨‍👩‍👧‍👦: thanks @parks.test and @nobody.test! #Été https://harrowfalls.example/ü?a=1"
    made = publish(stage, attempt(stage, text))
    facets = stage.record(POST, made.id)["facets"]
    octets = text.encode()
    shown = [octets[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode() for f in facets]
    assert shown == ["@parks.test", "#Été", "https://harrowfalls.example/ü?a=1"]
    assert facets[0]["features"][0]["did"].startswith("did:plc:")


def test_pictures_keep_their_shape_and_the_language_goes_along(stage: OnServer) -> None:
    access = access_of(stage)
    form = stage.client.rendered(Variant("Le pont", (picture(), picture("Again")), language="fr"))
    staged = stage.client.staged(access, form, "key-1", {})
    made = stage.client.published(access, form, "key-1", staged)
    record = stage.record(POST, made.id)
    assert [one["aspectRatio"] for one in record["embed"]["images"]] == [{"width": 400, "height": 400}] * 2
    assert record["langs"] == ["fr"]


def test_a_link_can_be_shown_as_a_card(stage: OnServer) -> None:
    access = access_of(stage)
    form = stage.client.rendered(
        Variant("Look", link="https://harrowfalls.example/snow", options={"card_title": "Snow routes"})
    )
    made = stage.client.published(access, form, "k", stage.client.staged_without_media(form, "k"))
    assert stage.record(POST, made.id)["embed"]["external"]["title"] == "Snow routes"


def test_limits_are_those_of_the_server(stage: OnServer) -> None:
    access = access_of(stage)
    full = Variant("👨‍👩‍👧‍👦" * 119 + "é" * 12)
    assert [(one.used, one.unit) for one in stage.client.weights(full)] == [
        (131, "characters"),
        (2_999, "bytes"),
    ]
    form = stage.client.rendered(full)
    assert stage.client.published(access, form, "k", stage.client.staged_without_media(form, "k")).id
    for text in ("a" * 301, "👨‍👩‍👧‍👦" * 121):
        form = stage.client.rendered(Variant(text))
        assert {trap.check for trap in stage.client.traps(Variant(text))} == {"D01"}
        with pytest.raises(Refused) as refused:
            stage.client.published(access, form, "k", stage.client.staged_without_media(form, "k"))
        assert refused.value.reason is Reason.TOO_LONG


def test_a_picture_that_the_server_forgot_has_to_be_uploaded_anew(stage: OnServer) -> None:
    one = attempt(stage, "The picture is gone", picture())
    staged = dict(stage.client.staged(one.access, one.form, "key-1", {}))
    lost = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"
    staged = {
        n: v if n == "rkey" else json.dumps({**json.loads(v), "ref": {"$link": lost}})
        for n, v in staged.items()
    }
    with pytest.raises(Unprepared):
        stage.client.published(one.access, one.form, "key-1", staged)


def test_a_file_over_the_limit_of_the_server_is_refused(stage: OnServer) -> None:
    octets = b"\x89PNG\r\n\x1a\n" + b"\0" * 5_300_000
    large = Medium(sha256(octets).hexdigest(), "image/png", len(octets), 1, 1, lambda: octets, "Large")
    with pytest.raises((Refused, Later)) as fault:
        publish(stage, attempt(stage, "Too large", large))
    assert isinstance(fault.value, Later) or fault.value.reason is Reason.MEDIA


def test_another_s_record_is_not_ours_to_delete(stage: OnServer, running: Mapping[str, Any]) -> None:
    other = running["accounts"][1]["did"]
    with pytest.raises(Refused) as refused:
        stage.client.deleted(access_of(stage), f"at://{other}/{POST}/3mg2222222222")
    assert refused.value.reason is Reason.PERMISSION


def test_a_reply_to_a_post_of_ours_keeps_the_root(stage: OnServer) -> None:
    first = publish(stage, one := attempt(stage, "First of three"))
    ids = [first.id]
    for text in ("Second of three", "Third of three"):
        form = stage.client.rendered(Variant(text, reply_to=ids[-1]))
        staged = stage.client.staged_without_media(form, "k")
        ids.append(stage.client.published(one.access, form, "k", staged).id)
    reply = stage.record(POST, ids[2])["reply"]
    assert (reply["root"]["uri"], reply["parent"]["uri"]) == (ids[0], ids[1])
    read = {post.id: post.reply_to for post in stage.client.timeline(one.access).posts}
    assert read == {ids[0]: "", ids[1]: ids[0], ids[2]: ids[1]}


def test_a_hidden_reply_is_kept_in_the_gate_beside_the_post(stage: OnServer) -> None:
    made = publish(stage, one := attempt(stage, "What do you think?"))
    other = REPLY.replace("3mg2", "3mg3")
    for remark in (REPLY, other, REPLY):
        stage.client.moderated(one.access, Wish(Deed.HIDE, remark=remark, post=made.id))
    assert stage.record(GATE, made.id)["hiddenReplies"] == [other, REPLY]
    stage.client.moderated(one.access, Wish(Deed.SHOW, remark=other, post=made.id))
    assert stage.record(GATE, made.id)["hiddenReplies"] == [REPLY]


def test_conversations_are_read_later_while_the_appview_is_down(stage: OnServer) -> None:
    made = publish(stage, one := attempt(stage, "What do you think?"))
    for post in ("", made.id):
        with pytest.raises(Later):
            stage.client.comments(one.access, post=post)


def test_app_passwords_are_listed_by_name(stage: OnServer) -> None:
    listed = stage.client.insiders(access_of(stage))
    assert stage.signs_in["name"] in {one.name for one in listed}
    assert {one.role for one in listed} == {"app password"}


def test_the_profile_is_read_from_the_account_s_own_server(stage: OnServer) -> None:
    access = access_of(stage)
    record = {
        "$type": "app.bsky.actor.profile",
        "displayName": "Communications",
        "description": "Of the city",
    }
    value = {"repo": stage.account, "collection": "app.bsky.actor.profile", "rkey": "self", "record": record}
    stage.past("com.atproto.repo.putRecord", value)
    profile = stage.client.profile(access)
    assert (profile.id, profile.handle) == (stage.account, "communications.test")
    assert (profile.name, profile.description) == ("Communications", "Of the city")
    assert ("email_confirmed", "False") in profile.readings
