"""What the register shows on a person's page: accounts they answer for, grants, connections that hang on them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models import Account, Connection, Grant
from undersigned.accounts.queries import connecting, listing
from undersigned.acts import Officer
from undersigned.people import queries, sections
from undersigned.people.models import Person
from undersigned.people.sections import Section

ORDER = 10


def section(officer: Officer, person: Person) -> Section | None:
    """Those who keep people see all of it, for it ends when somebody leaves; others what they see of the register."""
    sees_all = officer.person == person.pk or queries.keeps_people(officer)
    visible = Account.objects.all() if sees_all else listing.visible_to(officer)
    accounts = list(_answers_for(person, visible))
    grants = list(_grants(person, visible))
    connections = [one for one in _connections(person, visible) if connecting.hangs_on_a_person(one)]
    if not (accounts or grants or connections or sees_all):
        return None
    shown = {"person": person, "accounts": accounts, "grants": grants, "connections": connections}
    return Section(_("Accounts and grants"), "accounts/on_a_person.html", shown)


def _answers_for(person: Person, visible: QuerySet[Account]) -> QuerySet[Account]:
    mine = Account.objects.in_register().filter(steward=person) | Account.objects.in_register().filter(
        deputy=person
    )
    return mine.filter(pk__in=visible.values("pk")).select_related("unit").order_by(*listing.ORDER)


def _grants(person: Person, visible: QuerySet[Account]) -> QuerySet[Grant]:
    rows = Grant.objects.current().filter(person=person, account__in=visible.values("pk"))
    return rows.select_related("account", "appointment").order_by("ends_on", "pk")


def _connections(person: Person, visible: QuerySet[Account]) -> QuerySet[Connection]:
    """Those that end with this person's log-in, unless somebody connects the account anew before."""
    made = connecting.standing().filter(authorised_by=person, account__in=visible.values("pk"))
    return made.select_related("account").order_by("account__network", "account__key")


def register() -> None:
    sections.register("accounts", ORDER, section)
