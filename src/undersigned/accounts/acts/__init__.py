"""Every write to the register, by what it is about.

=============  ==========================================================================================
``entering``   an account is requested, assented to, approved, adopted, declined, or taken in as it was found
``opening``    the set-up list, and the day an account opens or its handle is held
``living``     it falls asleep, is woken, stopped, started again, retired, archived
``keeping``    its entry is changed, confirmed, reviewed, assigned, transferred
``granting``   what a person may do on it
``connecting`` the city's authorisation to act on it through its network
``showing``    evidence for its checks, and exceptions
``imitations`` look-alikes
=============  ==========================================================================================
"""

from undersigned.accounts.acts.connecting import authorise, end_connection, lose
from undersigned.accounts.acts.entering import adopt, approve, assent, decline, lapse, request, take_in
from undersigned.accounts.acts.granting import end as end_grant
from undersigned.accounts.acts.granting import give as give_grant
from undersigned.accounts.acts.imitations import decide as decide_lookalike
from undersigned.accounts.acts.imitations import report as report_lookalike
from undersigned.accounts.acts.keeping import (
    assign,
    change,
    confirm,
    note_gone,
    review,
    see_post,
    settle_gone,
    transfer,
)
from undersigned.accounts.acts.living import archive, mark_dormant, reawaken, resume, retire, suspend
from undersigned.accounts.acts.opening import begin_setup, close_line, open_account, reserve
from undersigned.accounts.acts.showing import attest, bring, end_exception, except_from

__all__ = [
    "adopt",
    "approve",
    "archive",
    "assent",
    "assign",
    "attest",
    "authorise",
    "begin_setup",
    "bring",
    "change",
    "close_line",
    "confirm",
    "decide_lookalike",
    "decline",
    "end_connection",
    "end_exception",
    "end_grant",
    "except_from",
    "give_grant",
    "lapse",
    "lose",
    "mark_dormant",
    "note_gone",
    "open_account",
    "reawaken",
    "report_lookalike",
    "request",
    "reserve",
    "resume",
    "retire",
    "review",
    "see_post",
    "settle_gone",
    "suspend",
    "take_in",
    "transfer",
]
