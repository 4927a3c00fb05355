"""The city's colour as a style sheet of this server: the content security policy allows no style in a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from undersigned.ui import theme
from undersigned.ui.frame import Frame


def _version(request: HttpRequest) -> str:
    return f'"{theme.city_colour(Frame(request).city.colour).version}"'


@require_safe
@cache_control(public=True, max_age=3600)
@condition(etag_func=_version)
def theme_css(request: HttpRequest) -> HttpResponse:
    css = theme.city_colour(Frame(request).city.colour).css()
    return HttpResponse(css, content_type="text/css; charset=utf-8")
