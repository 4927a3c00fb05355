"""Replies and mentions, and what can be done about them: answer, mute, block, report. Nobody can hide a reply here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from undersigned.networks.faults import CannotHere, Reason, Refused, Uncertain
from undersigned.networks.mastodon import reading
from undersigned.networks.mastodon.line import Line
from undersigned.networks.mastodon.signing_in import handle_of
from undersigned.networks.mastodon.text import of_html
from undersigned.networks.protocol import Access, Comments, Deed, Remark, Wish

LARGEST_CONVERSATION = 4_096
"""A server shows no more replies than this of one conversation (Mastodon documentation, "statuses")."""

LONGEST_REPORT = 1_000
CAN = (Deed.ANSWER, Deed.RESTRICT, Deed.BLOCK, Deed.REPORT)
VERBS = {Deed.RESTRICT: "mute", Deed.BLOCK: "block", Deed.UNBLOCK: "unblock"}


def comments(line: Line, access: Access, post: str, after: str, most: int) -> Comments:
    return _under(line, access, post, after, most) if post else _mentions(line, access, after, most)


def _under(line: Line, access: Access, post: str, after: str, most: int) -> Comments:
    body = line.ask(access, "GET", f"/api/v1/statuses/{post}/context").object()
    below = [one for one in body.get("descendants") or [] if isinstance(one, dict) and one.get("id")]
    fresh = [one for one in below if not after or reading.order(str(one["id"])) > reading.order(after)]
    theirs = [one for one in fresh if str((one.get("account") or {}).get("id")) != access.account]
    theirs.sort(key=lambda one: reading.order(str(one["id"])), reverse=True)
    whole = len(below) < LARGEST_CONVERSATION and len(theirs) <= most
    newest = max((str(one["id"]) for one in fresh), key=reading.order, default=after)
    return Comments(tuple(_remark(one, post, "comment") for one in theirs[:most]), whole, newest)


def _mentions(line: Line, access: Access, after: str, most: int) -> Comments:
    """The watermark is a notification's id, not a post's."""
    path, query = "/api/v1/notifications", {"types[]": "mention"}
    items, whole = reading.pages(line, access, path, query, after, most)
    newest = max((str(one["id"]) for one in items), key=reading.order, default=after)
    statuses = [one["status"] for one in items if one.get("status")]
    return Comments(tuple(_mention(one, access.account) for one in statuses), whole, newest)


def _mention(item: reading.Item, account: str) -> Remark:
    answers_us = str(item.get("in_reply_to_account_id") or "") == account
    return _remark(
        item,
        str(item.get("in_reply_to_id") or "") if answers_us else "",
        "comment" if answers_us else "mention",
    )


def _remark(item: reading.Item, post: str, kind: str) -> Remark:
    author = item.get("account") or {}
    return Remark(
        id=str(item["id"]),
        text=of_html(str(item.get("content", ""))),
        made_at=reading.moment(item.get("created_at")),
        author_id=str(author.get("id", "")),
        author_handle=handle_of(author),
        author_name=str(author.get("display_name", "")),
        post=post,
        parent=str(item.get("in_reply_to_id") or ""),
        kind=kind,
        url=str(item.get("url") or ""),
        media=tuple(str(one.get("id", "")) for one in item.get("media_attachments") or []),
        can=CAN,
        raw=reading.raw(item),
    )


def moderated(line: Line, access: Access, wish: Wish) -> str:
    if wish.deed is Deed.ANSWER:
        return answered(line, access, wish)
    if wish.deed is Deed.REPORT:
        return _reported(line, access, wish)
    if wish.deed in VERBS:
        path = f"/api/v1/accounts/{_author(line, access, wish)}/{VERBS[wish.deed]}"
        line.ask(access, "POST", path)
        return ""
    raise CannotHere(
        _("On Mastodon nobody can hide or delete what somebody else wrote."),
        instead=_("Answer it, mute or block its author, or report it to the people who run the server."),
    )


def answered(line: Line, access: Access, wish: Wish) -> str:
    """A reply reaches its author only where it names them."""
    answered_to = wish.remark or wish.post
    value = {"status": _addressed(line, access, answered_to, wish.text), "in_reply_to_id": answered_to}
    headers = {"idempotency-key": wish.key} if wish.key else {}
    made = line.create(access, "/api/v1/statuses", value, headers).object().get("id")
    if not made:
        raise Uncertain("the answer holds no id")
    return str(made)


def _addressed(line: Line, access: Access, post: str, text: str) -> str:
    author = _existing(line, access, post).get("account") or {}
    name = f"@{author.get('acct', '')}"
    return text if str(author.get("id")) == access.account or name in text else f"{name} {text}"


def _reported(line: Line, access: Access, wish: Wish) -> str:
    value = {"account_id": _author(line, access, wish), "comment": wish.text[:LONGEST_REPORT]}
    line.create(access, "/api/v1/reports", {**value, "status_ids": [wish.remark] if wish.remark else []})
    return ""


def _author(line: Line, access: Access, wish: Wish) -> str:
    if wish.author:
        return wish.author
    return str((_existing(line, access, wish.remark).get("account") or {}).get("id", ""))


def _existing(line: Line, access: Access, post: str) -> reading.Item:
    item = reading.status(line, access, post) if post else None
    if item is None:
        raise Refused(Reason.GONE, post)
    return item
