"""An account that is open falls asleep, is woken, stopped, started again, closed and put away."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.accounts.stages import Stages, countersigned, fresh
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts, rounds
from undersigned.accounts.models import Account
from undersigned.accounts.posture.checks import CHECKS
from undersigned.accounts.posture.evidence import Shown
from undersigned.accounts.posture.kinds import EvidenceClass
from undersigned.accounts.states import AccountState, Farewell, HandleFate, PostSource
from undersigned.acts import System
from undersigned.acts.countersigning import give
from undersigned.acts.refusals import NotPermitted, Unfit
from undersigned.networks.addresses import Address, understand
from undersigned.networks.names import Network
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def test_an_account_silent_for_half_a_year_is_marked_dormant_by_the_sweep(stages: Stages) -> None:
    asleep = stages.taken_in("harrowfest", last_post_on=days_ago(181))
    awake = stages.taken_in("harrowfalls", last_post_on=days_ago(3))
    assert rounds.mark_sleepers() == 1
    assert (fresh(asleep).state, fresh(awake).state) == (AccountState.DORMANT, AccountState.LIVE)


def test_the_steward_cannot_mark_an_awake_account_dormant(stages: Stages) -> None:
    account = stages.kept(last_post_on=days_ago(10))
    with pytest.raises(Unfit, match="Last posted on"):
        acts.mark_dormant(by=stages.steward, account=account)


def test_another_task_of_the_product_cannot_mark_it_dormant(stages: Stages) -> None:
    account = stages.kept(last_post_on=days_ago(400))
    with pytest.raises(NotPermitted):
        acts.mark_dormant(by=System("command.import_accounts"), account=account)


def test_the_clock_of_a_pool_stands_in_winter(stages: Stages) -> None:
    everywhere_but_now = ",".join(str(month) for month in range(1, 13))
    account = stages.kept(last_post_on=days_ago(400), months_still=everywhere_but_now)
    with pytest.raises(Unfit):
        acts.mark_dormant(by=stages.steward, account=account)


def test_requests_lapse_by_the_sweep(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    account = stages.requested()
    assert rounds.end_lapsed() == 0
    later = timezone.now() + dt.timedelta(days=91)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert rounds.end_lapsed() == 1
    assert fresh(account).state_reason == "Nothing was done with it for 90 days."


def test_nobody_wakes_an_account_that_nobody_has_looked_at(stages: Stages) -> None:
    account = stages.kept(state=AccountState.DORMANT)
    with pytest.raises(Unfit, match="in the last 24 hours"):
        acts.reawaken.ask(by=stages.head_of_communications, account=account, reason="Season starts")


def test_nobody_wakes_an_account_with_a_critical_failure(stages: Stages) -> None:
    account = stages.kept(state=AccountState.DORMANT)
    _attest(stages, account, "P20")
    with pytest.raises(Unfit, match="Critical checks fail: P03"):
        acts.reawaken.ask(by=stages.head_of_communications, account=account, reason="Season starts")


def test_the_steward_wakes_it_with_the_head_of_communications(stages: Stages) -> None:
    account = _all_critical_attested(stages, AccountState.DORMANT)
    countersigned(
        acts.reawaken,
        by=stages.head_of_communications,
        signer=stages.steward,
        account=account,
        reason="The season starts",
    )
    assert fresh(account).state == AccountState.LIVE


def test_the_deputy_cannot_sign_the_waking_for_the_steward(stages: Stages) -> None:
    account = _all_critical_attested(stages, AccountState.DORMANT)
    request = acts.reawaken.ask(by=stages.head_of_communications, account=account, reason="Season")
    with pytest.raises(NotPermitted):
        give(by=stages.deputy, countersignature=request, digest=request.digest)


@pytest.mark.parametrize("state", [AccountState.LIVE, AccountState.DORMANT, AccountState.RESERVED])
def test_a_stopped_account_goes_back_to_where_it_was(stages: Stages, state: AccountState) -> None:
    account = acts.suspend(by=stages.security, account=stages.kept(state=state), reason="Odd posts")
    assert fresh(account).state == AccountState.SUSPENDED
    countersigned(
        acts.resume,
        by=stages.head_of_communications,
        signer=stages.security,
        account=account,
        outcome="A password was guessed; it was changed",
    )
    assert fresh(account).state == state


def test_stopping_needs_a_reason_and_no_second_name(stages: Stages, cast: Cast) -> None:
    account = stages.kept()
    with pytest.raises(Unfit, match="Say what happened"):
        acts.suspend(by=stages.steward, account=account, reason="")
    duty_officer = cast.officer(Office.DUTY_OFFICER)
    assert acts.suspend(by=duty_officer, account=account, reason="Odd posts").state == AccountState.SUSPENDED


def test_an_account_is_retired_with_a_farewell_and_the_unit_heads_name(stages: Stages) -> None:
    account = _retired(stages, stages.kept())
    assert (account.state, account.handle_fate) == (AccountState.RETIRED, HandleFate.KEEP)
    assert account.retired_on == timezone.localdate()


def test_nobody_is_left_without_a_farewell(stages: Stages) -> None:
    account = stages.kept()
    with pytest.raises(Unfit, match="farewell"):
        acts.retire.ask(**_retiring(stages, account, farewell=Farewell.GONE))
    with pytest.raises(Unfit, match="Followers have not been told"):
        acts.retire.ask(**_retiring(stages, account, followers_told=False))


def test_what_is_gone_from_the_network_is_retired_without_one(stages: Stages) -> None:
    account = acts.note_gone(by=SYSTEM, account=stages.kept(), gone_from="list.csv")
    request = acts.retire.ask(**_retiring(stages, account, farewell=Farewell.GONE, followers_told=False))
    give(by=stages.unit_head, countersignature=request, digest=request.digest)
    retired = fresh(account)
    assert (retired.state, retired.gone_since) == (AccountState.RETIRED, None)


def test_the_head_of_another_unit_cannot_sign_the_end(stages: Stages, cast: Cast) -> None:
    account = stages.kept()
    request = acts.retire.ask(**_retiring(stages, account))
    cast.unit("Libraries", parent="Harrow Falls")
    other = cast.officer(Office.UNIT_HEAD, name="Lib Head", unit="Libraries")
    with pytest.raises(NotPermitted):
        give(by=other, countersignature=request, digest=request.digest)


@pytest.mark.parametrize("left_open", ["connection_revoked", "secrets_destroyed", "roles_empty"])
def test_nothing_is_put_away_while_a_door_is_open(stages: Stages, cast: Cast, left_open: str) -> None:
    account = stages.kept(state=AccountState.RETIRED)
    done = {"connection_revoked": True, "secrets_destroyed": True, "roles_empty": True} | {left_open: False}
    with pytest.raises(Unfit, match="Not confirmed yet"):
        acts.archive.ask(
            by=cast.officer(Office.RECORDS_OFFICER), account=account, export_digest="a" * 64, **done
        )


def test_a_sighting_wakes_nobody_by_itself(stages: Stages) -> None:
    account = stages.kept(state=AccountState.DORMANT, last_post_on=days_ago(400))
    acts.see_post(
        by=stages.steward, account=account, last_post_on=timezone.localdate(), source=PostSource.SAID
    )
    assert fresh(account).state == AccountState.DORMANT


def _retiring(stages: Stages, account: Account, **other: object) -> dict[str, object]:
    return {
        "by": stages.head_of_communications,
        "account": account,
        "reason": "Nobody reads it",
        "farewell": Farewell.SENT,
        "followers_told": True,
        "handle_fate": HandleFate.KEEP,
    } | other


def _retired(stages: Stages, account: Account) -> Account:
    request = acts.retire.ask(**_retiring(stages, account))
    give(by=stages.unit_head, countersignature=request, digest=request.digest)
    return fresh(account)


def _attest(stages: Stages, account: Account, check: str) -> None:
    found = next(one for one in CHECKS if one.id.value == check)
    acts.attest(
        by=stages.security,
        account=account,
        check=found.id,
        shown=Shown.PASS,
        note="Saw it",
        source="settings",
    )


def _all_critical_attested(stages: Stages, state: AccountState) -> Account:
    """On YouTube nothing is read by a machine yet, so every critical check can be attested."""
    where: Address = understand("@harrowfalls", network=Network.YOUTUBE)
    account = stages.kept(address=where, state=state)
    for check in CHECKS:
        reading = check.readings.get(account.place)
        if check.critical and not check.own_data and reading:
            assert EvidenceClass.ATTESTED in reading.classes
            _attest(stages, account, check.id.value)
    return account
