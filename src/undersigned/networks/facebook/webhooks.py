"""What Facebook reports of itself (vendor's guide "Webhooks"): whether a report is Facebook's, and what it says.

A report may come twice, late and out of order, and may be lost: it says where to look, never what is true. Whoever
gets one reads the post or comment anew.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

SIGNATURE = "sha256="
MOST_OCTETS = 1_000_000
"""Facebook puts up to 1,000 changes into one report."""


class NotTheirs(ValueError):
    """The report is not signed with our application's secret, or is no report at all. Nothing in it may be used."""


class Verb(StrEnum):
    """What happened, as the field ``feed`` says it; whatever else it says is OTHER."""

    ADD = "add"
    EDITED = "edited"
    REMOVE = "remove"
    HIDE = "hide"
    UNHIDE = "unhide"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Notice:
    """One change on one page. ``comment`` is empty where the change is about a post; ``parent`` is the comment that is
    answered, or the post. ``by`` is the id of who acted, as the network tells it."""

    page: str
    verb: Verb
    item: str
    post: str
    comment: str
    parent: str
    by: str
    at: datetime

    @property
    def key(self) -> str:
        """The same for the same report sent twice."""
        return hashlib.sha256(
            "\0".join(
                (self.page, self.verb, self.item, self.post, self.comment, self.at.isoformat())
            ).encode()
        ).hexdigest()


def challenge_answered(query: Mapping[str, str], verify_token: str) -> str | None:
    """What to answer to the handshake by which an address is entered; None refuses it."""
    said = query.get("hub.verify_token", "")
    if query.get("hub.mode") != "subscribe" or not verify_token:
        return None
    if not hmac.compare_digest(said.encode(), verify_token.encode()):
        return None
    return query.get("hub.challenge")


def signed_by_them(body: bytes, signature: str, secret: str) -> bool:
    """``X-Hub-Signature-256``: HMAC-SHA256 of the exact bytes under the application's secret, in hexadecimal."""
    if not secret or not signature.startswith(SIGNATURE):
        return False
    wanted = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(signature.removeprefix(SIGNATURE).encode(), wanted.encode())


def notices(body: bytes, signature: str, secret: str) -> tuple[Notice, ...]:
    """The changes of the field ``feed`` in one report about pages. Raises NotTheirs."""
    if len(body) > MOST_OCTETS or not signed_by_them(body, signature, secret):
        raise NotTheirs("the signature does not match the bytes")
    try:
        told = json.loads(body)
    except ValueError as garbled:
        raise NotTheirs("the report is not JSON") from garbled
    if not isinstance(told, dict) or told.get("object") != "page":
        return ()
    return tuple(_notices(told))


def _notices(told: Mapping[str, Any]) -> Iterator[Notice]:
    for entry in _objects(told.get("entry")):
        for change in _objects(entry.get("changes")):
            value = change.get("value")
            if change.get("field") == "feed" and isinstance(value, dict):
                yield _notice(entry, value)


def _notice(entry: Mapping[str, Any], value: Mapping[str, Any]) -> Notice:
    said, by = str(value.get("verb", "")), value.get("from")
    return Notice(
        page=str(entry.get("id", "")),
        verb=Verb(said) if said in set(Verb) else Verb.OTHER,
        item=str(value.get("item", "")),
        post=str(value.get("post_id", "")),
        comment=str(value.get("comment_id", "")),
        parent=str(value.get("parent_id", "")),
        by=str(by.get("id", "")) if isinstance(by, dict) else "",
        at=_moment(value.get("created_time"), entry.get("time")),
    )


def _moment(*seconds: object) -> datetime:
    """The first of them that is a moment; the beginning of time where none is."""
    whole = (one for one in seconds if isinstance(one, int) and 0 <= one < 10**11)
    return datetime.fromtimestamp(next(whole, 0), UTC)


def _objects(found: object) -> Iterator[Mapping[str, Any]]:
    return (one for one in found if isinstance(one, dict)) if isinstance(found, list) else iter(())
