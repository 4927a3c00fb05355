"""From a form to a draft and back: what the page of writing begins with, and pictures brought on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from undersigned.acts import Officer
from undersigned.acts.refusals import Refused
from undersigned.publishing import acts, media, scribbles
from undersigned.publishing.forms.writing import PICTURE_FIELDS, REMOVED, WritingForm, hexed
from undersigned.publishing.models import Post, Scribble

NOT_TYPED = ("csrfmiddlewaretoken", "act_id", "do")
MANY = ("accounts", "picture")


def begun(officer: Officer, post: Post | None, chosen: list[str]) -> tuple[dict[str, Any], Scribble | None]:
    """What the form shows first: what was being typed, else the post as it is, else nothing."""
    scribble = scribbles.find(officer.person, post.pk if post else "")
    if scribble is not None:
        return {name: _value(name, typed) for name, typed in scribble.fields.items()}, scribble
    if post is None:
        return {"accounts": chosen}, None
    return dict(_of_post(post)), None


def _value(name: str, typed: list[str]) -> Any:
    return typed if name in MANY else typed[-1] if typed else ""


def _of_post(post: Post) -> Iterator[tuple[str, Any]]:
    content = post.version.says
    yield from (("text", content.text), ("link", content.link), ("language", content.language))
    yield from (("accounts", list(content.accounts)), ("seen", post.number))
    for name in ("not_before", "not_after", "purpose", "topic"):
        yield name, getattr(post, name)
    for account, wording in content.wordings.items():
        yield f"words-{hexed(account)}", wording.text
    yield "picture", [one.medium for one in content.pictures]
    for one in content.pictures:
        name = hexed(one.medium)
        yield from (
            (f"alt-{name}", one.alt),
            (f"decorative-{name}", one.decorative),
            (f"why-{name}", one.why_decorative),
        )


def sent(request: HttpRequest, officer: Officer, post: Post | None) -> WritingForm:
    """The form as it was sent, with a picture that came along brought in, and without those to take out."""
    data = request.POST.copy()
    kept = [one for one in data.getlist("picture") if not data.get(f"drop-{hexed(one)}")]
    data.setlist("picture", kept)
    refused = _bring(request, officer, data)
    form = WritingForm(data, officer=officer, post=post)
    form.full_clean()
    if refused:
        form.refuse(refused)
    return form


def _bring(request: HttpRequest, officer: Officer, data: QueryDict) -> Refused | None:
    """Clean and keep the file that came along. Answers with why it cannot be posted, else nothing."""
    file = request.FILES.get("file")
    if file is None:
        return None
    try:
        if (file.size or 0) > media.MOST_OCTETS:
            media.clean(file.read(media.MOST_OCTETS + 1))
        cleaned = media.clean(file.read())
        medium = acts.add_medium(by=officer, cleaned=cleaned, name=file.name or "")
    except Refused as refused:
        return refused
    data.appendlist("picture", medium.pk)
    data[f"alt-{hexed(medium.pk)}"] = data.get("file_alt", "")
    data["file_alt"] = ""
    _say_what_was_removed(request, cleaned.removed)
    return None


def _say_what_was_removed(request: HttpRequest, removed: tuple[str, ...]) -> None:
    if removed:
        what = ", ".join(str(REMOVED[one]) for one in removed)
        messages.info(
            request,
            _("Removed from the copy that is sent: %(what)s. It stays with us alone.") % {"what": what},
        )


def keep(officer: Officer, post: Post | None, data: QueryDict) -> Scribble:
    """Keep what was typed, so that a closed window costs nothing."""
    typed = {name: values for name, values in data.lists() if name not in NOT_TYPED and not _dropped(name)}
    return scribbles.keep(officer.person, post.pk if post else "", typed)


def _dropped(name: str) -> bool:
    return name.startswith(f"{PICTURE_FIELDS[-1]}-")
