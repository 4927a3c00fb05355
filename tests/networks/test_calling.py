"""What the end of a call means, told apart by whether its bytes had left."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta

import pytest
from tests.networks.loopback import Reply, far_side

from undersigned.networks.calling import Answer, Caller, retry_after
from undersigned.networks.faults import Later, NetworkFault, Reason, Refused, TokenExpired, Uncertain


def unexplained(answer: Answer) -> NetworkFault | None:
    return None


def closed_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_what_was_never_sent_is_tried_again_later() -> None:
    base = f"http://127.0.0.1:{closed_port()}"
    with pytest.raises(Later):
        Caller((base,), unexplained).create("POST", f"{base}/posts", value={"text": "x"})


@pytest.mark.parametrize("reply", [Reply(drop=True), Reply(cut=True), Reply(status=502), Reply(status=302)])
def test_a_lost_answer_to_a_creating_call_is_uncertain_and_to_a_reading_one_is_not(reply: Reply) -> None:
    with far_side(lambda _: reply) as far:
        caller = Caller((far.base,), unexplained)
        with pytest.raises(Uncertain):
            caller.create("POST", f"{far.base}/posts", value={"text": "x"})
        with pytest.raises(Later):
            caller.ask("GET", f"{far.base}/posts")
        assert [one.method for one in far.requests] == ["POST", "GET"]


def test_no_answer_in_time_is_uncertain_once_the_bytes_have_left() -> None:
    waiting = socket.create_server(("127.0.0.1", 0))
    with waiting:
        base = f"http://127.0.0.1:{waiting.getsockname()[1]}"
        caller = Caller((base,), unexplained)
        with pytest.raises(Uncertain):
            caller.create("POST", f"{base}/posts", value={}, read_seconds=0.2)


def test_too_many_calls_are_put_off_to_the_networks_own_word() -> None:
    with (
        far_side(lambda _: Reply(429, headers={"retry-after": "90"})) as far,
        pytest.raises(Later) as put_off,
    ):
        Caller((far.base,), unexplained).create("POST", f"{far.base}/posts", value={})
    assert put_off.value.until is not None
    assert abs(put_off.value.until - datetime.now(UTC) - timedelta(seconds=90)) < timedelta(seconds=5)


def test_a_token_no_longer_taken_is_told_apart() -> None:
    with far_side(lambda _: Reply(401)) as far, pytest.raises(TokenExpired):
        Caller((far.base,), unexplained).create("POST", f"{far.base}/posts", value={})


def test_the_networks_own_words_come_before_the_general_rule() -> None:
    def duplicate(answer: Answer) -> NetworkFault | None:
        return Refused(Reason.DUPLICATE, str(answer.object().get("detail")))

    with (
        far_side(lambda _: Reply(403, b'{"detail": "said before"}')) as far,
        pytest.raises(Refused) as refused,
    ):
        Caller((far.base,), duplicate).create("POST", f"{far.base}/posts", value={})
    assert (refused.value.reason, refused.value.words) == (Reason.DUPLICATE, "said before")


def test_no_redirect_is_followed() -> None:
    with far_side(lambda _: Reply(307, headers={"location": "/elsewhere"})) as far:
        with pytest.raises(Later):
            Caller((far.base,), unexplained).ask("GET", f"{far.base}/posts")
        assert [one.path for one in far.requests] == ["/posts"]


def test_a_private_address_is_not_called_unless_the_settings_name_it() -> None:
    with far_side(lambda _: Reply()) as far:
        with pytest.raises(Later):
            Caller((), unexplained).ask("GET", f"{far.base}/")
        assert far.requests == []
        Caller((far.base,), unexplained).ask("GET", f"{far.base}/")
        assert len(far.requests) == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("Tue, 24 Nov 2026 10:02:00 GMT", 120), ("soon", None), ("", None), ("-5", None)],
)
def test_retry_after_is_seconds_or_a_date(said: str, seconds: int | None) -> None:
    now = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    found = retry_after(Answer(429, {"retry-after": said}, b""), now)
    assert found == (now + timedelta(seconds=seconds) if seconds is not None else None)
