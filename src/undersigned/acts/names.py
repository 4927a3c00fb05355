"""Acts as people say them; the same words on every page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from undersigned.acts.book import Act

NAMES: dict[Act, Promise] = {
    Act.RECORD_OPEN: _("Open the record"),
    Act.RECORD_HEARTBEAT: _("Say that time passes"),
    Act.RECORD_ROTATE_KEY: _("Announce a new key of the record"),
    Act.RECORD_ERASE: _("Erase values"),
    Act.RECORD_RESTATE: _("Commit rows anew"),
    Act.RECORD_CORRECT_CLOCK: _("Correct the clock"),
    Act.RECORD_DECLARE_LOSS: _("Declare values lost"),
    Act.RECORD_REPUDIATE: _("Say that an act was not one’s own"),
    Act.COUNTERSIGNATURE_ASK: _("Ask for a countersignature"),
    Act.COUNTERSIGNATURE_GIVE: _("Countersign"),
    Act.COUNTERSIGNATURE_DECLINE: _("Return without countersigning"),
    Act.COUNTERSIGNATURE_VOID: _("Void a request to countersign"),
    Act.CITY_FOUND: _("Found the city’s instance"),
    Act.CITY_CHANGE: _("Change the city’s particulars"),
    Act.PERSON_ADD: _("Make a person known"),
    Act.PERSON_CHANGE: _("Correct a person’s particulars"),
    Act.PERSON_ERASE: _("Erase a person’s name"),
    Act.UNIT_ADD: _("Add a unit"),
    Act.UNIT_CHANGE: _("Change a unit"),
    Act.UNIT_CLOSE: _("Close a unit"),
    Act.APPOINTMENT_BEGIN: _("Appoint a person"),
    Act.APPOINTMENT_CHANGE: _("Change an appointment"),
    Act.APPOINTMENT_END: _("End an appointment"),
    Act.ROSTER_APPLY: _("Apply a roster"),
    Act.ROSTER_CONFIRM_LEAVERS: _("Confirm how many leave"),
    Act.INVITATION_SEND: _("Invite a person"),
    Act.INVITATION_ACCEPT: _("Accept an invitation"),
    Act.INVITATION_WITHDRAW: _("Withdraw an invitation"),
    Act.SESSION_END: _("End a person’s sessions"),
    Act.IMPORT_APPLY: _("Apply an imported list"),
    Act.ACCOUNT_REQUEST: _("Request an account"),
    Act.ACCOUNT_ASSENT: _("Assent to an account for the unit"),
    Act.ACCOUNT_TAKE_IN: _("Take an account in"),
    Act.ACCOUNT_CHANGE: _("Change an account’s entry"),
    Act.ACCOUNT_CONFIRM: _("Confirm an account’s entry"),
    Act.ACCOUNT_APPROVE: _("Approve an account"),
    Act.ACCOUNT_ADOPT: _("Approve an account that was there already"),
    Act.ACCOUNT_DECLINE: _("Decline an account"),
    Act.ACCOUNT_LAPSE: _("Let a request lapse"),
    Act.ACCOUNT_BEGIN_SETUP: _("Begin to set an account up"),
    Act.ACCOUNT_CLOSE_LINE: _("Close a line of the set-up list"),
    Act.ACCOUNT_OPEN: _("Open an account"),
    Act.ACCOUNT_RESERVE: _("Reserve a handle"),
    Act.ACCOUNT_MARK_DORMANT: _("Mark an account dormant"),
    Act.ACCOUNT_REAWAKEN: _("Reawaken an account"),
    Act.ACCOUNT_SUSPEND: _("Suspend an account"),
    Act.ACCOUNT_RESUME: _("Resume an account"),
    Act.ACCOUNT_RETIRE: _("Retire an account"),
    Act.ACCOUNT_ARCHIVE: _("Archive an account"),
    Act.ACCOUNT_TRANSFER: _("Transfer an account to another unit"),
    Act.ACCOUNT_ASSIGN: _("Name steward and deputy"),
    Act.ACCOUNT_REVIEW: _("Review an account"),
    Act.ACCOUNT_NOTE_GONE: _("Note that an account is no longer listed"),
    Act.ACCOUNT_SETTLE_GONE: _("Settle what became of an account no longer listed"),
    Act.ACCOUNT_SEE_POST: _("Note an account’s last post"),
    Act.GRANT_GIVE: _("Give a grant"),
    Act.GRANT_END: _("End a grant"),
    Act.EVIDENCE_ATTEST: _("Attest a check"),
    Act.EVIDENCE_IMPORT: _("Bring evidence for a check"),
    Act.EXCEPTION_GIVE: _("Give an exception"),
    Act.EXCEPTION_END: _("End an exception"),
    Act.LOOKALIKE_REPORT: _("Report a look-alike"),
    Act.LOOKALIKE_DECIDE: _("Decide on a look-alike"),
}


def name_of_act(name: str) -> str:
    """``account.open`` as people say it: "Open an account". An act of a later version keeps its own word."""
    try:
        return str(NAMES[Act(name)])
    except ValueError:
        return name
