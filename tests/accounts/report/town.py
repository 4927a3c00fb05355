"""A made-up town's accounts in every standing, for reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.accounts.posture.known import NOON, all_evidence, days, excepted, healthy, seen

from undersigned.accounts.lookalikes import LookAlike, Presence, doubles, find
from undersigned.accounts.posture.dormancy import PostClock
from undersigned.accounts.posture.evidence import OwnFacts
from undersigned.accounts.posture.judging import Known
from undersigned.accounts.report import AuditReport, Subject, compile_report
from undersigned.networks.names import Network

CITY = "Harrow Falls"
X, FB, LI, IG, YT = Network.X, Network.FACEBOOK, Network.LINKEDIN, Network.INSTAGRAM, Network.YOUTUBE


def safe(network: Network) -> Known:
    """Everything shown today."""
    return Known(network=network, facts=healthy(), evidence=tuple(all_evidence(network)))


def failing(network: Network, *checks: str, silent: float = 3) -> Known:
    """Everything shown today but these: shown to be wrong."""
    known = safe(network)
    wrong = [
        seen(check, one.klass, "fail") for check in checks for one in known.evidence if one.check == check
    ]
    posts = PostClock(newest_post=NOON - days(silent))
    kept = tuple(one for one in known.evidence if one.check.value not in checks)
    return replace(known, evidence=(*kept, *wrong), facts=replace(known.facts, posts=posts))


def unknown(network: Network, silent: float | None = None) -> Known:
    """An account of which the register knows little more than that it exists."""
    newest = None if silent is None else NOON - days(silent)
    return Known(network=network, facts=OwnFacts(posts=PostClock(newest_post=newest)))


def subject(key: str, handle: str, unit: str, known: Known, state: str = "live", **given) -> Subject:
    return Subject(key=key, handle=handle, unit=unit, state=state, known=known, **given)


def subjects() -> list[Subject]:
    comms, parks = "Corporate communications", "Parks and recreation"
    ada, ben = {"steward": "Ada Northcott", "deputy": "Ben Ouellet"}, {"steward": "Ben Ouellet"}
    paused = replace(failing(LI, "P03"), exceptions=(excepted("P03"),))
    return [
        subject("1", "HarrowFalls", comms, safe(X), display_name="City of Harrow Falls", **ada),
        subject("2", "HarrowFalls", comms, failing(FB, "P10", "P17"), **ada),
        subject("3", "city-of-harrow-falls", comms, paused, unit_head="Colm Adeyemi", **ben),
        subject(
            "4", "harrowfallspool", parks, unknown(FB, 1400), steward="Dora Lindqvist", steward_left=True
        ),
        subject("5", "HarrowFallsPool", parks, unknown(FB, 800), unit_head="Eve Tremblay"),
        subject("6", "hf_swim", parks, failing(IG, "P21", silent=200), "dormant", **ben),
        subject("7", "HFFestival", "Culture", unknown(YT), **ben),
        subject("8", "HarrowFallsJobs", "Human resources", unknown(X), "requested", **ada),
        subject("9", "HarrowFallsTransit", "Transit", safe(X), "retired", **ada),
        subject("10", "HarrowFallsFire", "Fire and rescue", safe(Network.BLUESKY), **ada),
    ]


def presences(given: list[Subject]) -> Iterator[Presence]:
    for one in given:
        yield Presence(
            key=one.key,
            network=one.known.network,
            handle=one.handle,
            display_name=one.display_name,
            unit=one.unit,
        )


def imitations(given: list[Subject]) -> list[LookAlike]:
    return find([Presence(key="found", network=Network.X, handle="HarrowFaIls_Help")], list(presences(given)))


def report(given: list[Subject] | None = None) -> AuditReport:
    chosen = subjects() if given is None else given
    return compile_report(
        city=CITY,
        as_of=NOON,
        subjects=chosen,
        look_alikes=imitations(chosen),
        doubles=doubles(list(presences(chosen))),
    )
