"""Every address of the product. ``tests/routes.txt`` holds the list fixed."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from undersigned.people import entrance

ROOMS = (
    "ui",
    "people",
    "record",
    "imports",
    "accounts",
    "publishing",
    "public",
    "api",
    "running",
    "desk",
    "networks",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/email/", entrance.address_is_given),
    path("sign-in/", include("allauth.urls")),
    *(
        path("", include(f"undersigned.{room}.urls"))
        for room in ROOMS
        if find_spec(f"undersigned.{room}.urls")
    ),
]

handler400 = "undersigned.ui.errors.bad_request"
handler403 = "undersigned.ui.errors.not_permitted"
handler404 = "undersigned.ui.errors.not_found"
handler500 = "undersigned.ui.errors.server_error"
