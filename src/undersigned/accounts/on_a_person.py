"""What the register shows on a person's page: the accounts they answer for, and their grants with end dates."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models import Account, Grant
from undersigned.accounts.queries import listing
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
    if not (accounts or grants or sees_all):
        return None
    shown = {"person": person, "accounts": accounts, "grants": grants}
    return Section(_("Accounts and grants"), "accounts/on_a_person.html", shown)


def _answers_for(person: Person, visible: QuerySet[Account]) -> QuerySet[Account]:
    mine = Account.objects.in_register().filter(steward=person) | Account.objects.in_register().filter(
        deputy=person
    )
    return mine.filter(pk__in=visible.values("pk")).select_related("unit").order_by(*listing.ORDER)


def _grants(person: Person, visible: QuerySet[Account]) -> QuerySet[Grant]:
    rows = Grant.objects.current().filter(person=person, account__in=visible.values("pk"))
    return rows.select_related("account", "appointment").order_by("ends_on", "pk")


def register() -> None:
    sections.register("accounts", ORDER, section)
