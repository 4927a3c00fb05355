"""People who come to the pages of these tests, without the people room: a name is all that the frame asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

SIGNED_IN = "signed_in"


@dataclass(frozen=True)
class Mara:
    is_authenticated: bool = True

    def get_full_name(self) -> str:
        return "Mara Lindqvist"


@dataclass(frozen=True)
class Nobody:
    is_authenticated: bool = False

    def get_full_name(self) -> str:
        return ""


def who(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Whoever brings the cookie ``signed_in`` is Mara."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = Mara() if SIGNED_IN in request.COOKIES else Nobody()
        return answer(request)

    return middleware
