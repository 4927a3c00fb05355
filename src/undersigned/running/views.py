"""Whether this process answers, and whether it can do its work."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from undersigned.running import state


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers. Says nothing about the database."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and is of this program's version; 503 when not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        well = not state.unmigrated()
    except DatabaseError:
        well = False
    return JsonResponse({"ready": well}, status=200 if well else 503)
