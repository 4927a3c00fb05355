"""Making, changing and deleting a page's posts, and the pictures that are laid ready before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from undersigned.networks.calling import Answer
from undersigned.networks.facebook.line import Line
from undersigned.networks.facebook.reading import shown
from undersigned.networks.faults import Later, Reason, Refused, Uncertain
from undersigned.networks.protocol import Access, Form, Medium, Published, Staged

PHOTO = "photo."


def staged(line: Line, access: Access, form: Form, so_far: Staged) -> Staged:
    """Each picture uploaded unpublished with its description. Ids of what lies there already are used again."""
    kept = dict(so_far)
    for name, medium in _named(form):
        if name not in kept:
            kept[name] = _uploaded(line, access, medium)
    return kept


def published(line: Line, access: Access, form: Form, staged: Staged) -> Published:
    body = line.create(access, f"{access.account}/feed", _body(form, staged)).object()
    made = body.get("id")
    if not made:
        raise Uncertain("the answer holds no id")
    return Published(str(made), f"https://www.facebook.com/{made}")


def unstaged(line: Line, access: Access, staged: Staged) -> None:
    for name, photo in staged.items():
        if name.startswith(PHOTO):
            deleted(line, access, photo)


def edited(line: Line, access: Access, post: str, form: Form) -> None:
    succeeded(line.ask(access, "POST", post, form={"message": form.sent}))


def deleted(line: Line, access: Access, node: str) -> None:
    """Delete a post, picture or comment. Gone and forbidden look alike (100, subcode 33): it is done only where a
    reading fails too while the page can still be read."""
    try:
        succeeded(line.ask(access, "DELETE", node))
    except Refused as refused:
        if refused.reason is not Reason.GONE:
            raise
        if shown(line, access, node, "id") is not None:
            raise Refused(Reason.PERMISSION, refused.words) from refused


def succeeded(answer: Answer) -> None:
    if answer.object().get("success") is not True:
        raise Later("the answer does not say that it is done")


def _body(form: Form, staged: Staged) -> dict[str, str]:
    photos = [{"media_fbid": _photo(staged, name)} for name, _medium in _named(form)]
    attached = json.dumps(photos, separators=(",", ":")) if photos else ""
    parts = {"message": form.sent, "link": form.link, "attached_media": attached}
    return {name: value for name, value in parts.items() if value}


def _photo(staged: Staged, name: str) -> str:
    if name not in staged:
        raise Refused(Reason.MEDIA, "a picture was not uploaded")
    return staged[name]


def _named(form: Form) -> Iterator[tuple[str, Medium]]:
    """A picture with another description is another upload: a description is given only with the picture."""
    for at, medium in enumerate(form.media):
        told = hashlib.sha256(medium.alt.encode()).hexdigest()[:16]
        yield f"{PHOTO}{at}.{medium.sha256}.{told}", medium


def _uploaded(line: Line, access: Access, medium: Medium) -> str:
    file = (f"picture.{medium.mime.rpartition('/')[2]}", medium.octets(), medium.mime)
    described = {"alt_text_custom": medium.alt} if medium.alt else {}
    parts = {"source": file, "published": "false", **described}
    made = line.ask(access, "POST", f"{access.account}/photos", parts=parts).object().get("id")
    if not made:
        raise Later("the answer names no picture")
    return str(made)
