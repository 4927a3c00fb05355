"""What happens around every request: an id for the log, a line when it ends, and refusals shown as pages."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from undersigned.acts.directory import directory
from undersigned.acts.refusals import NotPermitted, Refused

logger = logging.getLogger("undersigned.requests")

Answer = Callable[[HttpRequest], HttpResponse]


def named(answer: Answer) -> Answer:
    """Give each request an id, and log how it ended: route, status and time, never address or person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if re.fullmatch(r"[A-Za-z0-9-]{8,64}", given) else secrets.token_hex(8)
        began = time.perf_counter()
        response = answer(request)
        response["X-Request-ID"] = request_id
        match = request.resolver_match
        logger.info(
            "request",
            extra={
                "request_id": request_id,
                "route": match.route if match else "",
                "method": request.method,
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        return response

    return middleware


class refusals_answered:  # noqa: N801 - Django names middleware like a function
    """A refusal that a view did not show beside its form becomes a page: which rule, who can help, what to do."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = 403 if isinstance(exception, NotPermitted) else 409
        context = {"refusal": exception, "helpers": directory().holders(exception.helps)}
        return render(request, "ui/refused.html", context, status=status)
