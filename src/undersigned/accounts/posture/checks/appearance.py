"""Checks on what the public sees: verification, links, the face of the profile, names others could take."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture.checks.places import BY_WORD, EVERYWHERE, READ, read_or_said
from undersigned.accounts.posture.kinds import Check, CheckId, Severity, any_of, attested, automatic, each_of
from undersigned.networks.names import Network

A_MONTH = timedelta(days=30)

P20 = Check(
    id=CheckId.P20,
    title=_("Verified by the network"),
    passes_when=_("The network shows its mark of verification on the account."),
    severity=Severity.MEDIUM,
    why=_("Without it, an imitation looks as good as the original."),
    readings=each_of(
        *READ,
        reading=any_of(
            automatic(_("The profile’s verification."), lasts=A_MONTH),
            attested(_("The mark, seen on the profile."), days=30),
        ),
    )
    | each_of(*BY_WORD, reading=attested(_("The mark, seen on the profile."), days=30)),
    step=_("Ask the network to verify the account as a public body’s, and attest it once the mark shows."),
    step_on={
        Network.X: _(
            "Apply for the grey mark of governments under Verified Organizations; the next reading confirms"
            " it."
        ),
        Network.MASTODON: _(
            "Add the city’s address to the profile and a rel=me link on that page, until the link turns "
            "green."
        ),
    },
)

P21 = Check(
    id=CheckId.P21,
    title=_("Links both ways"),
    passes_when=_(
        "The profile links to the city’s site and to the terms of engagement, and the site links back."
    ),
    severity=Severity.MEDIUM,
    why=_("Two links are how a stranger can tell that an account is the city’s (US registry; Canada)."),
    readings=read_or_said(
        _("The profile’s fields and the city’s page."),
        lasts=timedelta(days=7),
        said=_("Somebody followed both links and says so."),
    ),
    step=_(
        "Put the city’s address and the terms of engagement on the profile, and list the account on the "
        "city’s page."
    ),
)

P22 = Check(
    id=CheckId.P22,
    title=_("Looks as approved"),
    passes_when=_("Name, picture and description are the approved ones."),
    severity=Severity.HIGH,
    why=_("A changed name or picture is the first sign of a take-over."),
    readings=read_or_said(
        _("The profile, compared with the approved one every hour."),
        lasts=timedelta(hours=3),
        said=_("Somebody compared the profile with the approved one and says so."),
    ),
    step=_(
        "Compare the profile with what was approved. If nobody of yours changed it, open an incident now."
    ),
)

P27 = Check(
    id=CheckId.P27,
    title=_("Names held and watched"),
    passes_when=_("The handle is reserved on networks the city does not use, and look-alikes were reported."),
    severity=Severity.LOW,
    why=_("A free handle is an invitation to speak as the city."),
    readings=each_of(
        *EVERYWHERE, reading=attested(_("Where the handle is held, and what was reported."), days=180)
    ),
    step=_(
        "Reserve the handle on the other large networks or say why not, report the look-alikes listed, and "
        "attest it."
    ),
)

CHECKS = (P20, P21, P22, P27)
