"""Checks on who may act on the network itself, and whose property the account is."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture.checks.places import EVERYWHERE, META, TWO_DAYS
from undersigned.accounts.posture.kinds import (
    Check,
    CheckId,
    Severity,
    any_of,
    attested,
    automatic,
    each_of,
    every_one_of,
    imported,
)
from undersigned.networks.names import Network

P09 = Check(
    id=CheckId.P09,
    title=_("Two to four administrators"),
    passes_when=_("At least 2 and at most 4 people are full administrators on the network."),
    severity=Severity.HIGH,
    why=_("With one, the account is lost with that person; with ten, nobody watches."),
    readings=each_of(*EVERYWHERE, reading=attested(_("The list of administrators."), days=90))
    | each_of(*META, Network.LINKEDIN, reading=automatic(_("The roles the network lists."), lasts=TWO_DAYS)),
    step=_(
        "Make two to four current employees full administrators, take the role from everybody else, and "
        "attest the list."
    ),
    step_on={
        Network.FACEBOOK: _(
            "In Meta Business Suite, under Settings, People, give two to four current employees full "
            "control and everybody else only what they need."
        ),
        Network.LINKEDIN: _(
            "On the page, under Settings, Manage admins, keep two to four super admins and give everybody "
            "else a smaller role."
        ),
    },
)

P10 = Check(
    id=CheckId.P10,
    title=_("Only current people hold roles"),
    passes_when=_(
        "Every role on the network belongs to a current person who needs it: no vendor, nobody who left."
    ),
    severity=Severity.CRITICAL,
    why=_("Former employees still had the keys, years after their last day."),
    readings=each_of(*EVERYWHERE, reading=attested(_("The list of roles, name by name."), days=90))
    | each_of(
        *META, reading=automatic(_("The people assigned to the page, matched to the roster."), lasts=TWO_DAYS)
    )
    | {
        Network.LINKEDIN: every_one_of(
            automatic(_("The administrators the network lists, matched to the roster."), lasts=TWO_DAYS),
            attested(_("That each of them still needs the role."), days=90),
        ),
        Network.X: any_of(
            attested(_("The list of delegates, name by name."), days=90),
            imported(_("A picture of the list of delegates."), days=90),
        ),
    },
    step=_(
        "Go through the network’s own list of roles with the unit head, and remove everyone who left or "
        "does not need it."
    ),
    step_on={
        Network.FACEBOOK: _(
            "In Meta Business Suite, under Settings, Pages, remove each person and partner who left or does"
            " not need access; the next reading confirms it."
        ),
        Network.LINKEDIN: _(
            "On the page, under Settings, Manage admins, remove everyone who left or does not need the "
            "role; then attest that those who remain do."
        ),
        Network.X: _(
            "Under Delegate, Members you’ve delegated, remove everyone who left or does not need it; then "
            "attest the list or bring a picture of it."
        ),
    },
)

P11 = Check(
    id=CheckId.P11,
    title=_("No role from outside the portfolio"),
    passes_when=_("Nobody outside the city’s portfolio holds a role on the page."),
    severity=Severity.CRITICAL,
    why=_("A role given outside the portfolio cannot be taken away in one place."),
    readings=each_of(
        *META,
        reading=automatic(_("The page’s roles outside the portfolio: the list is empty."), lasts=TWO_DAYS),
    ),
    step=_(
        "On the page, under Settings, Page access, remove everyone who is not in the city’s portfolio; add "
        "those who need it to the portfolio first."
    ),
)

P12 = Check(
    id=CheckId.P12,
    title=_("Owned by the city"),
    passes_when=_(
        "The account belongs to the city’s own portfolio or organisation, not to a person or an agency."
    ),
    severity=Severity.CRITICAL,
    why=_("Agencies and former employees have kept accounts that a city took for its own."),
    readings=each_of(
        *EVERYWHERE, reading=attested(_("The owner that the network’s settings name."), days=365)
    )
    | each_of(
        *META,
        reading=automatic(
            _("The pages that the portfolio owns, against those it only manages."), lasts=timedelta(days=7)
        ),
    ),
    step=_(
        "Have the account moved to the city’s organisation, or its log-in to a mailbox of the city, and "
        "attest who owns it."
    ),
    step_on={
        Network.FACEBOOK: _(
            "In Meta Business Suite, under Settings, Pages, claim the page for the city’s portfolio; its "
            "present owner has to agree."
        ),
        Network.LINKEDIN: _(
            "Have the page joined to the city’s organisation by its present super admin, and attest it."
        ),
    },
)

CHECKS = (P09, P10, P11, P12)
