"""Addresses of posts, deliveries, stops and cases."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter

from undersigned.accounts.urls import Reference
from undersigned.publishing.views import (
    acting,
    calendar,
    cases,
    emergency,
    listing,
    looking,
    moving,
    pictures,
    signing,
    stopping,
    writing,
)
from undersigned.publishing.views.steps import ON_CASES, ON_POSTS, Step


class PostReference(Reference):
    regex = "post:[0-9a-f]{16}"


class DeliveryReference(Reference):
    regex = "delivery:[0-9a-f]{16}"


class StopReference(Reference):
    regex = "stop:[0-9a-f]{16}"


class CaseReference(Reference):
    regex = "case:[0-9a-f]{16}"


class DigestReference(Reference):
    regex = "[0-9a-f]{64}"


for kind in (PostReference, DeliveryReference, StopReference, CaseReference, DigestReference):
    register_converter(kind, kind.__name__.removesuffix("Reference").lower())


def _on_post(step: Step) -> URLPattern:
    return path(f"posts/<post:reference>/{step.slug}/", acting.on_post, {"step": step}, name=step.name)


def _on_case(step: Step) -> URLPattern:
    return path(f"posts/cases/<case:reference>/{step.slug}/", acting.on_case, {"step": step}, name=step.name)


app_name = "publishing"
urlpatterns = [
    path("posts/", listing.posts, name="list"),
    path("posts/write/", writing.write, name="write"),
    path("posts/write/counted/", writing.counted, name="counted"),
    path("posts/pictures/<digest:digest>/", pictures.brought, name="brought"),
    path("posts/calendar/", calendar.calendar, name="calendar"),
    path("posts/emergency/", emergency.emergency, name="emergency"),
    path("posts/stops/", stopping.stops, name="stops"),
    path("posts/stops/<stop:reference>/lift/", stopping.lift, name="lift"),
    path("posts/cases/", cases.cases, name="cases"),
    path("posts/cases/<case:reference>/", cases.case, name="case"),
    *(_on_case(step) for step in ON_CASES),
    path("posts/deliveries/<delivery:reference>/look/", acting.look, name="look"),
    path("posts/<post:reference>/", looking.post, name="post"),
    path("posts/<post:reference>/edit/", writing.edit, name="edit"),
    path("posts/<post:reference>/edit/counted/", writing.counted_anew, name="counted_anew"),
    path("posts/<post:reference>/pictures/<digest:digest>/", pictures.of_post, name="picture"),
    path("posts/<post:reference>/countersign/", signing.countersign, name="countersign"),
    path("posts/<post:reference>/move/", moving.move, name="move"),
    *(_on_post(step) for step in ON_POSTS),
]
