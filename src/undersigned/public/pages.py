"""How a page for everybody is answered: no cookie is set, and whoever stands between may keep it for a minute."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

KEPT_FOR = 60
"""Seconds. An account that is paused has to be seen as paused soon."""

View = Callable[..., HttpResponseBase]


def for_everybody(view: View) -> View:
    """A view that only reads. What a signed-in person sees in the page's head is kept by nobody else."""

    @require_safe
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        signed_in = request.user.is_authenticated
        response["Cache-Control"] = "private, no-cache" if signed_in else f"public, max-age={KEPT_FOR}"
        return response

    return kept


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page without a form that changes anything, and so without the cookie that guards such forms."""
    return render(request, template, {**context, "csrf_token": ""})
