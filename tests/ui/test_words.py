from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from undersigned.ui import words

NOON = dt.datetime(2026, 3, 12, 18, 30, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (-1, "-1"), (1204, "1,204")]
)
def test_small_numbers_are_letters_and_large_ones_are_grouped(number: int, said: str) -> None:
    assert words.count_in_words(number) == said


def test_figures_are_grouped_as_the_language_groups_them() -> None:
    with translation.override("fr"):
        assert words.figures(12345) == "12\xa0345"


def test_a_day_is_said_as_people_say_it() -> None:
    assert words.day_in_words(dt.date(2026, 3, 12)) == "12 March 2026"


def test_a_moment_is_said_in_the_time_of_the_city() -> None:
    assert words.time_in_words(NOON) == "12 March 2026, 12:30"
    assert words.exact_time(NOON) == "Thursday 12 March 2026, 12:30:12 MDT"
    assert words.day_in_words(dt.datetime(2026, 3, 13, 3, 0, tzinfo=dt.UTC)) == "12 March 2026"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(5, "less than a minute"), (70, "about 1 minute"), (600, "about 10 minutes"), (7200, "about 2 hours")],
)
def test_a_span_is_said_about(seconds: float, said: str) -> None:
    assert words.span_in_words(seconds) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(-12, "12 days late"), (-1, "1 day late"), (0, "today"), (1, "tomorrow"), (9, "21 March 2026")],
)
def test_what_is_due_is_said_from_today(days: int, said: str) -> None:
    today = dt.date(2026, 3, 12)
    assert words.due_in_words(today + dt.timedelta(days=days), today) == said
