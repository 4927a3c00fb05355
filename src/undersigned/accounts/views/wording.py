"""Acts and standings of this room in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from undersigned.accounts.permissions import Preset
from undersigned.accounts.posture.checks import BY_ID
from undersigned.accounts.posture.kinds import CheckId, EvidenceClass
from undersigned.accounts.posture.own import Outcome
from undersigned.accounts.posture.scoring import Standing
from undersigned.accounts.queries.history import Done
from undersigned.accounts.states import AccountState, CaseState
from undersigned.acts.book import Act
from undersigned.ui.components import Standing as Shape
from undersigned.ui.words import Words, day_in_words

DONE: dict[Act, Words] = {
    Act.ACCOUNT_REQUEST: gettext_lazy("Requested the account"),
    Act.ACCOUNT_ASSENT: gettext_lazy("Assented for the unit"),
    Act.ACCOUNT_TAKE_IN: gettext_lazy("Took the account into the register"),
    Act.ACCOUNT_CHANGE: gettext_lazy("Corrected the entry"),
    Act.ACCOUNT_CONFIRM: gettext_lazy("Confirmed the entry"),
    Act.ACCOUNT_APPROVE: gettext_lazy("Approved the account"),
    Act.ACCOUNT_ADOPT: gettext_lazy("Approved the account after the fact"),
    Act.ACCOUNT_DECLINE: gettext_lazy("Declined the request"),
    Act.ACCOUNT_LAPSE: gettext_lazy("Let the request lapse"),
    Act.ACCOUNT_BEGIN_SETUP: gettext_lazy("Began the set-up"),
    Act.ACCOUNT_CLOSE_LINE: gettext_lazy("Closed line %(line)s of the set-up list"),
    Act.ACCOUNT_OPEN: gettext_lazy("Opened the account"),
    Act.ACCOUNT_RESERVE: gettext_lazy("Reserved the name"),
    Act.ACCOUNT_MARK_DORMANT: gettext_lazy("Marked the account as dormant"),
    Act.ACCOUNT_REAWAKEN: gettext_lazy("Reawakened the account"),
    Act.ACCOUNT_SUSPEND: gettext_lazy("Suspended the account"),
    Act.ACCOUNT_RESUME: gettext_lazy("Resumed the account"),
    Act.ACCOUNT_RETIRE: gettext_lazy("Retired the account"),
    Act.ACCOUNT_ARCHIVE: gettext_lazy("Archived the account"),
    Act.ACCOUNT_TRANSFER: gettext_lazy("Transferred the account to another unit"),
    Act.ACCOUNT_ASSIGN: gettext_lazy("Named who answers for the account"),
    Act.ACCOUNT_REVIEW: gettext_lazy("Reviewed the account"),
    Act.ACCOUNT_NOTE_GONE: gettext_lazy("Noted that a list names the account no longer"),
    Act.ACCOUNT_SETTLE_GONE: gettext_lazy("Said that the account is still there"),
    Act.ACCOUNT_SEE_POST: gettext_lazy("Noted a post of %(last_post_on)s"),
    Act.GRANT_GIVE: gettext_lazy("Gave a grant as %(preset)s, until %(ends_on)s"),
    Act.GRANT_END: gettext_lazy("Ended a grant"),
    Act.CONNECTION_AUTHORISE: gettext_lazy("Connected the account to its network"),
    Act.CONNECTION_LOSE: gettext_lazy("Found that the network no longer takes the connection"),
    Act.CONNECTION_END: gettext_lazy("Ended the connection"),
    Act.EVIDENCE_ATTEST: gettext_lazy("Attested %(check)s: %(shown)s"),
    Act.EVIDENCE_IMPORT: gettext_lazy("Brought a document for %(check)s: %(shown)s"),
    Act.EXCEPTION_GIVE: gettext_lazy("Excepted the account from %(check)s, until %(until)s"),
    Act.EXCEPTION_END: gettext_lazy("Ended the exception from %(check)s"),
    Act.COUNTERSIGNATURE_ASK: gettext_lazy("Asked for a countersignature: %(act)s"),
    Act.COUNTERSIGNATURE_DECLINE: gettext_lazy("Returned the request: %(act)s"),
}
"""What was done, for the timeline. Facts of the entry stand in the places."""

ASKED: dict[Act, Words] = {
    Act.ACCOUNT_APPROVE: gettext_lazy("approve the account"),
    Act.ACCOUNT_ADOPT: gettext_lazy("approve the account after the fact"),
    Act.ACCOUNT_DECLINE: gettext_lazy("decline the request"),
    Act.ACCOUNT_OPEN: gettext_lazy("open the account"),
    Act.ACCOUNT_REAWAKEN: gettext_lazy("reawaken the account"),
    Act.ACCOUNT_RESUME: gettext_lazy("resume the account"),
    Act.ACCOUNT_RETIRE: gettext_lazy("retire the account"),
    Act.ACCOUNT_ARCHIVE: gettext_lazy("archive the account"),
    Act.ACCOUNT_TRANSFER: gettext_lazy("transfer the account to another unit"),
    Act.GRANT_GIVE: gettext_lazy("give a grant"),
    Act.EXCEPTION_GIVE: gettext_lazy("except the account from a check"),
}
"""Acts of this room that wait for another person's name."""

SHOWN: dict[str, Words] = {"pass": gettext_lazy("it is so"), "fail": gettext_lazy("it is not so")}

SHAPES = {
    Standing.RED: Shape.WRONG,
    Standing.AMBER: Shape.WAITS,
    Standing.GREEN: Shape.WORKS,
    Standing.GREY: Shape.ASLEEP,
}

OUTCOMES: dict[Outcome, tuple[Shape, Words]] = {
    Outcome.PASS: (Shape.WORKS, gettext_lazy("Passes")),
    Outcome.FAIL: (Shape.WRONG, gettext_lazy("Fails")),
    Outcome.EXPIRED: (Shape.WRONG, gettext_lazy("Too old")),
    Outcome.EXCEPTED: (Shape.WAITS, gettext_lazy("Excepted")),
    Outcome.NOT_APPLICABLE: (Shape.ASLEEP, gettext_lazy("Does not apply")),
}

CLASSES: dict[EvidenceClass, Words] = {
    EvidenceClass.AUTOMATIC: gettext_lazy("read by Undersigned"),
    EvidenceClass.IMPORTED: gettext_lazy("shown by a document"),
    EvidenceClass.ATTESTED: gettext_lazy("attested by a person"),
}

CASE_SHAPES = {
    CaseState.OPEN: Shape.WAITS,
    CaseState.REPORTED: Shape.WRONG,
    CaseState.TAKEN_DOWN: Shape.ASLEEP,
    CaseState.REFUSED: Shape.WRONG,
    CaseState.HARMLESS: Shape.WORKS,
    CaseState.OURS: Shape.WORKS,
}


def done_in_words(done: Done) -> str:
    """What was done, with the public facts of its entry."""
    words = DONE.get(done.act)
    return str(words) % _facts(done.facts) if words else done.act.value


class _Facts(dict[str, str]):
    """Where an entry says nothing, the sentence keeps a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def _facts(facts: Mapping[str, Any]) -> _Facts:
    return _Facts({name: _fact(name, str(value)) for name, value in facts.items()})


def _fact(name: str, value: str) -> str:
    if name == "check":
        return check_in_words(CheckId(value))
    if name == "preset":
        return str(Preset(value).label)
    if name == "act":
        return str(ASKED.get(Act(value), value))
    if name == "shown":
        return str(SHOWN.get(value, value))
    return _day(value) if name in ("last_post_on", "ends_on", "until") else value


def _day(value: str) -> str:
    return day_in_words(dt.date.fromisoformat(value[:10]))


def check_in_words(check: CheckId) -> str:
    """P03 Second factor on for everyone."""
    return f"{check.value} {BY_ID[check].title}"


def state_in_words(state: str, standing: Standing | None) -> str:
    """Where an account is in its life, and that it is red, in a word: the colour is never alone."""
    words = capfirst(str(AccountState(state).label))
    return _("%(state)s, red") % {"state": words} if standing is Standing.RED else words


def shape_of(state: str, standing: Standing | None) -> Shape:
    """The shape and colour; what is in the register no more has none of its own."""
    if standing is None:
        return Shape.ASLEEP
    return SHAPES[standing]


def age_in_words(taken_at: dt.datetime, now: dt.datetime | None = None) -> str:
    """How old evidence is, in whole days: today, yesterday, 12 days ago."""
    days = (timezone.localdate(now) - timezone.localdate(taken_at)).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
