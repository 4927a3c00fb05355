from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.accounts.posture.known import NOON, days, healthy, judged

from undersigned.accounts.posture.dormancy import PostClock
from undersigned.accounts.posture.evidence import (
    Acknowledgement,
    IncidentCard,
    Keepers,
    OwnFacts,
    RegisterEntry,
    Reviews,
    RosterSource,
)
from undersigned.accounts.posture.judging import Judgement
from undersigned.accounts.posture.own import READERS, Outcome
from undersigned.networks.names import Network

NEVER_FAILS_UNREAD = {"P05"}


def of(check: str, facts: OwnFacts, now=NOON) -> Judgement:
    return judged(check, Network.MASTODON, facts=facts, now=now)


@pytest.mark.parametrize("check", READERS)
def test_books_in_order_pass(check: str) -> None:
    assert of(check, healthy()).outcome is Outcome.PASS


@pytest.mark.parametrize("check", sorted(set(READERS) - NEVER_FAILS_UNREAD))
def test_books_that_say_nothing_never_pass(check: str) -> None:
    assert of(check, OwnFacts()).counts_as_failed


def test_an_empty_field_is_named() -> None:
    entry = RegisterEntry(missing=("purpose", "contact"), creation_approved=True, confirmed_at=NOON)
    missing = of("P01", replace(healthy(), entry=entry))
    assert (missing.outcome, str(missing.cause)) == (
        Outcome.FAIL,
        "Missing in the register: purpose, contact.",
    )


def test_an_account_whose_creation_nobody_approved_fails() -> None:
    entry = RegisterEntry(creation_approved=False, confirmed_at=NOON)
    assert of("P01", replace(healthy(), entry=entry)).outcome is Outcome.FAIL


def test_an_entry_confirmed_a_year_ago_has_expired() -> None:
    assert of("P01", healthy(NOON - days(365))).outcome is Outcome.EXPIRED


def test_a_steward_who_left_fails_by_name() -> None:
    keepers = Keepers(steward="alice", deputy="bob", left=frozenset({"alice"}), roster_read_at=NOON)
    gone = of("P02", replace(healthy(), keepers=keepers))
    assert (gone.outcome, str(gone.cause)) == (Outcome.FAIL, "No longer employed: alice.")


def test_a_steward_who_is_their_own_deputy_fails() -> None:
    keepers = Keepers(steward="alice", deputy="alice", roster_read_at=NOON)
    assert of("P02", replace(healthy(), keepers=keepers)).outcome is Outcome.FAIL


@pytest.mark.parametrize("source", list(RosterSource))
def test_a_roster_lasts_two_days_by_scim_and_thirty_five_as_a_file(source: RosterSource) -> None:
    lasts = {RosterSource.SCIM: days(2), RosterSource.FILE: days(35)}[source]
    keepers = Keepers(steward="alice", deputy="bob", roster_read_at=NOON, roster_source=source)
    facts = replace(healthy(), keepers=keepers)
    assert of("P02", facts, NOON + lasts - timedelta(seconds=1)).outcome is Outcome.PASS
    assert of("P02", facts, NOON + lasts).outcome is Outcome.EXPIRED


def test_a_person_without_a_second_factor_fails_the_account() -> None:
    off = of("P05", replace(healthy(), factors_off=("carol",)))
    assert (off.outcome, str(off.cause)) == (Outcome.FAIL, "Without a second factor now: carol.")


def test_a_review_that_is_overdue_counts_as_failed_from_its_due_second() -> None:
    facts = replace(healthy(), reviews=Reviews(review_due=NOON, access_review_due=NOON + days(9)))
    assert of("P23", facts, NOON - timedelta(seconds=1)).outcome is Outcome.PASS
    assert of("P23", facts).outcome is Outcome.EXPIRED


def test_a_drill_of_last_year_has_expired() -> None:
    card = IncidentCard(complete=True, last_drill=NOON - days(365))
    assert of("P24", replace(healthy(), incident=card)).outcome is Outcome.EXPIRED


def test_one_person_who_has_not_acknowledged_fails_the_account() -> None:
    known = Acknowledgement(policy_in_force=True, missing=("carol",))
    assert of("P26", replace(healthy(), acknowledgement=known)).outcome is Outcome.FAIL


def test_without_a_policy_there_is_nothing_to_acknowledge_and_the_check_fails() -> None:
    known = Acknowledgement(policy_in_force=False)
    assert of("P26", replace(healthy(), acknowledgement=known)).outcome is Outcome.FAIL


def test_a_known_post_keeps_an_account_in_use_for_180_days_however_old_the_reading() -> None:
    facts = replace(healthy(), posts=PostClock(newest_post=NOON))
    assert of("P19", facts, NOON + days(180) - timedelta(seconds=1)).outcome is Outcome.PASS
    assert of("P19", facts, NOON + days(180)).outcome is Outcome.FAIL


def test_a_reserved_account_need_not_post() -> None:
    assert of("P19", OwnFacts(posts=PostClock(reserved=True))).outcome is Outcome.NOT_APPLICABLE
