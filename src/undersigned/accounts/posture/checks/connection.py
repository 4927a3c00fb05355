"""Checks on machines that act for the account: our application, its token, and applications of others."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture.checks.places import EVERYWHERE, META, read_or_said
from undersigned.accounts.posture.kinds import (
    Check,
    CheckId,
    Severity,
    attested,
    automatic,
    each_of,
    every_one_of,
    imported,
)
from undersigned.networks.names import Network

A_WEEK = timedelta(days=7)
A_DAY = timedelta(hours=24)

P14 = Check(
    id=CheckId.P14,
    title=_("The city’s own application"),
    passes_when=_(
        "The connection uses an application the city owns, with a rotated secret and only the scopes it "
        "needs."
    ),
    severity=Severity.HIGH,
    why=_("A vendor’s application is a door that the vendor can open."),
    readings=each_of(
        *EVERYWHERE, reading=attested(_("Who owns the application, and what it may do."), days=180)
    )
    | each_of(*META, reading=automatic(_("What the network says about the token."), lasts=A_WEEK))
    | each_of(
        Network.LINKEDIN,
        Network.X,
        reading=every_one_of(
            automatic(_("The scopes that were granted."), lasts=A_WEEK),
            attested(_("Who owns the application, and when its secret was changed."), days=180),
        ),
    ),
    step=_(
        "Register the city’s own application with the network, connect the account through it, and change "
        "its secret."
    ),
)

P15 = Check(
    id=CheckId.P15,
    title=_("Connection hangs on nobody alone"),
    passes_when=_("The log-in that each connection hangs on is a current person’s, and is not the only one."),
    severity=Severity.HIGH,
    why=_("One person leaves, and every post of the city stops."),
    readings=each_of(
        *EVERYWHERE, reading=attested(_("Whose log-in it is, and who else could connect."), days=60)
    )
    | each_of(
        *META, Network.X, reading=automatic(_("The person the network names for the token."), lasts=A_WEEK)
    )
    | {
        Network.LINKEDIN: every_one_of(
            automatic(_("The person the network names for the token."), lasts=A_WEEK),
            attested(_("Who else could connect."), days=60),
        )
    },
    step=_(
        "Have a current employee connect the account with their own log-in, and a second one made able to."
    ),
)

P16 = Check(
    id=CheckId.P16,
    title=_("Other applications reviewed"),
    passes_when=_(
        "Somebody went through the other applications connected to the account in the last 90 days."
    ),
    severity=Severity.HIGH,
    why=_("A forgotten scheduling tool posts as well as a thief does (CISA: vet third parties)."),
    readings=each_of(*EVERYWHERE, reading=attested(_("The list of connected applications."), days=90))
    | each_of(
        Network.X,
        Network.LINKEDIN,
        Network.INSTAGRAM,
        Network.THREADS,
        reading=imported(_("A picture of the page of connected applications."), days=90),
    )
    | {
        Network.FACEBOOK: every_one_of(
            automatic(_("The applications the network lists."), lasts=timedelta(days=90)),
            imported(_("A picture of the page of connected applications."), days=90),
        ),
        Network.BLUESKY: automatic(_("The list of app passwords."), lasts=timedelta(days=90)),
    },
    step=_(
        "Open the settings page of connected applications, remove what nobody needs, and bring a picture of"
        " what remains."
    ),
    step_on={
        Network.X: _(
            "Under Security and account access, Apps and sessions, Connected apps, revoke what nobody "
            "needs, and bring a picture of what remains."
        ),
        Network.BLUESKY: _(
            "Under Privacy and security, App passwords, delete what nobody needs; the next reading confirms"
            " it."
        ),
    },
)

P17 = Check(
    id=CheckId.P17,
    title=_("Connection works"),
    passes_when=_("The connection works and has more than 14 days to run."),
    severity=Severity.HIGH,
    why=_("A connection that ends in silence is found out in an emergency."),
    readings=read_or_said(
        _("A call that proves it is alive, and its end date."),
        lasts=A_DAY,
        said=_("Somebody signed in to the account and says so."),
    ),
    step=_("Choose Reconnect on the account’s page and sign in to the network with your own log-in."),
)

P18 = Check(
    id=CheckId.P18,
    title=_("Only Undersigned posts"),
    passes_when=_("Everything seen on the account was sent from here, with a name under it."),
    severity=Severity.HIGH,
    why=_("Nobody knew who had posted what (NCSC)."),
    readings=read_or_said(
        _("What is seen on the account, less what was sent from here."),
        lasts=A_DAY,
        said=_("Somebody compared what stands on the account with what was sent, and says so."),
    ),
    step=_(
        "Open the native-post cases of this account: for each post, find out who made it and how, and close"
        " that way."
    ),
)

CHECKS = (P14, P15, P16, P17, P18)
