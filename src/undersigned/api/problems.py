"""Errors for programs: a sentence a person can act on, in the form of RFC 9457 (``application/problem+json``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from pydantic.json_schema import models_json_schema

from undersigned.networks.refusals import NotUnderstood
from undersigned.ui.keyset import BadCursor

MEDIA_TYPE = "application/problem+json"


class Mistake(Schema):
    """One parameter that is wrong, and what is wrong with it."""

    parameter: str
    says: str


class Problem(Schema):
    """RFC 9457. ``type`` is always ``about:blank``: the status says what kind of problem it is, ``detail`` the rest."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Mistake] = []


SCHEMAS = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")[1][
    "$defs"
]
"""For the description of the interface."""


def documented(*statuses: int) -> dict[str, Any]:
    """For ``openapi_extra``: that an operation may answer with these problems."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "responses": {
            status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses
        }
    }


def problem(status: int, detail: str, errors: Sequence[Mistake] = ()) -> HttpResponse:
    """Never cached: what is wrong now may be right in a moment."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=list(errors))
    response = JsonResponse(body.model_dump(), status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def general(status: int) -> HttpResponse:
    """The problem behind an answer that was meant for a browser."""
    return problem(status, _sentences().get(status) or HTTPStatus(status).phrase)


def _sentences() -> dict[int, str]:
    return {
        HTTPStatus.BAD_REQUEST: _("The request could not be read. Nothing was looked up."),
        HTTPStatus.NOT_FOUND: _("Nothing is at this address. /api/v1/openapi.json lists what there is."),
        HTTPStatus.METHOD_NOT_ALLOWED: _("This interface is for reading: use GET or HEAD."),
        HTTPStatus.INTERNAL_SERVER_ERROR: _(
            "Something failed here, and was noted under the number in X-Request-ID. Try again in a minute."
        ),
    }


def answer_problems(api: NinjaAPI) -> None:
    """Have this interface answer what goes wrong with problems."""
    api.add_exception_handler(Http404, _nothing_here)
    api.add_exception_handler(ValidationError, _mistaken)
    api.add_exception_handler(NotUnderstood, _said)
    api.add_exception_handler(BadCursor, _said)


def _nothing_here(request: HttpRequest, missing: Any) -> HttpResponse:
    return problem(404, str(missing)) if missing.args else general(404)


def _said(request: HttpRequest, refusal: Any) -> HttpResponse:
    return problem(400, str(refusal))


def _mistaken(request: HttpRequest, wrong: Any) -> HttpResponse:
    errors = list(_mistakes(wrong.errors))
    detail = " ".join(f"{one.parameter}: {one.says}" for one in errors)
    return problem(400, detail, errors)


def _mistakes(errors: Iterable[dict[str, Any]]) -> Iterable[Mistake]:
    for one in errors:
        context = one.get("ctx", {})
        yield Mistake(parameter=str(one["loc"][-1]), says=_sentence(one["type"], context) or one["msg"])


def _sentence(kind: str, context: dict[str, Any]) -> str:
    """Our own words for what is usually wrong; the library's for the rest."""
    if kind == "missing":
        return _("This is needed.")
    if kind == "string_too_long":
        return _("This is too long: at most %(most)s characters.") % {"most": context["max_length"]}
    if kind == "string_too_short":
        return _("Nothing is written here.")
    if kind == "enum":
        return _("Choose one of %(choices)s.") % {"choices": context["expected"]}
    if kind == "string_pattern_mismatch":
        return _("This is not written as it should be; the pattern is %(pattern)s.") % context
    return ""
