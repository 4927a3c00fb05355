"""What LinkedIn's answers mean."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from undersigned.networks.calling import Answer
from undersigned.networks.faults import (
    Later,
    NetworkFault,
    OperatorsDuty,
    Reason,
    Refused,
    TokenExpired,
)
from undersigned.networks.linkedin.words import explained, explained_token, quota_back_at


def answer(status: int, body: object, **headers: str) -> Answer:
    return Answer(status, headers, json.dumps(body).encode())


def inputs(code: str, message: str = "Invalid") -> dict[str, object]:
    return {
        "message": message,
        "errorDetails": {"inputErrors": [{"code": code, "description": "Told more closely"}]},
    }


@pytest.mark.parametrize(
    ("status", "body", "kind", "reason"),
    [
        (401, {"code": "EXPIRED_ACCESS_TOKEN"}, TokenExpired, None),
        (401, {"code": "REVOKED_ACCESS_TOKEN"}, Refused, Reason.CONNECTION_LOST),
        (403, {"code": "ACCESS_DENIED", "message": "Not enough permissions"}, Refused, Reason.PERMISSION),
        (403, {"message": "Unpermitted fields present in PARAMETER"}, Refused, Reason.CONTRACT),
        (404, {"code": "NOT_FOUND"}, Refused, Reason.GONE),
        (404, {"code": "RESOURCE_NOT_FOUND"}, Refused, Reason.CONTRACT),
        (422, inputs("DUPLICATE_POST"), Refused, Reason.DUPLICATE),
        (400, inputs("FIELD_LENGTH_TOO_LONG"), Refused, Reason.TOO_LONG),
        (400, inputs("FIELD_ARRAY_SIZE_TOO_HIGH"), Refused, Reason.TOO_LONG),
        (400, inputs("MEDIA_ASSET_PROCESSING_FAILED"), Refused, Reason.MEDIA),
        (400, inputs("MEDIA_ASSET_WAITING_UPLOAD"), Later, None),
        (422, {"message": "ERROR :: /author :: field is required"}, Refused, Reason.CONTRACT),
        (426, {"code": "NONEXISTENT_VERSION"}, OperatorsDuty, Reason.VERSION),
        (429, {"message": "Resource level throttle limit"}, Later, None),
    ],
)
def test_what_an_answer_means(
    status: int, body: object, kind: type[NetworkFault], reason: Reason | None
) -> None:
    fault = explained(answer(status, body))
    assert type(fault) is kind
    assert getattr(fault, "reason", None) is reason


def test_a_server_s_fault_is_left_to_the_general_rule() -> None:
    assert explained(answer(500, {"message": "Internal"})) is None
    assert explained(Answer(503, {}, b"<html>")) is None


def test_a_duplicate_names_the_first_post() -> None:
    fault = explained(
        answer(422, inputs("DUPLICATE_POST", "Content is a duplicate of urn:li:share:7436053211"))
    )
    assert isinstance(fault, Refused)
    assert fault.earlier == "urn:li:share:7436053211"
    assert "Told more closely" in fault.words


def test_a_quota_comes_back_at_midnight_and_never_before_the_network_s_own_word() -> None:
    now = datetime(2026, 11, 24, 23, 58, tzinfo=UTC)
    assert quota_back_at(answer(429, {}), now) == datetime(2026, 11, 25, tzinfo=UTC)
    told = answer(429, {}, **{"retry-after": "600"})
    assert quota_back_at(told, now) == datetime(2026, 11, 25, 0, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "error", "kind", "reason"),
    [
        (400, "invalid_grant", Refused, Reason.CONNECTION_LOST),
        (401, "invalid_client", OperatorsDuty, Reason.PERMISSION),
        (400, "invalid_redirect_uri", OperatorsDuty, Reason.PERMISSION),
        (400, "invalid_request", Refused, Reason.CONTRACT),
        (503, "", Later, None),
    ],
)
def test_what_the_token_endpoint_means(
    status: int, error: str, kind: type[NetworkFault], reason: Reason | None
) -> None:
    fault = explained_token(answer(status, {"error": error}))
    assert type(fault) is kind
    assert getattr(fault, "reason", None) is reason
