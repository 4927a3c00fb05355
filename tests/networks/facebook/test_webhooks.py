"""Reports that arrive as Facebook's: believed only with its signature, and typed."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.networks.facebook.webhooks import (
    NotTheirs,
    Verb,
    challenge_answered,
    notices,
    signed_by_them,
)

SECRET = "app-secret"
HANDSHAKE = {"hub.mode": "subscribe", "hub.verify_token": "our-word", "hub.challenge": "1158201444"}


def sign(body: bytes, secret: str = SECRET) -> str:
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def report(*values: dict[str, object], field: str = "feed", about: str = "page") -> bytes:
    changes = [{"field": field, "value": value} for value in values]
    told = {"object": about, "entry": [{"id": "1001", "time": 1_795_000_000, "changes": changes}]}
    return json.dumps(told).replace("/", "\\/").encode()


COMMENT: dict[str, object] = {
    "from": {"id": "77", "name": "Robin Follower"}, "item": "comment", "verb": "add", "post_id": "1001_1",
    "comment_id": "1_9", "parent_id": "1001_1", "created_time": 1_795_000_001, "message": "Été",
}  # fmt: skip


def test_a_comment_s_report_says_where_to_look() -> None:
    body = report(COMMENT)
    (notice,) = notices(body, sign(body), SECRET)
    assert (notice.page, notice.verb, notice.item) == ("1001", Verb.ADD, "comment")
    assert (notice.post, notice.comment, notice.parent, notice.by) == ("1001_1", "1_9", "1001_1", "77")
    assert notice.at == datetime.fromtimestamp(1_795_000_001, UTC)


def test_the_same_report_twice_has_one_key_and_another_has_another() -> None:
    hidden = {**COMMENT, "verb": "hide"}
    keys = [
        one.key
        for body in (report(COMMENT), report(COMMENT, hidden))
        for one in notices(body, sign(body), SECRET)
    ]
    assert keys[0] == keys[1] != keys[2]


@given(st.binary(max_size=200), st.text(max_size=80))
def test_what_is_not_signed_is_not_theirs(body: bytes, signature: str) -> None:
    assert not signed_by_them(body, signature, SECRET)
    with pytest.raises(NotTheirs):
        notices(body, signature, SECRET)


def test_one_other_byte_another_secret_and_no_secret_are_not_theirs() -> None:
    body = report(COMMENT)
    assert not signed_by_them(body + b" ", sign(body), SECRET)
    assert not signed_by_them(body, sign(body, "another"), SECRET)
    assert not signed_by_them(body, sign(body, ""), "")
    assert not signed_by_them(body, sign(body).removeprefix("sha256="), SECRET)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["object", "entry", "changes", "field", "value", "from", "id", "verb", "time"]
                ),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_whatever_is_signed_is_read_without_falling_over(told: object) -> None:
    body = json.dumps({"object": "page", "entry": told}).encode()
    assert isinstance(notices(body, sign(body), SECRET), tuple)


def test_other_fields_and_other_objects_say_nothing() -> None:
    for body in (report(COMMENT, field="ratings"), report(COMMENT, about="user"), b"[]"):
        assert notices(body, sign(body), SECRET) == ()
    with pytest.raises(NotTheirs):
        notices(b"{", sign(b"{"), SECRET)


def test_the_handshake_is_answered_only_to_who_knows_our_word() -> None:
    assert challenge_answered(HANDSHAKE, "our-word") == "1158201444"
    assert challenge_answered(HANDSHAKE, "another") is None
    assert challenge_answered({**HANDSHAKE, "hub.verify_token": ""}, "") is None
    assert challenge_answered({**HANDSHAKE, "hub.mode": "unsubscribe"}, "our-word") is None
    assert challenge_answered({}, "our-word") is None
