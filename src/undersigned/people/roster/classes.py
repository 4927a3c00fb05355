"""What a roster's own words say about a person: their class, whether they work now, yes or no.

The classes are those by which a policy binds people differently. Words are read by meaning rather than by a
list of exact values, since every collective agreement and every HR system has words of its own; what is not
recognised is reported, never put into the nearest class.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from undersigned.people.roster.names import fold, words_of
from undersigned.people.states import PersonClass


class Status(StrEnum):
    ACTIVE = "active"
    ON_LEAVE = "on_leave"
    TERMINATED = "terminated"


UNIONS = (
    "cupe scfp iaff atu ibew ufcw seiu afscme teamsters unifor psac afpc opseu hsaa aupe sgeu mgeu bcgeu "
    "nupge liuna iatse csu fop pba ftq csn fisa csq nape unison ver\\.?di"
).replace(" ", "|")

# The first that matches decides: `non-union` is not a union, and a contractor is not a contract employee.
CLASS_WORDS: tuple[tuple[PersonClass, str], ...] = (
    (PersonClass.OUT_OF_SCOPE, r"out of scope|oos|non ?union\w*|non ?(re)?presented|unrepresented|excluded"),
    (PersonClass.OUT_OF_SCOPE, r"exclu\w*|exempt\w*|hors (convention|unite)|non (syndique|represente)e?s?"),
    (PersonClass.OUT_OF_SCOPE, r"management|confidential|confidentiel"),
    (PersonClass.CONTRACTOR_CONTACT, r"contractors?|consultants?|vendors?|suppliers?|agency|third party"),
    (
        PersonClass.CONTRACTOR_CONTACT,
        r"sous traitant\w*|fournisseurs?|entrepreneurs?|expert conseil|external",
    ),
    (PersonClass.BARGAINING_UNIT, rf"({UNIONS})|unions?|union\w+|bargaining|syndi\w+|local \d+|in scope"),
    (PersonClass.BARGAINING_UNIT, r"(police|fire\s?fighters?|professional) association"),
    (PersonClass.ELECTED, r"elected|council ?(lor|or|man|woman|member)s?|mayor|alder\w+|reeve|trustee"),
    (PersonClass.ELECTED, r"elue?s?|conseill\w+ (municipal\w*|d arrondissement)|maire|mairesse|prefet"),
    (PersonClass.VOLUNTEER, r"volunteers?|benevoles?|board members?|membre du conseil"),
    (PersonClass.CONTRACT_EMPLOYEE, r"contract\w*|contractuel\w*|fixed term|term employee"),
    (
        PersonClass.MANAGER,
        r"managers?|supervisors?|directors?|executives?|gestionnaires?|cadres?|directeurs?",
    ),
)
GENERIC_UNION = re.compile(r"union\w*|syndique\w*|bargaining unit|in scope|yes|y|oui|true|x|1")

STATUS_WORDS: tuple[tuple[Status, str], ...] = (
    (Status.TERMINATED, r"terminat\w*|inacti\w*|not active|left|former|resigned|retired|deceased|dismissed"),
    (Status.TERMINATED, r"separated|ended|closed|departed|laid off|quitte|parti|partie|ancien|ancienne"),
    (Status.TERMINATED, r"retraitee?|demission\w*|decedee?|terminee?|fin d emploi"),
    (Status.ON_LEAVE, r"leave|loa|lwop|ltd|conges?|maternity|parental|maternite|maladie|sabbati\w*"),
    (Status.ON_LEAVE, r"suspended|suspendue?|absente?|disability|invalidite"),
    (Status.ACTIVE, r"active?|actif|actifs|employed|current|working|regular|present|en poste|en fonction"),
)
STATUS_LETTERS: dict[str, Status] = {
    **dict.fromkeys(("a", "y", "yes", "true", "1", "oui"), Status.ACTIVE),
    **dict.fromkeys(("l", "p"), Status.ON_LEAVE),
    **dict.fromkeys(("t", "n", "no", "false", "0", "non"), Status.TERMINATED),
}
"""Codes, and the answers to a column that asks whether somebody is active."""
YES = words_of("y yes true 1 x oui o vrai head manager chief lead chef directeur directrice")
NO = words_of("n no false 0 non faux none")
NOTHING = frozenset({"", "n a", "na", "none", "nil", "null", "aucun", "aucune", "unknown", "tbd", "inconnu"})


@lru_cache(maxsize=4_096)
def person_class(text: str) -> PersonClass | None:
    """The class that the words name, or None if they name none that is known."""
    folded = fold(text)
    return next((kind for kind, words in CLASS_WORDS if re.search(rf"\b({words})\b", folded)), None)


@lru_cache(maxsize=4_096)
def union_name(text: str) -> str:
    """The bargaining unit named, such as `CUPE 30`; empty where the cell only says that there is one."""
    folded = fold(text)
    if folded in NOTHING or folded in NO or GENERIC_UNION.fullmatch(folded):
        return ""
    return "" if person_class(text) not in (PersonClass.BARGAINING_UNIT, None) else text


@lru_cache(maxsize=4_096)
def status(text: str) -> Status | None:
    """Whether somebody works, is away for a time, or has gone, as the words say it; None if they do not."""
    folded = fold(text)
    if folded in STATUS_LETTERS:
        return STATUS_LETTERS[folded]
    return next((kind for kind, words in STATUS_WORDS if re.search(rf"\b({words})\b", folded)), None)


@lru_cache(maxsize=4_096)
def yes_or_no(text: str) -> bool | None:
    """A flag: None for what is neither yes nor no. A blank cell is no."""
    folded = fold(text)
    if folded in NO or folded in NOTHING:
        return False
    return True if folded in YES else None
