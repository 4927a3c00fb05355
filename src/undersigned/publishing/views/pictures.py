"""The bytes of pictures and videos, by their digest, for those who may read the post they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from undersigned.accounts.views.coming_in import officer_of
from undersigned.publishing.media import FORMATS
from undersigned.publishing.models import Medium
from undersigned.publishing.views.coming_in import post_of

SAFE = frozenset({*FORMATS.values(), "video/mp4"})
"""Types that a browser only draws. What has another is not served at all."""


@login_required
@require_safe
def of_post(request: HttpRequest, reference: str, digest: str) -> FileResponse:
    """A picture of any version of a post that this person may see."""
    post = post_of(officer_of(request), reference)
    named = {one.medium for version in post.versions.all() for one in version.says.pictures}
    return _served(Medium.objects.filter(sha256=digest, pk__in=named))


@login_required
@require_safe
def brought(request: HttpRequest, digest: str) -> FileResponse:
    """A picture that this person brought, before the post is saved."""
    return _served(Medium.objects.filter(sha256=digest, added_by_id=officer_of(request).person))


def _served(found: Iterable[Medium]) -> FileResponse:
    medium = next(iter(found), None)
    if medium is None or medium.mime not in SAFE or not medium.path.exists():
        raise Http404
    response = FileResponse(medium.path.open("rb"), content_type=medium.mime)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
