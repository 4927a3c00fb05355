"""Evidence for checks, exceptions from them, and what an account comes to by its rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from tests.accounts.stages import Stages, address, countersigned, fresh
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts
from undersigned.accounts.models import Account, PostureException
from undersigned.accounts.posture.evidence import Shown
from undersigned.accounts.posture.judging import Judgement
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.posture.own import Outcome
from undersigned.accounts.posture.scoring import Standing
from undersigned.accounts.queries import posture
from undersigned.acts.countersigning import give
from undersigned.acts.refusals import NotPermitted, Unfit
from undersigned.networks.names import Network
from undersigned.people import acts as people
from undersigned.people.models import Appointment

pytestmark = pytest.mark.django_db(transaction=True)

SOON = dt.timedelta(days=5)


@pytest.fixture
def channel(stages: Stages) -> Account:
    """On YouTube a named person attests what is read elsewhere."""
    return stages.kept(address=address("@harrowfalls", Network.YOUTUBE))


def outcome(account: Account, check: CheckId, now: dt.datetime | None = None) -> Judgement:
    judgements = posture.judged(fresh(account), now or timezone.now())
    return next(one for one in judgements if one.check.id is check)


def attest(account: Account, by: Any, check: CheckId, **other: Any) -> None:
    wants = {"shown": Shown.PASS, "note": "Saw it in the settings"} | other
    acts.attest(by=by, account=account, check=check, **wants)


def test_a_check_that_nobody_attested_counts_as_failed(channel: Account) -> None:
    assert outcome(channel, CheckId.P03).outcome is Outcome.EXPIRED


def test_an_attested_check_passes_until_the_second_it_expires(stages: Stages, channel: Account) -> None:
    attest(channel, stages.security, CheckId.P03)
    row = channel.evidence.get()
    last_second = row.taken_at + dt.timedelta(days=90)
    assert outcome(channel, CheckId.P03, last_second - dt.timedelta(microseconds=1)).outcome is Outcome.PASS
    assert outcome(channel, CheckId.P03, last_second).outcome is Outcome.EXPIRED


def test_one_person_does_not_attest_a_critical_check_twice_in_a_row(stages: Stages, channel: Account) -> None:
    attest(channel, stages.security, CheckId.P03)
    with pytest.raises(Unfit, match="attested this last time too"):
        attest(channel, stages.security, CheckId.P03)
    attest(channel, stages.steward, CheckId.P03)
    assert channel.evidence.count() == 2


def test_nobody_attests_what_is_about_themselves_alone(stages: Stages, channel: Account) -> None:
    with pytest.raises(Unfit, match="about you alone"):
        attest(channel, stages.steward, CheckId.P03, about=[stages.employee("Stella Wardour")])


def test_a_failure_may_be_said_by_anybody_who_vouches_at_any_time(stages: Stages, channel: Account) -> None:
    attest(channel, stages.security, CheckId.P03)
    attest(channel, stages.security, CheckId.P03, shown=Shown.FAIL)
    assert outcome(channel, CheckId.P03).outcome is Outcome.FAIL


def test_whom_the_last_look_found_without_a_factor_fails_p05_too(stages: Stages, channel: Account) -> None:
    abel = stages.employee("Abel Scribe")
    attest(channel, stages.security, CheckId.P03, shown=Shown.FAIL, about=[abel])
    assert "Abel Scribe" in str(outcome(channel, CheckId.P05).cause)


def test_what_would_not_count_is_not_kept(stages: Stages) -> None:
    page = stages.kept(address=address("harrowfalls", Network.FACEBOOK))
    with pytest.raises(Unfit, match="would not count"):
        attest(page, stages.security, CheckId.P22)
    with pytest.raises(Unfit, match="would not count"):
        attest(page, stages.security, CheckId.P01)


def test_a_document_is_brought_with_its_digest_and_its_own_date(stages: Stages) -> None:
    account = stages.kept()
    taken_at = timezone.now() - dt.timedelta(days=10)
    wants: dict[str, Any] = {
        "by": stages.steward,
        "account": account,
        "check": CheckId.P03,
        "shown": Shown.PASS,
        "taken_at": taken_at,
        "source": "Export of the console",
    }
    with pytest.raises(Unfit, match="no SHA-256"):
        acts.bring(digest="x", **wants)
    acts.bring(digest="a" * 64, **wants)
    assert outcome(account, CheckId.P03).taken_at == taken_at


def test_nothing_is_seen_tomorrow(stages: Stages, channel: Account) -> None:
    with pytest.raises(Unfit, match="has not come yet"):
        attest(channel, stages.security, CheckId.P03, taken_at=timezone.now() + SOON)


def test_a_word_stands_for_acknowledgements_of_those_who_had_a_grant_then(
    stages: Stages, channel: Account
) -> None:
    stages.grant(channel, "Abel Scribe", "author")
    attest(channel, stages.steward, CheckId.P26)
    assert outcome(channel, CheckId.P26).outcome is Outcome.PASS
    stages.grant(channel, "Petra Nodd", "approver")
    assert "Petra Nodd" in str(outcome(channel, CheckId.P26).cause)


def test_an_entry_that_nobody_approved_or_confirmed_fails_p01(stages: Stages) -> None:
    assert outcome(stages.kept(), CheckId.P01).outcome is Outcome.FAIL


def test_a_live_account_is_in_the_register_by_p01(stages: Stages) -> None:
    account = stages.live()
    acts.change(by=stages.steward, account=account, contact_mailbox="parks@harrowfalls.example")
    assert outcome(account, CheckId.P01).outcome is Outcome.PASS


def test_a_steward_who_left_fails_p02_by_name(stages: Stages, channel: Account) -> None:
    stella = stages.employee("Stella Wardour")
    people.end_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=stella))
    assert str(outcome(channel, CheckId.P02).cause) == "No longer employed: Stella Wardour."


def test_two_keepers_of_one_name_are_two_people(stages: Stages, cast: Cast) -> None:
    from undersigned.people.states import PersonClass

    twin = people.add_person(by=SYSTEM, name="Stella Wardour", person_class=PersonClass.MANAGER)
    people.begin_appointment(by=SYSTEM, person=twin, unit=stages.unit)
    account = acts.assign(by=stages.unit_head, account=stages.kept(), deputy=twin)
    assert "same person" not in str(outcome(account, CheckId.P02).cause)


# Exceptions


def excepting(stages: Stages, account: Account, **other: Any) -> dict[str, Any]:
    return {
        "by": stages.steward,
        "account": account,
        "check": CheckId.P03,
        "owner": stages.employee("Dennis Alder"),
        "reason": "The keys come on Friday",
        "until": timezone.now() + SOON,
    } | other


def test_an_exception_silences_and_never_raises_the_score(stages: Stages, channel: Account) -> None:
    before = posture.scored([fresh(channel)], timezone.now())[channel.pk]
    countersigned(acts.except_from, signer=stages.security, **excepting(stages, channel))
    after = posture.scored([fresh(channel)], timezone.now())[channel.pk]
    assert outcome(channel, CheckId.P03).outcome is Outcome.EXCEPTED
    assert (after.fraction.passed, after.fraction.applicable) == (
        before.fraction.passed,
        before.fraction.applicable,
    )
    assert after.standing is not Standing.GREEN


def test_the_eighth_day_of_a_seven_day_exception_is_red(stages: Stages, channel: Account) -> None:
    until = timezone.now() + dt.timedelta(days=7) - dt.timedelta(minutes=1)
    countersigned(acts.except_from, signer=stages.security, **excepting(stages, channel, until=until))
    eighth_day = timezone.now() + dt.timedelta(days=7)
    assert outcome(channel, CheckId.P03, eighth_day).outcome is Outcome.EXPIRED
    assert posture.scored([fresh(channel)], eighth_day)[channel.pk].standing is Standing.RED


def test_a_second_factor_is_excepted_for_a_week_at_most(stages: Stages, channel: Account) -> None:
    with pytest.raises(Unfit, match="lasts at most 7 days"):
        acts.except_from.ask(**excepting(stages, channel, until=timezone.now() + dt.timedelta(days=8)))


def test_whoever_answers_for_an_exception_cannot_sign_it(stages: Stages, channel: Account) -> None:
    iris = stages.cast.people.get("Iris Tollgate") or stages.cast.person(
        "Iris Tollgate", office="it_security"
    )
    request = acts.except_from.ask(**excepting(stages, channel, owner=iris))
    with pytest.raises(NotPermitted, match="Whom it is about"):
        give(by=stages.security, countersignature=request, digest=request.digest)


def test_an_exception_is_renewed_once(stages: Stages, channel: Account) -> None:
    countersigned(acts.except_from, signer=stages.security, **excepting(stages, channel))
    countersigned(acts.except_from, signer=stages.security, **excepting(stages, channel))
    with pytest.raises(Unfit, match="was renewed once already"):
        acts.except_from.ask(**excepting(stages, channel))


def test_an_exception_that_is_ended_silences_no_more(stages: Stages, channel: Account) -> None:
    countersigned(acts.except_from, signer=stages.security, **excepting(stages, channel))
    acts.end_exception(by=stages.steward, exception=PostureException.objects.get(), reason="Keys came")
    assert outcome(channel, CheckId.P03).outcome is Outcome.EXPIRED


def test_a_colleague_cannot_end_an_exception(stages: Stages, channel: Account, cast: Cast) -> None:
    countersigned(acts.except_from, signer=stages.security, **excepting(stages, channel))
    with pytest.raises(NotPermitted):
        acts.end_exception(by=cast.officer(), exception=PostureException.objects.get(), reason="No")


@pytest.mark.parametrize("count", [1, 8])
def test_the_posture_of_many_accounts_asks_no_more_than_that_of_one(
    stages: Stages, count: int, django_assert_num_queries: Any
) -> None:
    accounts = [stages.kept(f"harrow{place}") for place in range(count)]
    for account in accounts:
        attest(account, stages.security, CheckId.P12)
    rows = list(Account.objects.select_related("steward", "deputy", "unit"))
    with django_assert_num_queries(6):
        posture.scored(rows, timezone.now())
