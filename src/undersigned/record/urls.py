"""Addresses of the record."""

from __future__ import annotations

from django.urls import path, re_path

from undersigned.record.views import pages, published

app_name = "record"
PLACE = r"^\.well-known/undersigned/record/"
ACT = r"^record/acts/(?P<act_id>[0-9a-f]{32})"

urlpatterns = [
    path("record/", pages.record, name="record"),
    path("record/how-to-verify/", pages.how_to_verify, name="how_to_verify"),
    re_path(rf"{ACT}/$", pages.act, name="act"),
    re_path(rf"{ACT}/receipt\.zip$", pages.receipt, name="receipt"),
    re_path(
        rf"{ACT}\.(?P<kind>tlog-proof|entry|disclosed\.json)$",
        pages.receipt_file,
        name="receipt_file",
    ),
    re_path(rf"{ACT}/repudiate/$", pages.repudiate, name="repudiate"),
    re_path(rf"{ACT}/erase/$", pages.erase, name="erase"),
    re_path(rf"{PLACE}latest\.zip$", published.archive, name="archive"),
    re_path(rf"{PLACE}(?P<name>.+)$", published.file, name="published"),
]
