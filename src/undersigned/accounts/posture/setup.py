"""What must be done before an account opens: fifteen lines, most of which block the opening."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.posture.sentence import Words


class ClosedBy(StrEnum):
    """Whose word closes a line. A line that can be read or attested names both."""

    READ = "read"
    ATTESTED = "attested"
    VAULT = "vault"
    OWN_DATA = "own data"


@dataclass(frozen=True, slots=True)
class SetUpLine:
    """One line. `checks` are those whose passing closes it; if it `blocks`, `account.open` waits for it."""

    number: int
    says: Words
    closed_by: tuple[ClosedBy, ...]
    checks: tuple[CheckId, ...] = ()
    blocks: bool = True


_READ, _ATTESTED, _OWN = (ClosedBy.READ,), (ClosedBy.ATTESTED,), (ClosedBy.OWN_DATA,)
_EITHER = (ClosedBy.READ, ClosedBy.ATTESTED)
C = CheckId

LINES = (
    SetUpLine(
        1,
        _("Created under the city’s own portfolio or organisation, never under a person or an agency."),
        _EITHER,
        (C.P12,),
    ),
    SetUpLine(
        2,
        _(
            "The log-in’s e-mail is a group mailbox of the city with a second factor; its phone is a locked"
            " city line, or none."
        ),
        _ATTESTED,
        (C.P06, C.P07),
    ),
    SetUpLine(
        3,
        _(
            "A second factor is on for each person with a role on the network: an app or a key, not a text "
            "message."
        ),
        _EITHER,
        (C.P03, C.P04),
    ),
    SetUpLine(
        4,
        _(
            "Two to four administrators on the network, all current employees; nobody from outside the "
            "portfolio."
        ),
        _READ,
        (C.P09, C.P10, C.P11),
    ),
    SetUpLine(
        5,
        _(
            "The shared password is sealed and was never seen by more than the one who made it; recovery "
            "codes are sealed."
        ),
        (ClosedBy.VAULT,),
    ),
    SetUpLine(
        6,
        _(
            "Connected with the city’s own application and the fewest scopes; a test post went out on the "
            "practice network."
        ),
        _READ,
        (C.P14, C.P17),
    ),
    SetUpLine(
        7,
        _("Name, picture, description, language and web address are as approved, and kept for comparison."),
        _READ,
        (C.P22,),
    ),
    SetUpLine(
        8, _("The profile links to the terms of engagement, and the city’s page links back."), _READ, (C.P21,)
    ),
    SetUpLine(
        9, _("Grants are given, and everyone granted has acknowledged the policy in force."), _OWN, (C.P26,)
    ),
    SetUpLine(10, _("The rule for approving posts is chosen, and somebody can approve under it."), _OWN),
    SetUpLine(
        11, _("The network’s own filters are set as the terms say, and noted."), _ATTESTED, blocks=False
    ),
    SetUpLine(12, _("The incident card is filled in, and two people are named on it."), _OWN, (C.P24,)),
    SetUpLine(
        13,
        _("The network’s verification or government badge was asked for."),
        _ATTESTED,
        (C.P20,),
        blocks=False,
    ),
    SetUpLine(14, _("The capture of records ran once from end to end."), _OWN, (C.P28,)),
    SetUpLine(
        15,
        _("The handle is reserved on other large networks, or judged not needed."),
        _ATTESTED,
        (C.P27,),
        blocks=False,
    ),
)


def keeping_shut(closed: Collection[int]) -> tuple[SetUpLine, ...]:
    """The blocking lines still open, given the numbers of those closed. Empty means the account may open."""
    return tuple(line for line in LINES if line.blocks and line.number not in closed)
