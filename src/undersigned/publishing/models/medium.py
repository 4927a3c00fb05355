"""A picture or video, kept outside the database under its digest."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from undersigned.acts.governed import Governed, ReferenceField
from undersigned.people.models import Person


class Medium(Governed):
    """``sha256`` is of the bytes that are sent, freed of EXIF; ``original_sha256`` of what was brought.

    ``removed`` names what was taken out ("place", "camera"), so that the person who brought it is told.
    """

    kind = "medium"
    governed: ClassVar = {
        1: (
            "sha256", "original_sha256", "mime", "size", "width", "height", "frames", "milliseconds", "removed",
            "name", "added_by", "added_at",
        )
    }  # fmt: skip

    id = ReferenceField("medium")
    sha256 = models.CharField(max_length=64, db_index=True)
    original_sha256 = models.CharField(max_length=64)
    mime = models.CharField(_("type"), max_length=40)
    size = models.PositiveBigIntegerField(_("bytes"))
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    frames = models.PositiveIntegerField(default=1)
    milliseconds = models.PositiveIntegerField(default=0)
    removed = models.CharField(max_length=200, blank=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="media_added")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name or self.sha256[:8]

    @property
    def path(self) -> Path:
        """Where the bytes that are sent lie; two levels of folders keep any one small."""
        return place_of(self.sha256)


def place_of(sha256: str) -> Path:
    """Raises ValueError for anything that is not a digest, so that no name leads out of the folder."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256 digest")
    return Path(settings.MEDIA_ROOT) / "sha256" / sha256[:2] / sha256[2:4] / sha256
