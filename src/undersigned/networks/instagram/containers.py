"""A post on Instagram is prepared as a container, and published by naming it (vendor's guide "Content Publishing").

The container is the key: asked after any doubt, it says itself whether it was published. It ends after 24 hours.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from undersigned.networks.facebook.line import Line, items
from undersigned.networks.faults import Later, Reason, Refused, Uncertain, Unprepared
from undersigned.networks.instagram.reading import read_down, seen
from undersigned.networks.instagram.text import is_picture
from undersigned.networks.protocol import Access, Form, Found, Medium, Published, Seen, Staged

CONTAINER, CHILD = "container", "child."
PATIENCE_SECONDS = 20.0
PAUSE_SECONDS = 1.0
AGAIN = timedelta(seconds=30)
DEPTH = 200


class Status(StrEnum):
    """``status_code`` of a container."""

    IN_PROGRESS = "IN_PROGRESS"
    FINISHED = "FINISHED"
    PUBLISHED = "PUBLISHED"
    ERROR = "ERROR"
    EXPIRED = "EXPIRED"


LIVING = frozenset({Status.IN_PROGRESS, Status.FINISHED, Status.PUBLISHED})


def staged(line: Line, access: Access, form: Form, so_far: Staged) -> Staged:
    """The post's container, with one for each of several pictures. One that has ended or failed is made anew."""
    kept = so_far.get(CONTAINER)
    if kept and _standing(line, access, kept) in LIVING:
        return so_far
    _leave_room(line, access)
    if len(form.media) == 1:
        about = {**_of_medium(form.media[0]), "caption": form.sent}
        if not is_picture(form.media[0]):
            about["media_type"] = "REELS"
        return {CONTAINER: _made(line, access, about)}
    children = {f"{CHILD}{at}": _child(line, access, medium) for at, medium in enumerate(form.media)}
    for child in children.values():
        _ready(line, access, child)
    whole = {"media_type": "CAROUSEL", "children": json.dumps([*children.values()]), "caption": form.sent}
    return {CONTAINER: _made(line, access, whole), **children}


def published(line: Line, access: Access, form: Form, staged: Staged) -> Published:
    """Publish the container. One that is published already answers with the post that it became."""
    container = _container(staged)
    if _ready(line, access, container) is Status.PUBLISHED:
        return _became(line, access, form)
    made = (
        line.create(access, f"{access.account}/media_publish", {"creation_id": container}).object().get("id")
    )
    if not made:
        raise Uncertain("the answer holds no id")
    return Published(str(made))


def found(line: Line, access: Access, form: Form, staged: Staged, since: datetime, after: str) -> Found:
    """By the container's own word: published, then the post is looked for; else it is certain that there is none."""
    status = _standing(line, access, _container(staged))
    if status in LIVING - {Status.PUBLISHED} or status is Status.ERROR:
        return Found((), complete=True, certain=True)
    posts, whole = _alike(line, access, form, since, after)
    if status is Status.PUBLISHED:
        return Found(posts, complete=bool(posts), certain=True)
    return Found(posts, whole)


def _container(staged: Staged) -> str:
    if CONTAINER not in staged:
        raise Refused(Reason.MEDIA, "no container was prepared: Instagram takes no text alone")
    return staged[CONTAINER]


def _became(line: Line, access: Access, form: Form) -> Published:
    posts, _whole = _alike(line, access, form, datetime.now(UTC) - timedelta(days=1), "")
    if len(posts) != 1:
        raise Uncertain("the container is published, and its post is not told apart from others")
    return Published(posts[0].id, posts[0].url)


def _alike(
    line: Line, access: Access, form: Form, since: datetime, after: str
) -> tuple[tuple[Seen, ...], bool]:
    read, whole = read_down(line, access, after, DEPTH, patient=False)
    posts, floor = [seen(item) for item in read], since.replace(microsecond=0)
    alike = (p for p in posts if p.made_at >= floor and (p.text, p.media) == (form.shown, len(form.media)))
    return tuple(alike), whole or any(post.made_at < floor for post in posts)


def _leave_room(line: Line, access: Access) -> None:
    """How many posts a day are taken is told differently in different places: the network is asked."""
    query = {"fields": "quota_usage,config"}
    told = items(line.ask(access, "GET", f"{access.account}/content_publishing_limit", query=query).object())
    for one in told:
        most = (one.get("config") or {}).get("quota_total")
        if isinstance(most, int) and int(one.get("quota_usage", 0)) >= most:
            until = datetime.now(UTC) + timedelta(hours=1)
            raise Later(f"Instagram takes {most} posts in 24 hours, and that many were made", until=until)


def _child(line: Line, access: Access, medium: Medium) -> str:
    about = {**_of_medium(medium), "is_carousel_item": "true"}
    return _made(line, access, about if is_picture(medium) else {**about, "media_type": "VIDEO"})


def _of_medium(medium: Medium) -> dict[str, str]:
    """The network fetches the bytes itself from an address that is public for a short while."""
    if medium.public_url is None:
        raise Refused(
            Reason.MEDIA, "the installation has no public address from which pictures can be fetched"
        )
    if not is_picture(medium):
        return {"video_url": medium.public_url()}
    return {"image_url": medium.public_url()} | ({"alt_text": medium.alt} if medium.alt else {})


def _made(line: Line, access: Access, about: dict[str, str]) -> str:
    form = {name: value for name, value in about.items() if value}
    made = line.ask(access, "POST", f"{access.account}/media", form=form).object().get("id")
    if not made:
        raise Later("the answer names no container")
    return str(made)


def _ready(line: Line, access: Access, container: str) -> Status:
    """Wait until it can be published. Raises Later while it is still being prepared, Unprepared where it has ended."""
    until = time.monotonic() + PATIENCE_SECONDS
    while (status := _standing(line, access, container)) is Status.IN_PROGRESS:
        if time.monotonic() + PAUSE_SECONDS > until:
            raise Later("the pictures are still being prepared", until=datetime.now(UTC) + AGAIN)
        time.sleep(PAUSE_SECONDS)
    if status not in LIVING:
        raise Unprepared("what was prepared has ended there, and is prepared anew")
    return status


def _standing(line: Line, access: Access, container: str) -> Status:
    """EXPIRED also where the network no longer knows the container."""
    try:
        body = line.ask(access, "GET", container, query={"fields": "status_code"}).object()
    except Refused as refused:
        if refused.reason is not Reason.GONE:
            raise
        return Status.EXPIRED
    said = str(body.get("status_code", ""))
    if said not in set(Status):
        raise Later("the answer says nothing of the container")
    return Status(said)
