"""What a city would say about itself, for the pages of these tests."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from undersigned.ui.components import Band, Standing
from undersigned.ui.frame import CheckpointNote, City


def harrow_falls() -> City:
    return City(name="Harrow Falls", colour="#17495a")


def another_city() -> City:
    return City(name="Another Falls", colour="#7a1f3d", crest="/static/ui/mark.svg")


def checkpoint() -> CheckpointNote:
    return CheckpointNote(digest="4be19c02" * 8, at=dt.datetime(2026, 3, 12, 15, 30, tzinfo=dt.UTC))


def no_checkpoint() -> None:
    return None


def practice(request: HttpRequest) -> Band:
    return Band(Standing.WAITS, "This is the practice network. Nothing leaves the building.")


def stopped(request: HttpRequest) -> Band | None:
    return Band(Standing.WRONG, "Everything is stopped.", "/desk/", "Why") if "stop" in request.GET else None
