"""How Bluesky counts, and between which bytes of a text there is a link, a name or a tag."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.networks.bluesky.far_bluesky import facet_faults

from undersigned.networks.bluesky import tid
from undersigned.networks.bluesky.client import Bluesky
from undersigned.networks.bluesky.line import Addresses
from undersigned.networks.bluesky.text import as_sent, facets, weights
from undersigned.networks.protocol import Blocks, Medium, Variant

CLIENT = Bluesky(Addresses("https://appview.invalid", "https://directory.invalid"))
ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
PIECES = st.sampled_from(
    [
        "https://a.example/ü?x=1#y",
        "#Snow",
        "@robin.example",
        "#",
        "@",
        "é",
        "e\u0301",
        "👨‍👩‍👧‍👦",
        "(",
        ")",
        " ",
        "\n",
        "市",
    ]
)
RICH = st.lists(PIECES | ANY, max_size=20).map("".join)
MOMENTS = st.integers(0, 2**53 - 1).map(lambda microseconds: tid.EPOCH + timedelta(microseconds=microseconds))


@settings(deadline=None)
@given(RICH)
def test_facets_cut_the_sent_text_at_characters_in_order_and_never_overlap(text: str) -> None:
    sent = as_sent(Variant(text))
    named = [
        {**one, "features": [{k.replace("handle", "did"): v for k, v in one["features"][0].items()}]}
        for one in facets(sent)
    ]
    assert facet_faults({"text": sent, "facets": named}) == []


@settings(deadline=None)
@given(RICH)
def test_what_a_facet_says_is_what_stands_there(text: str) -> None:
    sent = as_sent(Variant(text)).encode()
    for facet in facets(sent.decode()):
        here = sent[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
        (said,) = (value for name, value in facet["features"][0].items() if name != "$type")
        assert said.lower() == here.lstrip("#＃@").lower()


@settings(deadline=None)
@given(RICH)
def test_the_form_is_the_same_however_the_text_was_composed(text: str) -> None:
    assert CLIENT.rendered(Variant(unicodedata.normalize("NFD", text))) == CLIENT.rendered(
        Variant(unicodedata.normalize("NFC", text))
    )


@settings(deadline=None)
@given(ANY)
def test_bytes_are_never_fewer_than_characters(text: str) -> None:
    characters, octets = weights(text)
    assert characters.used <= octets.used == len(text.encode())


@settings(deadline=None)
@given(MOMENTS, st.integers(0, 1_023))
def test_a_key_carries_its_moment(moment: datetime, maker: int) -> None:
    key = tid.of(moment, maker)
    assert tid.SHAPE.fullmatch(key)
    assert tid.moment(key) == moment


@settings(deadline=None)
@given(MOMENTS, MOMENTS)
def test_keys_sort_as_their_moments_do(one: datetime, other: datetime) -> None:
    assert (tid.of(one, 0) < tid.of(other, 0)) == (one < other)


@pytest.mark.parametrize("key", ["", "hello", "z222222222222", "3mg22222222222", "3MG2222222222"])
def test_what_is_no_key_is_not_read_as_one(key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        tid.moment(key)


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("robin@city.example", []),
        ("mail#1 and #1 and #a1", ["a1"]),
        ("https://a.example/#part", ["https://a.example/#part"]),
        ("(#Snow) (https://a.example/b).", ["Snow", "https://a.example/b"]),
        ("@Robin.Example, hello", ["robin.example"]),
        ("#" + "a" * 65, []),
    ],
)
def test_what_becomes_a_link_a_name_or_a_tag(text: str, features: list[str]) -> None:
    assert [list(one["features"][0].values())[1] for one in facets(text)] == features


def of_size(mime: str = "image/png", size: int = 10, alt: str = "words") -> Medium:
    return Medium("0" * 64, mime, size, 400, 400, lambda: b"", alt)


@pytest.mark.parametrize(
    ("variant", "check"),
    [
        (Variant("a" * 301), "D01"),
        (Variant("👨‍👩‍👧‍👦" * 150), "D01"),
        (Variant(""), "D16"),
        (Variant("a", (of_size("video/mp4"),)), "D13"),
        (Variant("a", (of_size(size=2_000_001),)), "D13"),
        (Variant("a", (of_size(),) * 5), "D13"),
        (Variant("a", (of_size(alt=""),)), "D02"),
    ],
)
def test_what_bluesky_would_refuse_blocks(variant: Variant, check: str) -> None:
    assert [trap.check for trap in CLIENT.traps(variant) if trap.level is Blocks.BLOCKS] == [check]


def test_what_bluesky_would_spoil_is_said() -> None:
    levels = {
        trap.level for trap in CLIENT.traps(Variant("@robin.example #" + "a" * 65, (of_size("image/gif"),)))
    }
    assert levels == {Blocks.WARNS, Blocks.INFORMS}


def test_a_plain_post_has_no_trap() -> None:
    assert CLIENT.traps(Variant("👨‍👩‍👧‍👦" * 100, (of_size(),) * 4)) == ()
    assert CLIENT.traps(Variant("a" * 300)) == ()
