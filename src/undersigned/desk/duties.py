"""Everything that waits for a person, whatever room asks it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts import duties as accounts
from undersigned.acts import Officer, countersigning
from undersigned.acts.duty import Duty, by_date
from undersigned.acts.models import Countersignature
from undersigned.acts.names import name_of_act
from undersigned.desk.wording import words_for
from undersigned.dispatch import queue
from undersigned.imports import duties as imports
from undersigned.people import duties as people
from undersigned.people.states import Office
from undersigned.publishing import duties as publishing

CRITICAL, HIGH = 8, 4


def duties_of(officer: Officer) -> list[Duty]:
    """What waits for this person, overdue first."""
    found = [duty for source in SOURCES for duty in source(officer)]
    return sorted(found, key=by_date)


def countersignatures(officer: Officer) -> list[Duty]:
    """What others ask this person to put their name under."""
    return [
        Duty(
            what=_("Countersign: %(act)s") % {"act": name_of_act(request.act)},
            subject=request.pk,
            subject_words=words_for(request.subject),
            page="desk:countersign",
            action=gettext_lazy("Look and decide"),
            due=request.asked_at.date(),
            weight=HIGH,
        )
        for request in countersigning.waiting_for(officer)
    ]


def second_factor(officer: Officer) -> list[Duty]:
    """Without one nobody acts."""
    if officer.second_factor or not officer.capacities:
        return []
    return [
        Duty(
            what=_("Show your second factor"),
            subject="",
            subject_words=_("Without it you can look, but not act."),
            page="people:second_factor",
            action=gettext_lazy("Do it now"),
            weight=CRITICAL,
        )
    ]


def given_up(officer: Officer) -> list[Duty]:
    """Work that left the building and never arrived is a person's, not silence."""
    count = queue.failed() if _administers(officer) else 0
    if not count:
        return []
    return [
        Duty(
            what=_("Work that was given up after its last attempt"),
            subject="",
            subject_words=_("%(count)d pieces") % {"count": count},
            page="desk:given_up",
            action=gettext_lazy("See which"),
            weight=HIGH,
        )
    ]


def _administers(officer: Officer) -> bool:
    return any(capacity.office == Office.ADMINISTRATOR for capacity in officer.capacities)


def asked_by(officer: Officer) -> list[Countersignature]:
    """Requests of this person that still wait for somebody's name."""
    return list(countersigning.open_requests().filter(asked_by=officer.person))


SOURCES: tuple[Callable[[Officer], list[Duty]], ...] = (
    second_factor,
    countersignatures,
    accounts.duties_for,
    publishing.duties_for,
    people.duties_for,
    imports.duties_for,
    given_up,
)
