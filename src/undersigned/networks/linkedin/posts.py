"""Making, changing and deleting a page's posts, and the pictures that are laid ready before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from undersigned.networks.faults import Later, NetworkFault, Reason, Refused, Uncertain
from undersigned.networks.linkedin import people, reading
from undersigned.networks.linkedin.line import Line, encoded, organisation
from undersigned.networks.protocol import Access, Form, Medium, Published, Staged

PICTURE = "image."
GHOSTS_FOR = timedelta(hours=24)
"""A deleted post stands in the way of the same words for a day or two: the network calls them a duplicate of a post
that it does not show."""

GHOST_BEFORE = timedelta(hours=48)


def staged(line: Line, access: Access, form: Form, so_far: Staged) -> Staged:
    """Each picture uploaded. What lies there already is used again."""
    kept = dict(so_far)
    for name, medium in _named(form):
        if name not in kept:
            kept[name] = _uploaded(line, access, medium)
    return kept


def published(line: Line, access: Access, form: Form, staged: Staged) -> Published:
    """The id stands in a header; an answer without it is no whole answer."""
    try:
        answer = line.create(access, "posts", _body(access, form, staged))
    except Refused as refused:
        raise _told(line, access, form, refused) from refused
    made = answer.headers.get("x-restli-id", "")
    if answer.status != 201 or not made:
        raise Uncertain("the answer holds no id")
    return Published(made, reading.url_of(made))


def edited(line: Line, access: Access, post: str, form: Form) -> None:
    patch = {"patch": {"$set": {"commentary": form.sent}}}
    try:
        line.ask(access, "POST", f"posts/{encoded(post)}", restli="PARTIAL_UPDATE", value=patch)
    except Refused as refused:
        raise people.told_which(line, access, refused, people.EDIT) from refused


def deleted(line: Line, access: Access, post: str) -> None:
    try:
        line.ask(access, "DELETE", f"posts/{encoded(post)}", restli="DELETE")
    except Refused as refused:
        if refused.reason is not Reason.GONE:
            raise people.told_which(line, access, refused, people.DELETE) from refused


def _told(line: Line, access: Access, form: Form, refused: Refused) -> NetworkFault:
    if refused.reason is Reason.DUPLICATE and refused.earlier:
        return _of_duplicate(line, access, form, refused)
    return people.told_which(line, access, refused, people.CREATE)


def _of_duplicate(line: Line, access: Access, form: Form, refused: Refused) -> NetworkFault:
    """A duplicate of a post that is nowhere is a ghost, which goes by itself: nothing was done, and tomorrow the same
    words are taken. Wherever something is found, or nothing can be read, the refusal stands as it is."""
    since = datetime.now(UTC) - GHOST_BEFORE
    try:
        if reading.one(line, access, refused.earlier) is not None:
            return refused
        looked = reading.found(line, access, form, since, "")
    except NetworkFault:
        return refused
    if looked.posts or not looked.complete:
        return refused
    return Later(refused.words, until=datetime.now(UTC) + GHOSTS_FOR)


def _body(access: Access, form: Form, staged: Staged) -> dict[str, Any]:
    content = _content(form, staged)
    return {
        "author": organisation(access),
        "commentary": form.sent,
        "visibility": "PUBLIC",
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        **({"content": content} if content else {}),
    }


def _content(form: Form, staged: Staged) -> dict[str, Any]:
    pictures = [_picture(staged, name, medium) for name, medium in _named(form)]
    if len(pictures) > 1:
        return {"multiImage": {"images": pictures}}
    return {"media": pictures[0]} if pictures else {}


def _picture(staged: Staged, name: str, medium: Medium) -> dict[str, str]:
    if name not in staged:
        raise Refused(Reason.MEDIA, "a picture was not uploaded")
    return {"id": staged[name], **({"altText": medium.alt} if medium.alt else {})}


def _named(form: Form) -> Iterator[tuple[str, Medium]]:
    for at, medium in enumerate(form.media):
        yield f"{PICTURE}{at}.{medium.sha256}", medium


def _uploaded(line: Line, access: Access, medium: Medium) -> str:
    wanted = {"initializeUploadRequest": {"owner": organisation(access)}}
    body = line.ask(access, "POST", "images", query={"action": "initializeUpload"}, value=wanted).object()
    told = body.get("value") or {}
    if not told.get("uploadUrl") or not told.get("image"):
        raise Later("the answer names no picture")
    line.uploaded(access, str(told["uploadUrl"]), medium.octets(), medium.mime)
    return str(told["image"])
