"""The messages that this room sends. Each is composed when it leaves, from what is true then."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.dispatch import mail
from undersigned.people.models import City, Invitation, InvitationState
from undersigned.vault import sealing


def address_of(code: str) -> str:
    """Where an invitation with this code is accepted."""
    return f"{settings.BASE_ADDRESS}{reverse('people:accept_invitation', args=[code])}"


def invitation(about: Mapping[str, object]) -> EmailMessage | None:
    """The invitation with its code; nothing when it was withdrawn or lapsed before it left."""
    found = Invitation.objects.filter(pk=about["invitation"], state=InvitationState.SENT).first()
    if found is None or found.expires_at <= timezone.now():
        return None
    city = City.objects.first()
    code = sealing.unseal(str(about["sealed"]), found.pk)
    body = _(
        "%(city)s asks you to sign in to Undersigned, where what is said in its name is written, countersigned and "
        "kept.\n\nMake your sign-in here until %(day)s:\n%(address)s\n\nYou will then set up a second factor. If you "
        "did not expect this, tell your communications office and do nothing.\n"
    ) % {
        "city": city.name if city else "Undersigned",
        "day": timezone.localtime(found.expires_at).date().isoformat(),
        "address": address_of(code),
    }
    return EmailMessage(_("Your invitation to Undersigned"), body, to=[found.email])


def register() -> None:
    mail.composer("people.invitation", invitation)
