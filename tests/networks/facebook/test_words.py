"""Every row of the Graph's error codes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from undersigned.networks.calling import Answer
from undersigned.networks.facebook.words import explained, explained_token
from undersigned.networks.faults import LONGEST_WORDS, Later, OperatorsDuty, Reason, Refused


def answer(code: object, subcode: int | None = None, status: int = 400, **more: object) -> Answer:
    error = {
        "message": f"(#{code}) words",
        "code": code,
        "error_subcode": subcode,
        "fbtrace_id": "AbC",
        **more,
    }
    return Answer(status, {}, json.dumps({"error": error}).encode())


@pytest.mark.parametrize(
    ("code", "subcode", "reason"),
    [
        *((190, subcode, Reason.CONNECTION_LOST) for subcode in (None, 458, 459, 460, 463, 467, 492)),
        (190, 2069032, Reason.CONTRACT),
        (102, None, Reason.CONNECTION_LOST),
        (10, None, Reason.PERMISSION),
        (200, None, Reason.PERMISSION),
        (299, None, Reason.PERMISSION),
        (100, None, Reason.CONTRACT),
        (100, 33, Reason.GONE),
        (100, 1366051, Reason.DUPLICATE),
        (506, 1455006, Reason.DUPLICATE),
        (368, None, Reason.POLICY),
        (324, 2069019, Reason.MEDIA),
        (36001, 2207005, Reason.MEDIA),
        (9004, 2207052, Reason.MEDIA),
        (-1, 2207032, Reason.MEDIA),
        (24, 2207006, Reason.GONE),
        (1705, None, Reason.CONTRACT),
        ("190", 460, Reason.CONNECTION_LOST),
    ],
)
def test_a_refusal_has_its_reason(code: object, subcode: int | None, reason: Reason) -> None:
    fault = explained(answer(code, subcode))
    assert isinstance(fault, Refused)
    assert fault.reason is reason


@pytest.mark.parametrize("code", [4, 17, 32, 341, 613, 80001, 80002])
def test_a_limit_says_when_to_come_again(code: int) -> None:
    use = {"7": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 42}]}
    told = answer(code, is_transient=True)
    limited = Answer(400, {"x-business-use-case-usage": json.dumps(use)}, told.body)
    fault = explained(limited)
    assert isinstance(fault, Later)
    assert fault.until is not None
    assert fault.until > datetime.now(UTC) + timedelta(minutes=41)
    without = explained(told)
    assert isinstance(without, Later)
    assert without.until is None


@pytest.mark.parametrize("told", [answer(1, status=500), answer(2), answer(9999, is_transient=True)])
def test_what_passes_is_left_to_whether_the_call_created(told: Answer) -> None:
    assert explained(told) is None


@pytest.mark.parametrize(
    "body", [b"", b"<html>Bad gateway</html>", b"[]", b'{"error": "no"}', b'{"error": {}}']
)
def test_an_answer_without_an_error_of_the_graph_is_left_to_the_general_rule(body: bytes) -> None:
    assert explained(Answer(502, {}, body)) is None


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (answer(2635), Reason.VERSION),
        (answer(2500, message="Unknown path components: /v19.0/me"), Reason.VERSION),
        (answer(101), Reason.PERMISSION),
        (answer(100, message="Invalid appsecret_proof provided in the API argument"), Reason.PERMISSION),
    ],
)
def test_what_only_an_operator_mends_is_theirs(told: Answer, reason: Reason) -> None:
    fault = explained(told)
    assert isinstance(fault, OperatorsDuty)
    assert fault.reason is reason


def test_the_token_endpoint_says_code_one_of_a_wrong_secret() -> None:
    assert isinstance(explained_token(answer(1, message="Error validating client secret.")), OperatorsDuty)
    assert explained_token(answer(1)) is None


@pytest.mark.parametrize("subcode", [36007, 36008, 36009])
def test_a_spent_code_means_to_sign_in_anew(subcode: int) -> None:
    fault = explained_token(answer(100, subcode))
    assert isinstance(fault, Refused)
    assert fault.reason is Reason.CONNECTION_LOST


def test_words_are_those_for_people_and_keep_the_trace() -> None:
    fault = explained(answer(368, error_user_msg="You were blocked. " * 60))
    assert fault is not None
    assert fault.words.startswith("You were blocked.")
    assert fault.words.endswith("[AbC]")
    assert len(fault.words) <= LONGEST_WORDS


def test_a_signed_address_never_stands_in_the_words() -> None:
    words = "The media could not be fetched from this URI: https://city.example/m/1.jpg?signature=s3cret"
    fault = explained(answer(9004, error_user_msg=words))
    assert fault is not None
    assert "s3cret" not in fault.words
