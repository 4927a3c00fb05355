"""Day one: the list from the drawer is brought as it is, and the register shows what was found."""

from __future__ import annotations

from undersigned.accounts import acts as accounts
from undersigned.accounts import rounds
from undersigned.accounts.acts import importing
from undersigned.accounts.acts.imitations import as_reported
from undersigned.accounts.queries.importing import prepared
from undersigned.accounts.states import CaseState, Kind
from undersigned.acts import System, together
from undersigned.demo import register
from undersigned.demo.invented import ESPLANADE, LEISURE, LIBRARY, TRANSIT, Role
from undersigned.demo.town import Town
from undersigned.imports import keeping
from undersigned.imports.models import Subject
from undersigned.networks.addresses import understand
from undersigned.networks.names import Network
from undersigned.people import acts as people
from undersigned.people.states import UnitKind

FRENCH = {
    ESPLANADE: "L’Esplanade",
    LEISURE: "Centre de loisirs des Chutes",
    LIBRARY: "Bibliothèque publique",
    TRANSIT: "Transport en commun",
}


def tell(town: Town) -> None:
    with together():
        _facilities(town)
    bring_register(town)
    with together():
        _one_that_the_list_forgot(town)
        _kinds(town)
        _imitations(town)
    rounds.mark_sleepers()


def _facilities(town: Town) -> None:
    for name, french in FRENCH.items():
        kind = UnitKind.DEPARTMENT if name == TRANSIT else UnitKind.FACILITY
        fields = {"name_fr": french} | ({"unit_kind": kind} if kind is UnitKind.FACILITY else {})
        people.change_unit(by=town.officer(Role.HR), unit=town.unit(name), **fields)


def bring_register(town: Town) -> importing.Applied:
    """As the communications office brings it: the columns as guessed, and nothing dropped silently."""
    found = prepared(register.write(town.folder, town.today))
    applied = importing.apply(by=town.officer(Role.COMMUNICATIONS), plan=found.plan, file=found.file)
    keeping.keep(Subject.ACCOUNTS, found.mapping)
    return applied


def _one_that_the_list_forgot(town: Town) -> None:
    """The account of an elected office bears a person's name, so the record only commits to its handle."""
    accounts.take_in(
        by=town.officer(Role.COMMUNICATIONS),
        address=understand("@MayorGorgeview", network=Network.X),
        account_kind=Kind.ELECTED_OFFICE,
        unit=town.unit("City Council"),
        steward=town.person(Role.MAYOR),
        deputy=town.person(Role.CLERK),
        display_name="Mayor Soren Gorgeview",
        purpose="What the mayor’s office does, and when it can be met",
        contact_mailbox="mayor@harrowfalls.example",
        opened_on=town.day(-480),
        last_post_on=town.day(-6),
        followers=3_150,
        last_reviewed_on=town.day(-410),
    )


def _kinds(town: Town) -> None:
    by = town.officer(Role.COMMUNICATIONS)
    of = {
        (Network.X, "HFFireRescue"): Kind.EMERGENCY,
        (Network.LINKEDIN, "company/city-of-harrow-falls"): Kind.RECRUITMENT,
        (Network.FACEBOOK, "FallsLeisureCentre"): Kind.FACILITY,
        (Network.FACEBOOK, "EsplanadeHarrowFalls"): Kind.FACILITY,
    }
    for (network, handle), kind in of.items():
        accounts.change(by=by, account=town.account(network, handle), account_kind=kind)


def _imitations(town: Town) -> None:
    """One that nobody has decided about, one that was reported to its network, and one that is only a namesake."""
    city = town.account(Network.X, "HarrowFalls")
    accounts.report_lookalike(
        by=System("public.report"),
        address=as_reported("https://x.com/HarrowFaIls"),
        display_name="City of Harrow Falls",
        resembles=city,
        why="The small l in the handle is a capital I; it asks residents to pay parking fines by gift card.",
        note="It wrote to my mother about a fine.",
    )
    _decided(
        town,
        "https://www.facebook.com/HarrowFallsOfficial",
        CaseState.REPORTED,
        "Sells tickets that are none.",
    )
    _decided(
        town,
        "https://x.com/HarrowFallsFan",
        CaseState.HARMLESS,
        "Says that it is a fan’s, and posts waterfalls.",
    )


def _decided(town: Town, link: str, decision: CaseState, note: str) -> None:
    by = town.officer(Role.COMMUNICATIONS)
    case = accounts.report_lookalike(by=by, address=as_reported(link), display_name="Harrow Falls")
    accounts.decide_lookalike(by=by, case=case, decision=decision, note=note)
