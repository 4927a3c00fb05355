"""Comments under a page's posts, and the little that LinkedIn lets a page do about them.

They are plain text, without the escapes of a post. There is no hiding; closing a post to comments deletes all that are
there, and is never done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from undersigned.networks.faults import CannotHere, Reason, Refused, Uncertain
from undersigned.networks.linkedin.line import Item, Line, encoded, organisation
from undersigned.networks.linkedin.reading import moment, raw, url_of
from undersigned.networks.linkedin.text import MOST_OF_COMMENT, units
from undersigned.networks.protocol import Access, Comments, Deed, Remark, Wish

URN = re.compile(r"urn:li:comment:\((urn:li:[A-Za-z]+:\d+),(\d+)\)")


def comments(line: Line, access: Access, post: str, after: str, most: int) -> Comments:
    """What others wrote under one post, replies too, newest first down to ``after``."""
    if not post:
        raise CannotHere(
            _("LinkedIn tells software of no comment but those under a post that it names."),
            instead=_("Ask about each post, or open the page's notifications on LinkedIn."),
        )
    every = sorted(_under(line, access, post), key=lambda item: int(item["id"]), reverse=True)
    read = _newer(every, after)
    kept = read[:most]
    others = (item for item in kept if item.get("actor") != organisation(access))
    newest = str(kept[0]["commentUrn"]) if kept else after
    return Comments(tuple(_remark(item, post) for item in others), len(kept) == len(read), newest)


def moderated(line: Line, access: Access, wish: Wish) -> str:
    if wish.deed is Deed.ANSWER:
        return _answered(line, access, wish)
    if wish.deed is Deed.DELETE:
        _deleted(line, access, wish.remark)
        return ""
    raise CannotHere(
        _("LinkedIn does not let the city's software do this; comments cannot be hidden there at all."),
        instead=_("Open the comment on LinkedIn: a page's administrator can delete or report it by hand."),
    )


def _newer(every: list[Item], after: str) -> list[Item]:
    """A comment's number grows with time: what is newer than ``after`` is known even when that one is gone."""
    known = URN.fullmatch(after)
    return [item for item in every if known is None or int(item["id"]) > int(known[2])]


def _under(line: Line, access: Access, target: str) -> Iterator[Item]:
    """Comments, and under each its replies, of which a post's own list holds none."""
    for item in line.listed(access, f"socialActions/{encoded(target)}/comments", {}, "GET_ALL"):
        yield item
        if (item.get("commentsSummary") or {}).get("aggregatedTotalComments"):
            yield from _under(line, access, str(item["commentUrn"]))


def _remark(item: Item, post: str) -> Remark:
    """The network names its members to software by URN alone."""
    author = str(item.get("actor", ""))
    return Remark(
        id=str(item["commentUrn"]),
        text=str((item.get("message") or {}).get("text", "")),
        made_at=moment((item.get("created") or {}).get("time")),
        author_id=author,
        author_handle=author.rpartition(":")[2],
        post=post,
        parent=str(item.get("parentComment", "")),
        url=url_of(post),
        can=(Deed.ANSWER,),
        raw=raw(item),
    )


def _answered(line: Line, access: Access, wish: Wish) -> str:
    if units(wish.text) > MOST_OF_COMMENT:
        raise Refused(Reason.TOO_LONG, f"a comment holds {MOST_OF_COMMENT} characters")
    parent = URN.fullmatch(wish.remark)
    thread = parent[1] if parent else wish.post
    body = {"actor": organisation(access), "object": thread, "message": {"text": wish.text}}
    value = {**body, **({"parentComment": wish.remark} if parent else {})}
    made = line.create(access, f"socialActions/{encoded(thread)}/comments", value).object().get("commentUrn")
    if not made:
        raise Uncertain("the answer holds no id")
    return str(made)


def _deleted(line: Line, access: Access, remark: str) -> None:
    """The page's own words surely; whether what members wrote, the vendor's pages say yes and users no."""
    named = URN.fullmatch(remark)
    if named is None:
        raise Refused(Reason.CONTRACT, "that is no comment's name")
    path = f"socialActions/{encoded(named[1])}/comments/{named[2]}"
    try:
        line.ask(access, "DELETE", path, query={"actor": organisation(access)})
    except Refused as refused:
        if refused.reason is Reason.GONE:
            return
        if refused.reason is not Reason.PERMISSION:
            raise
        raise CannotHere(
            _("LinkedIn did not let the city's software delete this comment."),
            instead=_("Open the comment on LinkedIn: a page's administrator can delete it by hand."),
        ) from refused
