"""Replies and mentions, as the network's AppView tells of them through the account's own server; hiding a reply is a
record of ours beside the post (lexicon ``app.bsky.feed.threadgate``).

A hidden reply stays readable on the network, behind one more step.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from undersigned.networks.bluesky import reading, records, tid
from undersigned.networks.bluesky.line import Line
from undersigned.networks.bluesky.records import GATE, POST, Record
from undersigned.networks.bluesky.text import facets
from undersigned.networks.faults import CannotHere, Later, Reason, Refused, Uncertain
from undersigned.networks.protocol import Access, Comments, Deed, Remark, Wish

DEPTH = 100
"""How many replies deep a conversation is read."""

MOST_HIDDEN = 300
TELLING = frozenset({"reply", "mention", "quote"})
CAN = (Deed.ANSWER, Deed.HIDE, Deed.SHOW)


def comments(line: Line, access: Access, post: str, after: str, most: int) -> Comments:
    """The watermark is a moment: when the network took a reply in (``indexedAt``)."""
    return _under(line, access, post, after, most) if post else _told(line, access, after, most)


def _under(line: Line, access: Access, post: str, after: str, most: int) -> Comments:
    query = {"uri": post, "depth": str(DEPTH), "parentHeight": "0"}
    thread = line.ask(access, "GET", "app.bsky.feed.getPostThread", query=query).object().get("thread")
    if not isinstance(thread, dict):
        raise Later("the answer is not that of the contract")
    hidden = _hidden(records.one(line, access, GATE, records.parts(post)[1]))
    below = [one for one in _below(thread) if str(one.get("indexedAt", "")) > after]
    theirs = [one for one in below if (one.get("author") or {}).get("did") != access.account]
    theirs.sort(key=lambda one: str(one.get("indexedAt", "")), reverse=True)
    newest = max((str(one.get("indexedAt", "")) for one in below), default=after)
    whole = len(theirs) <= most and not _cut(thread)
    return Comments(tuple(_remark(one, post, hidden) for one in theirs[:most]), whole, newest)


def _below(thread: Record) -> Iterator[Record]:
    for reply in thread.get("replies") or []:
        if isinstance(reply.get("post"), dict):
            yield reply["post"]
        yield from _below(reply)


def _cut(thread: Record) -> bool:
    """Whether some post says that it has replies of which none is told."""
    replies = thread.get("replies") or []
    counted = (thread.get("post") or {}).get("replyCount") or 0
    return (bool(counted) and not replies) or any(_cut(one) for one in replies)


def _told(line: Line, access: Access, after: str, most: int) -> Comments:
    found: list[Record] = []
    query = {"limit": str(min(reading.LARGEST, max(1, most)))}
    while True:
        body = line.ask(access, "GET", "app.bsky.notification.listNotifications", query=query).object()
        page = body.get("notifications")
        if not isinstance(page, list):
            raise Later("the answer is not that of the contract")
        fresh = [one for one in page if str(one.get("indexedAt", "")) > after]
        found += fresh
        ended = not body.get("cursor") or len(fresh) < len(page)
        if ended or len(found) >= most:
            return _of_notices(found[:most], after, ended and len(found) <= most)
        query["cursor"] = str(body["cursor"])


def _of_notices(found: list[Record], after: str, whole: bool) -> Comments:
    newest = max((str(one.get("indexedAt", "")) for one in found), default=after)
    telling = [one for one in found if one.get("reason") in TELLING]
    return Comments(tuple(_remark(one, _root(one), frozenset()) for one in telling), whole, newest)


def _root(notice: Record) -> str:
    reply = (notice.get("record") or {}).get("reply") or {}
    return str((reply.get("root") or {}).get("uri", "")) if notice.get("reason") == "reply" else ""


def _remark(item: Record, post: str, hidden: frozenset[str]) -> Remark:
    author, record, uri = item.get("author") or {}, item.get("record") or {}, str(item["uri"])
    return Remark(
        id=uri,
        text=str(record.get("text", "")),
        made_at=reading.parsed(item.get("indexedAt")) or datetime.now(UTC),
        author_id=str(author.get("did", "")),
        author_handle=str(author.get("handle", "")),
        author_name=str(author.get("displayName", "")),
        post=post,
        parent=str(((record.get("reply") or {}).get("parent") or {}).get("uri", "")),
        kind="comment" if post else "mention",
        url=reading.page_of(*records.parts(uri)),
        hidden=uri in hidden,
        can=CAN if post else (Deed.ANSWER,),
        raw=records.raw({"uri": uri, "cid": item.get("cid"), "record": record}),
    )


def moderated(line: Line, access: Access, wish: Wish) -> str:
    if wish.deed is Deed.ANSWER:
        return answered(line, access, wish)
    if wish.deed in {Deed.HIDE, Deed.SHOW}:
        return _gated(line, access, wish)
    raise CannotHere(
        _("Bluesky does not let the city's software do this."),
        instead=_("Hide the reply here, or open it on Bluesky and do it there."),
    )


def answered(line: Line, access: Access, wish: Wish) -> str:
    key = tid.new()
    record: dict[str, Any] = {"$type": POST, "text": wish.text, "createdAt": tid.written(tid.moment(key))}
    links = [one for one in facets(wish.text) if "handle" not in one["features"][0]]
    record |= {"facets": links} if links else {}
    record["reply"] = records.reply(line, access, wish.remark or wish.post)
    made = line.put(access, POST, key, record).object().get("uri")
    if not made:
        raise Uncertain("the answer holds no address")
    return str(made)


def _gated(line: Line, access: Access, wish: Wish) -> str:
    """Read, change, write: what others put into the gate stays, and a change in between is refused, not lost."""
    post = wish.post or str(records.reply(line, access, wish.remark)["root"]["uri"])
    repo, key = records.parts(post)
    if repo != access.account:
        raise Refused(Reason.PERMISSION, _("Only replies under the account's own posts can be hidden."))
    gate = records.one(line, access, GATE, key)
    if gate is None and wish.deed is Deed.SHOW:
        return ""
    now = _changed(dict((gate or {}).get("value") or _new_gate(post)), wish)
    try:
        line.put(access, GATE, key, now, swapRecord=str(gate["cid"]) if gate else None)
    except Uncertain as lost:
        raise Later(lost.words) from lost
    return ""


def _changed(gate: dict[str, Any], wish: Wish) -> dict[str, Any]:
    others = [uri for uri in gate.get("hiddenReplies") or [] if uri != wish.remark]
    hidden = [*others, wish.remark] if wish.deed is Deed.HIDE else others
    if len(hidden) > MOST_HIDDEN:
        raise Refused(Reason.QUOTA, _("Bluesky hides 300 replies under a post, and they are used up."))
    return {**gate, "hiddenReplies": hidden}


def _new_gate(post: str) -> dict[str, Any]:
    """A gate that lets everybody reply: one without ``allow``."""
    return {"$type": GATE, "post": post, "createdAt": tid.written(datetime.now(UTC))}


def _hidden(gate: Record | None) -> frozenset[str]:
    return frozenset(map(str, ((gate or {}).get("value") or {}).get("hiddenReplies") or []))
