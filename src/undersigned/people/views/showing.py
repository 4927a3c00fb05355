"""What the page of a person shows, in the values that its components take."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts import Officer
from undersigned.acts.names import name_of_act
from undersigned.people import acts, queries, sections
from undersigned.people.directory import capacity_of
from undersigned.people.forms import PersonForm
from undersigned.people.models import Appointment, InvitationState, Person, User
from undersigned.people.states import Office
from undersigned.people.views import access
from undersigned.ui.components import Fact, Standing, TimelineAct
from undersigned.ui.words import day_in_words


def particulars(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) or "" for name in PersonForm.base_fields}


def person_page(officer: Officer, person: Person) -> dict[str, object]:
    """Others see the name and the offices of today, and nothing that would tell more."""
    keeps = queries.keeps_people(officer)
    sees_all = keeps or officer.person == person.pk
    held = _appointments(person)
    today = [one for one in held if _is_current(one)]
    return {
        "person": person,
        "keeps": keeps,
        "sees_all": sees_all,
        "standing": _standing(person, today),
        "facts": _facts(person) if sees_all else [],
        "current": today,
        "coming": [one for one in held if sees_all and _is_coming(one)],
        "past": [one for one in held if sees_all and _is_past(one)],
        "sections": sections.sections_of(officer, person),
        "sign_in": _sign_in(officer, person, sees_all=sees_all),
        "timeline": _timeline(person) if sees_all else [],
        "record_url": f"{reverse('record:record')}?about={person.pk}",
    }


def _appointments(person: Person) -> list[Appointment]:
    rows = Appointment.objects.filter(person=person).select_related("unit")
    return list(rows.order_by("-begins_on", "-pk"))


def _is_current(one: Appointment) -> bool:
    today = timezone.localdate()
    return one.ended_at is None and one.begins_on <= today <= (one.ends_on or date.max)


def _is_coming(one: Appointment) -> bool:
    return one.ended_at is None and one.begins_on > timezone.localdate()


def _is_past(one: Appointment) -> bool:
    return not _is_current(one) and not _is_coming(one)


def _standing(person: Person, today: list[Appointment]) -> tuple[Standing, str]:
    if person.left_on is not None:
        return Standing.ASLEEP, _("Left on %(day)s") % {"day": day_in_words(person.left_on)}
    if not today:
        return Standing.WAITS, _("Holds no appointment today")
    return Standing.WORKS, _("Works for the city")


def _facts(person: Person) -> list[Fact]:
    return [
        Fact(_("Class"), person.get_person_class_display()),
        Fact(_("Bargaining unit"), person.bargaining_unit or _("none")),
        Fact(_("Staff number"), person.staff_number),
        Fact(_("E-mail address"), person.email),
    ]


def _sign_in(officer: Officer, person: Person, *, sees_all: bool) -> dict[str, object] | None:
    """The state of somebody's sign-in, for themselves, for those who keep people, and for IT security."""
    if not sees_all and not any(one.office == Office.IT_SECURITY for one in officer.capacities):
        return None
    user = User.objects.filter(person=person).first()
    works = user is not None and user.is_active
    waiting = person.invitations.filter(state=InvitationState.SENT).order_by("-expires_at").first()
    sessions = queries.open_sessions(person)
    return {
        "user": user,
        "works": works,
        "sessions": sessions,
        "invitation": waiting,
        "lapsed": waiting is not None and waiting.expires_at <= timezone.now(),
        "may_invite": not works and access.offers(acts.send_invitation, officer),
        "may_withdraw": waiting is not None and access.offers(acts.withdraw_invitation, officer, waiting),
        "may_end": bool(sessions) and access.offers(acts.end_sessions, officer, person),
    }


def _timeline(person: Person) -> list[TimelineAct]:
    """What was done in this person's name, in each of their capacities."""
    labels = {one.pk: capacity_of(one).label for one in _appointments(person)}
    return [
        TimelineAct(
            at=queries.moment_of(entry),
            what=name_of_act(entry.act),
            who=person.name,
            capacity=labels.get(entry.capacity, ""),
            url=reverse("record:act", args=[entry.act_id]),
        )
        for entry in queries.done_by(person)
    ]
