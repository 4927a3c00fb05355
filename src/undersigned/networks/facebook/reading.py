"""Posts of a page as the Graph shows them, newest first.

``application`` and ``admin_creator`` say who made a post, where the network says it (vendor's reference of page posts;
of a page with one administrator it does not). There is no reading "since a post": lists are read down to it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import UTC, datetime

from undersigned.networks.facebook.line import Item, Line
from undersigned.networks.facebook.text import MENTION
from undersigned.networks.faults import Later, Reason, Refused
from undersigned.networks.protocol import Access, Form, Found, Seen, Timeline

FIELDS = (
    "id,message,created_time,updated_time,from{id,name},admin_creator{id,name},application{id,name},"
    "is_hidden,is_published,permalink_url,message_tags,"
    "attachments{media_type,unshimmed_url,subattachments}"
)
DEPTH = 1_000
PICTURED = frozenset({"photo", "video", "animated_image_video", "animated_image_share"})


def timeline(line: Line, access: Access, after: str, most: int, *, patient: bool = True) -> Timeline:
    """The page's own posts, hidden ones too, down to ``after``."""
    found, whole = read_down(line, access, after, most, patient=patient)
    posts = tuple(seen(item, access) for item in found)
    return Timeline(posts, whole, posts[0].id if posts else after)


def read_down(
    line: Line, access: Access, after: str, most: int, *, patient: bool = True
) -> tuple[list[Item], bool]:
    """Items down to ``after``, and whether it, or the list's end, was reached."""
    query = {"fields": FIELDS, "include_hidden": "true", "limit": str(max(1, min(100, most + 1)))}
    found: list[Item] = []
    for item in line.listed(access, f"{access.account}/published_posts", query, patient=patient):
        if str(item["id"]) == after:
            return found, True
        if len(found) == most:
            return found, False
        found.append(item)
    return found, True


def one(line: Line, access: Access, post: str) -> Seen | None:
    """None only where the page itself can still be read: deleted and forbidden look alike."""
    item = shown(line, access, post, FIELDS)
    return None if item is None else seen(item, access)


def shown(line: Line, access: Access, node: str, fields: str) -> Item | None:
    """One node's fields; None where it is gone and the page is still within our reach."""
    try:
        return line.ask(access, "GET", node, query={"fields": fields}).object()
    except Refused as refused:
        if refused.reason is not Reason.GONE:
            raise
    line.ask(access, "GET", access.account, query={"fields": "id"})
    return None


def found(line: Line, access: Access, form: Form, since: datetime, after: str) -> Found:
    """Posts that could be this one: the same words, pictures and link, and not made by another application."""
    items, whole = read_down(line, access, after, DEPTH, patient=False)
    floor = since.replace(microsecond=0)
    pairs = [(item, seen(item, access)) for item in items]
    alike = (post for item, post in pairs if post.made_at >= floor and _same(item, post, form))
    reached = whole or any(post.made_at < floor for _item, post in pairs)
    return Found(tuple(alike), reached)


def _same(item: Item, post: Seen, form: Form) -> bool:
    if post.ours is False or (post.text, post.media) != (form.shown, len(form.media)):
        return False
    return not form.link or link_of(item) in {"", form.link}


def seen(item: Item, access: Access) -> Seen:
    made, changed = moment(item, "created_time"), item.get("updated_time")
    application, author = item.get("application") or {}, item.get("admin_creator") or {}
    ours = str(application["id"]) == access.application.client_id if application.get("id") else None
    return Seen(
        id=str(item["id"]),
        text=text_of(item, ours=ours is True),
        made_at=made,
        url=str(item.get("permalink_url", "")),
        media=pictures(item),
        application=str(application.get("name", "")),
        author=str(author.get("name", "")),
        visible=item.get("is_published") is not False and not item.get("is_hidden"),
        edited_at=moment(item, "updated_time") if changed and changed != item["created_time"] else None,
        raw=raw(item),
        ours=ours,
    )


def text_of(item: Item, *, ours: bool) -> str:
    """The text as written. In our own posts a page's name is put back to the number by which we named it."""
    text = str(item.get("message", ""))
    for tag in (item.get("message_tags") or []) if ours else []:
        if tag.get("name") and not MENTION.search(str(tag["name"])):
            text = text.replace(str(tag["name"]), f"@[{tag['id']}]", 1)
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def pictures(item: Item) -> int:
    """How many pictures and videos the post shows; an album counts what is in it."""
    return sum(_pictures_of(one) for one in _attachments(item))


def _pictures_of(attachment: Item) -> int:
    inner = (attachment.get("subattachments") or {}).get("data") or []
    return len(inner) if inner else int(attachment.get("media_type") in PICTURED)


def link_of(item: Item) -> str:
    links = (one.get("unshimmed_url") for one in _attachments(item) if one.get("media_type") == "link")
    return next((str(one) for one in links if one), "")


def moment(item: Item, name: str) -> datetime:
    """``2026-11-24T11:00:00+0000``, to the second."""
    try:
        return datetime.fromisoformat(str(item[name])).astimezone(UTC)
    except (KeyError, ValueError) as strange:
        raise Later("something in the answer has no date") from strange


def raw(item: Item) -> str:
    """SHA-256 of the network's answer for this."""
    return hashlib.sha256(json.dumps(item, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _attachments(item: Item) -> list[Item]:
    return (item.get("attachments") or {}).get("data") or []
