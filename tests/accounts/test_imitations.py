"""Accounts that could be taken for the city's: anyone reports one, a person decides."""

from __future__ import annotations

import pytest
from tests.accounts.stages import Stages, address
from tests.cast import Cast

from undersigned.accounts import acts
from undersigned.accounts.acts.imitations import as_reported
from undersigned.accounts.models import Account, LookalikeCase
from undersigned.accounts.states import AccountState, CaseState, Origin
from undersigned.acts import System
from undersigned.acts.refusals import NotPermitted, Unfit, WrongState
from undersigned.networks.names import Network
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = System("public.form")


def test_anyone_reports_without_signing_in(stages: Stages) -> None:
    case = acts.report_lookalike(by=PUBLIC, address=address("harrowfa11s"), note="It asks for card numbers")
    assert (case.state, case.reported_by) == (CaseState.OPEN, None)


def test_what_is_reported_twice_is_one_case_and_counted(stages: Stages) -> None:
    acts.report_lookalike(by=PUBLIC, address=address("harrowfa11s"))
    acts.report_lookalike(by=stages.steward, address=address("HarrowFa11s"))
    assert LookalikeCase.objects.get().reports == 2


def test_the_citys_own_account_is_no_imitation(stages: Stages) -> None:
    stages.kept()
    with pytest.raises(Unfit, match="city’s own register"):
        acts.report_lookalike(by=PUBLIC, address=address("harrowfalls"))


def test_an_address_built_to_deceive_is_kept_as_it_was_pasted(stages: Stages) -> None:
    pasted = as_reported("h\u0430rrowfalls", Network.X)
    case = acts.report_lookalike(by=PUBLIC, address=pasted)
    assert (case.network, case.handle) == ("x", "h\u0430rrowfalls")


@pytest.mark.parametrize("decision", [CaseState.REPORTED, CaseState.HARMLESS, CaseState.TAKEN_DOWN])
def test_a_person_of_communications_decides(stages: Stages, decision: CaseState) -> None:
    case = acts.report_lookalike(by=PUBLIC, address=address("harrowfa11s"))
    decided = acts.decide_lookalike(by=stages.communications, case=case, decision=decision, note="Looked")
    assert (decided.state, decided.decided_by_id) == (decision, stages.communications.person)


@pytest.mark.parametrize("office", [Office.MEMBER, Office.UNIT_HEAD, Office.AUDITOR])
def test_others_cannot_decide(stages: Stages, cast: Cast, office: Office) -> None:
    case = acts.report_lookalike(by=PUBLIC, address=address("harrowfa11s"))
    with pytest.raises(NotPermitted):
        acts.decide_lookalike(by=cast.officer(office), case=case, decision=CaseState.HARMLESS, note="x")


def test_the_product_never_decides(stages: Stages) -> None:
    case = acts.report_lookalike(by=PUBLIC, address=address("harrowfa11s"))
    with pytest.raises(NotPermitted):
        acts.decide_lookalike(by=PUBLIC, case=case, decision=CaseState.REPORTED, note="x")


def test_what_turns_out_to_be_ours_comes_to_the_register_as_found(stages: Stages) -> None:
    case = acts.report_lookalike(by=PUBLIC, address=address("harrowticketing"))
    acts.decide_lookalike(
        by=stages.communications, case=case, decision=CaseState.OURS, note="Ticketing opened it"
    )
    account = Account.objects.get()
    assert (account.state, account.origin) == (AccountState.REQUESTED, Origin.FOUND)
    assert LookalikeCase.objects.get().account == account


def test_a_decision_is_final(stages: Stages) -> None:
    case = acts.report_lookalike(by=PUBLIC, address=address("harrowfa11s"))
    acts.decide_lookalike(by=stages.communications, case=case, decision=CaseState.HARMLESS, note="Parody")
    with pytest.raises(WrongState):
        acts.decide_lookalike(by=stages.communications, case=case, decision=CaseState.REPORTED, note="No")


def test_what_was_harmless_once_may_be_reported_again(stages: Stages) -> None:
    case = acts.report_lookalike(by=PUBLIC, address=address("harrowfa11s"))
    acts.decide_lookalike(by=stages.communications, case=case, decision=CaseState.HARMLESS, note="Parody")
    acts.report_lookalike(by=PUBLIC, address=address("harrowfa11s"))
    assert LookalikeCase.objects.count() == 2
