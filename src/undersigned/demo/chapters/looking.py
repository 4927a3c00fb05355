"""Somebody looks: what was seen account by account, good and bad, and one account that is green from end to end."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Preset
from undersigned.accounts.posture.checks import CHECKS
from undersigned.accounts.posture.evidence import Shown
from undersigned.accounts.posture.kinds import CheckId, EvidenceClass
from undersigned.accounts.queries.posture import stands_in_for_books
from undersigned.acts import together
from undersigned.demo.chapters.since_then import grant
from undersigned.demo.invented import Role
from undersigned.demo.town import Town
from undersigned.networks.names import Network
from undersigned.people.models import Person

R, C = Role, CheckId


@dataclass(frozen=True, slots=True)
class Look:
    """One look that showed that something is not as it should be. ``about`` is whom it speaks of."""

    network: Network
    handle: str
    check: CheckId
    saw: str
    about: Role | None = None
    document: str = ""


TRANSIT, INVEST = (Network.X, "HFTransit"), (Network.X, "InvestHarrow")
LIVE = (Network.YOUTUBE, "https://www.youtube.com/user/EsplanadeLive")

SEEN = (
    Look(*TRANSIT, C.P03, "Switched off when the telephone was changed.", about=R.TRANSIT_STEWARD),
    Look(*TRANSIT, C.P04, "Text messages to a telephone that is nobody’s in particular."),
    Look(*TRANSIT, C.P06, "The number belongs to a dispatcher’s own telephone."),
    Look(*TRANSIT, C.P07, "A private mailbox of somebody who drove here until 2019."),
    Look(*TRANSIT, C.P08, "Nobody knows where the recovery codes are."),
    Look(*TRANSIT, C.P09, "One administrator only."),
    Look(*TRANSIT, C.P13, "The password hangs on the wall of the dispatch room."),
    Look(
        *TRANSIT, C.P14, "Posts go through the application of a firm that the city has not paid since 2020."
    ),
    Look(*TRANSIT, C.P16, "Eleven applications, four of them unknown.", document="A picture of the list"),
    Look(*TRANSIT, C.P25, "Nine open log-ins, the oldest from a telephone sold in 2018."),
    Look(*TRANSIT, C.P26, "Nobody in the dispatch room has read the policy."),
    Look(*TRANSIT, C.P27, "The same handle is free on every other network."),
    Look(*INVEST, C.P10, "A firm and two people who left are still on the list."),
    Look(*INVEST, C.P12, "It is registered to the firm that made the old web site."),
    Look(*LIVE, C.P15, "It hangs on the private log-in of a summer student."),
    Look(*LIVE, C.P17, "The password that everybody knew does not open it any more."),
    Look(*LIVE, C.P18, "Two films in September that nobody here made."),
    Look(*LIVE, C.P20, "No mark of verification."),
    Look(*LIVE, C.P21, "It links to a web site that was closed in 2017."),
    Look(*LIVE, C.P22, "The picture is not the one that was approved."),
    Look(*LIVE, C.P28, "No copy of anything was ever kept."),
)
"""Each check that a person or a document can show to fail. What no person can show is read, once connected."""

ON_X = (C.P03, C.P04, C.P07, C.P09, C.P10, C.P12, C.P13, C.P24, C.P25, C.P26, C.P27)
"""What a person can put their name to on X; the rest waits for the connection."""


def tell(town: Town) -> None:
    with together():
        for look in SEEN:
            _saw(town, look)
    with together():
        _green(town)
        _half_way(town)
        _exceptions(town)


def _saw(town: Town, look: Look) -> None:
    by, account = town.officer(R.SECURITY), town.account(look.network, look.handle)
    about = [town.person(look.about)] if look.about else []
    if not look.document:
        acts.attest(by=by, account=account, check=look.check, shown=Shown.FAIL, note=look.saw, about=about)
        return
    acts.bring(
        by=by,
        account=account,
        check=look.check,
        shown=Shown.FAIL,
        taken_at=timezone.now() - timedelta(days=1),
        source=look.document,
        digest=hashlib.sha256(look.saw.encode()).hexdigest(),
        note=look.saw,
    )


def _green(town: Town) -> None:
    """The library’s account: every check that applies there is shown, by people who looked."""
    account = town.account(Network.MASTODON, "@library@social.harrowfalls.example")
    _adopted(town, account, head=R.LIBRARY_HEAD, steward=R.LIBRARY_STEWARD)
    grant(
        town, account, R.LIBRARY_DEPUTY, Preset.AUTHOR, by=R.LIBRARY_STEWARD, signer=R.LIBRARY_HEAD, days=300
    )
    grant(town, account, R.VOLUNTEER, Preset.RESPONDER, by=R.LIBRARY_STEWARD, signer=R.LIBRARY_HEAD, days=20)
    for check in CHECKS:
        reading = check.readings.get(account.place)
        said = reading is not None and EvidenceClass.ATTESTED in reading.classes and not check.own_data
        if said or stands_in_for_books(check.id):
            _shown(town, account, check.id, R.SECURITY if check.critical else R.LIBRARY_STEWARD)


def _half_way(town: Town) -> None:
    """The city’s oldest account: everything critical is shown, and the rest waits for the connection."""
    account = town.account(Network.X, "HarrowFalls")
    _adopted(town, account, head=R.HEAD_OF_COMMUNICATIONS, steward=R.COMMUNICATIONS)
    grant(
        town,
        account,
        R.WEB_EDITOR,
        Preset.AUTHOR,
        by=R.COMMUNICATIONS,
        signer=R.HEAD_OF_COMMUNICATIONS,
        days=9,
    )
    for reader in (R.AUDITOR, R.CONTRACTOR):
        grant(
            town,
            account,
            reader,
            Preset.AUDITOR,
            by=R.COMMUNICATIONS,
            signer=R.HEAD_OF_COMMUNICATIONS,
            days=25,
        )
    for check in ON_X:
        _shown(town, account, check, R.SECURITY)


def _adopted(town: Town, account: Account, *, head: Role, steward: Role) -> None:
    keeper = town.officer(steward)
    acts.change(
        by=keeper, account=account, audience="Residents of Harrow Falls", staffing_hours="Weekdays, 9 to 5"
    )
    acts.assent(by=town.officer(head), account=account)
    town.countersigned(acts.adopt, by=R.HEAD_OF_COMMUNICATIONS, signers=[R.SECURITY], account=account)
    acts.confirm(by=keeper, account=account)


def _shown(town: Town, account: Account, check: CheckId, by: Role) -> None:
    acts.attest(
        by=town.officer(by), account=account, check=check, shown=Shown.PASS, note="Looked at it together."
    )


def _exceptions(town: Town) -> None:
    """One that holds for two months, and one that was ended when the failure was mended early."""
    fire = town.account(Network.X, "HFFireRescue")
    reason = "The new line is ordered; until then the chief’s own telephone stays."
    _excepted(town, fire, C.P06, R.DUTY_OFFICER, town.person(R.FIRE_CHIEF), reason, days=60)
    city = town.account(Network.FACEBOOK, "CityOfHarrowFalls")
    reason = "Two old scheduling tools are still connected."
    _excepted(town, city, C.P16, R.COMMUNICATIONS, town.person(R.WEB_EDITOR), reason, days=14)
    acts.end_exception(
        by=town.officer(R.WEB_EDITOR),
        exception=city.exceptions.get(),
        reason="Both tools were disconnected today.",
    )


def _excepted(
    town: Town, account: Account, check: CheckId, by: Role, owner: Person, reason: str, days: int
) -> None:
    town.countersigned(
        acts.except_from,
        by=by,
        signers=[R.SECURITY],
        account=account,
        check=check,
        owner=owner,
        reason=reason,
        until=timezone.now() + timedelta(days=days),
    )
