"""Posts as the account's own server holds them, to which nothing was done. Who wrote one is told nowhere: what bears
none of our keys was made on the network itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from undersigned.networks.bluesky import records, tid
from undersigned.networks.bluesky.line import Line
from undersigned.networks.bluesky.records import POST, Record
from undersigned.networks.faults import Later
from undersigned.networks.protocol import Access, Found, Seen, Staged, Timeline

LARGEST = 100


def timeline(line: Line, access: Access, after: str, most: int) -> Timeline:
    """The account's posts, newest key first, down to ``after``."""
    floor = records.parts(after)[1] if after else ""
    found: list[Record] = []
    query = {"repo": access.account, "collection": POST, "limit": str(min(LARGEST, max(1, most)))}
    while True:
        body = line.ask(access, "GET", "com.atproto.repo.listRecords", query=query).object()
        page = _page(body)
        fresh = [one for one in page if records.parts(str(one["uri"]))[1] > floor]
        found += fresh
        ended = not page or not body.get("cursor") or len(fresh) < len(page)
        if ended or len(found) >= most:
            return _read(found, after, ended, most)
        query["cursor"] = str(body["cursor"])


def _read(found: list[Record], after: str, ended: bool, most: int) -> Timeline:
    newest = str(found[0]["uri"]) if found else after
    return Timeline(tuple(map(seen, found[:most])), ended and len(found) <= most, newest)


def _page(body: dict[str, Any]) -> list[Record]:
    page = body.get("records")
    if not isinstance(page, list) or not all(isinstance(one, dict) and one.get("uri") for one in page):
        raise Later("the answer is not that of the contract")
    return page


def one(line: Line, access: Access, post: str) -> Seen | None:
    record = records.one(line, access, POST, records.parts(post)[1])
    return None if record is None else seen(record)


def found(line: Line, access: Access, staged: Staged) -> Found:
    """By our own key there is one post or none, whatever it says."""
    if records.KEY not in staged:
        return Found((), complete=False)
    record = records.one(line, access, POST, staged[records.KEY])
    return Found(() if record is None else (seen(record),), complete=True, certain=True)


def seen(record: Record) -> Seen:
    uri, value = str(record["uri"]), record.get("value") or {}
    repo, key = records.parts(uri)
    return Seen(
        id=uri,
        text=str(value.get("text", "")),
        made_at=_moment(value, key),
        url=page_of(repo, key),
        media=_media(value.get("embed") or {}),
        reply_to=str(((value.get("reply") or {}).get("parent") or {}).get("uri", "")),
        raw=records.raw(record),
    )


def page_of(repo: str, key: str) -> str:
    return f"https://bsky.app/profile/{repo}/post/{key}"


def parsed(said: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _moment(value: Record, key: str) -> datetime:
    """When it says that it was written; where it says nothing readable, the moment in its key."""
    said = parsed(value.get("createdAt"))
    if said is not None:
        return said
    try:
        return tid.moment(key)
    except ValueError as strange:
        raise Later("a post of the answer has no date") from strange


def _media(embed: Record) -> int:
    """Pictures or a video, beside a quoted post or alone; a card and a quotation are none."""
    inner = embed.get("media") if isinstance(embed.get("media"), dict) else embed
    images = (inner or {}).get("images")
    return len(images) if isinstance(images, list) else int("video" in (inner or {}))
