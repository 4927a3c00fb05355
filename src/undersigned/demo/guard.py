"""Sign-ins of the demonstration open nothing anywhere else: their passwords are printed for everybody."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from undersigned.acts.refusals import NotPermitted
from undersigned.demo import marker
from undersigned.demo.invented import MAIL

logger = logging.getLogger("undersigned.demo")


def refuse_outside(sender: object, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Called when anybody has signed in, whichever way. Raises NotPermitted, and ends the session first."""
    if not user.email.endswith(f"@{MAIL}") or marker.is_set():
        return
    request.session.flush()
    request.user = AnonymousUser()
    logger.error("a sign-in of the demonstration was tried outside of it and refused")
    raise NotPermitted(
        _(
            "This sign-in belongs to the demonstration, whose passwords everybody knows, so it opens nothing here."
        ),
        rule="only_in_the_demonstration",
        do=_(
            "Nobody was signed in. Whoever runs this should begin an installation of their own: undersigned init."
        ),
    )


def no_demonstration_in_public(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The web process does not start over the demonstration's people where others could reach them."""
    if not databases or marker.is_set() or not _holds_its_people():
        return []
    return [
        Error(
            "This database holds the demonstration's city, whose passwords are printed for everybody, and this is not "
            f"its own folder on one's own machine ({settings.HOME}, {settings.DOMAIN}). Nothing was started.",
            hint="Show it with: undersigned demo. For a city of your own: undersigned init, in another folder.",
            id="demo.E001",
        )
    ]


def _holds_its_people() -> bool:
    from undersigned.people.models import User

    try:
        return User.objects.filter(email__endswith=f"@{MAIL}").exists()
    except DatabaseError:
        return False  # there are no tables yet, so there is nobody
