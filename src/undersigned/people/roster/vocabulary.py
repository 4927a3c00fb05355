"""What the columns of a roster may be called, in English and French, and which are never read.

We take only what is needed to know who may act for the city, in what capacity and until when. So columns about
somebody's home, pay, health or beliefs have a place here too: they are recognised, named to the person who
brought the file, and left where they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from undersigned.imports import dates
from undersigned.imports.columns import Meaning
from undersigned.people.roster import classes


class Field(StrEnum):
    """What a column can mean. Units are named by level, from the top of the city down."""

    STAFF_NUMBER = "staff_number"
    NAME = "name"
    GIVEN_NAME = "given_name"
    MIDDLE_NAME = "middle_name"
    FAMILY_NAME = "family_name"
    SUFFIX = "suffix"
    PREFERRED = "preferred"
    EMAIL = "email"
    UNIT_1 = "unit_1"
    UNIT_2 = "unit_2"
    UNIT_3 = "unit_3"
    UNIT_4 = "unit_4"
    UNIT_5 = "unit_5"
    CONSTITUENCY = "constituency"
    TITLE = "title"
    PERSON_CLASS = "person_class"
    BARGAINING_UNIT = "bargaining_unit"
    MANAGER = "manager"
    HEAD = "head"
    BEGINS_ON = "begins_on"
    ENDS_ON = "ends_on"
    STATUS = "status"


UNIT_LEVELS = (Field.UNIT_1, Field.UNIT_2, Field.UNIT_3, Field.UNIT_4, Field.UNIT_5)
UNIT_FIELDS = (*UNIT_LEVELS, Field.CONSTITUENCY)


def called(names: str) -> tuple[str, ...]:
    """The names of a field, written as a line of text with semicolons."""
    return tuple(names.split("; "))


UNIT_WORDS = called(
    "business area; cluster; portfolio; group; division; department; dept; branch; section; "
    "unit; org unit; organizational unit; organisation unit; business unit; work unit; team; "
    "area; facility; board; service; bureau; agency; ministry; workgroup; work group; "
    "direction; département; unité; unité administrative; arrondissement; équipe; secteur; "
    "department name; division name; unit name; branch name; section name; nom du service"
)
"""Names of units from the larger to the smaller; which one is above is decided by the values."""

PHONE = re.compile(r"(\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]\d{4}")


def is_date(value: str) -> bool:
    return bool(dates.readings(value))


def is_word(value: str) -> bool:
    """Text that can name a person or a thing: letters and no digits."""
    return any(map(str.isalpha, value)) and not any(map(str.isdigit, value)) and "@" not in value


def is_text(value: str) -> bool:
    return any(map(str.isalpha, value)) and "@" not in value


def is_number(value: str) -> bool:
    """A staff number: one word with a digit in it, and nothing else that has digits."""
    return (
        len(value) <= 36
        and " " not in value
        and any(map(str.isdigit, value))
        and not PHONE.fullmatch(value)
        and ("-" not in value or not is_date(value))
        and "@" not in value
        and "/" not in value
    )


def _is_class(value: str) -> bool:
    return classes.person_class(value) is not None


def _is_flag(value: str) -> bool:
    return classes.yes_or_no(value) is not None


def _is_union(value: str) -> bool:
    return _is_class(value) or bool(classes.union_name(value)) or _is_flag(value)


def _is_status(value: str) -> bool:
    return classes.status(value) is not None


def _is_email(value: str) -> bool:
    return "@" in value


VOCABULARY: Mapping[str, Meaning] = MappingProxyType(
    {
        Field.STAFF_NUMBER: Meaning(
            called(
                "employee number; employee no; employee id; emp no; emp id; empl id; emplid; eid; "
                "staff number; staff no; staff id; personnel number; personnel no; pers no; pernr; "
                "worker id; payroll number; payroll id; person id; hr id; badge number; member id; "
                "employee; id; uid; external id; user id; identifier; matricule; identifiant; "
                "numéro d'employé; no employé; no d'employé; numéro matricule; id employé"
            ),
            is_number,
        ),
        Field.NAME: Meaning(
            called(
                "name; full name; employee name; display name; staff name; worker; person; full; "
                "legal name; official name; last name first name; surname first name; last first; "
                "nom complet; nom et prénom; nom prénom; prénom et nom; nom de l'employé; member; "
                "volunteer; councillor; employee; élu"
            ),
            is_word,
        ),
        Field.GIVEN_NAME: Meaning(
            called("first name; given name; forename; first; given; legal first name; fname; prénom"),
            is_word,
        ),
        Field.MIDDLE_NAME: Meaning(
            called("middle name; middle; middle initial; mi; second name; deuxième prénom; initiale"),
            is_word,
        ),
        Field.FAMILY_NAME: Meaning(
            called(
                "last name; family name; surname; last; family; legal last name; lname; nom; nom de famille"
            ),
            is_word,
        ),
        Field.SUFFIX: Meaning(called("suffix; name suffix; suffixe")),
        Field.PREFERRED: Meaning(
            called(
                "preferred name; preferred first name; known as; goes by; nickname; preferred; "
                "prénom usuel; prénom d'usage; nom usuel; prénom préféré"
            ),
            is_word,
        ),
        Field.EMAIL: Meaning(
            called(
                "email; e mail; email address; work email; business email; mail; email work; courriel; "
                "adresse courriel; adresse électronique"
            ),
            _is_email,
        ),
        **{
            level: Meaning(
                (f"unit {at}", f"level {at}", f"unit level {at}", f"org level {at}", f"niveau {at}")
            )
            for at, level in enumerate(UNIT_LEVELS, start=1)
        },
        Field.CONSTITUENCY: Meaning(
            called(
                "district; ward; riding; constituency; electoral district; electoral division; seat; "
                "quartier électoral; district électoral; circonscription; siège"
            )
        ),
        Field.TITLE: Meaning(
            called(
                "job title; title; position; position title; job; occupation; classification title; "
                "role title; office held; business title; designation; working title; titre; "
                "titre du poste; poste; fonction; titre d'emploi; emploi"
            ),
            is_text,
        ),
        Field.PERSON_CLASS: Meaning(
            called(
                "class; employee class; employee group; employee type; category; employee category; "
                "type; employment type; worker type; scope; person type; staff type; affiliation; in scope; catégorie; "
                "catégorie d'emploi; groupe d'employés; type d'employé; classe"
            ),
            _is_class,
        ),
        Field.BARGAINING_UNIT: Meaning(
            called(
                "union; bargaining unit; union code; union name; bargaining group; local; agreement; "
                "collective agreement; syndicat; unité d'accréditation; accréditation; "
                "convention collective; unité de négociation"
            ),
            _is_union,
        ),
        Field.MANAGER: Meaning(
            called(
                "manager; is manager; manager flag; people manager; is supervisor; est gestionnaire; gestionnaire"
            ),
            _is_flag,
        ),
        Field.HEAD: Meaning(
            called(
                "head; is head; unit head; head of unit; department head; heads unit; is unit head; "
                "chef d'unité; chef de service; responsable de l'unité"
            ),
            _is_flag,
        ),
        Field.BEGINS_ON: Meaning(
            called(
                "start date; hire date; date hired; start; from; term start; position start date; "
                "date of hire; begins on; effective date; appointment date; date started; joined; "
                "original hire date; date d'embauche; date de début; date d'entrée; début; entrée"
            ),
            is_date,
        ),
        Field.ENDS_ON: Meaning(
            called(
                "end date; termination date; term date; leave date; last day; end; until; term end; "
                "contract end date; ends on; date terminated; separation date; exit date; expiry date; "
                "date de fin; fin; date de départ; dernier jour; fin de contrat; date de cessation"
            ),
            is_date,
        ),
        Field.STATUS: Meaning(
            (
                *("status", "employment status", "employee status", "active", "emp status", "worker status"),
                *("hr status", "statut", "état", "statut d'emploi", "actif"),
            ),
            _is_status,
        ),
    }
)
