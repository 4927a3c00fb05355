"""What the answers of a Bluesky server mean (AT Protocol, "XRPC": an error's name and a message; section 6 of the
networks' rules). A refused token is a 400 here, and a 401 may mean that a record is somebody else's."""

from __future__ import annotations

from datetime import UTC, datetime

from undersigned.networks.calling import Answer, retry_after
from undersigned.networks.faults import Later, NetworkFault, Reason, Refused, TokenExpired, Unprepared

EXPIRED = frozenset({"ExpiredToken", "InvalidToken", "AuthMissing", "BadJwt"})
TAKEN_DOWN = frozenset(
    {"AccountTakedown", "AccountDeactivated", "AccountSuspended", "RepoTakendown", "RepoDeactivated"}
)
GONE = frozenset({"RecordNotFound", "RepoNotFound", "HandleNotFound", "NotFound"})
OF_MEDIA = frozenset({"BlobTooLarge", "PayloadTooLarge", "InvalidMimeType"})
TOO_LONG = ("grapheme too big", "string too big", "too long")


def explained(answer: Answer) -> NetworkFault | None:
    """An answer that is not 2xx."""
    body = answer.object()
    name, said = str(body.get("error", "")), str(body.get("message") or body.get("error") or "")
    if answer.status == 429:
        return Later(said or "429", until=reset_at(answer))
    if name == "InvalidSwap":
        return Later("somebody else changed the record at the same moment")
    if name == "BlobNotFound":
        return Unprepared(said)
    if name in EXPIRED:
        return TokenExpired(said)
    if answer.status == 413 or name in OF_MEDIA:
        return Refused(Reason.MEDIA, said)
    if name in TAKEN_DOWN:
        return Refused(Reason.POLICY, said)
    return _by_status(answer.status, name, said)


def reset_at(answer: Answer) -> datetime | None:
    """``ratelimit-reset`` is a unix time in seconds."""
    said = answer.headers.get("ratelimit-reset", "")
    if said.isascii() and said.isdigit() and len(said) < 12:
        return datetime.fromtimestamp(int(said), UTC)
    return retry_after(answer)


def _by_status(status: int, name: str, said: str) -> NetworkFault | None:
    if name in GONE or status == 404:
        return Refused(Reason.GONE, said)
    if status in {401, 403}:
        return Refused(Reason.PERMISSION, said)
    if status != 400:
        return None
    if any(words in said.lower() for words in TOO_LONG):
        return Refused(Reason.TOO_LONG, said)
    return Refused(Reason.MEDIA if "blob" in said.lower() else Reason.CONTRACT, said)
