"""Checks that the city answers from its own books: register, reviews, incident card, policy, records."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture.checks.places import EVERYWHERE, TWO_DAYS, read_or_said
from undersigned.accounts.posture.kinds import (
    Check,
    CheckId,
    Severity,
    Until,
    any_of,
    attested,
    automatic,
    each_of,
    every_one_of,
)

A_YEAR = timedelta(days=365)
A_DAY = timedelta(hours=24)

P01 = Check(
    id=CheckId.P01,
    title=_("In the register"),
    passes_when=_(
        "The account is in the register with its unit, purpose and contact, and its creation was approved."
    ),
    severity=Severity.HIGH,
    why=_(
        "Audits find accounts that nobody approved and nobody can explain (Canada, Directive on "
        "Communications, App. C)."
    ),
    readings=each_of(
        *EVERYWHERE, reading=automatic(_("The required fields, and the approval on record."), lasts=A_YEAR)
    ),
    step=_(
        "Open the account’s page, fill in what is missing, confirm that the rest is true, and ask for "
        "approval."
    ),
    own_data=True,
)

P02 = Check(
    id=CheckId.P02,
    title=_("Steward and deputy"),
    passes_when=_("A steward and a deputy answer for the account, and both are current employees."),
    severity=Severity.HIGH,
    why=_("People leave, and the accounts they kept are forgotten with their keys in somebody’s pocket."),
    readings=each_of(
        *EVERYWHERE,
        reading=any_of(
            automatic(_("The directory, by SCIM."), lasts=TWO_DAYS),
            automatic(_("The last roster file from HR."), lasts=timedelta(days=35)),
        ),
    ),
    step=_("Ask the head of the owning unit to name two current employees, and bring HR’s newest roster."),
    own_data=True,
)

P19 = Check(
    id=CheckId.P19,
    title=_("In use"),
    passes_when=_("Something was posted within the last 180 days; after 90 days comes a warning."),
    severity=Severity.MEDIUM,
    why=_("Nobody notices when a sleeping account is taken over (NCSC 1.5, CIS 5.3)."),
    readings=each_of(
        *EVERYWHERE, reading=automatic(_("The newest post known, whoever made it."), lasts=A_DAY)
    ),
    step=_("Post something worth reading, give the account a seasonal calendar, or ask to retire it."),
    own_data=True,
)

P23 = Check(
    id=CheckId.P23,
    title=_("Reviews on time"),
    passes_when=_(
        "The review of the account and the review of who has access were both done by their due dates."
    ),
    severity=Severity.MEDIUM,
    why=_("What nobody looks at once a year becomes untrue."),
    readings=each_of(*EVERYWHERE, reading=automatic(_("The dates of the reviews."), lasts=Until.DUE_DATE)),
    step=_("Do the review that is due: open the account’s page and choose Review."),
    own_data=True,
)

P24 = Check(
    id=CheckId.P24,
    title=_("Ready for an incident"),
    passes_when=_("The incident card is complete, and it was practised in the last year."),
    severity=Severity.MEDIUM,
    why=_(
        "In an emergency nobody finds a support contact that nobody wrote down (NCSC; cyber-vandalism "
        "toolkits)."
    ),
    readings=each_of(
        *EVERYWHERE,
        reading=every_one_of(
            automatic(_("The incident card."), lasts=A_YEAR),
            attested(_("The date of the last drill."), days=365),
        ),
    ),
    step=_("Fill in the incident card, name two people, and practise it once with them."),
    own_data=True,
)

P26 = Check(
    id=CheckId.P26,
    title=_("Policy acknowledged"),
    passes_when=_("Everyone with a grant or a role on the network has acknowledged the policy in force."),
    severity=Severity.HIGH,
    why=_("A rule binds those who were shown it (NCSC; audits)."),
    readings=each_of(*EVERYWHERE, reading=automatic(_("Acknowledgements of the policy."), lasts=Until.LIVE)),
    step=_("Ask those named to read and acknowledge the policy, or end what they may do here."),
    own_data=True,
)

P28 = Check(
    id=CheckId.P28,
    title=_("Records captured"),
    passes_when=_("What was posted and said here was captured in the last 24 hours, without a gap."),
    severity=Severity.HIGH,
    why=_("The access law asks for records; audits found pictures of screens taken by hand."),
    readings=read_or_said(
        _("How far the capture of records has come."),
        lasts=A_DAY,
        said=_("Somebody keeps a copy of what is posted, and says so."),
    ),
    step=_("Connect the account, or bring an export of it, and let the capture run to the end."),
)

CHECKS = (P01, P02, P19, P23, P24, P26, P28)
