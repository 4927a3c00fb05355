"""Template context processor: ``frame`` in every page."""

from __future__ import annotations

from django.http import HttpRequest

from undersigned.ui.frame import Frame


def frame(request: HttpRequest) -> dict[str, Frame]:
    return {"frame": Frame(request)}
