"""What each answer of a server means (section 7 of the networks' rules: one row, one case)."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from undersigned.networks.calling import Answer
from undersigned.networks.faults import Later, OperatorsDuty, Reason, Refused, TokenExpired
from undersigned.networks.mastodon.words import explained, explained_token


def answer(status: int, error: str = "", **headers: str) -> Answer:
    whole = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, whole, json.dumps({"error": error}).encode())


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (403, "This action is not allowed", Reason.PERMISSION),
        (403, "Your account is suspended", Reason.POLICY),
        (404, "Record not found", Reason.GONE),
        (410, "", Reason.GONE),
        (413, "", Reason.MEDIA),
        (422, "Validation failed: Text character limit of 500 exceeded", Reason.TOO_LONG),
        (422, "Cannot attach more than 4 files", Reason.MEDIA),
        (422, "Validation failed: Description is too long", Reason.MEDIA),
        (422, "Validation failed: Language is invalid", Reason.CONTRACT),
        (400, "Bad Request", Reason.CONTRACT),
    ],
)
def test_a_refusal_has_its_reason(status: int, error: str, reason: Reason) -> None:
    fault = explained(answer(status, error))
    assert isinstance(fault, Refused)
    assert fault.reason is reason


def test_a_bad_token_is_refused_in_two_ways() -> None:
    assert isinstance(explained(answer(401)), TokenExpired)
    assert isinstance(explained(answer(400, content_type="text/plain; charset=utf-8")), TokenExpired)


def test_too_many_calls_wait_until_the_server_says() -> None:
    fault = explained(answer(429, x_ratelimit_reset="2027-01-15T08:00:00.123456Z"))
    assert isinstance(fault, Later)
    assert fault.until == datetime(2027, 1, 15, 8, 0, 0, 123456, UTC)
    silent = explained(answer(429))
    assert isinstance(silent, Later)
    assert silent.until is None


def test_a_fault_of_the_server_is_left_to_the_general_rule() -> None:
    assert explained(answer(503)) is None


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (400, "invalid_grant", Reason.CONNECTION_LOST),
        (401, "invalid_client", Reason.PERMISSION),
        (403, "unauthorized_client", Reason.PERMISSION),
        (400, "invalid_request", Reason.CONTRACT),
    ],
)
def test_the_token_endpoint_speaks_of_errors_in_its_own_way(status: int, error: str, reason: Reason) -> None:
    fault = explained_token(answer(status, error))
    assert isinstance(fault, Refused)
    assert fault.reason is reason
    assert isinstance(fault, OperatorsDuty) is error.endswith("_client")


def test_a_token_endpoint_that_is_down_is_asked_later() -> None:
    assert isinstance(explained_token(answer(503)), Later)
