"""Posts as X shows them, with what it does to texts undone, under either of its two vocabularies."""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from undersigned.networks.faults import Later, Reason, Refused
from undersigned.networks.protocol import Access, Form, Found, Seen, Timeline
from undersigned.networks.x.line import Line
from undersigned.networks.x.text import as_shown
from undersigned.networks.x.words import refused_item

DEPTH = 3_200
"""X keeps the newest 3,200 posts of a timeline within reach; below that nothing is known."""

SMALLEST, LARGEST = 5, 100
FIELDS = ("attachments", "conversation_id", "created_at", "display_text_range", "entities", "source")
OF_MEDIA = re.compile(r"https?://(?:x|twitter)\.com/[^/]+/status/\d+/(?:photo|video)/\d+", re.IGNORECASE)
ONLY_NAMES = re.compile(r"(?:@\w{1,15}\s+)*")

Item = Mapping[str, Any]


def wanted(vocabulary: str) -> dict[str, str]:
    """What a reading asks for. In the newer words, who wrote and what is answered are expansions, not fields."""
    if vocabulary == "tweet":
        older = (*FIELDS, "author_id", "edit_history_tweet_ids", "in_reply_to_user_id", "referenced_tweets")
        return {"tweet.fields": ",".join(older), "expansions": "author_id,attachments.media_keys"}
    expansions = "author_id,attachments.media_keys,in_reply_to_user_id,referenced_posts"
    return {"post.fields": ",".join(FIELDS), "expansions": expansions}


def pages(
    line: Line, access: Access, path: str, query: Mapping[str, str], most: int
) -> tuple[list[Item], bool]:
    """Items newest first, and whether nothing was left unread. Handles of authors are put beside each item."""
    asked = {**wanted(line.at.fields), **query}
    found: list[Item] = []
    while True:
        body = line.ask(access, "GET", path, query=asked).object()
        found += _items(body)
        more = body.get("meta", {}).get("next_token")
        if not more or len(found) >= most:
            return found[:most], not more and len(found) <= most
        asked["pagination_token"] = str(more)


def one(line: Line, access: Access, post: str) -> Seen | None:
    """The newest version of a post; None where X says that it is not there."""
    try:
        body = line.ask(access, "GET", f"/2/tweets/{post}", query=wanted(line.at.fields)).object()
        found = _items({**body, "data": [body["data"]]} if body.get("data") else body)
    except Refused as refused:
        if refused.reason is not Reason.GONE:
            raise
        return None
    if not found:
        return None
    newest = history(found[0])[-1]
    return seen(found[0]) if newest == str(found[0]["id"]) else one(line, access, newest)


def timeline(line: Line, access: Access, after: str, most: int) -> Timeline:
    """The account's posts since ``after``."""
    query = {"max_results": str(min(LARGEST, max(SMALLEST, most)))} | ({"since_id": after} if after else {})
    items, whole = pages(line, access, f"/2/users/{access.account}/tweets", query, min(most, DEPTH))
    newest = max((str(item["id"]) for item in items), key=int, default=after)
    return Timeline(tuple(seen(item) for item in items), whole and len(items) < DEPTH, newest)


def found(line: Line, access: Access, form: Form, since: datetime, after: str) -> Found:
    """Posts with the same text, number of media and parent, not before ``since``."""
    read = timeline(line, access, after, DEPTH if after else LARGEST)
    whole = read.complete or (not after and any(post.made_at < since for post in read.posts))
    floor = since.replace(microsecond=0)
    return Found(tuple(p for p in read.posts if p.made_at >= floor and _same(p, form)), whole)


def _same(post: Seen, form: Form) -> bool:
    return (post.text, post.media, post.reply_to) == (form.shown, len(form.media), form.reply_to)


def history(item: Item) -> list[str]:
    """Every version of a post has an id of its own; the first stays the post's name for us."""
    ids = item.get("edit_history_post_ids") or item.get("edit_history_tweet_ids") or [item["id"]]
    return [str(one) for one in ids]


def referenced(item: Item, kind: str) -> str:
    """The post that this one answers (``replied_to``) or quotes (``quoted``)."""
    references = item.get("referenced_posts") or item.get("referenced_tweets") or []
    return next((str(one["id"]) for one in references if one.get("type") == kind), "")


def seen(item: Item) -> Seen:
    versions, made_at = history(item), moment(item)
    return Seen(
        id=versions[0],
        text=text_of(item),
        made_at=made_at,
        url=url_of(item),
        media=len(item.get("attachments", {}).get("media_keys", [])),
        application=str(item.get("source", "")),
        reply_to=referenced(item, "replied_to"),
        edited_at=made_at if len(versions) > 1 else None,
        raw=raw(item),
    )


def moment(item: Item) -> datetime:
    try:
        return datetime.fromisoformat(str(item["created_at"])).astimezone(UTC)
    except (KeyError, ValueError) as strange:
        raise Later("a post of the answer has no date") from strange


def raw(item: Item) -> str:
    """SHA-256 of X's answer for this post, without what was put beside it."""
    kept = {name: value for name, value in item.items() if name != "author"}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def url_of(item: Item) -> str:
    handle = item.get("author", {}).get("username") or "i"
    return f"https://x.com/{handle}/status/{item['id']}"


def text_of(item: Item) -> str:
    """The text as its author wrote it: names before a reply and links to its own media taken off, short links made
    long, entities undone once, and only then, since a long link may hold what looks like an entity."""
    text = html.unescape(_without_names(item))
    for link in item.get("entities", {}).get("urls", []):
        of_media = link.get("media_key") or OF_MEDIA.fullmatch(str(link.get("expanded_url", "")))
        text = text.replace(
            str(link["url"]), "" if of_media else str(link.get("expanded_url") or link["url"])
        )
    whole = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return as_shown(whole).strip()


def _without_names(item: Item) -> str:
    text, (start, *_end) = str(item.get("text", "")), item.get("display_text_range") or [0]
    return text[start:] if ONLY_NAMES.fullmatch(text[:start]) else text


def _items(body: Mapping[str, Any]) -> list[Item]:
    """The answer's posts. Raises what its ``errors`` say where there is nothing else."""
    data, errors = body.get("data") or [], body.get("errors") or []
    if not data and errors:
        raise refused_item(errors[0])
    if not data and "meta" not in body:
        raise Later("the answer is not that of the contract")
    users = {str(user["id"]): user for user in body.get("includes", {}).get("users", [])}
    return [{**item, "author": users.get(str(item.get("author_id", "")), {})} for item in data]
