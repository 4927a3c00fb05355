"""LinkedIn's error words, and what each means for the caller (vendor's page "Error handling"; wordings of duplicates
and versions as seen in answers of the real network)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from undersigned.networks.calling import Answer, retry_after
from undersigned.networks.faults import (
    Later,
    NetworkFault,
    OperatorsDuty,
    Reason,
    Refused,
    TokenExpired,
)

EARLIER = re.compile(r"urn:li:(?:share|ugcPost):\d+")
TOO_LONG = frozenset({"FIELD_LENGTH_TOO_LONG", "FIELD_ARRAY_SIZE_TOO_HIGH"})
MEDIA_COMING = frozenset({"MEDIA_ASSET_PROCESSING", "MEDIA_ASSET_WAITING_UPLOAD"})


def explained(answer: Answer) -> NetworkFault | None:
    """An answer of the API that is not 2xx."""
    said = said_by(answer)
    if answer.status == 401:
        lost = "REVOKED_ACCESS_TOKEN" in codes(answer)
        return Refused(Reason.CONNECTION_LOST, said) if lost else TokenExpired(said)
    if answer.status == 429:
        return Later(said, until=quota_back_at(answer))
    if answer.status == 426:
        return OperatorsDuty(Reason.VERSION, said)
    if answer.status in {403, 404}:
        return _of_403_or_404(answer, said)
    return _of_input(answer, said) if answer.status in {400, 405, 406, 413, 415, 422} else None


def explained_token(answer: Answer) -> NetworkFault | None:
    """An answer of the token endpoint (RFC 6749, section 5.2) that is not 2xx."""
    error = str(answer.object().get("error", ""))
    said = said_by(answer)
    if answer.status == 429 or answer.status >= 500:
        return Later(said or str(answer.status), until=retry_after(answer))
    if error in {"invalid_client", "unauthorized_client", "invalid_redirect_uri"}:
        return OperatorsDuty(Reason.PERMISSION, said)
    if error == "invalid_grant":
        return Refused(Reason.CONNECTION_LOST, said)
    return Refused(Reason.CONTRACT, said or str(answer.status))


def quota_back_at(answer: Answer, now: datetime | None = None) -> datetime:
    """Quotas are a day's and come back at 00:00 UTC; never earlier than the network's own word."""
    at = now or datetime.now(UTC)
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return max(midnight, retry_after(answer, at) or midnight)


def codes(answer: Answer) -> set[str]:
    """The network's code words, of the whole answer and of each input that it names."""
    found = {str(one["code"]) for one in _inputs(answer) if one.get("code")}
    return found | {str(answer.object().get("code", ""))}


def said_by(answer: Answer) -> str:
    body = answer.object()
    described = [str(one["description"]) for one in _inputs(answer) if one.get("description")]
    words = body.get("error_description") or body.get("message") or body.get("error") or ""
    return " ".join([str(words), *described]).strip()


def _of_403_or_404(answer: Answer, said: str) -> Refused:
    """An address that the network does not know is our fault, and so is a parameter that it does not let us name."""
    if "RESOURCE_NOT_FOUND" in codes(answer) or said.startswith("Unpermitted fields"):
        return Refused(Reason.CONTRACT, said)
    return Refused(Reason.PERMISSION if answer.status == 403 else Reason.GONE, said)


def _of_input(answer: Answer, said: str) -> NetworkFault:
    told = codes(answer)
    if "DUPLICATE_POST" in told or "duplicate of urn:li:" in said:
        earlier = EARLIER.search(said)
        return Refused(Reason.DUPLICATE, said, earlier=earlier[0] if earlier else "")
    if told & TOO_LONG:
        return Refused(Reason.TOO_LONG, said)
    if told & MEDIA_COMING:
        return Later(said)
    if answer.status == 413 or any(code.startswith("MEDIA_ASSET") for code in told):
        return Refused(Reason.MEDIA, said)
    return Refused(Reason.CONTRACT, said)


def _inputs(answer: Answer) -> Iterator[dict[str, Any]]:
    details = answer.object().get("errorDetails")
    found = details.get("inputErrors") if isinstance(details, dict) else None
    return (one for one in found if isinstance(one, dict)) if isinstance(found, list) else iter(())
