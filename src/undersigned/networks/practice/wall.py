"""What can be done on a wall: by whoever keeps it, by followers, and by the application through its client."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from undersigned.networks.faults import Reason, Refused
from undersigned.networks.practice.models import Wall, WallComment, WallPicture, WallPost

ON_ONE_PAGE = 20


def walls() -> QuerySet[Wall]:
    return Wall.objects.order_by("handle")


def opened(handle: str, name: str) -> Wall:
    return Wall.objects.create(handle=handle.casefold(), name=name)


def posts_of(wall: Wall) -> QuerySet[WallPost]:
    """Newest first, with their pictures (but not those bytes) and comments."""
    pictures = WallPicture.objects.defer("octets")
    rows = wall.posts.order_by("-pk").select_related("wall")
    return rows.prefetch_related(Prefetch("pictures", pictures), "comments")


def written(wall: Wall, text: str) -> WallPost:
    """Somebody writes on the wall itself, past every system."""
    return WallPost.objects.create(wall=wall, text=text, made_at=timezone.now())


def sent(
    wall: Wall,
    text: str,
    *,
    application: str,
    language: str = "",
    reply_to: str = "",
    pictures: Sequence[str] = (),
) -> WallPost:
    """The application writes. Raises Refused where a picture that it names is not there any more."""
    with transaction.atomic():
        earlier = wall.posts.filter(pk=_number(reply_to)).first() if reply_to else None
        post = WallPost.objects.create(
            wall=wall,
            text=text,
            language=language,
            reply_to=earlier,
            application=application,
            made_at=timezone.now(),
        )
        for place, number in enumerate(pictures):
            free = WallPicture.objects.filter(pk=_number(number), wall=wall, post=None)
            if not free.update(post=post, place=place):
                raise Refused(Reason.MEDIA, "a picture is not there any more")
    return post


def changed(post: WallPost, text: str) -> None:
    post.text, post.edited_at = text, timezone.now()
    post.save(update_fields=["text", "edited_at"])


def find(wall: Wall, post: str) -> WallPost | None:
    return posts_of(wall).filter(pk=_number(post)).first()


def commented(post: WallPost, author: str, text: str) -> WallComment:
    """A follower writes under a post."""
    return WallComment.objects.create(post=post, author=author, text=text, made_at=timezone.now())


def answered(to: WallPost | WallComment, text: str) -> WallComment:
    """The wall answers a comment, or writes under its own post."""
    parent = to if isinstance(to, WallComment) else None
    post = to.post if isinstance(to, WallComment) else to
    return WallComment.objects.create(
        post=post, parent=parent, author=post.wall.handle, text=text, by_wall=True, made_at=timezone.now()
    )


def comments_of(wall: Wall) -> QuerySet[WallComment]:
    """What followers wrote, newest first."""
    return (
        WallComment.objects.filter(post__wall=wall, by_wall=False)
        .select_related("post__wall")
        .order_by("-pk")
    )


def _number(text: str) -> int:
    """An id as the wall gives them; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
