"""Posts of a page as they are sent: little text, lengths and what is said beforehand."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.networks.contract import picture
from tests.networks.linkedin.far_linkedin import cut

from undersigned.networks.linkedin import text
from undersigned.networks.linkedin.little import MENTION, RESERVED, escaped, plain
from undersigned.networks.protocol import Blocks, Variant

LINK = "https://harrowfalls.example/rink_(new)#today"
PIECES = [*RESERVED, "a", "1", " ", "\n", "é", "🚒", "{hashtag|", "\\#", "@["]
SIGNS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(st.one_of(st.text(), SIGNS))
def test_nothing_of_any_text_is_cut_and_it_reads_back_as_written(words: str) -> None:
    sent = escaped(words)
    if not MENTION.search(words):
        assert cut(sent) == sent
        assert plain(sent) == words


@pytest.mark.parametrize("sign", RESERVED)
def test_each_sign_is_escaped(sign: str) -> None:
    assert escaped(f"a{sign}b") == f"a\\{sign}b"


@given(st.one_of(st.text(), SIGNS))
def test_what_is_shown_is_the_text_in_its_normal_form(words: str) -> None:
    form = text.rendered(Variant(words))
    if not MENTION.search(words):
        normal = unicodedata.normalize("NFC", words).replace("\r\n", "\n").replace("\r", "\n").strip()
        assert form.shown == normal


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("#snow", r"{hashtag|\#|snow}"),
        ("on (#Été2026)", r"on \({hashtag|\#|Été2026}\)"),
        ("#snow_day", r"{hashtag|\#|snow}\_day"),
        ("#1", r"\#1"),
        ("a#b", r"a\#b"),
        ("##b", r"\#\#b"),
        ("@[Parks](urn:li:organization:12) and @me", r"@[Parks](urn:li:organization:12) and \@me"),
        ("{hashtag|\\#|x}", r"\{hashtag\|\\\#\|x\}"),
    ],
)
def test_hashtags_and_named_pages_stay_what_they_are(words: str, sent: str) -> None:
    assert escaped(words) == sent


def test_a_name_is_read_back_without_its_number() -> None:
    assert plain(r"With @[Harrow \(Falls\)](urn:li:organization:12)") == "With Harrow (Falls)"


def test_escapes_count_and_wide_signs_count_twice() -> None:
    assert text.weight(escaped("(" * 1_500)).used == text.MOST
    assert text.weight("🚒").used == 2
    assert {t.check for t in text.traps(Variant("(" * 1_500))} == set()
    assert {t.check for t in text.traps(Variant("(" * 1_501))} == {"D01"}


def test_a_link_stands_in_the_text_once() -> None:
    assert text.rendered(Variant("Open", link=LINK)).shown == f"Open\n{LINK}"
    assert text.rendered(Variant(f"See {LINK}", link=LINK)).shown == f"See {LINK}"


@pytest.mark.parametrize(
    ("variant", "checks"),
    [
        (Variant("Plain"), set()),
        (Variant("Seen", (picture(),)), set()),
        (Variant("Undescribed", (replace(picture(), alt=""),)), {"D02"}),
        (Variant("Decorative", (replace(picture(), alt="", decorative=True),)), set()),
        (Variant("Told at length", (picture("a" * 4_087),)), {"D02"}),
        (Variant("Moving", (replace(picture(), mime="video/mp4"),)), {"D13"}),
        (Variant("Drawn", (replace(picture(), mime="image/webp"),)), {"D13"}),
        (Variant("Vast", (replace(picture(), width=36_152_320, height=1),)), {"D13"}),
        (Variant("Just under", (replace(picture(), width=36_152_319, height=1),)), set()),
        (Variant("Restless", (replace(picture(), mime="image/gif", frames=251),)), {"D13"}),
        (Variant("Many", (picture(),) * 21), {"D13"}),
        (Variant(" \n "), {"D16"}),
        (Variant("Answer", reply_to="urn:li:share:1"), {"D16"}),
    ],
)
def test_what_the_network_would_refuse_is_said_before(variant: Variant, checks: set[str]) -> None:
    assert {trap.check for trap in text.traps(variant)} == checks


def test_advice_and_named_pages_stop_nobody() -> None:
    variant = Variant("With @[Parks](urn:li:organization:12)", (picture("a" * 121),))
    assert [trap.level for trap in text.traps(variant)] == [Blocks.INFORMS, Blocks.INFORMS]
