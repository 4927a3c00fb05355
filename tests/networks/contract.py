"""What every network's client must do, as one suite: against a far side of our own and against a counterpart alike.

A network joins by a :class:`Stage` and a subclass of :class:`Contract` with a fixture ``stage``.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Protocol, runtime_checkable

import pytest
import urllib3

from undersigned.networks.faults import (
    CannotHere,
    Later,
    NetworkFault,
    Reason,
    Refused,
    TokenExpired,
    Uncertain,
)
from undersigned.networks.oauth import new_signing_in
from undersigned.networks.protocol import (
    Access,
    Application,
    Can,
    Client,
    Form,
    Medium,
    Published,
    SignedIn,
    TakingPasswords,
    Variant,
)


class Stage(Protocol):
    """A network's stand-in, as the suite sees it.

    ``redirect`` is the return address that it knows, ``challenge`` whether it takes PKCE, ``signs_in`` what is added to
    the authorisation address so that it answers at once; where there is no dance, the handle and the app password.
    """

    client: Client
    application: Application
    redirect: str
    challenge: bool
    signs_in: Mapping[str, str]
    account: str
    server: str

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        """Script one fault of the next creating call: drop_before, drop_after, status or status_after."""

    def native_post(self, text: str) -> str:
        """Somebody posts on the network itself; answers the post's id as the client gives it."""

    def revoke(self) -> None:
        """The person who allowed the application withdraws it."""

    def alternative_text(self, post: str) -> str:
        """The description of the post's first picture as the network holds it."""

    def violations(self) -> list[object]:
        """What broke the network's contract."""


@runtime_checkable
class SaysYes(Protocol):
    """A stage on which a person says yes in a browser, because its pages are our own."""

    def says_yes(self, address: str) -> str:
        """Where the person is led back to."""


@dataclass
class Attempt:
    """A post on its way: what dispatch keeps of it before sending."""

    access: Access
    form: Form
    since: datetime
    watermark: str


def signed_in(stage: Stage) -> SignedIn:
    if isinstance(stage.client, TakingPasswords):
        return stage.client.signed_in_by_password(stage.signs_in["handle"], stage.signs_in["password"])
    signing = new_signing_in(stage.redirect, challenge=stage.challenge, server=stage.server)
    address = stage.client.address_to_sign_in(stage.application, signing)
    back = urllib3.util.parse_url(_led_back_to(stage, address))
    values = dict(pair.split("=", 1) for pair in (back.query or "").split("&"))
    assert values["state"] == signing.state
    return stage.client.signed_in(stage.application, signing, values["code"])


def _led_back_to(stage: Stage, address: str) -> str:
    if isinstance(stage, SaysYes):
        return stage.says_yes(address)
    query = "&".join(f"{name}={value}" for name, value in stage.signs_in.items())
    return urllib3.request("GET", f"{address}&{query}", redirect=False, retries=False).headers["location"]


def access_of(stage: Stage) -> Access:
    back = signed_in(stage)
    place = next(one for one in back.places if one.id == stage.account)
    return Access(place.id, place.token or back.token, stage.application, stage.server or back.server)


def attempt(stage: Stage, text: str, *media: Medium, access: Access | None = None) -> Attempt:
    opened, media = access or access_of(stage), media or getattr(stage, "always", ())
    watermark = stage.client.timeline(opened).newest
    form = stage.client.rendered(Variant(text, media))
    return Attempt(opened, form, datetime.now(UTC) - timedelta(minutes=2), watermark)


def publish(stage: Stage, one: Attempt, key: str = "key-1") -> Published:
    staged = stage.client.staged(one.access, one.form, key, {})
    return stage.client.published(one.access, one.form, key, staged)


def picture(alt: str = "A plain grey square") -> Medium:
    """A whole PNG of 400 by 400 points (ISO/IEC 15948), one grey."""
    octets = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", 400, 400, 8, 0, 0, 0, 0)),
            (b"IDAT", zlib.compress((b"\0" + b"\x80" * 400) * 400)),
            (b"IEND", b""),
        )
    )
    return Medium(sha256(octets).hexdigest(), "image/png", len(octets), 400, 400, lambda: octets, alt)


def picture_for(stage: Stage) -> Medium:
    """A picture as the network takes it, where it takes not every one."""
    own: Medium | None = getattr(stage, "picture", None)
    return own or picture()


class Contract:
    """Subclass it as ``TestContract`` and give it a fixture ``stage``."""

    refuses_doubles = False
    """Whether the network itself refuses the same text twice."""

    def take_role_away(self, stage: Stage) -> None:
        """Take the person's role on the account from them, where the network tells so of a token."""
        pytest.skip("tokens of this network outlive the role of the person who allowed them")

    def test_who_lost_the_role_may_not_post(self, stage: Stage) -> None:
        one = attempt(stage, "After the role was taken away")
        self.take_role_away(stage)
        with pytest.raises((Refused, TokenExpired)) as fault:
            publish(stage, one)
        if isinstance(fault.value, Refused):
            assert fault.value.reason in {Reason.PERMISSION, Reason.CONNECTION_LOST}

    def test_the_same_text_twice_is_refused_as_a_duplicate(self, stage: Stage) -> None:
        if not self.refuses_doubles:
            pytest.skip("this network takes the same text twice")
        one = attempt(stage, "Said twice")
        publish(stage, one)
        with pytest.raises(Refused) as refused:
            publish(stage, one, "key-2")
        assert refused.value.reason is Reason.DUPLICATE

    @pytest.fixture(autouse=True)
    def _leaves_no_violation(self, stage: Stage) -> object:
        yield
        assert stage.violations() == []

    def test_signing_in_opens_the_account(self, stage: Stage) -> None:
        back = signed_in(stage)
        assert stage.account in {place.id for place in back.places}
        assert back.token.access not in repr(back)

    def test_a_text_is_published_and_reads_back_as_it_was_written(self, stage: Stage) -> None:
        text = "Snow routes & more: <b>not bold</b> https://harrowfalls.example/snow?a=1&copy=2 été 🚒"
        one = attempt(stage, text)
        made = publish(stage, one)
        shown = stage.client.post(one.access, made.id)
        assert shown is not None
        assert (shown.id, shown.text, shown.media) == (made.id, one.form.shown, len(one.form.media))

    def test_a_picture_goes_out_with_its_description(self, stage: Stage) -> None:
        one = attempt(stage, "The new bridge", picture_for(stage))
        made = publish(stage, one)
        shown = stage.client.post(one.access, made.id)
        assert shown is not None
        assert (shown.text, shown.media) == (one.form.shown, 1)
        assert stage.alternative_text(made.id) == "A plain grey square"

    def test_what_was_staged_is_used_again(self, stage: Stage) -> None:
        one = attempt(stage, "The old bridge", picture_for(stage))
        staged = stage.client.staged(one.access, one.form, "key-1", {})
        assert stage.client.staged(one.access, one.form, "key-1", staged) == staged

    def test_a_post_is_changed_where_the_network_can(self, stage: Stage) -> None:
        one = attempt(stage, "The rink opens on Monday")
        made = publish(stage, one)
        changed = stage.client.rendered(Variant("The rink opens on Tuesday"))
        if Can.EDIT not in stage.client.can:
            with pytest.raises(CannotHere):
                stage.client.edited(one.access, made.id, changed)
            return
        stage.client.edited(one.access, made.id, changed)
        shown = stage.client.post(one.access, made.id)
        assert shown is not None
        assert shown.text == changed.shown

    def test_a_deleted_post_is_gone_and_deleting_it_again_is_done(self, stage: Stage) -> None:
        if Can.DELETE not in stage.client.can:
            pytest.skip("this network lets nobody delete")
        one = attempt(stage, "Posted by mistake")
        made = publish(stage, one)
        stage.client.deleted(one.access, made.id)
        assert stage.client.post(one.access, made.id) is None
        stage.client.deleted(one.access, made.id)

    def test_a_post_made_on_the_network_itself_is_seen(self, stage: Stage) -> None:
        one = attempt(stage, "Water main on Fifth is closed")
        publish(stage, one)
        native = stage.native_post("Typed on a phone")
        read = stage.client.timeline(one.access, after=one.watermark)
        assert [post.text for post in read.posts] == ["Typed on a phone", one.form.shown]
        assert read.complete
        assert read.posts[0].id == native
        assert stage.client.timeline(one.access, after=read.newest).posts == ()

    def test_a_timeline_that_was_not_read_to_its_end_says_so(self, stage: Stage) -> None:
        access = access_of(stage)
        stage.native_post("The one before")
        before = stage.client.timeline(access).newest
        for number in range(7):
            stage.native_post(f"Notice number {number}")
        short = stage.client.timeline(access, after=before, most=5)
        assert not short.complete
        assert len(short.posts) == 5
        whole = stage.client.timeline(access, after=before, most=100)
        assert (whole.complete, len(whole.posts)) == (True, 7)

    @pytest.mark.parametrize(("kind", "status"), [("drop_after", 0), ("status_after", 502)])
    def test_a_post_whose_answer_was_lost_is_found_once(self, stage: Stage, kind: str, status: int) -> None:
        one = attempt(stage, "Answer lost after the deed https://harrowfalls.example/a")
        staged = stage.client.staged(one.access, one.form, "key-1", {})
        stage.strike(kind, status)
        with pytest.raises(Uncertain):
            stage.client.published(one.access, one.form, "key-1", staged)
        found = stage.client.found(
            one.access, one.form, "key-1", staged, since=one.since, after=one.watermark
        )
        assert (len(found.posts), found.complete) == (1, True)

    @pytest.mark.parametrize(("kind", "status"), [("drop_before", 0), ("status", 500), ("status", 503)])
    def test_a_post_that_was_never_made_is_not_found(self, stage: Stage, kind: str, status: int) -> None:
        one = attempt(stage, "Never arrived")
        staged = stage.client.staged(one.access, one.form, "key-1", {})
        stage.strike(kind, status)
        with pytest.raises(Uncertain):
            stage.client.published(one.access, one.form, "key-1", staged)
        found = stage.client.found(
            one.access, one.form, "key-1", staged, since=one.since, after=one.watermark
        )
        assert (found.posts, found.complete) == ((), True)

    def test_a_withdrawn_application_is_a_lost_connection(self, stage: Stage) -> None:
        one = attempt(stage, "After the password was changed")
        stage.revoke()
        with pytest.raises((TokenExpired, Refused)) as first:
            publish(stage, one)
        fault: NetworkFault = first.value
        if isinstance(fault, TokenExpired) and Can.REFRESH in stage.client.can:
            with pytest.raises(Refused) as second:
                stage.client.refreshed(stage.application, one.access.token, stage.server)
            fault = second.value
        if isinstance(fault, Refused):
            assert fault.reason is Reason.CONNECTION_LOST

    def test_who_asks_too_often_is_told_when_to_come_again(self, stage: Stage) -> None:
        one = attempt(stage, "Too many")
        at = int(datetime.now(UTC).timestamp()) + 600
        stage.strike("status", 429, {"x-rate-limit-reset": str(at), "retry-after": "600"})
        with pytest.raises(Later) as later:
            publish(stage, one)
        if later.value.until is not None:
            assert later.value.until >= datetime.now(UTC) + timedelta(seconds=590)
