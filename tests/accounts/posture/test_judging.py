from __future__ import annotations

from datetime import timedelta

import pytest
from tests.accounts.posture.known import NOON, days, excepted, healthy, judged, seen

from undersigned.accounts.posture.evidence import OwnFacts, Reviews
from undersigned.accounts.posture.own import Outcome
from undersigned.networks.names import Network

FB, LI, X = Network.FACEBOOK, Network.LINKEDIN, Network.X
A_SECOND = timedelta(seconds=1)


def test_a_check_that_was_never_read_counts_as_expired_and_says_so() -> None:
    never = judged("P03", FB)
    assert never.outcome is Outcome.EXPIRED
    assert str(never.cause) == "Never read: the account is not connected to its network."


def test_second_factor_flips_to_failed_at_the_second_its_evidence_expires() -> None:
    read = seen("P03", "A")
    assert judged("P03", FB, read, now=NOON + days(2) - A_SECOND).outcome is Outcome.PASS
    late = judged("P03", FB, read, now=NOON + days(2))
    assert late.outcome is Outcome.EXPIRED
    assert str(late.cause) == "Last shown on 1 June 2026; too old since 3 June 2026."


def test_evidence_of_a_class_that_the_table_does_not_take_is_no_evidence() -> None:
    assert judged("P03", FB, seen("P03", "T")).outcome is Outcome.EXPIRED


def test_either_of_two_classes_is_enough_where_the_table_says_or() -> None:
    assert judged("P03", X, seen("P03", "T")).outcome is Outcome.PASS
    assert judged("P03", X, seen("P03", "I")).outcome is Outcome.PASS


def test_both_classes_are_needed_where_part_is_read_and_the_rest_attested() -> None:
    read, said = seen("P10", "A"), seen("P10", "T")
    assert judged("P10", LI, read).outcome is Outcome.EXPIRED
    assert judged("P10", LI, said).outcome is Outcome.EXPIRED
    assert judged("P10", LI, read, said).outcome is Outcome.PASS


def test_the_part_that_expires_first_ends_the_whole() -> None:
    both = judged("P10", LI, seen("P10", "A"), seen("P10", "T"))
    assert both.expires_at == NOON + days(2)


def test_a_read_that_errors_renews_nothing_and_fails_nothing() -> None:
    read, error = seen("P03", "A"), seen("P03", "A", "error", NOON + days(1))
    assert judged("P03", FB, read, error, now=NOON + days(1)).outcome is Outcome.PASS
    assert judged("P03", FB, read, error, now=NOON + days(2)).outcome is Outcome.EXPIRED


def test_a_failure_stays_a_failure_however_old_it_grows() -> None:
    passed, failed = seen("P03", "T"), seen("P03", "T", "fail", NOON + days(1))
    for later in (1, 89, 91, 1000):
        assert judged("P03", LI, passed, failed, now=NOON + days(later)).outcome is Outcome.FAIL


def test_a_failure_ends_with_the_next_pass() -> None:
    failed, passed = seen("P03", "A", "fail"), seen("P03", "A", at=NOON + days(1))
    assert judged("P03", FB, failed, passed, now=NOON + days(1)).outcome is Outcome.PASS


def test_at_the_same_instant_the_failure_is_believed() -> None:
    assert judged("P03", X, seen("P03", "T"), seen("P03", "I", "fail")).outcome is Outcome.FAIL


def test_evidence_of_tomorrow_is_not_known_today() -> None:
    assert judged("P03", FB, seen("P03", "A", at=NOON + days(1))).outcome is Outcome.EXPIRED


def test_a_check_that_the_table_leaves_out_does_not_apply() -> None:
    assert judged("P11", X).outcome is Outcome.NOT_APPLICABLE
    assert judged("P06", LI).outcome is Outcome.NOT_APPLICABLE


def test_roles_fail_when_the_review_of_access_is_overdue() -> None:
    reviews = Reviews(review_due=NOON + days(300), access_review_due=NOON)
    read = seen("P10", "A", at=NOON)
    overdue = judged("P10", FB, read, facts=OwnFacts(reviews=reviews))
    assert overdue.outcome is Outcome.FAIL
    assert judged("P10", FB, read, facts=healthy()).outcome is Outcome.PASS


def test_an_attestation_by_the_only_person_it_is_about_does_not_count() -> None:
    alone = seen("P04", "T", about=frozenset({"alice"}))
    assert judged("P04", X, alone).outcome is Outcome.EXPIRED
    assert judged("P04", X, seen("P04", "T", about=frozenset({"alice", "bob"}))).outcome is Outcome.PASS


def test_the_same_person_twice_in_a_row_on_a_critical_check_needs_a_second_pair_of_eyes() -> None:
    first, again = seen("P03", "T"), seen("P03", "T", at=NOON + days(80))
    later = NOON + days(100)
    assert judged("P03", LI, first, again, now=later).outcome is Outcome.EXPIRED
    seconded = seen("P03", "T", at=NOON + days(80), seconded_by="bob")
    assert judged("P03", LI, first, seconded, now=later).outcome is Outcome.PASS
    other = seen("P03", "T", at=NOON + days(80), by="bob")
    assert judged("P03", LI, first, other, now=later).outcome is Outcome.PASS


def test_the_same_person_may_attest_a_lesser_check_again() -> None:
    first, again = seen("P04", "T"), seen("P04", "T", at=NOON + days(170))
    assert judged("P04", LI, first, again, now=NOON + days(200)).outcome is Outcome.PASS


def test_nobody_seconds_themselves() -> None:
    first, again = seen("P03", "T"), seen("P03", "T", at=NOON + days(80), seconded_by="alice")
    assert judged("P03", LI, first, again, now=NOON + days(100)).outcome is Outcome.EXPIRED


def test_a_word_that_says_failed_always_counts() -> None:
    first, worse = seen("P03", "T"), seen("P03", "T", "fail", NOON + days(1))
    assert judged("P03", LI, first, worse, now=NOON + days(2)).outcome is Outcome.FAIL


def test_an_exception_does_not_touch_what_passes() -> None:
    passing = judged("P03", FB, seen("P03", "A"), exceptions=(excepted("P03"),))
    assert (passing.outcome, passing.exception) == (Outcome.PASS, None)


def test_a_judgement_carries_the_step_of_its_network_and_the_age_of_its_evidence() -> None:
    read = judged("P03", X, seen("P03", "T"), now=NOON + days(3))
    assert "delegate" in str(read.step)
    assert read.age(NOON + days(3)) == days(3)


@pytest.mark.parametrize("network", list(Network))
def test_every_network_is_judged_on_something_critical(network: Network) -> None:
    assert judged("P03", network).applies
