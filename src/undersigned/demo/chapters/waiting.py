"""What waits today: names that others ask for, and requests that a unit’s head has not answered."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from undersigned.accounts import acts
from undersigned.accounts.permissions import Preset
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.states import Farewell, HandleFate
from undersigned.acts import together
from undersigned.demo.chapters.since_then import ask_for
from undersigned.demo.invented import ESPLANADE, PARKS, Role
from undersigned.demo.town import Town
from undersigned.networks.names import Network

R = Role


def tell(town: Town) -> None:
    with together():
        _a_request(town)
        _an_unanswered_request(town)
        _a_restart(town)
        _a_closing(town)
        _a_grant(town)
        _an_exception(town)


def _a_request(town: Town) -> None:
    """Any employee but whoever asked may put their name under its approval."""
    account = ask_for(
        town, Network.BLUESKY, "harrowfallsparks.bsky.social", unit=town.unit(PARKS), steward=R.PARKS_STEWARD,
        deputy=R.PARKS_HEAD, purpose="What blooms, what freezes, which rink is open",
    )  # fmt: skip
    acts.assent(by=town.officer(R.PARKS_HEAD), account=account)
    acts.approve.ask(
        by=town.officer(R.HEAD_OF_COMMUNICATIONS), account=account, note="A good plan for the winter."
    )


def _an_unanswered_request(town: Town) -> None:
    ask_for(
        town, Network.TIKTOK, "@theesplanade", unit=town.unit(ESPLANADE), steward=R.ESPLANADE_STEWARD,
        deputy=R.ESPLANADE_ACTING, purpose="Ten seconds of every rehearsal",
    )  # fmt: skip


def _a_restart(town: Town) -> None:
    """IT security is asked to agree that the paused account goes on."""
    acts.resume.ask(
        by=town.officer(R.HEAD_OF_COMMUNICATIONS),
        account=town.account(Network.FACEBOOK, "FallsLeisureCentre"),
        outcome="A former instructor’s telephone was still signed in. Every log-in was ended.",
    )


def _a_closing(town: Town) -> None:
    """The head of the leisure centre is asked to agree that a sleeping account is closed."""
    acts.retire.ask(
        by=town.officer(R.HEAD_OF_COMMUNICATIONS),
        account=town.account(Network.INSTAGRAM, "@falls.leisure"),
        reason="Nothing was posted for more than two years.",
        farewell=Farewell.WAIVED,
        followers_told=True,
        handle_fate=HandleFate.KEEP,
    )


def _a_grant(town: Town) -> None:
    acts.give_grant.ask(
        by=town.officer(R.ESPLANADE_STEWARD),
        account=town.account(Network.FACEBOOK, "EsplanadeHarrowFalls"),
        person=town.person(R.TICKETING),
        preset=Preset.AUTHOR,
        ends_on=town.day(180),
        reason="She writes what is still to be had tonight.",
    )


def _an_exception(town: Town) -> None:
    acts.except_from.ask(
        by=town.officer(R.ESPLANADE_STEWARD),
        account=town.account(Network.FACEBOOK, "EsplanadeHarrowFalls"),
        check=CheckId.P12,
        owner=town.person(R.ESPLANADE_ACTING),
        reason="The agency that made the page agrees to hand it over, next month.",
        until=timezone.now() + timedelta(days=45),
    )
