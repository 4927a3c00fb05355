"""What the public interface is to every visitor: the same for all, readable from any page, kept for a minute.

A middleware, and the outermost but for the request's number, so that nothing within sees a cookie: no session is
opened and none is named in ``Vary``.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from undersigned.api import problems

Answer = Callable[[HttpRequest], HttpResponse]

PATHS = ("/api/v1/public/", "/api/v1/openapi.json")
METHODS = "GET, HEAD, OPTIONS"
KEPT_FOR = 60
"""Seconds for which an answer may be reused: a paused account has to be seen as paused soon."""

READABLE = "ETag, Link, X-Request-ID"
SENDABLE = "If-None-Match, If-Modified-Since"


def open_to_all(answer: Answer) -> Answer:
    """Take cookies from requests to the open paths, and give their answers CORS, caching and conditional requests."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PATHS):
            return answer(request)
        response = _preflight() if request.method == "OPTIONS" else _answered(answer, request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = READABLE
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return middleware


def _preflight() -> HttpResponse:
    """What a browser asks before a page may send a header that is not on its own short list."""
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": SENDABLE,
        "Access-Control-Max-Age": "86400",
    }
    return HttpResponse(status=204, headers=headers)


def _answered(answer: Answer, request: HttpRequest) -> HttpResponse:
    response = _for_nobody_in_particular(answer, request)
    if response.status_code >= 400:
        return _as_problem(response)
    if response.status_code == 200:
        response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
        etag = response.headers.get("ETag")
        return get_conditional_response(request, etag=etag, response=response) or response
    return response


def _for_nobody_in_particular(answer: Answer, request: HttpRequest) -> HttpResponse:
    """Answered without cookies; HEAD as GET, for it is the server that leaves the body out (RFC 9110, 9.3.2)."""
    request.COOKIES = {}
    request.META.pop("HTTP_COOKIE", None)
    asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
    response = answer(request)
    request.method = asked
    return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    if response.headers.get("Content-Type", "").startswith(problems.MEDIA_TYPE):
        return response
    said = problems.general(response.status_code)
    if response.status_code == 405:
        said["Allow"] = METHODS
    return said
