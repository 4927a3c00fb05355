"""What each of X's answers means (section 2 of the networks' rules: one row, one case)."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from undersigned.networks.calling import Answer
from undersigned.networks.faults import Later, OperatorsDuty, Reason, Refused, TokenExpired
from undersigned.networks.x.words import explained, explained_token

PROBLEMS = "https://api.twitter.com/2/problems/"


def answer(status: int, body: object, **headers: str) -> Answer:
    return Answer(
        status, {name.replace("_", "-"): value for name, value in headers.items()}, json.dumps(body).encode()
    )


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (403, {"detail": "You are not allowed to create a Tweet with duplicate content."}, Reason.DUPLICATE),
        (403, {"detail": "Reply to this conversation is not allowed because …"}, Reason.NOT_ALLOWED_HERE),
        (403, {"type": PROBLEMS + "not-authorized-for-resource"}, Reason.PERMISSION),
        (403, {"type": PROBLEMS + "disallowed-resource"}, Reason.POLICY),
        (403, {"type": PROBLEMS + "user-suspended"}, Reason.POLICY),
        (400, {"errors": [{"message": "Your Tweet text is too long."}]}, Reason.TOO_LONG),
        (400, {"errors": [{"message": "Your media IDs are invalid."}]}, Reason.MEDIA),
        (400, {"errors": [{"message": "$.colour: is not defined"}]}, Reason.CONTRACT),
        (402, {"title": "Payment Required"}, Reason.QUOTA),
        (403, {"detail": "Your enrolled account does not have any credits"}, Reason.QUOTA),
        (404, {"type": PROBLEMS + "resource-not-found"}, Reason.GONE),
        (413, {}, Reason.MEDIA),
    ],
)
def test_a_refusal_has_its_reason(status: int, body: object, reason: Reason) -> None:
    fault = explained(answer(status, body))
    assert isinstance(fault, Refused)
    assert fault.reason is reason
    assert isinstance(fault, OperatorsDuty) is (reason is Reason.QUOTA)


@pytest.mark.parametrize("body", [{"title": "Too Many Requests"}, {"errors": [{"code": 88}]}])
def test_too_many_calls_wait_until_x_says(body: object) -> None:
    fault = explained(answer(429, body, x_rate_limit_reset="1800000000"))
    assert isinstance(fault, Later)
    assert fault.until == datetime.fromtimestamp(1_800_000_000, UTC)


def test_an_unknown_token_is_expired_and_a_fault_of_x_is_left_to_the_general_rule() -> None:
    assert isinstance(explained(answer(401, {})), TokenExpired)
    assert explained(answer(503, {})) is None


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (400, {"error_description": "Value passed for the token was invalid."}, Reason.CONNECTION_LOST),
        (400, {"error": "invalid_grant"}, Reason.CONNECTION_LOST),
        (401, {"error": "unauthorized_client"}, Reason.PERMISSION),
        (400, {"error": "unsupported_grant_type"}, Reason.CONTRACT),
    ],
)
def test_the_token_endpoint_speaks_of_errors_in_its_own_way(
    status: int, body: object, reason: Reason
) -> None:
    fault = explained_token(answer(status, body))
    assert isinstance(fault, Refused)
    assert fault.reason is reason


def test_a_token_endpoint_that_is_down_is_asked_later() -> None:
    assert isinstance(explained_token(answer(503, {})), Later)
