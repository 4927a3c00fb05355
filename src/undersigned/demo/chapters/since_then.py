"""Since then: accounts asked for, declined, set up, paused, closed and put away, each with the names under it."""

from __future__ import annotations

import hashlib

from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Preset
from undersigned.accounts.states import ApprovalRule, Farewell, HandleFate, Origin
from undersigned.acts import together
from undersigned.demo.invented import COMMUNICATIONS, LIBRARY, PARKS, TRANSIT, Role
from undersigned.demo.town import Town
from undersigned.networks.addresses import understand
from undersigned.networks.names import Network
from undersigned.people.models import Unit

R = Role


def tell(town: Town) -> None:
    with together():
        _declined(town)
        _approved(town)
        _reserved(town)
    with together():
        _half_set_up(town)
        _paused(town)
        _closed(town)
        _put_away(town)


def ask_for(
    town: Town, network: Network, handle: str, *, unit: Unit, steward: Role, deputy: Role, purpose: str,
    origin: Origin = Origin.NEW,
) -> Account:  # fmt: skip
    """Somebody asks for an account before it is opened."""
    return acts.request(
        by=town.officer(steward),
        address=understand(handle, network=network),
        unit=unit,
        steward=town.person(steward),
        deputy=town.person(deputy),
        purpose=purpose,
        audience="Residents of Harrow Falls",
        staffing_hours="Weekdays, 9 to 5",
        origin=origin,
    )


def approve(town: Town, account: Account, head: Role) -> Account:
    """The head of the unit assents; the head of communications approves; somebody else countersigns."""
    acts.assent(by=town.officer(head), account=account)
    town.countersigned(acts.approve, by=R.HEAD_OF_COMMUNICATIONS, signers=[R.SECURITY], account=account)
    return Account.objects.get(pk=account.pk)


def _declined(town: Town) -> None:
    account = ask_for(
        town, Network.TIKTOK, "@harrowfallsparks", unit=town.unit(PARKS), steward=R.PARKS_STEWARD,
        deputy=R.PARKS_HEAD, purpose="Short films of the gardens",
    )  # fmt: skip
    reason = "Nobody has hours to answer there, and the same films do well on the city’s own page."
    town.countersigned(
        acts.decline, by=R.HEAD_OF_COMMUNICATIONS, signers=[R.SECURITY], account=account, reason=reason
    )


def _approved(town: Town) -> None:
    account = ask_for(
        town, Network.INSTAGRAM, "@harrowfallslibrary", unit=town.unit(LIBRARY), steward=R.LIBRARY_DEPUTY,
        deputy=R.LIBRARY_STEWARD, purpose="Pictures of what is new on the shelves",
    )  # fmt: skip
    approve(town, account, R.LIBRARY_HEAD)


def _reserved(town: Town) -> None:
    """A handle that is held, so that nobody else speaks under it."""
    account = ask_for(
        town, Network.THREADS, "@harrowfalls", unit=town.unit(COMMUNICATIONS), steward=R.COMMUNICATIONS,
        deputy=R.WEB_EDITOR, purpose="Held so that nobody else takes it", origin=Origin.RESERVATION,
    )  # fmt: skip
    account = approve(town, account, R.HEAD_OF_COMMUNICATIONS)
    by = town.officer(R.COMMUNICATIONS)
    account = acts.begin_setup(
        by=by, account=account, network_id="63517240091", url="https://www.threads.net/@harrowfalls"
    )
    acts.close_line(
        by=by, account=account, number=5, note="Made by one person, sealed at once; codes in the safe."
    )
    acts.reserve(by=by, account=account, official=town.account(Network.X, "HarrowFalls"))


HALF_DONE = {
    1: "Opened with the transit mailbox, under the city’s own domain.",
    2: "transit@harrowfalls.example, with a key; no telephone.",
    5: "Made by one person, sealed at once.",
    8: "The profile links to the terms, and the transit page links back.",
    15: "Held on two networks, not needed on the others.",
}


def _half_set_up(town: Town) -> None:
    account = ask_for(
        town, Network.BLUESKY, "transit.harrowfalls.example", unit=town.unit(TRANSIT), steward=R.TRANSIT_STEWARD,
        deputy=R.TRANSIT_HEAD, purpose="Delays and detours, for riders who have left the other place",
    )  # fmt: skip
    account = approve(town, account, R.TRANSIT_HEAD)
    by = town.officer(R.TRANSIT_STEWARD)
    account = acts.begin_setup(
        by=by,
        account=account,
        network_id="did:plc:harrowfallstransit",
        url="https://bsky.app/profile/transit.harrowfalls.example",
    )
    acts.change(by=by, account=account, approval_rule=ApprovalRule.ONE_OF)
    for number, note in HALF_DONE.items():
        acts.close_line(by=by, account=account, number=number, note=note)


def _paused(town: Town) -> None:
    acts.suspend(
        by=town.officer(R.SECURITY),
        account=town.account(Network.FACEBOOK, "FallsLeisureCentre"),
        reason="Somebody posted an advertisement at four in the morning, and nobody knows who.",
    )


def _closed(town: Town) -> None:
    town.countersigned(
        acts.retire,
        by=R.HEAD_OF_COMMUNICATIONS,
        signers=[R.TICKETING],
        account=town.account(Network.FACEBOOK, "EsplanadeTix"),
        reason="The Esplanade’s own page sells the same tickets.",
        farewell=Farewell.SENT,
        followers_told=True,
        handle_fate=HandleFate.KEEP,
    )


def _put_away(town: Town) -> None:
    town.countersigned(
        acts.archive,
        by=R.RECORDS,
        signers=[R.COMMUNICATIONS],
        account=town.account(Network.GOOGLE_PLUS, "+HarrowFallsParks"),
        export_digest=hashlib.sha256(b"Pictures from the parks, 2016 to 2019").hexdigest(),
        connection_revoked=True,
        secrets_destroyed=True,
        roles_empty=True,
    )


def grant(
    town: Town, account: Account, person: Role, preset: Preset, *, by: Role, signer: Role, days: int
) -> None:
    """Give somebody something to do there, with the name of a third person under it."""
    town.countersigned(
        acts.give_grant,
        by=by,
        signers=[signer],
        account=account,
        person=town.person(person),
        preset=preset,
        ends_on=town.day(days),
        reason="Part of their work this year.",
    )
