"""Closed lists of the people room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PersonClass(TextChoices):
    """How a person stands to the city; policies bind by it."""

    BARGAINING_UNIT = "bargaining_unit", _("employee in a bargaining unit")
    OUT_OF_SCOPE = "out_of_scope", _("out-of-scope employee")
    MANAGER = "manager", _("manager")
    ELECTED = "elected", _("elected member")
    VOLUNTEER = "volunteer", _("volunteer")
    CONTRACT_EMPLOYEE = "contract_employee", _("contract employee")
    CONTRACTOR_CONTACT = "contractor_contact", _("contact at a contractor")
    UNSTATED = "unstated", _("on the city’s roster, class not stated yet")


EMPLOYEES = frozenset(
    {
        PersonClass.BARGAINING_UNIT,
        PersonClass.OUT_OF_SCOPE,
        PersonClass.MANAGER,
        PersonClass.CONTRACT_EMPLOYEE,
    }
)
"""The classes that count as employees: only they may be stewards and deputies."""


class Office(TextChoices):
    """An office that the product's rules know. Everybody else holds the office of a member of the unit."""

    ADMINISTRATOR = "administrator", _("administrator of Undersigned")
    MANAGING_DIRECTOR = "managing_director", _("managing director")
    HEAD_OF_COMMUNICATIONS = "head_of_communications", _("head of communications")
    COMMUNICATIONS = "communications", _("communications officer")
    IT_SECURITY = "it_security", _("IT security officer")
    HR = "hr", _("human resources officer")
    CLERK = "clerk", _("clerk")
    RECORDS_OFFICER = "records_officer", _("records officer")
    SOLICITOR = "solicitor", _("solicitor")
    AUDITOR = "auditor", _("auditor")
    DUTY_OFFICER = "duty_officer", _("duty officer")
    UNIT_HEAD = "unit_head", _("head of unit")
    COUNCILLOR = "councillor", _("member of council")
    MEMBER = "member", _("member of the unit")


class UnitKind(TextChoices):
    CITY = "city", _("city")
    DIVISION = "division", _("division")
    DEPARTMENT = "department", _("department")
    FACILITY = "facility", _("facility")
    BOARD = "board", _("board")
