"""Posts as a server shows them, read out of their HTML; who made one is told by the name of the application."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from undersigned.networks.calling import Answer
from undersigned.networks.faults import Later, Reason, Refused
from undersigned.networks.mastodon.line import Line
from undersigned.networks.mastodon.signing_in import NAME
from undersigned.networks.mastodon.text import of_html
from undersigned.networks.protocol import Access, Form, Found, Seen, Timeline

LARGEST = 40
DEPTH = 4_000
NEXT = re.compile(r"""<[^>]*>\s*;[^,]*\brel="?next\b""")

Item = Mapping[str, Any]


def order(id_: str) -> tuple[int, str]:
    """Ids grow with time: numbers on Mastodon, ULIDs elsewhere; both compare so."""
    return len(id_), id_


def pages(
    line: Line, access: Access, path: str, query: Mapping[str, str], after: str, most: int
) -> tuple[list[Item], bool]:
    """Items newest first down to ``after``, and whether nothing in between was left unread."""
    size = str(min(LARGEST, max(1, most)))
    asked = {**query, "limit": size, **({"since_id": after} if after else {})}
    found: list[Item] = []
    while True:
        answer = line.ask(access, "GET", path, query=asked)
        page = _items(answer)
        fresh = [one for one in page if not after or order(str(one["id"])) > order(after)]
        found += fresh
        ended = len(fresh) < len(page) or not _goes_on(answer, page, int(size))
        if ended or len(found) >= most:
            return found[:most], ended and len(found) <= most
        asked["max_id"] = str(page[-1]["id"])


def _goes_on(answer: Answer, page: list[Item], size: int) -> bool:
    """A server that sends ``Link`` says itself whether more follows; of another, a whole page may not be the last."""
    if not page:
        return False
    links = answer.headers.get("link")
    return len(page) >= size if links is None else NEXT.search(links) is not None


def _items(answer: Answer) -> list[Item]:
    try:
        body = answer.json()
    except ValueError as strange:
        raise Later("the answer is not that of the contract") from strange
    if not isinstance(body, list) or not all(isinstance(one, dict) and one.get("id") for one in body):
        raise Later("the answer is not that of the contract")
    return body


def timeline(line: Line, access: Access, after: str, most: int, **query: str) -> Timeline:
    """The account's posts since ``after``, with what it boosted."""
    path = f"/api/v1/accounts/{access.account}/statuses"
    items, whole = pages(line, access, path, query, after, most)
    newest = max((str(one["id"]) for one in items), key=order, default=after)
    return Timeline(tuple(map(seen, items)), whole, newest)


def one(line: Line, access: Access, post: str) -> Seen | None:
    body = status(line, access, post)
    return None if body is None else seen(body)


def status(line: Line, access: Access, post: str) -> Item | None:
    """The server's own answer for a post; None where it is not there."""
    try:
        body = line.ask(access, "GET", f"/api/v1/statuses/{post}").object()
    except Refused as refused:
        if refused.reason is not Reason.GONE:
            raise
        return None
    if not body.get("id"):
        raise Later("the answer names no post")
    return body


def found(line: Line, access: Access, form: Form, since: datetime, after: str) -> Found:
    """Posts with the same text and number of media, not before ``since``, which no other application made."""
    read = timeline(line, access, after, DEPTH if after else LARGEST, exclude_reblogs="true")
    whole = read.complete or (not after and any(post.made_at < since for post in read.posts))
    floor = since.replace(microsecond=0)
    alike = [p for p in read.posts if (p.text, p.media) == (form.shown, len(form.media))]
    return Found(tuple(p for p in alike if p.made_at >= floor and p.ours is not False), whole)


def seen(item: Item) -> Seen:
    """A boost is a post too: it shows what it boosts."""
    shown = item.get("reblog") or item
    application = str((item.get("application") or {}).get("name", ""))
    return Seen(
        id=str(item["id"]),
        text=of_html(str(shown.get("content", ""))),
        made_at=moment(item.get("created_at")),
        url=str(shown.get("url") or ""),
        media=len(shown.get("media_attachments") or []),
        application=application,
        reply_to=str(item.get("in_reply_to_id") or ""),
        edited_at=moment(item["edited_at"]) if item.get("edited_at") else None,
        raw=raw(item),
        ours=application == NAME if application else None,
    )


def moment(said: object) -> datetime:
    try:
        return datetime.fromisoformat(str(said)).astimezone(UTC)
    except ValueError as strange:
        raise Later("a post of the answer has no date") from strange


CHANGING = frozenset(
    {"account", "replies_count", "reblogs_count", "favourites_count", "quotes_count", "card"}
)


def raw(item: Item) -> str:
    """SHA-256 of the answer for this post, without what changes though nobody changed the post."""
    kept = {name: value for name, value in item.items() if name not in CHANGING}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
