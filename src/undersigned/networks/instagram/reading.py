"""Posts on Instagram as the Graph shows them, newest first. It says of none who or what made it."""

from __future__ import annotations

import unicodedata

from undersigned.networks.facebook.line import Item, Line
from undersigned.networks.facebook.reading import moment, raw, shown
from undersigned.networks.protocol import Access, Seen, Timeline

FIELDS = "id,caption,timestamp,permalink,media_type,children{id}"


def timeline(line: Line, access: Access, after: str, most: int) -> Timeline:
    found, whole = read_down(line, access, after, most)
    posts = tuple(map(seen, found))
    return Timeline(posts, whole, posts[0].id if posts else after)


def read_down(
    line: Line, access: Access, after: str, most: int, *, patient: bool = True
) -> tuple[list[Item], bool]:
    """Items down to ``after``, and whether it, or the list's end, was reached."""
    query = {"fields": FIELDS, "limit": str(max(1, min(100, most + 1)))}
    found: list[Item] = []
    for item in line.listed(access, f"{access.account}/media", query, patient=patient):
        if str(item["id"]) == after:
            return found, True
        if len(found) == most:
            return found, False
        found.append(item)
    return found, True


def one(line: Line, access: Access, post: str) -> Seen | None:
    item = shown(line, access, post, FIELDS)
    return None if item is None else seen(item)


def seen(item: Item) -> Seen:
    children = (item.get("children") or {}).get("data") or []
    return Seen(
        id=str(item["id"]),
        text=plain(str(item.get("caption") or "")),
        made_at=moment(item, "timestamp"),
        url=str(item.get("permalink", "")),
        media=len(children) or 1,
        raw=raw(item),
    )


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
