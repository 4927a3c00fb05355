"""Comments on Instagram, and what the account can do about them: answer, hide, delete, and close a post to more."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from undersigned.networks.facebook.line import Item, Line
from undersigned.networks.facebook.posts import deleted, succeeded
from undersigned.networks.facebook.reading import moment, raw
from undersigned.networks.faults import CannotHere, Uncertain
from undersigned.networks.protocol import Access, Comments, Deed, Remark, Wish

OF_COMMENT = "id,text,timestamp,username,from{id,username},hidden,parent_id"
FIELDS = f"{OF_COMMENT},replies.limit(50){{{OF_COMMENT}}}"
OF_TAGGED = "id,caption,timestamp,permalink,username"


def comments(line: Line, access: Access, post: str, after: str, most: int) -> Comments:
    """Every comment and answer under one post; without a post, where others named the account in a picture.

    An answer can be newer than the comment above it and than the last reading, so the list is read whole each time.
    """
    if post:
        remarks, whole = _under(line, access, post, most)
    else:
        tagged = line.listed(access, f"{access.account}/tags", {"fields": OF_TAGGED})
        remarks, whole = _first([_mention(item) for item in tagged], most)
    remarks.sort(key=_key, reverse=True)
    fresh = [one for one in remarks if _is_fresh(one, after)]
    return Comments(tuple(fresh[:most]), whole and len(fresh) <= most, _key(remarks[0]) if remarks else after)


def moderated(line: Line, access: Access, wish: Wish) -> str:
    if wish.deed is Deed.ANSWER:
        return _answered(line, access, wish)
    if wish.deed in {Deed.HIDE, Deed.SHOW}:
        form = {"hide": "true" if wish.deed is Deed.HIDE else "false"}
        succeeded(line.ask(access, "POST", wish.remark, form=form))
    elif wish.deed in {Deed.CLOSE, Deed.OPEN}:
        form = {"comment_enabled": "true" if wish.deed is Deed.OPEN else "false"}
        succeeded(line.ask(access, "POST", wish.post, form=form))
    elif wish.deed is Deed.DELETE:
        deleted(line, access, wish.remark)
    else:
        raise CannotHere(
            _("Instagram does not let the city's software do this."),
            instead=_("Open the comment on Instagram and do it there."),
        )
    return ""


def _under(line: Line, access: Access, post: str, most: int) -> tuple[list[Remark], bool]:
    found: list[Remark] = []
    whole = True
    for item in line.listed(access, f"{post}/comments", {"fields": FIELDS, "limit": "50"}):
        if len(found) > most:
            return found, False
        whole = whole and not ((item.get("replies") or {}).get("paging") or {}).get("next")
        found += [_comment(one, post) for one in _with_answers(item) if _author(one) != access.account]
    return found, whole


def _with_answers(item: Item) -> Iterator[Item]:
    yield item
    for answer in (item.get("replies") or {}).get("data") or []:
        yield {"parent_id": item["id"], **answer}


def _first(remarks: list[Remark], most: int) -> tuple[list[Remark], bool]:
    return remarks[:most], len(remarks) <= most


def _is_fresh(remark: Remark, after: str) -> bool:
    """Moments are whole seconds and ids have no order: what shares its second with the newest known is told again."""
    at, _space, known = after.partition(" ")
    return remark.made_at.isoformat() >= at and remark.id != known


def _key(remark: Remark) -> str:
    """The moment and the id: it is what the next reading is told to begin after."""
    return f"{remark.made_at.isoformat()} {remark.id}"


def _comment(item: Item, post: str) -> Remark:
    return Remark(
        id=str(item["id"]),
        text=str(item.get("text", "")),
        made_at=moment(item, "timestamp"),
        author_id=_author(item),
        author_handle=str(item.get("username") or (item.get("from") or {}).get("username", "")),
        post=post,
        parent=str(item.get("parent_id") or ""),
        hidden=bool(item.get("hidden")),
        can=(Deed.ANSWER, Deed.HIDE, Deed.SHOW, Deed.DELETE),
        raw=raw({name: value for name, value in item.items() if name != "replies"}),
    )


def _mention(item: Item) -> Remark:
    """A picture of somebody else's in which the account is named: it can only be looked at."""
    return Remark(
        id=str(item["id"]),
        text=str(item.get("caption") or ""),
        made_at=moment(item, "timestamp"),
        author_id="",
        author_handle=str(item.get("username", "")),
        kind="mention",
        url=str(item.get("permalink", "")),
        raw=raw(item),
    )


def _author(item: Item) -> str:
    return str((item.get("from") or {}).get("id", ""))


def _answered(line: Line, access: Access, wish: Wish) -> str:
    path = f"{wish.remark}/replies" if wish.remark else f"{wish.post}/comments"
    made = line.create(access, path, {"message": wish.text}).object().get("id")
    if not made:
        raise Uncertain("the answer holds no id")
    return str(made)
