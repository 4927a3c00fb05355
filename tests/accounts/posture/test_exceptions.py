from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.accounts.posture.known import NOON, days, excepted, judged, seen

from undersigned.accounts.posture import attestation
from undersigned.accounts.posture.checks import BY_ID
from undersigned.accounts.posture.exceptions import refusal
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.posture.own import Outcome
from undersigned.accounts.posture.scoring import Standing, score
from undersigned.networks.names import Network

FB = Network.FACEBOOK


def red_on(day: float, **given) -> bool:
    exception = excepted("P03", **given)
    judgement = judged("P03", FB, now=NOON + days(day), exceptions=(exception,))
    return score([judgement]).standing is Standing.RED


def test_the_eighth_day_of_a_seven_day_exception_is_red() -> None:
    assert not red_on(0)
    assert not red_on(6.999)
    assert red_on(7)


def test_a_later_end_written_on_it_does_not_help() -> None:
    assert red_on(7, until=NOON + days(60))


def test_an_exception_does_not_count_before_it_starts() -> None:
    assert red_on(0, starts=NOON + days(1))


@pytest.mark.parametrize("countersigned_by", ["", "alice"])
def test_an_exception_that_nobody_else_countersigned_silences_nothing(countersigned_by: str) -> None:
    exception = replace(excepted("P03"), countersigned_by=countersigned_by)
    assert judged("P03", FB, exceptions=(exception,)).outcome is Outcome.EXPIRED


def test_an_exception_renewed_twice_silences_nothing() -> None:
    assert judged("P03", FB, exceptions=(excepted("P03", renewals=1),)).outcome is Outcome.EXCEPTED
    assert judged("P03", FB, exceptions=(excepted("P03", renewals=2),)).outcome is Outcome.EXPIRED


def test_an_exception_covers_its_own_check_alone() -> None:
    assert judged("P10", FB, exceptions=(excepted("P03"),)).outcome is Outcome.EXPIRED


def test_a_lesser_check_may_be_excepted_for_a_quarter() -> None:
    exception = excepted("P12", until=NOON + days(90))
    assert refusal(exception, []) is None
    assert judged("P12", FB, now=NOON + days(89), exceptions=(exception,)).outcome is Outcome.EXCEPTED
    assert judged("P12", FB, now=NOON + days(90), exceptions=(exception,)).outcome is Outcome.EXPIRED


@pytest.mark.parametrize(("check", "most"), [("P03", 7), ("P04", 7), ("P05", 7), ("P06", 90), ("P27", 90)])
def test_a_term_longer_than_the_check_allows_is_refused(check: str, most: int) -> None:
    assert refusal(excepted(check, until=NOON + days(most)), []) is None
    refused = refusal(excepted(check, until=NOON + days(most) + timedelta(seconds=1)), [])
    assert f"lasts at most {most} days" in str(refused)


def test_one_renewal_is_allowed_and_a_second_is_not() -> None:
    first, second, third = (excepted("P03", starts=NOON + days(7 * n)) for n in range(3))
    assert refusal(second, [first]) is None
    assert "renewed once already" in str(refusal(third, [first, second]))


def test_a_pause_of_a_day_does_not_begin_a_new_count() -> None:
    first, second, third = (excepted("P03", starts=NOON + days(8 * n)) for n in range(3))
    assert "renewed once already" in str(refusal(third, [first, second]))


def test_an_exception_of_last_year_is_over() -> None:
    first, second = (excepted("P03", starts=NOON - days(n)) for n in (400, 393))
    assert refusal(excepted("P03"), [first, second]) is None


def test_an_exception_without_an_owner_or_a_reason_is_refused() -> None:
    assert "owner and a reason" in str(refusal(replace(excepted("P03"), owner=""), []))
    assert "owner and a reason" in str(refusal(replace(excepted("P03"), reason=" "), []))


def test_an_exception_that_ends_before_it_starts_is_refused() -> None:
    assert "ends after it starts" in str(refusal(excepted("P03", until=NOON), []))


def test_nobody_attests_what_is_about_them_alone() -> None:
    about_me = seen("P04", "T", about=frozenset({"alice"}))
    assert "about you alone" in str(attestation.refusal(BY_ID[CheckId.P04], about_me, []))


def test_attesting_a_critical_check_twice_in_a_row_asks_for_a_second_person() -> None:
    first, again = seen("P03", "T"), seen("P03", "T", at=NOON + days(1))
    assert "second person" in str(attestation.refusal(BY_ID[CheckId.P03], again, [first]))
    assert attestation.refusal(BY_ID[CheckId.P03], replace(again, seconded_by="bob"), [first]) is None
    between = seen("P03", "T", at=NOON + days(0.5), by="bob")
    assert attestation.refusal(BY_ID[CheckId.P03], again, [first, between]) is None
