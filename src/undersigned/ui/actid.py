"""The number a form carries so that sending it twice is the same act once.

The page makes the number when it is drawn; the act refuses nothing on a repeat, it answers with what it did
the first time. 32 hex digits, from the system's random source.
"""

from __future__ import annotations

import re
import uuid

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.utils.translation import gettext as _

FIELD = "act_id"
_SHAPE = re.compile(r"[0-9a-f]{32}")


class NoActId(SuspiciousOperation):
    """The form came without its number, or with something that is none. Answered with 400."""


def new() -> str:
    return uuid.uuid4().hex


def read(request: HttpRequest) -> str:
    """The number this form was sent with. Raises NoActId."""
    value = request.POST.get(FIELD, "")
    if not _SHAPE.fullmatch(value):
        raise NoActId(
            _(
                "The form was sent without its act number. Nothing was changed; open the page again and repeat it."
            )
        )
    return value


def kept(request: HttpRequest | None) -> str:
    """The number for a form drawn again after errors: the one it was sent with, else a new one."""
    sent = request.POST.get(FIELD, "") if request is not None and request.method == "POST" else ""
    return sent if _SHAPE.fullmatch(sent) else new()
