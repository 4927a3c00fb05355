"""A page's posts as LinkedIn shows them, newest first, with its escapes undone.

Nothing there says which application made a post. Lists are asked for in the order of making: in the order of the last
change, an edit of an old post would lie above the newest one.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import UTC, datetime

from undersigned.networks.faults import Later, Reason, Refused
from undersigned.networks.linkedin.line import Item, Line, encoded, organisation
from undersigned.networks.linkedin.little import plain
from undersigned.networks.protocol import Access, Form, Found, Seen, Timeline

DEPTH = 1_000


def timeline(line: Line, access: Access, after: str, most: int) -> Timeline:
    found, whole = _down(line, access, after, most)
    return Timeline(found, whole, found[0].id if found else after)


def found(line: Line, access: Access, form: Form, since: datetime, after: str) -> Found:
    """Posts that could be this one: the same words, as many pictures, not made before ``since``."""
    seen, whole = _down(line, access, after, DEPTH, since)
    alike = (one for one in seen if one.made_at >= _floor(since) and same(one, form))
    return Found(tuple(alike), whole)


def one(line: Line, access: Access, post: str) -> Seen | None:
    try:
        item = line.ask(access, "GET", f"posts/{encoded(post)}").object()
    except Refused as refused:
        if refused.reason is Reason.GONE:
            return None
        raise
    return shown(item)


def same(seen: Seen, form: Form) -> bool:
    return (seen.text, seen.media) == (form.shown, len(form.media))


def shown(item: Item) -> Seen:
    if not item.get("id"):
        raise Later("the answer names no post")
    post, state = str(item["id"]), item.get("lifecycleState", "PUBLISHED")
    edited = (item.get("lifecycleStateInfo") or {}).get("isEditedByAuthor") is True
    return Seen(
        id=post,
        text=text_of(item),
        made_at=moment(item.get("publishedAt") or item.get("createdAt")),
        url=url_of(post),
        media=_media(item.get("content") or {}),
        visible=state == "PUBLISHED",
        edited_at=moment(item.get("lastModifiedAt")) if edited else None,
        raw=raw(item),
    )


def url_of(post: str) -> str:
    return f"https://www.linkedin.com/feed/update/{post}"


def text_of(item: Item) -> str:
    text = plain(str(item.get("commentary", "")))
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def moment(milliseconds: object) -> datetime:
    """From milliseconds since 1970."""
    if not isinstance(milliseconds, int):
        raise Later("something in the answer has no date")
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def raw(item: Item) -> str:
    """SHA-256 of the network's answer for this."""
    return hashlib.sha256(json.dumps(item, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _down(
    line: Line, access: Access, after: str, most: int, since: datetime | None = None
) -> tuple[tuple[Seen, ...], bool]:
    """Posts down to ``after`` or to one made before ``since``, and whether that, or the list's end, was reached."""
    query = {"q": "author", "author": organisation(access), "sortBy": "CREATED"}
    seen: list[Seen] = []
    for item in line.listed(access, "posts", query, "FINDER"):
        post = shown(item)
        if post.id == after or (since and post.made_at < _floor(since)):
            return tuple(seen), True
        if len(seen) == most:
            return tuple(seen), False
        seen.append(post)
    return tuple(seen), True


def _floor(since: datetime) -> datetime:
    """The network's dates are cut to the millisecond."""
    return since.replace(microsecond=since.microsecond // 1000 * 1000)


def _media(content: Item) -> int:
    several = (content.get("multiImage") or {}).get("images") or []
    return len(several) + (1 if content.get("media") else 0)
