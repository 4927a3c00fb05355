"""Checks on the ways in: second factors, recovery, the log-in itself and the devices it is used from."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture.checks.places import EVERYWHERE, META, TWO_DAYS
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
    imported,
)
from undersigned.networks.names import Network

A_YEAR = timedelta(days=365)

BY_DESIGN = (Network.FACEBOOK, Network.LINKEDIN)
"""Pages there have no log-in of their own that could be shared: people come in with theirs."""

P03 = Check(
    id=CheckId.P03,
    title=_("Second factor on for everyone"),
    passes_when=_("Every person with a role on the account has a second factor turned on."),
    severity=Severity.CRITICAL,
    why=_("The take-over of a regulator’s account in January 2024 needed nothing else (SEC; CISA; NCSC)."),
    readings=each_of(*EVERYWHERE, reading=attested(_("Each person shows the setting."), days=90))
    | each_of(
        *META,
        reading=automatic(
            _("The portfolio’s list of people, and its rule for two-factor authentication."), lasts=TWO_DAYS
        ),
    )
    | {
        Network.X: any_of(
            attested(_("Each person shows the setting."), days=90),
            imported(_("A picture of the security settings."), days=90),
        )
    },
    step=_(
        "Ask each person with a role to turn on the second factor and show you the setting; then attest it "
        "here."
    ),
    step_on={
        Network.FACEBOOK: _(
            "In Meta Business Suite, under Settings, People, ask everyone shown without two-factor "
            "authentication to turn it on; then set it to required for everyone in the portfolio’s security"
            " settings."
        ),
        Network.LINKEDIN: _(
            "Ask each administrator of the page to turn on two-step verification in their own sign-in and "
            "security settings and to show you the setting; then attest it here."
        ),
        Network.X: _(
            "Under Security and account access, Security, turn on two-factor authentication for the owner "
            "and for each delegate; then attest it here or bring a picture of the setting."
        ),
    },
)

P04 = Check(
    id=CheckId.P04,
    title=_("Second factor is an app or a key"),
    passes_when=_(
        "The second factor of everyone is an authenticator app or a security key, not a text message."
    ),
    severity=Severity.HIGH,
    why=_("A telephone number can be moved to another person’s card with one call to the carrier."),
    readings=each_of(*EVERYWHERE, reading=attested(_("Each person shows the setting."), days=180)),
    step=_(
        "Ask each person with a role to add an authenticator app or a security key, to remove the text "
        "message as a factor, and to show you the setting; then attest it here."
    ),
)

P05 = Check(
    id=CheckId.P05,
    title=_("No second factor switched off"),
    passes_when=_(
        "Nobody’s second factor is off, except for at most 7 days by an exception that somebody owns."
    ),
    severity=Severity.CRITICAL,
    why=_("A factor that was off “for a while” was off for six months when it mattered (SEC)."),
    readings=each_of(*EVERYWHERE, reading=automatic(_("The table of exceptions."), lasts=Until.LIVE)),
    step=_("Ask those named to turn the second factor on again today, or end their role on the account."),
    own_data=True,
)

_LETTER = every_one_of(
    attested(_("Which number it is, or that there is none."), days=365),
    imported(
        _("The carrier’s letter that the line is locked, or a picture that shows no telephone."), days=365
    ),
)

P06 = Check(
    id=CheckId.P06,
    title=_("Recovery phone is the city’s"),
    passes_when=_("The recovery phone is a city line locked by its carrier, or there is none."),
    severity=Severity.HIGH,
    why=_("Whoever can move the telephone number can reset the password."),
    readings={
        network: attested(_("Which number it is, or that there is none."), days=365)
        for network in EVERYWHERE
        if network is not Network.LINKEDIN
    }
    | each_of(Network.X, Network.FACEBOOK, reading=_LETTER),
    step=_(
        "Remove the recovery phone, or change it to a city line; ask the carrier to lock that line against "
        "transfer, and bring its letter."
    ),
)

P07 = Check(
    id=CheckId.P07,
    title=_("Recovery e-mail is the city’s"),
    passes_when=_("The recovery e-mail is a group mailbox of the city with a second factor of its own."),
    severity=Severity.HIGH,
    why=_("Whoever reads the connected mailbox owns the account (CISA)."),
    readings=each_of(*EVERYWHERE, reading=attested(_("Which mailbox it is, and how it is locked."), days=180))
    | {
        Network.FACEBOOK: every_one_of(
            automatic(_("The domain of each person’s address in the portfolio."), lasts=TWO_DAYS),
            attested(_("How the mailbox is locked."), days=180),
        )
    },
    step=_(
        "Change the recovery e-mail to a group mailbox of the city, turn on the mailbox’s second factor, "
        "and attest both."
    ),
    step_on={
        Network.FACEBOOK: _(
            "Ask each person in the portfolio to use their city address there, turn on the second factor of"
            " those mailboxes, and attest it here."
        ),
    },
)

P08 = Check(
    id=CheckId.P08,
    title=_("Recovery codes sealed and tried"),
    passes_when=_("The recovery codes are sealed, and were opened once in the last year as a test."),
    severity=Severity.MEDIUM,
    why=_("Pages have been lost for good because nobody could find a code that works."),
    readings=each_of(*EVERYWHERE, reading=attested(_("The sealed envelope, and the test."), days=365))
    | each_of(
        Network.X,
        Network.FACEBOOK,
        Network.LINKEDIN,
        reading=every_one_of(
            automatic(_("The vault: who sealed the codes, when, and the digest of the seal."), lasts=A_YEAR),
            attested(_("The paper envelope."), days=365),
        ),
    ),
    step=_(
        "Make new recovery codes, seal them in the vault, try one, and attest where the paper envelope lies."
    ),
)

P13 = Check(
    id=CheckId.P13,
    title=_("No shared log-in"),
    passes_when=_("Nobody shares a log-in: people work as delegates, and the owner’s password is sealed."),
    severity=Severity.CRITICAL,
    why=_("With one password for all, nobody can tell who posted, and leavers keep it (NIST AC-2(9))."),
    readings={
        network: attested(_("The list of delegates; no check-out outside recovery."), days=90)
        for network in EVERYWHERE
        if network not in BY_DESIGN
    },
    step=_(
        "Change the password to one that is made and sealed in the vault, and give each person a log-in of "
        "their own."
    ),
    step_on={
        Network.X: _(
            "Change the owner’s password to one that is made and sealed in the vault; under Delegate, "
            "invite each person with a log-in of their own; then bring a picture of the list of delegates "
            "and attest it."
        ),
    },
)

P25 = Check(
    id=CheckId.P25,
    title=_("Known devices only"),
    passes_when=_(
        "People post from devices the city manages, and the list of active log-ins holds no stranger."
    ),
    severity=Severity.MEDIUM,
    why=_("A log-in left open on an old telephone is a key left in a door (CISA: trusted devices)."),
    readings=each_of(
        *EVERYWHERE,
        reading=any_of(
            imported(_("The list of active log-ins."), days=180),
            attested(_("Somebody went through the list of active log-ins."), days=180),
        ),
    ),
    step=_(
        "Go through the account’s list of active log-ins, end each one you cannot explain, and attest it."
    ),
)

CHECKS = (P03, P04, P05, P06, P07, P08, P13, P25)
