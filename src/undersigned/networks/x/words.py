"""X's error words, and what each means for the caller (vendor's specification for the problem types; wordings as seen
in answers of the real network)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from undersigned.networks.calling import Answer, retry_after
from undersigned.networks.faults import Later, NetworkFault, OperatorsDuty, Reason, Refused, TokenExpired

LOST = ("value passed for the token was invalid", "authorization code was invalid")
NOT_HERE = (
    "reply to this conversation",
    "attempted to reply",
    "mentioned or otherwise engaged",
    "quote posts are not",
)
POLICY_TYPES = ("disallowed-resource", "user-suspended", "usage-policy")
APPLICATION_TYPES = ("client-forbidden", "client-disconnected", "unsupported-authentication")


def explained(answer: Answer) -> NetworkFault | None:
    """An answer of the API that is not 2xx."""
    said = said_by(answer)
    if answer.status == 429 or _code(answer) == 88:
        return Later(said, until=reset_at(answer))
    if answer.status == 401:
        return TokenExpired(said)
    if answer.status == 402 or (answer.status in {400, 403} and "credits" in said.lower()):
        return OperatorsDuty(Reason.QUOTA, said)
    if answer.status in {404, 410}:
        return Refused(Reason.GONE, said)
    if answer.status == 413:
        return Refused(Reason.MEDIA, said)
    if answer.status in {400, 403}:
        return (_of_400 if answer.status == 400 else _of_403)(answer, said)
    return None


def explained_token(answer: Answer) -> NetworkFault | None:
    """An answer of the token endpoint (RFC 6749, section 5.2) that is not 2xx."""
    error = str(answer.object().get("error", ""))
    said = said_by(answer)
    if answer.status == 429 or answer.status >= 500:
        return Later(said or str(answer.status), until=reset_at(answer))
    if error == "invalid_grant" or any(words in said.lower() for words in LOST):
        return Refused(Reason.CONNECTION_LOST, said)
    if error in {"invalid_client", "unauthorized_client"}:
        return OperatorsDuty(Reason.PERMISSION, said)
    return Refused(Reason.CONTRACT, said or str(answer.status))


def refused_item(error: dict[str, Any]) -> Refused:
    """One entry of ``errors[]`` beside what a reading did answer."""
    said, kind = str(error.get("detail") or error.get("title") or ""), str(error.get("type", ""))
    if kind.endswith("resource-not-found"):
        return Refused(Reason.GONE, said)
    return Refused(Reason.POLICY if kind.endswith(POLICY_TYPES) else Reason.PERMISSION, said)


def said_by(answer: Answer) -> str:
    """The network's own words: its messages, else its detail or title."""
    body = answer.object()
    messages = [str(one["message"]) for one in _errors(body) if one.get("message")]
    detail = body.get("detail") or body.get("error_description") or body.get("title") or body.get("error")
    return " ".join(messages) or str(detail or "")


def reset_at(answer: Answer) -> datetime | None:
    """``x-rate-limit-reset`` is a unix time in seconds."""
    said = answer.headers.get("x-rate-limit-reset", "")
    if said.isascii() and said.isdigit() and len(said) < 12:
        return datetime.fromtimestamp(int(said), UTC)
    return retry_after(answer)


def _of_400(answer: Answer, said: str) -> Refused:
    about = json.dumps([one.get("parameters") for one in _errors(answer.object())])
    if "too long" in said.lower():
        return Refused(Reason.TOO_LONG, said)
    if "media" in about.lower() or "media" in said.lower() or "file size" in said.lower():
        return Refused(Reason.MEDIA, said)
    return Refused(Reason.CONTRACT, said)


def _of_403(answer: Answer, said: str) -> Refused:
    low, kind = said.lower(), str(answer.object().get("type", ""))
    if "duplicate content" in low:
        return Refused(Reason.DUPLICATE, said)
    if any(words in low for words in NOT_HERE):
        return Refused(Reason.NOT_ALLOWED_HERE, said)
    if kind.endswith(APPLICATION_TYPES):
        return OperatorsDuty(Reason.PERMISSION, said)
    if kind.endswith(POLICY_TYPES) or "cashtag" in low:
        return Refused(Reason.POLICY, said)
    return Refused(Reason.PERMISSION, said)


def _code(answer: Answer) -> object:
    return next((one.get("code") for one in _errors(answer.object())), None)


def _errors(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    found = body.get("errors")
    return (one for one in found if isinstance(one, dict)) if isinstance(found, list) else iter(())
