"""What this room asks of those who keep people: one duty a kind of thing, whose count leads to the list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from undersigned.acts import Officer
from undersigned.acts.duty import Duty, by_date
from undersigned.people import queries
from undersigned.people.models import Invitation, InvitationState, Person

LIST, UNITS = "people:list", "people:units"
"""Names of the routes on which these duties are done."""


def duties_for(officer: Officer) -> list[Duty]:
    """Everything of this room that waits for this person. The number of questions does not depend on how much waits."""
    if not queries.keeps_people(officer):
        return []
    found = (_to_make_longer(), _to_invite_again(), _to_appoint(), _to_class(), _to_head())
    return sorted((duty for some in found for duty in some), key=by_date)


def _to_make_longer() -> Iterator[Duty]:
    last_days = list(queries.ending().order_by("ends_on").values_list("ends_on", flat=True))
    if last_days:
        words = ngettext(
            "%(count)d appointment ends within 30 days",
            "%(count)d appointments end within 30 days",
            len(last_days),
        )
        yield _duty(
            words % {"count": len(last_days)},
            _("Let each end, or make it longer"),
            _("Look at them"),
            show="ending",
            due=last_days[0],
        )


def _to_invite_again() -> Iterator[Duty]:
    waiting = list(
        Invitation.objects.filter(state=InvitationState.SENT, person__left_on__isnull=True)
        .exclude(person__user__is_active=True)
        .order_by("expires_at")
        .values_list("expires_at", flat=True)
    )
    if waiting:
        words = ngettext(
            "%(count)d invitation was not taken up yet",
            "%(count)d invitations were not taken up yet",
            len(waiting),
        )
        yield _duty(
            words % {"count": len(waiting)},
            _("Remind them, invite again, or take it back"),
            _("Look at them"),
            show="invited",
            due=timezone.localdate(waiting[0]),
        )


def _to_appoint() -> Iterator[Duty]:
    count = queries.without_office(_known()).count()
    if count:
        words = ngettext(
            "%(count)d person holds no appointment", "%(count)d people hold no appointment", count
        )
        yield _duty(
            words % {"count": count},
            _("Appoint them: else they may do nothing"),
            _("Look at them"),
            show="no_office",
        )


def _to_class() -> Iterator[Duty]:
    count = queries.without_class(_known()).count()
    if count:
        words = ngettext(
            "%(count)d person has no class stated", "%(count)d people have no class stated", count
        )
        yield _duty(
            words % {"count": count},
            _("Policies bind by class, and only employees may be stewards"),
            _("Look at them"),
            show="no_class",
            weight=1,
        )


def _to_head() -> Iterator[Duty]:
    count = queries.without_head().count()
    if count:
        words = ngettext("%(count)d unit has no head", "%(count)d units have no head", count)
        yield _duty(
            words % {"count": count},
            _("Nobody can assent there to what needs a head"),
            _("Look at them"),
            page=UNITS,
            show="no_head",
        )


def _known() -> QuerySet[Person]:
    return Person.objects.filter(erased_at__isnull=True)


def _duty(
    what: str,
    how: str,
    action: str,
    *,
    show: str,
    page: str = LIST,
    due: date | None = None,
    weight: int = 2,
) -> Duty:
    return Duty(
        what=what,
        subject="",
        subject_words=how,
        page=page,
        action=action,
        due=due,
        weight=weight,
        query={"show": show},
    )
