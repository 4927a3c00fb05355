"""What somebody is typing, kept as they type: no act, and nothing of it counts before they save the post."""

from __future__ import annotations

from collections.abc import Mapping

from undersigned.publishing.models import Scribble

Typed = Mapping[str, list[str]]


def keep(person: str, post: str, typed: Typed) -> Scribble:
    """``post`` is its reference, or empty for one that is not saved yet."""
    row, _made = Scribble.objects.update_or_create(
        person_id=person, post=post, defaults={"fields": dict(typed)}
    )
    return row


def find(person: str, post: str) -> Scribble | None:
    return Scribble.objects.filter(person_id=person, post=post).first()


def forget(person: str, post: str) -> None:
    Scribble.objects.filter(person_id=person, post=post).delete()
