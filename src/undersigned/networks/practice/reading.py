"""What a wall shows, in the words of the protocol."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from undersigned.networks.practice import wall as walls
from undersigned.networks.practice.models import Wall, WallComment, WallPost
from undersigned.networks.protocol import Comments, Deed, Found, Remark, Seen, Timeline

Row = TypeVar("Row", bound=models.Model)

OWN_ADDRESSES = "undersigned.networks.urls"
"""A worker that tells where a post stands need not load the pages of every room for it."""


def url_of(post: WallPost) -> str:
    return f"{settings.BASE_ADDRESS}{reverse('practice:post', OWN_ADDRESSES, [post.wall.handle, post.pk])}"


def timeline(wall: Wall, after: str, most: int) -> Timeline:
    rows, complete = _down_to(walls.posts_of(wall), after, most)
    return Timeline(tuple(seen(row) for row in rows), complete, str(rows[0].pk) if rows else after)


def found(wall: Wall, client_id: str, since: datetime, after: str) -> Found:
    """The application's own posts since then: a wall always shows all of itself."""
    rows = walls.posts_of(wall).filter(application=client_id, made_at__gte=since, pk__gt=int(after or 0))
    return Found(tuple(seen(row) for row in rows), complete=True)


def seen(post: WallPost) -> Seen:
    return Seen(
        id=str(post.pk),
        text=post.text,
        made_at=post.made_at,
        url=url_of(post),
        media=len(post.pictures.all()),
        application=post.application,
        reply_to=str(post.reply_to_id or ""),
        edited_at=post.edited_at,
        raw=_raw(post.pk, post.text, [picture.alt for picture in post.pictures.all()]),
        ours=bool(post.application),
    )


def comments(wall: Wall, post: str, after: str, most: int) -> Comments:
    rows = walls.comments_of(wall)
    if post:
        rows = rows.filter(post_id=int(post))
    got, complete = _down_to(rows, after, most)
    return Comments(tuple(_remark(row) for row in got), complete, str(got[0].pk) if got else after)


def _remark(row: WallComment) -> Remark:
    return Remark(
        id=str(row.pk),
        text=row.text,
        made_at=row.made_at,
        author_id=row.author,
        author_handle=row.author,
        post=str(row.post_id),
        parent=str(row.parent_id or ""),
        url=f"{url_of(row.post)}#comment-{row.pk}",
        hidden=row.hidden,
        can=(Deed.ANSWER, Deed.SHOW if row.hidden else Deed.HIDE, Deed.DELETE),
        raw=_raw(row.pk, row.text, [str(row.hidden)]),
    )


def _down_to(rows: models.QuerySet[Row], after: str, most: int) -> tuple[Sequence[Row], bool]:
    """The newest, and whether they reach down to ``after`` without a gap."""
    newer = list(rows.filter(pk__gt=int(after or 0))[: most + 1])
    return newer[:most], len(newer) <= most


def _raw(number: int, text: str, more: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([number, text, *more]).encode()).hexdigest()
