"""What each answer of a server means (section 6 of the networks' rules: one row, one case)."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from undersigned.networks.bluesky.words import explained
from undersigned.networks.calling import Answer
from undersigned.networks.faults import Later, Reason, Refused, TokenExpired, Unprepared


def answer(status: int, error: str = "", message: str = "", **headers: str) -> Answer:
    whole = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, whole, json.dumps({"error": error, "message": message}).encode())


@pytest.mark.parametrize(
    ("status", "error", "message", "reason"),
    [
        (400, "InvalidRequest", "grapheme too big (maximum 300, got 301)", Reason.TOO_LONG),
        (400, "InvalidRequest", "string too big (maximum 3000, got 3001)", Reason.TOO_LONG),
        (400, "InvalidRequest", "Invalid TID string", Reason.CONTRACT),
        (400, "InvalidRequest", "Referenced Mimetype does not match stored blob", Reason.MEDIA),
        (413, "PayloadTooLarge", "request entity too large", Reason.MEDIA),
        (400, "RecordNotFound", "", Reason.GONE),
        (401, "AuthenticationRequired", "", Reason.PERMISSION),
        (403, "AccountNotFound", "", Reason.PERMISSION),
        (401, "AccountTakedown", "", Reason.POLICY),
    ],
)
def test_a_refusal_has_its_reason(status: int, error: str, message: str, reason: Reason) -> None:
    fault = explained(answer(status, error, message))
    assert isinstance(fault, Refused)
    assert fault.reason is reason


@pytest.mark.parametrize("error", ["InvalidToken", "ExpiredToken"])
def test_a_token_that_is_no_longer_taken_is_a_400_here(error: str) -> None:
    assert isinstance(explained(answer(400, error)), TokenExpired)


def test_too_many_calls_wait_until_the_server_says() -> None:
    fault = explained(answer(429, "RateLimitExceeded", ratelimit_reset="1800000000"))
    assert isinstance(fault, Later)
    assert fault.until == datetime.fromtimestamp(1_800_000_000, UTC)


def test_an_appview_that_is_down_is_left_to_the_general_rule() -> None:
    assert explained(answer(502, "UpstreamFailure")) is None


def test_a_record_that_somebody_changed_meanwhile_is_tried_again_later() -> None:
    assert isinstance(explained(answer(400, "InvalidSwap")), Later)


def test_a_picture_that_the_server_forgot_is_uploaded_anew() -> None:
    assert isinstance(explained(answer(400, "BlobNotFound", "Could not find blob")), Unprepared)
