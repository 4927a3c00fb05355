"""Replies and mentions on X, and what can be done about them: answer where the author asked for it, hide and show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from undersigned.networks.faults import CannotHere, Later, Reason, Refused, Uncertain
from undersigned.networks.protocol import Access, Comments, Deed, Remark, Wish
from undersigned.networks.x import reading
from undersigned.networks.x.line import Line

SEARCHED = timedelta(days=7)
"""Recent search goes back seven days; older replies are readable nowhere."""

SMALLEST_SEARCH = 10


def comments(line: Line, access: Access, post: str, after: str, most: int) -> Comments:
    """Replies in a post's conversation, or mentions of the account (which hold the replies to it)."""
    size, since = min(reading.LARGEST, max(SMALLEST_SEARCH, most)), {"since_id": after} if after else {}
    query = {"max_results": str(size), **since}
    if not post:
        items, whole = reading.pages(line, access, f"/2/users/{access.account}/mentions", query, most)
        return _answer(items, whole, after, access.account, "")
    root = reading.one(line, access, post)
    if root is None:
        raise Refused(Reason.GONE, post)
    query["query"] = f"conversation_id:{post}"
    items, whole = reading.pages(line, access, "/2/tweets/search/recent", query, most)
    items = [item for item in items if str(item.get("author_id")) != access.account]
    return _answer(items, whole and root.made_at > datetime.now(UTC) - SEARCHED, after, access.account, post)


def moderated(line: Line, access: Access, wish: Wish) -> str:
    if wish.deed is Deed.ANSWER:
        return answered(line, access, wish)
    if wish.deed in {Deed.HIDE, Deed.SHOW}:
        return _hidden(line, access, wish)
    raise CannotHere(
        _("X does not let the city's software do this."), instead=_("Open the reply on X and do it there.")
    )


def answered(line: Line, access: Access, wish: Wish) -> str:
    """A reply; X takes it only where the author named or quoted the account, so every 403 means "not here"."""
    value = {"text": wish.text, "reply": {"in_reply_to_tweet_id": wish.remark or wish.post}}
    try:
        body = line.create(access, "POST", "/2/tweets", value=value).object()
    except Refused as refused:
        raise not_here(refused) from refused
    made = (body.get("data") or {}).get("id")
    if not made:
        raise Uncertain("the answer holds no id")
    return str(made)


def not_here(refused: Refused) -> Refused:
    """A refusal of permission for a reply or a mention is one of place: on X's own page the same person may."""
    if refused.reason is Reason.PERMISSION:
        return Refused(Reason.NOT_ALLOWED_HERE, refused.words)
    return refused


def _hidden(line: Line, access: Access, wish: Wish) -> str:
    wanted = wish.deed is Deed.HIDE
    answer = line.ask(access, "PUT", f"/2/tweets/{wish.remark}/hidden", value={"hidden": wanted})
    if (answer.object().get("data") or {}).get("hidden") is not wanted:
        raise Later("the answer does not say that it is done")
    return ""


def _answer(items: list[reading.Item], whole: bool, after: str, account: str, post: str) -> Comments:
    newest = max((str(item["id"]) for item in items), key=int, default=after)
    return Comments(tuple(_remark(item, account, post) for item in items), whole, newest)


def _remark(item: reading.Item, account: str, post: str) -> Remark:
    author, parent = item.get("author", {}), reading.referenced(item, "replied_to")
    under_ours = bool(post) or str(item.get("in_reply_to_user_id", "")) == account
    return Remark(
        id=str(item["id"]),
        text=reading.text_of(item),
        made_at=reading.moment(item),
        author_id=str(item.get("author_id", "")),
        author_handle=str(author.get("username", "")),
        author_name=str(author.get("name", "")),
        post=post or str(item.get("conversation_id", "")),
        parent=parent,
        kind="comment" if under_ours and parent else "mention",
        url=reading.url_of(item),
        media=tuple(item.get("attachments", {}).get("media_keys", [])),
        can=_deeds(item, account, under_ours),
        raw=reading.raw(item),
    )


def _deeds(item: reading.Item, account: str, under_ours: bool) -> tuple[Deed, ...]:
    """Answering needs that the author wrote the account's name; names that X itself put before a reply do not count."""
    start = (item.get("display_text_range") or [0])[0]
    names = item.get("entities", {}).get("mentions", [])
    named = any(str(one.get("id")) == account and one.get("start", 0) >= start for one in names)
    return (*((Deed.ANSWER,) if named else ()), *((Deed.HIDE, Deed.SHOW) if under_ours else ()))
