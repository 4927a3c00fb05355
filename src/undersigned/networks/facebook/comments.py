"""Comments under a page's posts, what visitors wrote on the page, and what the page can do about them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from undersigned.networks.facebook.line import Item, Line
from undersigned.networks.facebook.posts import deleted, succeeded
from undersigned.networks.facebook.reading import moment, raw, shown
from undersigned.networks.faults import CannotHere, Later, Reason, Refused, Uncertain
from undersigned.networks.protocol import Access, Comments, Deed, Remark, Wish

FIELDS = (
    "id,message,created_time,from{id,name},parent{id},is_hidden,can_hide,can_remove,can_comment,permalink_url,"
    "attachment"
)
OF_POSTS = "id,message,created_time,from{id,name},is_hidden,permalink_url"


def comments(line: Line, access: Access, post: str, after: str, most: int) -> Comments:
    """Every comment and reply under one post; without a post, what others wrote on the page or naming it.

    Facebook has no list of all comments of a page: each post is asked about by itself.
    """
    if post:
        query = {"fields": FIELDS, "filter": "stream", "order": "reverse_chronological"}
        found, whole = _down(line.listed(access, f"{post}/comments", query), after, most)
        others = [item for item in found if _author(item)[0] != access.account]
        return _answer([_comment(item, post) for item in others], found, whole, after)
    query = {"fields": OF_POSTS}
    visitors, all_of_them = _down(line.listed(access, f"{access.account}/visitor_posts", query), after, most)
    tagged, all_tagged = _down(line.listed(access, f"{access.account}/tagged", query), after, most)
    remarks = [_post(item, "visitor_post") for item in visitors] + [_post(item, "mention") for item in tagged]
    remarks.sort(key=lambda one: one.made_at, reverse=True)
    newest = max([*visitors, *tagged], key=lambda item: moment(item, "created_time"), default=None)
    return _answer(remarks, [newest] if newest else [], all_of_them and all_tagged, after)


def moderated(line: Line, access: Access, wish: Wish) -> str:
    if wish.deed is Deed.ANSWER:
        return _answered(line, access, wish)
    if wish.deed in {Deed.HIDE, Deed.SHOW}:
        _hidden(line, access, wish)
    elif wish.deed is Deed.DELETE:
        deleted(line, access, wish.remark)
    elif wish.deed in {Deed.BLOCK, Deed.UNBLOCK}:
        _blocked(line, access, wish)
    else:
        raise CannotHere(
            _("Facebook does not let the city's software do this."),
            instead=_("Open the comment on Facebook and do it there."),
        )
    return ""


def _down(items: Iterable[Item], after: str, most: int) -> tuple[list[Item], bool]:
    """Items newest first down to ``after``, which is the moment and id of the newest of the last reading."""
    at, _space, known = after.partition(" ")
    found: list[Item] = []
    for item in items:
        made = moment(item, "created_time").isoformat()
        if str(item["id"]) == known or (at and made < at):
            return found, True
        if len(found) == most:
            return found, False
        found.append(item)
    return found, True


def _answer(remarks: list[Remark], read: list[Item], whole: bool, after: str) -> Comments:
    newest = f"{moment(read[0], 'created_time').isoformat()} {read[0]['id']}" if read else after
    return Comments(tuple(remarks), whole, newest)


def _comment(item: Item, post: str) -> Remark:
    author, name = _author(item)
    attachment = item.get("attachment") or {}
    return Remark(
        id=str(item["id"]),
        text=str(item.get("message", "")),
        made_at=moment(item, "created_time"),
        author_id=author,
        author_handle=name,
        author_name=name,
        post=post,
        parent=str((item.get("parent") or {}).get("id", "")),
        url=str(item.get("permalink_url", "")),
        media=tuple(str(attachment[name]) for name in ("url",) if attachment.get(name)),
        hidden=bool(item.get("is_hidden")),
        can=_deeds(item, author),
        raw=raw(item),
    )


def _deeds(item: Item, author: str) -> tuple[Deed, ...]:
    can = {
        Deed.ANSWER: item.get("can_comment"),
        Deed.HIDE: item.get("can_hide"),
        Deed.SHOW: item.get("can_hide"),
        Deed.DELETE: item.get("can_remove"),
        Deed.BLOCK: author,
        Deed.UNBLOCK: author,
    }
    return tuple(deed for deed, may in can.items() if may)


def _post(item: Item, kind: str) -> Remark:
    """A mention stands on somebody else's page: the city can answer it, and no more."""
    author, name = _author(item)
    on_ours = (Deed.DELETE, Deed.BLOCK, Deed.UNBLOCK) if kind == "visitor_post" and author else ()
    return Remark(
        id=str(item["id"]),
        text=str(item.get("message", "")),
        made_at=moment(item, "created_time"),
        author_id=author,
        author_handle=name,
        author_name=name,
        kind=kind,
        url=str(item.get("permalink_url", "")),
        hidden=bool(item.get("is_hidden")),
        can=(Deed.ANSWER, *on_ours),
        raw=raw(item),
    )


def _author(item: Item) -> tuple[str, str]:
    """Both are empty for people of whom the network tells nothing to this application."""
    author = item.get("from") or {}
    return str(author.get("id", "")), str(author.get("name", ""))


def _answered(line: Line, access: Access, wish: Wish) -> str:
    path = f"{wish.remark or wish.post}/comments"
    made = line.create(access, path, {"message": wish.text}).object().get("id")
    if not made:
        raise Uncertain("the answer holds no id")
    return str(made)


def _hidden(line: Line, access: Access, wish: Wish) -> None:
    """``can_hide`` is asked first: the page's own words cannot be hidden, and a refusal would not say why."""
    wanted = wish.deed is Deed.HIDE
    item = shown(line, access, wish.remark, "id,is_hidden,can_hide")
    if item is None:
        raise Refused(Reason.GONE, wish.remark)
    if item.get("is_hidden") is wanted:
        return
    if item.get("can_hide") is False:
        raise Refused(Reason.NOT_ALLOWED_HERE, "can_hide")
    succeeded(line.ask(access, "POST", wish.remark, form={"is_hidden": "true" if wanted else "false"}))


def _blocked(line: Line, access: Access, wish: Wish) -> None:
    """The answer to a block names each person with whether it was done."""
    path = f"{access.account}/blocked"
    if wish.deed is Deed.UNBLOCK:
        succeeded(line.ask(access, "DELETE", path, query={"user": wish.author}))
        return
    told = line.ask(access, "POST", path, form={"user": wish.author}).object()
    done = told.get(wish.author, told.get("success"))
    if done is False:
        raise Refused(Reason.NOT_ALLOWED_HERE, "the network does not know this person")
    if done is not True:
        raise Later("the answer does not say that it is done")
