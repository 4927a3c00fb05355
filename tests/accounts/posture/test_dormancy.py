from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.accounts.posture.known import NOON, days

from undersigned.accounts.posture.dormancy import PostClock, Wakefulness, after, assess

A_SECOND = timedelta(seconds=1)
WINTER = frozenset({11, 12, 1, 2, 3})


def stands(now: datetime, **clock) -> Wakefulness:
    return assess(PostClock(**clock), now).wakefulness


@pytest.mark.parametrize(
    ("silent", "expected"),
    [
        (timedelta(0), Wakefulness.AWAKE),
        (days(90) - A_SECOND, Wakefulness.AWAKE),
        (days(90), Wakefulness.WARNED),
        (days(180) - A_SECOND, Wakefulness.WARNED),
        (days(180), Wakefulness.DORMANT),
        (days(545) - A_SECOND, Wakefulness.DORMANT),
        (days(545), Wakefulness.TO_RETIRE),
    ],
)
def test_silence_is_warned_of_then_sleep_then_a_proposal_to_retire(
    silent: timedelta, expected: Wakefulness
) -> None:
    assert stands(NOON + silent, newest_post=NOON) is expected


def test_an_account_that_never_posted_is_counted_from_its_opening() -> None:
    assert stands(NOON + days(180), opened=NOON) is Wakefulness.DORMANT


def test_an_account_of_which_nothing_is_known_is_not_called_asleep() -> None:
    assert stands(NOON) is Wakefulness.UNKNOWN


def test_the_newest_post_decides_not_the_opening() -> None:
    assert stands(NOON, opened=NOON - days(4000), newest_post=NOON - days(3)) is Wakefulness.AWAKE


def test_the_year_asleep_counts_from_the_day_the_register_says() -> None:
    marked = NOON + days(300)
    assert stands(marked + days(364), newest_post=NOON, dormant_since=marked) is Wakefulness.DORMANT
    assert stands(marked + days(365), newest_post=NOON, dormant_since=marked) is Wakefulness.TO_RETIRE


def test_a_mark_older_than_the_last_post_is_out_of_date() -> None:
    clock = {"newest_post": NOON, "dormant_since": NOON - days(400)}
    assert stands(NOON + days(180), **clock) is Wakefulness.DORMANT


def test_the_clock_of_the_pool_stands_in_winter() -> None:
    last = datetime(2025, 10, 31, 12, tzinfo=UTC)
    clock = {"newest_post": last, "still_months": WINTER}
    assert stands(datetime(2026, 3, 31, 23, tzinfo=UTC), **clock) is Wakefulness.AWAKE
    assert stands(datetime(2026, 6, 29, 11, tzinfo=UTC), **clock) is Wakefulness.AWAKE
    assert stands(datetime(2026, 6, 29, 12, tzinfo=UTC), **clock) is Wakefulness.WARNED


def test_months_begin_at_midnight_in_the_city() -> None:
    edmonton = ZoneInfo("America/Edmonton")
    starts = datetime(2026, 1, 31, 23, tzinfo=edmonton)
    assert after(starts, timedelta(hours=2), {2}, edmonton) == datetime(2026, 3, 1, 1, tzinfo=edmonton)


def test_a_clock_that_stands_all_year_never_warns() -> None:
    assert (
        stands(NOON + days(9000), newest_post=NOON, still_months=frozenset(range(1, 13))) is Wakefulness.AWAKE
    )


def test_a_reserved_account_is_exempt() -> None:
    assert stands(NOON + days(900), newest_post=NOON, reserved=True) is Wakefulness.EXEMPT


def test_an_emergency_account_is_exempt_for_a_year_after_a_drill() -> None:
    clock = {"opened": NOON - days(900), "emergency": True, "last_drill": NOON}
    assert stands(NOON + days(365) - A_SECOND, **clock) is Wakefulness.EXEMPT
    assert stands(NOON + days(365), **clock) is Wakefulness.TO_RETIRE


def test_a_drill_does_not_exempt_an_ordinary_account() -> None:
    assert stands(NOON, opened=NOON - days(200), last_drill=NOON) is Wakefulness.DORMANT


def test_the_sentence_says_since_when() -> None:
    says = assess(PostClock(newest_post=datetime(2023, 5, 2, 18, tzinfo=UTC)), NOON).says
    assert str(says).startswith("Dormant since 29 October 2023: last posted on 2 May 2023.")


moments = st.timedeltas(-timedelta(days=9_000), timedelta(days=9_000)).map(lambda span: NOON + span)
spans = st.timedeltas(timedelta(0), timedelta(days=800))
months = st.frozensets(st.integers(1, 12), max_size=11)


@given(moments, spans, months)
def test_a_clock_that_stands_now_and_then_never_runs_faster(start, running, still) -> None:
    reached = after(start, running, still)
    assert reached is not None
    assert reached >= start + running


@given(moments, spans, spans, months)
def test_running_in_two_stretches_comes_to_the_same(start, first, second, still) -> None:
    paused = after(start, first, still)
    assert paused is not None
    assert after(paused, second, still) == after(start, first + second, still)


@given(moments, spans, months)
def test_a_calendar_that_stands_in_no_month_changes_nothing(start, running, still) -> None:
    whole_year = after(start, running, frozenset())
    assert whole_year == start + running
    assert after(start, running, still) >= whole_year
