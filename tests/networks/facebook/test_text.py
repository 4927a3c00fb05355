"""Posts of a page as they are sent, and what is said of them beforehand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.networks.contract import picture

from undersigned.networks.facebook import reading, text
from undersigned.networks.protocol import Access, Application, Blocks, Token, Variant

ACCESS = Access("1001", Token("secret"), Application("3100", "secret"))
LINK = "https://harrowfalls.example/rink"


def item(message: str, **more: object) -> dict[str, object]:
    return {"id": "1001_1", "message": message, "created_time": "2026-11-24T11:00:00+0000", **more}


@given(st.text())
def test_any_text_is_seen_as_it_is_shown(words: str) -> None:
    form = text.rendered(Variant(words))
    assert form.sent == form.shown
    assert reading.seen(item(form.sent), ACCESS).text == form.shown
    assert text.rendered(Variant(form.sent)).sent == form.sent


@given(st.text(max_size=80), st.integers(min_value=0, max_value=5))
def test_a_text_blocks_exactly_above_the_ceiling(words: str, over: int) -> None:
    whole = (text.rendered(Variant(words)).sent or "a").ljust(text.MOST - 2, "a") + "b" * over
    found = {trap.check for trap in text.traps(Variant(whole))}
    assert ("D01" in found) == (len(whole) > text.MOST)


def test_a_link_stands_apart_without_pictures_and_in_the_text_with_them() -> None:
    alone = text.rendered(Variant("Open", link=LINK))
    assert (alone.sent, alone.link) == ("Open", LINK)
    pictured = text.rendered(Variant("Open", (picture(),), link=LINK))
    assert (pictured.sent, pictured.link) == (f"Open\n{LINK}", "")
    assert text.rendered(Variant("", link=LINK)).sent == LINK


@pytest.mark.parametrize(
    ("variant", "checks"),
    [
        (Variant("Plain"), set()),
        (Variant("Seen", (picture(),)), set()),
        (Variant("Undescribed", (replace(picture(), alt=""),)), {"D02"}),
        (Variant("Decorative", (replace(picture(), alt="", decorative=True),)), set()),
        (Variant("Moving", (replace(picture(), mime="video/mp4"),)), {"D13"}),
        (Variant("Drawn", (replace(picture(), mime="image/svg+xml"),)), {"D13"}),
        (Variant("Heavy", (replace(picture(), size=10 * 1024 * 1024 + 1),)), {"D13"}),
        (Variant("Many", (picture(),) * 11), {"D13"}),
        (Variant(" \n "), {"D16"}),
        (Variant("Answer", reply_to="1_1"), {"D16"}),
    ],
)
def test_what_the_network_would_refuse_is_said_before(variant: Variant, checks: set[str]) -> None:
    assert {trap.check for trap in text.traps(variant)} == checks


def test_a_page_s_number_is_named_and_its_name_is_read_back_as_the_number() -> None:
    (trap,) = text.traps(Variant("With @[2002]"))
    assert trap.level is Blocks.INFORMS
    tags = [{"id": "2002", "name": "Harrow Falls Parks", "offset": 5, "length": 18, "type": "page"}]
    ours = {"application": {"id": "3100", "name": "Undersigned"}}
    message = "With Harrow Falls Parks"
    assert reading.seen(item(message, message_tags=tags, **ours), ACCESS).text == "With @[2002]"
    assert reading.seen(item(message, message_tags=tags), ACCESS).text == message


def test_what_stands_in_an_album_is_counted() -> None:
    photo, share = {"media_type": "photo"}, {"media_type": "link", "unshimmed_url": LINK}
    album = {"media_type": "album", "subattachments": {"data": [photo, photo, photo]}}
    counts = [
        reading.seen(item("x", attachments={"data": found}), ACCESS).media
        for found in ([], [photo], [album], [share])
    ]
    assert counts == [0, 1, 3, 0]
