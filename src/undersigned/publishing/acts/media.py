"""Bringing a picture or video."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from django.utils import timezone

from undersigned.acts import Act, Actor, Fact, Officer, act, say
from undersigned.publishing import rules
from undersigned.publishing.media import Cleaned
from undersigned.publishing.models import Medium
from undersigned.publishing.models.medium import place_of


@act(
    Act.MEDIUM_ADD,
    may=rules.writes_somewhere | rules.is_communications,
    makes=Medium,
    facts={"sha256": Fact.DIGEST, "mime": Fact.KEY, "size": Fact.COUNT},
    commits=["original_sha256", "name"],
)
def add_medium(*, by: Actor, cleaned: Cleaned, name: str = "") -> Medium:
    """Keep a picture or video for posts, freed of what it should not tell; the file lies under its digest."""
    if not isinstance(by, Officer):
        raise TypeError("media are brought by a person")
    digest = hashlib.sha256(cleaned.octets).hexdigest()
    keep(cleaned.octets, digest)
    keep(cleaned.original, cleaned.original_sha256)
    medium = Medium(
        sha256=digest,
        original_sha256=cleaned.original_sha256,
        mime=cleaned.mime,
        size=len(cleaned.octets),
        width=cleaned.width,
        height=cleaned.height,
        frames=cleaned.frames,
        milliseconds=cleaned.milliseconds,
        removed=",".join(cleaned.removed),
        name=name[:200],
        added_by_id=by.person,
        added_at=timezone.now(),
    )
    medium.save(force_insert=True)
    say(
        sha256=digest,
        mime=medium.mime,
        size=medium.size,
        original_sha256=medium.original_sha256,
        name=medium.name,
    )
    return medium


def keep(octets: bytes, digest: str) -> Path:
    """Write the bytes under their digest, whole or not at all; what is there already is left as it is."""
    place = place_of(digest)
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.with_name(f"{place.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(octets)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    return place
