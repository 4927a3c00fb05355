"""The checks of a draft: what blocks, what has to be ticked, what only informs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.publishing.desk import Desk
from undersigned.acts.refusals import Unfit
from undersigned.publishing import acts, checks, rules

pytestmark = pytest.mark.django_db(transaction=True)


def found(desk: Desk, text: str, **heads: object) -> dict[str, str]:
    post = desk.draft(text, **heads)
    look = checks.inspection_of(post, rules.accounts_of(post), desk.author)
    return {one.check: one.level.value for one in checks.findings(look)}


@pytest.mark.parametrize(
    ("text", "check", "level"),
    [
        ("See https://bit.ly/abc", "D03", "blocks"),
        ("See http://harrowfalls.example/rink", "D03", "warns"),
        ("Write to somebody@harrowfalls.example", "D09", "warns"),
        ("Call 403 555 0134", "D09", "warns"),
        ("My number is 046 454 286", "D09", "warns"),
        ("Card 4111 1111 1111 1111", "D09", "warns"),
        ("Come to the #WINTERFEST", "D18", "warns"),
        ("COME ALL OF YOU DOWN HERE RIGHT NOW", "D18", "informs"),
        ("x" * 281, "D01", "blocks"),
    ],
)
def test_what_each_check_finds(desk: Desk, text: str, check: str, level: str) -> None:
    assert found(desk, text)[check] == level


@pytest.mark.parametrize(
    "text", ["The rink opens at nine.", "Since 1967, for 150,000 people", "Room 123 456 780"]
)
def test_plain_words_pass(desk: Desk, text: str) -> None:
    assert not {"D03", "D09", "D18"} & found(desk, text).keys()


def test_words_that_the_city_watches_for(desk: Desk, settings: Any) -> None:
    settings.WATCHED_WORDS, settings.CONFIDENTIAL_WORDS = ["election"], ["Project Kingfisher"]
    assert found(desk, "The Election is near")["D09"] == "warns"
    assert found(desk, "project kingfisher begins")["D09"] == "blocks"
    assert "D09" not in found(desk, "Selections of the library")


def test_hosts_that_the_city_knows(desk: Desk, settings: Any) -> None:
    settings.LINK_HOSTS = ["harrowfalls.example"]
    assert "D03" not in found(desk, "https://www.harrowfalls.example/rink")
    assert found(desk, "https://elsewhere.example/")["D03"] == "warns"


def test_a_warning_has_to_be_ticked_and_the_tick_is_kept(desk: Desk) -> None:
    post = desk.draft("Call 403 555 0134")
    with pytest.raises(Unfit, match="telephone number"):
        acts.submit(by=desk.author, post=post)
    post = acts.submit(by=desk.author, post=post, ticked=desk.warnings(post))
    assert "D09:" in post.version.warnings_ticked


def test_the_same_words_twice_in_two_weeks_and_two_posts_in_an_hour_are_said(desk: Desk) -> None:
    desk.scheduled()
    again = found(desk, "The rink opens at nine!")
    assert (again["D07"], again["D08"]) == ("warns", "warns")


def test_an_hour_that_the_clock_shows_twice_is_said(desk: Desk) -> None:
    zone = ZoneInfo("America/Edmonton")
    november = [datetime(timezone.localdate().year + 1, 11, day, 1, 30, tzinfo=zone) for day in range(1, 8)]
    twice = next(one for one in november if one.weekday() == 6)
    assert found(desk, "At night", not_before=twice)["D10"] == "warns"


def test_what_ends_before_it_goes_out_blocks(desk: Desk) -> None:
    assert found(desk, "Far ahead", not_before=timezone.now() + timedelta(days=300))["D05"] == "blocks"


def test_a_post_without_a_word_is_none(desk: Desk) -> None:
    assert found(desk, "")["D01"] == "blocks"
