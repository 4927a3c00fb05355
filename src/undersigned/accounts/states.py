"""Closed lists of the accounts room, and the life cycles of an account and of a look-alike case."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from undersigned.acts.book import Act
from undersigned.acts.lifecycle import Transition, life_cycle


class AccountState(TextChoices):
    """Where an account stands in its life."""

    REQUESTED = "requested", _("requested")
    DECLINED = "declined", _("declined")
    APPROVED = "approved", _("approved")
    SETTING_UP = "setting_up", _("being set up")
    LIVE = "live", _("live")
    RESERVED = "reserved", _("reserved")
    DORMANT = "dormant", _("dormant")
    SUSPENDED = "suspended", _("suspended")
    RETIRED = "retired", _("retired")
    ARCHIVED = "archived", _("archived")


S = AccountState

FINAL = (S.DECLINED, S.ARCHIVED)
"""States after which a handle is free for another entry of the register."""

PUBLIC = (S.LIVE, S.RESERVED, S.DORMANT, S.SUSPENDED, S.RETIRED, S.ARCHIVED)
"""States that the public register shows."""

ON_THE_NETWORK = (S.SETTING_UP, S.LIVE, S.RESERVED, S.DORMANT, S.SUSPENDED)
"""States in which the account exists there and has to be kept safe."""

TAKEN_IN_AS = (S.LIVE, S.DORMANT, S.RESERVED, S.RETIRED)
"""States in which an account that was found may enter the register."""

AFTER_THE_FACT = (S.LIVE, S.DORMANT, S.RESERVED)
"""States in which an account that was there before the register may still be assented to and adopted."""

LIFE_CYCLE = life_cycle(
    S.values,
    initial=S.REQUESTED,
    final=FINAL,
    transitions=[
        Transition(Act.ACCOUNT_ASSENT, (S.REQUESTED, *AFTER_THE_FACT)),
        Transition(Act.ACCOUNT_APPROVE, (S.REQUESTED,), (S.APPROVED,)),
        Transition(Act.ACCOUNT_ADOPT, AFTER_THE_FACT),
        Transition(Act.ACCOUNT_DECLINE, (S.REQUESTED,), (S.DECLINED,)),
        Transition(Act.ACCOUNT_LAPSE, (S.REQUESTED, S.APPROVED), (S.DECLINED,)),
        Transition(Act.ACCOUNT_BEGIN_SETUP, (S.APPROVED,), (S.SETTING_UP,)),
        Transition(Act.ACCOUNT_CLOSE_LINE, (S.SETTING_UP,)),
        Transition(Act.ACCOUNT_OPEN, (S.SETTING_UP,), (S.LIVE,)),
        Transition(Act.ACCOUNT_RESERVE, (S.SETTING_UP,), (S.RESERVED,)),
        Transition(Act.ACCOUNT_MARK_DORMANT, (S.LIVE,), (S.DORMANT,)),
        Transition(Act.ACCOUNT_REAWAKEN, (S.DORMANT,), (S.LIVE,)),
        Transition(Act.ACCOUNT_SUSPEND, (S.SETTING_UP, S.LIVE, S.DORMANT, S.RESERVED), (S.SUSPENDED,)),
        Transition(Act.ACCOUNT_RESUME, (S.SUSPENDED,), (S.SETTING_UP, S.LIVE, S.DORMANT, S.RESERVED)),
        Transition(
            Act.ACCOUNT_RETIRE,
            (S.SETTING_UP, S.LIVE, S.DORMANT, S.SUSPENDED, S.RESERVED),
            (S.RETIRED,),
        ),
        Transition(Act.ACCOUNT_ARCHIVE, (S.RETIRED,), (S.ARCHIVED,)),
    ],
)


class Origin(TextChoices):
    """How an account came to the register."""

    NEW = "new", _("new")
    EXISTING = "existing", _("there before the register")
    RESERVATION = "reservation", _("a handle to hold")
    FOUND = "found", _("found on the network")


class Kind(TextChoices):
    """What an account is for. A handle of an elected office holds a person's name, so no leaf shows it."""

    MUNICIPAL = "municipal", _("municipal")
    FACILITY = "facility", _("facility")
    EMERGENCY = "emergency", _("emergency")
    RECRUITMENT = "recruitment", _("recruitment")
    ELECTED_OFFICE = "elected_office", _("elected office")
    CAMPAIGN = "campaign", _("campaign of the city")


class ApprovalRule(TextChoices):
    """How many others must put their names under a post."""

    NOT_CHOSEN = "", _("not chosen yet")
    ONE_OF = "one_of", _("one approver who is not the author")
    ANY_TWO = "any_two", _("any two approvers who are not the author")
    UNIT_THEN_COMMS = "unit_then_comms", _("the head of the unit, then the communications office")
    NONE = "none", _("nobody: the author alone answers for it")


class HandleFate(TextChoices):
    """What becomes of the handle when an account is retired."""

    KEEP = "keep", _("kept, so that nobody else takes it")
    RENAME = "rename", _("renamed")
    DELETE = "delete", _("deleted")


class Farewell(TextChoices):
    """How an account took leave of those who follow it."""

    SENT = "sent", _("a farewell post was sent")
    WAIVED = "waived", _("a farewell post was waived")
    GONE = "gone", _("it is gone from the network already")


class PostSource(TextChoices):
    """Who said when an account last posted."""

    IMPORTED = "imported", _("an imported list")
    SAID = "said", _("somebody who looked")
    READ = "read", _("the network")


class LineClosedBy(TextChoices):
    """On what a line of the set-up list was closed."""

    READ = "read", _("read")
    ATTESTED = "attested", _("attested")
    OWN_DATA = "own_data", _("the city’s own books")


class CaseState(TextChoices):
    """Where a look-alike stands."""

    OPEN = "open", _("to be decided")
    REPORTED = "reported", _("reported to the network")
    TAKEN_DOWN = "taken_down", _("taken down")
    REFUSED = "refused_by_network", _("the network leaves it up")
    HARMLESS = "harmless", _("harmless")
    OURS = "ours", _("the city’s own")


C = CaseState

NOT_OURS = (C.REPORTED, C.TAKEN_DOWN, C.REFUSED)
"""States in which a person has decided that an account is not the city's."""

CASE_CYCLE = life_cycle(
    C.values,
    initial=C.OPEN,
    final=(C.TAKEN_DOWN, C.REFUSED, C.HARMLESS, C.OURS),
    transitions=[
        Transition(
            Act.LOOKALIKE_DECIDE,
            (C.OPEN, C.REPORTED),
            (C.REPORTED, C.TAKEN_DOWN, C.REFUSED, C.HARMLESS, C.OURS),
        )
    ],
)


class ConnectionState(TextChoices):
    """Whether the city may act on the account through the network's interface."""

    LIVE = "live", _("works")
    LOST = "lost", _("lost")
    ENDED = "ended", _("ended")


N = ConnectionState

CONNECTION_CYCLE = life_cycle(
    N.values,
    initial=N.LIVE,
    final=(N.ENDED,),
    transitions=[
        Transition(Act.CONNECTION_LOSE, (N.LIVE,), (N.LOST,)),
        Transition(Act.CONNECTION_END, (N.LIVE, N.LOST), (N.ENDED,)),
    ],
)
