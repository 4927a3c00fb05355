"""Who may do which act, on an account of their own unit and on anybody else's."""

from __future__ import annotations

import pytest
from tests.accounts.stages import Stages
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts
from undersigned.accounts.states import AccountState as S
from undersigned.acts import Actor, System
from undersigned.acts.declared import DeclaredAct
from undersigned.acts.refusals import NotPermitted, WrongState
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)

COMMUNICATIONS = {"head_of_communications", "communications"}
KEEPERS = {"steward", "deputy"}

MAY: dict[str, set[str]] = {
    "assent": {"unit_head"},
    "approve": {"head_of_communications"},
    "adopt": {"head_of_communications"},
    "decline": {"head_of_communications"},
    "lapse": {"system"},
    "begin_setup": {"steward"},
    "close_line": {*KEEPERS, *COMMUNICATIONS, "unit_head", "it_security"},
    "open_account": COMMUNICATIONS,
    "reserve": COMMUNICATIONS,
    "mark_dormant": {"steward", "sweep"},
    "reawaken": {"head_of_communications"},
    "suspend": {"steward", "duty_officer", "it_security"},
    "resume": {"head_of_communications"},
    "retire": {"head_of_communications"},
    "archive": {"records_officer", "clerk"},
    "transfer": {"head_of_communications"},
    "change": {*KEEPERS, *COMMUNICATIONS, "system", "sweep"},
    "assign": {*COMMUNICATIONS, "unit_head", "system", "sweep"},
    "confirm": {*KEEPERS, *COMMUNICATIONS, "unit_head"},
    "review": {*KEEPERS, *COMMUNICATIONS, "unit_head"},
    "note_gone": {*COMMUNICATIONS, "system", "sweep"},
    "settle_gone": {*KEEPERS, *COMMUNICATIONS, "unit_head", "system", "sweep"},
    "see_post": {*KEEPERS, *COMMUNICATIONS, "system", "sweep"},
    "give_grant": {*KEEPERS, *COMMUNICATIONS},
    "attest": {*KEEPERS, *COMMUNICATIONS, "unit_head", "it_security"},
    "bring": {*KEEPERS, *COMMUNICATIONS, "unit_head", "it_security"},
    "except_from": {*KEEPERS, *COMMUNICATIONS, "unit_head", "it_security"},
}
"""Reviewed by hand against the register's rules. Whoever is not named is refused."""

STATE: dict[str, S] = {
    "assent": S.REQUESTED,
    "approve": S.REQUESTED,
    "adopt": S.LIVE,
    "decline": S.REQUESTED,
    "lapse": S.REQUESTED,
    "begin_setup": S.APPROVED,
    "close_line": S.SETTING_UP,
    "open_account": S.SETTING_UP,
    "reserve": S.SETTING_UP,
    "reawaken": S.DORMANT,
    "resume": S.SUSPENDED,
    "archive": S.RETIRED,
}

FROM: dict[str, set[S]] = {
    "assent": {S.REQUESTED, S.LIVE, S.DORMANT, S.RESERVED},
    "approve": {S.REQUESTED},
    "adopt": {S.LIVE, S.DORMANT, S.RESERVED},
    "decline": {S.REQUESTED},
    "lapse": {S.REQUESTED, S.APPROVED},
    "begin_setup": {S.APPROVED},
    "close_line": {S.SETTING_UP},
    "open_account": {S.SETTING_UP},
    "reserve": {S.SETTING_UP},
    "mark_dormant": {S.LIVE},
    "reawaken": {S.DORMANT},
    "suspend": {S.SETTING_UP, S.LIVE, S.DORMANT, S.RESERVED},
    "resume": {S.SUSPENDED},
    "retire": {S.SETTING_UP, S.LIVE, S.DORMANT, S.SUSPENDED, S.RESERVED},
    "archive": {S.RETIRED},
}
"""The states from which each act leads on, as the life cycle of the register has them."""


def everybody(stages: Stages, cast: Cast) -> dict[str, Actor]:
    cast.unit("Libraries", parent="Harrow Falls")
    named: dict[str, Actor] = {
        "steward": stages.steward,
        "deputy": stages.deputy,
        "unit_head": stages.unit_head,
        "another_units_head": cast.officer(Office.UNIT_HEAD, name="Lib Head", unit="Libraries"),
        "system": SYSTEM,
        "sweep": System("sweep.dormancy"),
    }
    named |= {office.value: cast.officer(office) for office in Office if office is not Office.UNIT_HEAD}
    return named


def declared(act: str) -> DeclaredAct[..., object]:
    found = getattr(acts, act)
    assert isinstance(found, DeclaredAct)
    return found


@pytest.mark.parametrize("act", MAY)
def test_the_right_people_may_and_nobody_else(stages: Stages, cast: Cast, act: str) -> None:
    account = stages.in_state(STATE.get(act, S.LIVE))
    refused = {
        name
        for name, by in everybody(stages, cast).items()
        if isinstance(declared(act).refusal(by, account), NotPermitted)
    }
    expected = MAY[act] | ({"sweep"} if act == "lapse" else set())
    assert set(everybody(stages, cast)) - refused == expected


@pytest.mark.parametrize("act", FROM)
def test_an_act_leads_on_only_from_its_own_states(stages: Stages, cast: Cast, act: str) -> None:
    people = everybody(stages, cast)
    by = next(people[name] for name in sorted(MAY[act]) if name in people)
    allowed = set()
    for place, state in enumerate(S):
        account = stages.in_state(state, handle=f"harrow{place}")
        if not isinstance(declared(act).refusal(by, account), WrongState):
            allowed.add(state)
    assert allowed == FROM[act]


def test_an_account_may_be_requested_by_any_employee_and_by_nobody_else(stages: Stages, cast: Cast) -> None:
    from undersigned.people.states import EMPLOYEES, PersonClass

    may = {
        person_class
        for person_class in PersonClass
        if acts.request.refusal(cast.as_officer(cast.person(f"A {person_class}", person_class=person_class)))
        is None
    }
    assert may == set(EMPLOYEES)


def test_only_lists_that_communications_or_the_product_brings_are_taken_in(
    stages: Stages, cast: Cast
) -> None:
    may = {name for name, by in everybody(stages, cast).items() if acts.take_in.refusal(by) is None}
    assert may == {*COMMUNICATIONS, "system", "sweep"}


def test_a_refusal_names_the_rule_and_who_could_help(stages: Stages, cast: Cast) -> None:
    account = stages.requested()
    refusal = acts.approve.refusal(cast.officer(Office.MEMBER), account)
    assert refusal is not None
    assert refusal.rule == "is_head_of_communications"
    assert refusal.helps == (Office.HEAD_OF_COMMUNICATIONS,)
