"""What the answers of servers of Mastodon's kind mean (documentation: "Error", "Rate limits"; section 7 of the
networks' rules). Servers word their refusals freely, so words decide only between kinds of refusal."""

from __future__ import annotations

from datetime import UTC, datetime

from undersigned.networks.calling import Answer, retry_after
from undersigned.networks.faults import Later, NetworkFault, OperatorsDuty, Reason, Refused, TokenExpired

OF_MEDIA = ("media", "file", "attach", "thumbnail", "image", "video", "description is too long")
TOO_LONG = ("too long", "character limit", "exceeded")
OF_POLICY = ("suspended", "login is currently disabled")


def explained(answer: Answer) -> NetworkFault | None:
    """An answer of the API that is not 2xx."""
    said = said_by(answer)
    if answer.status == 429:
        return Later(said or "429", until=reset_at(answer))
    if answer.status == 401 or (answer.status == 400 and _is_plain(answer)):
        return TokenExpired(said or str(answer.status))
    if answer.status == 403:
        return Refused(Reason.POLICY if _any(OF_POLICY, said) else Reason.PERMISSION, said)
    if answer.status in {404, 410}:
        return Refused(Reason.GONE, said)
    if answer.status == 413:
        return Refused(Reason.MEDIA, said)
    return _of_422(said) if answer.status in {400, 422} else None


def explained_token(answer: Answer) -> NetworkFault | None:
    """An answer of the token endpoint (RFC 6749, section 5.2) that is not 2xx."""
    error, said = str(answer.object().get("error", "")), said_by(answer)
    if answer.status == 429 or answer.status >= 500:
        return Later(said or str(answer.status), until=reset_at(answer))
    if error == "invalid_grant":
        return Refused(Reason.CONNECTION_LOST, said)
    if error in {"invalid_client", "unauthorized_client"}:
        return OperatorsDuty(Reason.PERMISSION, said)
    return Refused(Reason.CONTRACT, said or str(answer.status))


def said_by(answer: Answer) -> str:
    body = answer.object()
    return str(body.get("error_description") or body.get("error") or "")


def reset_at(answer: Answer) -> datetime | None:
    """``X-RateLimit-Reset`` is a moment in ISO 8601; servers that send none may send ``Retry-After``."""
    try:
        found = datetime.fromisoformat(answer.headers.get("x-ratelimit-reset", ""))
    except ValueError:
        return retry_after(answer)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _is_plain(answer: Answer) -> bool:
    return answer.headers.get("content-type", "").startswith("text/plain")


def _of_422(said: str) -> Refused:
    if _any(OF_MEDIA, said):
        return Refused(Reason.MEDIA, said)
    return Refused(Reason.TOO_LONG if _any(TOO_LONG, said) else Reason.CONTRACT, said)


def _any(words: tuple[str, ...], said: str) -> bool:
    return any(word in said.lower() for word in words)
