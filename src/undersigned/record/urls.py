"""Addresses of the record."""

from __future__ import annotations

from django.urls import re_path

from undersigned.record.views import published

app_name = "record"
PLACE = r"^\.well-known/undersigned/record/"

urlpatterns = [
    re_path(rf"{PLACE}latest\.zip$", published.archive, name="archive"),
    re_path(rf"{PLACE}(?P<name>.+)$", published.file, name="published"),
]
