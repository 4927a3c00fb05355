"""E-mail, as one kind of work that leaves the building.

The row holds the name of a composer and references; the message with its addresses is made when it is sent, so that
the queue holds no personal data and a person who has left in the meantime gets nothing.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Mapping

from django.core.mail import EmailMessage

from undersigned.dispatch import handlers, queue
from undersigned.dispatch.handlers import Answer
from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome

Compose = Callable[[Mapping[str, object]], EmailMessage | None]

_composers: dict[str, Compose] = {}


def composer(name: str, compose: Compose) -> None:
    """Register who writes the message of this name; answering None means that there is nothing to send any more."""
    _composers[name] = compose


def send(name: str, *, key: str, **references: object) -> Dispatch:
    """Queue a message; ``key`` keeps it from being queued twice."""
    return queue.put("mail", key=f"mail:{key}"[:64], payload={"composer": name, "about": references})


def _send(row: Dispatch) -> Answer:
    message = _composers[row.payload["composer"]](row.payload["about"])
    if message is None:
        return Answer(Outcome.REFUSED, "nothing to send any more")
    try:
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
        code = getattr(refused, "smtp_code", 550)
        return Answer(
            Outcome.LATER if 400 <= code < 500 else Outcome.REFUSED, f"{type(refused).__name__} {code}"
        )
    except (smtplib.SMTPConnectError, ConnectionRefusedError, smtplib.SMTPHeloError) as unreachable:
        return Answer(Outcome.LATER, type(unreachable).__name__)
    return Answer(Outcome.DONE)


def register() -> None:
    handlers.register("mail", _send)
