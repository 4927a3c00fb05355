"""Every answer that is not what the person came for: it says why, what was kept, and what to do.

In the root urls.py: ``handler400 = "undersigned.ui.errors.bad_request"`` and so on for ``not_permitted`` (403),
``not_found`` (404), ``server_error`` (500). In the settings:
``CSRF_FAILURE_VIEW = "undersigned.ui.errors.csrf_failure"``. A refused act is answered by
``undersigned.requests.refusals_answered``, with the same template.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from undersigned.ui.actid import NoActId
from undersigned.ui.components import Refusal
from undersigned.ui.keyset import BadCursor

OURS = (BadCursor, NoActId)


def refusal_page(request: HttpRequest, refusal: Refusal, *, status: int = 403) -> HttpResponse:
    return render(request, "ui/refused.html", {"refusal": refusal}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Drawn without request, whose very host name may be what is wrong. Our own sentences are shown, others not."""
    why = str(exception) if isinstance(exception, OURS) else ""
    return HttpResponse(render_to_string("400.html", {"why": why}), status=400)


def not_permitted(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_page(request, _refusal_of(exception))


def _refusal_of(exception: Exception) -> Refusal:
    said = str(exception) if isinstance(exception, PermissionDenied) else ""
    return Refusal(
        why=said or _("This page is for people who hold an office or a grant that you do not hold."),
        do=_("If you need it for your work, ask the person who heads your unit to have it granted to you."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without request and database: whatever failed, this page does not need it."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
