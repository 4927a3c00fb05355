"""The product's look with the showcase, and a few places for the frame to lead to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from undersigned.ui import showcase, views


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


look = [path("theme.css", views.theme_css, name="theme"), *showcase.urlpatterns]
urlpatterns = [
    path("", include((look, "ui"))),
    path("desk/", _nothing, name="desk"),
    path("search/", _nothing, name="search"),
    path("me/", _nothing, name="me"),
    path("sign-in/", _nothing, name="sign_in"),
    path("sign-out/", _nothing, name="sign_out"),
]
handler400 = "undersigned.ui.errors.bad_request"
handler403 = "undersigned.ui.errors.not_permitted"
handler404 = "undersigned.ui.errors.not_found"
handler500 = "undersigned.ui.errors.server_error"
