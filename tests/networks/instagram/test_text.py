"""Posts on Instagram as they are sent, and what is said of them beforehand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.networks.instagram.far_instagram import jpeg

from undersigned.networks.instagram import reading, text
from undersigned.networks.protocol import Blocks, Variant

PICTURE = jpeg()


def blocking(variant: Variant) -> set[str]:
    return {trap.check for trap in text.traps(variant) if trap.level is Blocks.BLOCKS}


@given(st.text())
def test_any_text_is_seen_as_it_is_shown(words: str) -> None:
    form = text.rendered(Variant(words, (PICTURE,)))
    item = {"id": "1", "caption": form.sent, "timestamp": "2026-11-24T11:00:00+0000"}
    assert reading.seen(item).text == form.shown


@given(st.integers(min_value=2_150, max_value=2_250))
def test_a_caption_blocks_exactly_above_its_length(length: int) -> None:
    assert ("D01" in blocking(Variant("é" * length, (PICTURE,)))) == (length > 2_200)


@given(st.integers(min_value=25, max_value=35), st.integers(min_value=15, max_value=25))
def test_hashtags_and_names_block_exactly_above_their_number(tags: int, names: int) -> None:
    words = " ".join([f"#snow{n}" for n in range(tags)] + [f"@unit{n}" for n in range(names)])
    assert ("D01" in blocking(Variant(words, (PICTURE,)))) == (tags > 30 or names > 20)


@pytest.mark.parametrize(
    ("variant", "checks"),
    [
        (Variant("Fine", (PICTURE,)), set()),
        (Variant("Text alone"), {"D13"}),
        (Variant("As PNG", (replace(PICTURE, mime="image/png"),)), {"D13"}),
        (Variant("From nowhere", (replace(PICTURE, public_url=None),)), {"D13"}),
        (Variant("Heavy", (replace(PICTURE, size=8 * 1024 * 1024 + 1),)), {"D13"}),
        (Variant("Narrow", (replace(PICTURE, width=319, height=319),)), {"D13"}),
        (Variant("Wide", (replace(PICTURE, width=2_000, height=2_000),)), set()),
        (Variant("Tall", (replace(PICTURE, width=1_080, height=1_351),)), {"D13"}),
        (Variant("As tall as can be", (replace(PICTURE, width=1_080, height=1_350),)), set()),
        (Variant("Flat", (replace(PICTURE, width=1_080, height=500),)), {"D13"}),
        (Variant("Many", (PICTURE,) * 11), {"D13"}),
        (Variant("Undescribed", (replace(PICTURE, alt=""),)), {"D02"}),
        (Variant("Described at length", (replace(PICTURE, alt="a" * 1_001),)), {"D02"}),
        (Variant("Moving", (replace(PICTURE, mime="video/mp4", alt=""),)), set()),
    ],
)
def test_what_the_network_would_refuse_is_said_before(variant: Variant, checks: set[str]) -> None:
    assert blocking(variant) == checks


def test_a_link_stands_in_the_text_and_the_author_is_told_that_nobody_can_follow_it() -> None:
    variant = Variant("Open", (PICTURE,), link="https://harrowfalls.example/rink")
    assert text.rendered(variant).sent == "Open\nhttps://harrowfalls.example/rink"
    assert [trap.level for trap in text.traps(variant)] == [Blocks.WARNS]
