"""What the desk shows besides duties: what I look after, what was done in my name, and what a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account
from undersigned.accounts.queries import listing
from undersigned.accounts.queries.standings import Stands, standings
from undersigned.acts import Officer, countersigning
from undersigned.acts.models import Countersignature
from undersigned.acts.names import name_of_act
from undersigned.people.models import Person
from undersigned.record.models import Entry
from undersigned.ui.components import TimelineAct

MOST, MOST_ACTS = 25, 10


@dataclass(frozen=True, slots=True)
class Kept:
    """An account that somebody looks after, and how it stands."""

    account: Account
    stands: Stands | None


def looked_after(officer: Officer) -> list[Kept]:
    """At most 25 of the accounts this person answers for or has a grant on; the list shows all."""
    by_account = standings().by_account
    accounts = listing.accounts_for_person(officer.person)[:MOST]
    return [Kept(account, by_account.get(account.pk)) for account in accounts]


def in_my_name(officer: Officer) -> list[TimelineAct]:
    """What was entered today in any of this person's capacities, the newest first."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    capacities = {capacity.reference: capacity.label for capacity in officer.capacities}
    entries = Entry.objects.filter(capacity__in=capacities, t__gte=int(midnight.timestamp()))
    return [
        TimelineAct(
            at=datetime.fromtimestamp(entry.t, UTC),
            what=name_of_act(entry.act),
            who=officer.name,
            capacity=capacities[entry.capacity],
            url=reverse("record:act", args=[entry.act_id]),
        )
        for entry in entries.order_by("-seq")[:MOST_ACTS]
    ]


def visible_request(officer: Officer, reference: str) -> Countersignature | None:
    """A request which this person asked, signed, or could sign; None for everybody else, as if there were none."""
    request = Countersignature.objects.filter(pk=reference).first()
    if request is None:
        return None
    concerned = (
        request.asked_by == officer.person or request.signatures.filter(person=officer.person).exists()
    )
    able = any(countersigning.give.may(officer.acting_as(held), request) for held in officer.capacities)
    return request if concerned or able else None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a search found."""

    label: str
    about: str
    route: str
    argument: str


def search(officer: Officer, text: str) -> list[Hit]:
    """Accounts by handle or name, people by name, acts by their id; at most ten of each kind."""
    wanted = text.strip()
    if not wanted:
        return []
    return [*_accounts(officer, wanted), *_people(wanted), *_acts(wanted)]


def _accounts(officer: Officer, text: str) -> list[Hit]:
    found = listing.register(officer, listing.Filter(text=text)).order_by(*listing.ORDER)[:10]
    return [
        Hit(str(one), _("Account, %(unit)s") % {"unit": one.unit or "–"}, "accounts:account", one.pk)
        for one in found
    ]


def _people(text: str) -> list[Hit]:
    found = Person.objects.filter(name__icontains=text, erased_at__isnull=True).order_by("family_name", "pk")[
        :10
    ]
    return [Hit(one.name, one.get_person_class_display(), "people:person", one.pk) for one in found]


def _acts(text: str) -> list[Hit]:
    entries = Entry.objects.filter(act_id=text.lower()) if len(text) == 32 else Entry.objects.none()
    return [
        Hit(
            name_of_act(one.act),
            _("Entry %(seq)d of the record") % {"seq": one.seq},
            "record:act",
            one.act_id,
        )
        for one in entries
    ]
