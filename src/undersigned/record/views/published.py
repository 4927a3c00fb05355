"""The files under ``/.well-known/undersigned/record/``: for anybody, from anywhere, without a session."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from undersigned.record import published
from undersigned.record.published import File


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    found = published.find(name)
    return _for_everybody(_answer(found) if found else _missing())


@require_safe
def archive(request: HttpRequest) -> HttpResponseBase:
    """The nightly export, once there is one."""
    path = published.archive()
    if not path.is_file():
        return _for_everybody(_missing())
    response = FileResponse(path.open("rb"), content_type="application/zip")
    response["Cache-Control"] = published.FRESH
    return _for_everybody(response)


def _for_everybody(response: HttpResponseBase) -> HttpResponseBase:
    """Scripts of any site may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _missing() -> HttpResponse:
    """What is not published yet may be soon."""
    response = HttpResponse("not published\n", published.TEXT, status=404)
    response["Cache-Control"] = published.FRESH
    return response


def _answer(found: File) -> HttpResponse:
    """Bundles leave compressed where that is accepted: the middleware does so with every answer that shrinks."""
    response = HttpResponse(found.data, found.content_type)
    response["Cache-Control"] = found.caching
    return response
