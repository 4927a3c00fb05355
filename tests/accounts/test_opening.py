"""From a request to the day an account opens."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.accounts.stages import Stages, address, countersigned, fresh
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Preset
from undersigned.accounts.posture.setup import LINES
from undersigned.accounts.states import AccountState, ApprovalRule, Origin
from undersigned.acts.countersigning import give
from undersigned.acts.refusals import NeedsCountersignature, NotPermitted, Unfit, WrongState
from undersigned.people.states import Office, PersonClass

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_account_opens_when_every_line_is_closed_and_security_has_signed(stages: Stages) -> None:
    account = stages.live()
    assert account.state == AccountState.LIVE
    assert account.opened_on == timezone.localdate()
    assert account.confirmed_on == timezone.localdate()


@pytest.mark.parametrize("state", AccountState)
def test_there_is_a_way_to_every_state(stages: Stages, state: AccountState) -> None:
    assert stages.in_state(state).state == state


@pytest.mark.parametrize("field", ["purpose", "audience", "staffing_hours"])
def test_a_request_says_what_for_for_whom_and_when_somebody_reads(stages: Stages, field: str) -> None:
    with pytest.raises(Unfit) as refused:
        stages.requested(**{field: "  "})
    assert refused.value.field == field
    assert not Account.objects.exists()


def test_steward_and_deputy_are_two_people(stages: Stages) -> None:
    with pytest.raises(Unfit, match="two people"):
        stages.requested(deputy=stages.employee("Stella Wardour"))


def test_a_volunteer_cannot_answer_for_an_account(stages: Stages, cast: Cast) -> None:
    helper = cast.person("Vera Lent", person_class=PersonClass.VOLUNTEER)
    with pytest.raises(Unfit, match="Vera Lent is not a current employee"):
        stages.requested(deputy=helper)


def test_a_volunteer_cannot_request_an_account(stages: Stages, cast: Cast) -> None:
    helper = cast.person("Vera Lent", person_class=PersonClass.VOLUNTEER)
    refusal = acts.request.refusal(cast.as_officer(helper))
    assert isinstance(refusal, NotPermitted)


def test_a_second_account_of_a_unit_on_a_network_needs_a_reason(stages: Stages) -> None:
    stages.requested("harrowparks")
    with pytest.raises(Unfit, match="has an account on X already"):
        stages.requested("harrowrink", second_account_because="")
    assert (
        stages.requested("harrowrink", second_account_because="The rink speaks to skaters").handle
        == "harrowrink"
    )


def test_one_handle_is_in_the_register_once(stages: Stages) -> None:
    stages.requested("harrowparks")
    with pytest.raises(Unfit, match="in the register already, as requested"):
        stages.requested("HarrowParks")


def test_a_handle_of_the_register_is_not_taken_in_again(stages: Stages) -> None:
    stages.requested("harrowparks")
    with pytest.raises(Unfit, match="harrowparks on X is in the register already"):
        stages.taken_in("harrowparks")
    assert Account.objects.count() == 1


def test_a_declined_handle_may_be_requested_again(stages: Stages) -> None:
    stages.in_state(AccountState.DECLINED)
    assert stages.requested().state == AccountState.REQUESTED


def test_nothing_is_approved_before_the_unit_head_assented(stages: Stages) -> None:
    account = stages.requested()
    with pytest.raises(Unfit, match="head of the owning unit has not assented"):
        acts.approve.ask(by=stages.head_of_communications, account=account)


def test_whoever_requested_it_cannot_countersign_the_approval(stages: Stages) -> None:
    account = stages.requested()
    acts.assent(by=stages.unit_head, account=account)
    request = acts.approve.ask(by=stages.head_of_communications, account=account)
    with pytest.raises(NotPermitted, match="Whoever requested the account"):
        give(by=stages.steward, countersignature=request, digest=request.digest)
    assert fresh(account).state == AccountState.REQUESTED


def test_the_head_of_communications_cannot_sign_her_own_approval(stages: Stages) -> None:
    account = stages.requested()
    acts.assent(by=stages.unit_head, account=account)
    request = acts.approve.ask(by=stages.head_of_communications, account=account)
    with pytest.raises(NotPermitted, match="You asked for this"):
        give(by=stages.head_of_communications, countersignature=request, digest=request.digest)


def test_approval_without_a_second_name_is_refused(stages: Stages) -> None:
    account = stages.requested()
    acts.assent(by=stages.unit_head, account=account)
    with pytest.raises(NeedsCountersignature):
        acts.approve(by=stages.head_of_communications, account=account)


def test_a_changed_purpose_voids_the_approval_that_waits(stages: Stages) -> None:
    account = stages.requested()
    acts.assent(by=stages.unit_head, account=account)
    request = acts.approve.ask(by=stages.head_of_communications, account=account)
    acts.change(by=stages.steward, account=account, purpose="Something else")
    with pytest.raises(Exception, match="no longer what was asked for"):
        give(by=stages.security, countersignature=request, digest=request.digest)


def test_a_new_post_does_not_void_what_waits_for_a_name(stages: Stages) -> None:
    account = stages.kept()
    acts.assent(by=stages.unit_head, account=account)
    acts.change(by=stages.steward, account=account, purpose="News", audience="Residents")
    request = acts.adopt.ask(by=stages.head_of_communications, account=account)
    acts.see_post(by=stages.steward, account=account, last_post_on=timezone.localdate(), source="said")
    give(by=stages.security, countersignature=request, digest=request.digest)
    assert fresh(account).approved_on == timezone.localdate()


@pytest.mark.parametrize("line", [line for line in LINES if line.blocks], ids=lambda line: str(line.number))
def test_no_account_opens_while_a_blocking_line_is_open(stages: Stages, line: object) -> None:
    account = stages.setting_up()
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    stages.grant(account, "Petra Nodd", Preset.APPROVER)
    acts.change(by=stages.steward, account=account, approval_rule=ApprovalRule.ONE_OF)
    for other in LINES:
        if other is not line:
            acts.close_line(by=stages.steward, account=account, number=other.number, note="Looked")
    with pytest.raises(Unfit, match="A line of the set-up list keeps the account shut"):
        acts.open_account.ask(by=stages.communications, account=account)
    assert fresh(account).state == AccountState.SETTING_UP


def test_lines_that_do_not_block_may_stay_open(stages: Stages) -> None:
    account = stages.setting_up()
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    stages.grant(account, "Petra Nodd", Preset.APPROVER)
    acts.change(by=stages.steward, account=account, approval_rule=ApprovalRule.ONE_OF)
    for line in LINES:
        if line.blocks:
            acts.close_line(by=stages.steward, account=account, number=line.number, note="Looked")
    countersigned(acts.open_account, by=stages.communications, signer=stages.security, account=account)
    assert fresh(account).state == AccountState.LIVE


@pytest.mark.parametrize("state", [s for s in AccountState if s is not AccountState.SETTING_UP])
def test_no_other_state_leads_to_live_by_opening(stages: Stages, state: AccountState) -> None:
    account = stages.in_state(state)
    with pytest.raises(WrongState):
        acts.open_account.ask(by=stages.communications, account=account)


def test_an_empty_approver_set_is_refused(stages: Stages) -> None:
    account = stages.setting_up()
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    acts.change(by=stages.steward, account=account, approval_rule=ApprovalRule.ONE_OF)
    with pytest.raises(Unfit, match="Nobody could approve"):
        acts.close_line(by=stages.steward, account=account, number=10)


def test_an_author_who_is_the_only_approver_is_refused(stages: Stages) -> None:
    account = stages.setting_up()
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    stages.grant(account, "Abel Scribe", Preset.APPROVER)
    acts.change(by=stages.steward, account=account, approval_rule=ApprovalRule.ONE_OF)
    with pytest.raises(Unfit, match="Nobody could approve"):
        acts.close_line(by=stages.steward, account=account, number=10)


def test_an_approver_who_left_after_the_line_was_closed_keeps_the_account_shut(stages: Stages) -> None:
    account = stages.ready()
    grant = account.grants.get(preset=Preset.APPROVER)
    acts.end_grant(by=stages.steward, grant=grant, reason="Moved")
    with pytest.raises(Unfit, match="Nobody could approve"):
        acts.open_account.ask(by=stages.communications, account=account)


def test_a_line_is_closed_with_a_word_on_what_was_seen(stages: Stages) -> None:
    account = stages.setting_up()
    with pytest.raises(Unfit, match="what you looked at"):
        acts.close_line(by=stages.steward, account=account, number=1, note=" ")


def test_only_a_reservation_is_reserved_and_it_points_to_a_live_account(stages: Stages) -> None:
    official = stages.live("harrowfalls")
    held = stages.setting_up("harrowfallz", origin=Origin.RESERVATION)
    acts.close_line(by=stages.steward, account=held, number=5, note="Sealed")
    with pytest.raises(Unfit, match="official account that is live"):
        acts.reserve(by=stages.communications, account=held, official=held)
    acts.reserve(by=stages.communications, account=held, official=official)
    assert fresh(held).state == AccountState.RESERVED


def test_a_new_account_is_not_reserved(stages: Stages) -> None:
    official = stages.live("harrowfalls")
    other = stages.setting_up("harrowrink")
    with pytest.raises(Unfit, match="requested to hold its handle"):
        acts.reserve(by=stages.communications, account=other, official=official)


def test_an_account_that_was_there_before_is_adopted_and_stays_live(stages: Stages) -> None:
    account = stages.kept(purpose="News", audience="Residents")
    acts.assent(by=stages.unit_head, account=account)
    countersigned(acts.adopt, by=stages.head_of_communications, signer=stages.security, account=account)
    adopted = fresh(account)
    assert (adopted.state, adopted.approved_on) == (AccountState.LIVE, timezone.localdate())


def test_an_account_without_purpose_is_completed_before_it_is_adopted(stages: Stages) -> None:
    account = stages.kept()
    acts.assent(by=stages.unit_head, account=account)
    with pytest.raises(Unfit, match="the purpose, the audience"):
        acts.adopt.ask(by=stages.head_of_communications, account=account)


def test_an_account_that_was_found_takes_the_whole_way(stages: Stages) -> None:
    account = acts.take_in(by=stages.communications, address=address("harrowarts"), origin=Origin.FOUND)
    assert account.state == AccountState.REQUESTED


def test_a_request_lapses_after_90_days_and_not_before(
    stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = stages.requested()
    with pytest.raises(Unfit, match="has not waited 90 days"):
        acts.lapse(by=SYSTEM, account=account)
    later = timezone.now() + dt.timedelta(days=90)
    monkeypatch.setattr(timezone, "now", lambda: later)
    acts.lapse(by=SYSTEM, account=account)
    assert fresh(account).state == AccountState.DECLINED


def test_a_head_of_another_unit_cannot_assent(stages: Stages, cast: Cast) -> None:
    account = stages.requested()
    cast.unit("Libraries", parent="Harrow Falls")
    other = cast.officer(Office.UNIT_HEAD, name="Lib Head", unit="Libraries")
    with pytest.raises(NotPermitted, match="head of the owning unit"):
        acts.assent(by=other, account=account)


def test_the_head_of_a_unit_above_can_assent(stages: Stages, cast: Cast) -> None:
    account = stages.requested()
    above = cast.officer(Office.UNIT_HEAD, name="City Head", unit="Harrow Falls")
    assert acts.assent(by=above, account=account).assented_by_id == above.person
