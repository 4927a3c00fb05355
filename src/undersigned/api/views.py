"""What stands beside the described interface."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from undersigned.api.problems import general


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Every other address below the public interface: a problem, not a page, and no redirect to guess at."""
    return general(404)
