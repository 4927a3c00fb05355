"""How X counts (its ``twitter-text``, configuration v3)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.networks.protocol import Blocks, Medium, Variant
from undersigned.networks.x.client import X
from undersigned.networks.x.line import Addresses
from undersigned.networks.x.text import as_shown, linked, weighed

X_CLIENT = X(Addresses("https://x.invalid", "https://x.invalid/a", "https://x.invalid/t"))
LIGHT = st.text(st.characters(min_codepoint=0x61, max_codepoint=0x7A), max_size=300)
HEAVY = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=300)


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Café", 4),
        ("Cafe\u0301", 4),
        ("“quoted” – yes", 14),
        ("市役所", 6),
        ("👨‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇨🇦", 2),
        ("1️⃣", 2),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
        ("❤️‍🔥", 2),
        ("©", 1),
        ("https://harrowfalls.gov/" + "a" * 200, 23),
        ("(see https://a.gov/x).", 6 + 23 + 2 - 1),
        ("a.gov", 23),
        ("city.example/" + "a" * 40, 53),
        ("robin@city.com", 14),
    ],
)
def test_what_a_text_weighs(text: str, weight: int) -> None:
    assert weighed(text) == weight


@given(LIGHT)
def test_plain_letters_weigh_one_each(text: str) -> None:
    assert weighed(text) == len(text)


@given(HEAVY)
def test_letters_of_the_east_weigh_two_each(text: str) -> None:
    assert weighed(text) == 2 * len(unicodedata.normalize("NFC", text))


@given(st.text(max_size=300))
def test_a_text_weighs_the_same_however_it_was_composed(text: str) -> None:
    assert weighed(unicodedata.normalize("NFD", text)) == weighed(unicodedata.normalize("NFC", text))


@given(LIGHT, HEAVY)
def test_weights_add_up_over_a_blank(one: str, other: str) -> None:
    assert weighed(f"{one} {other}") == weighed(one) + 1 + weighed(other)


@given(LIGHT)
def test_a_bare_domain_is_known_again_after_x_gave_it_a_scheme(name: str) -> None:
    assert as_shown(f"See http://{name}.gov") == as_shown(f"See {name}.gov")
    assert as_shown(f"See https://{name}.gov") == f"See https://{name}.gov"


def test_a_text_with_a_link_has_another_price() -> None:
    assert linked("See www.harrowfalls.gov")
    assert not linked("Nothing here.")


def of_size(mime: str = "image/png", size: int = 10, alt: str = "words") -> Medium:
    return Medium("0" * 64, mime, size, 400, 400, lambda: b"", alt)


@pytest.mark.parametrize(
    ("variant", "check"),
    [
        (Variant("a" * 281), "D01"),
        (Variant(""), "D16"),
        (Variant("$ABC and $DEF"), "D16"),
        (Variant("hidden\ufeff"), "D16"),
        (Variant("a", (of_size("image/tiff"),)), "D13"),
        (Variant("a", (of_size(size=5 * 1024 * 1024 + 1),)), "D13"),
        (Variant("a", (of_size(),) * 5), "D13"),
        (Variant("a", (of_size(), of_size("image/gif"))), "D13"),
        (Variant("a", (of_size(alt=""),)), "D02"),
        (Variant("a", (of_size(alt="x" * 1001),)), "D02"),
    ],
)
def test_what_x_would_refuse_blocks(variant: Variant, check: str) -> None:
    assert check in {trap.check for trap in X_CLIENT.traps(variant) if trap.level is Blocks.BLOCKS}


def test_a_plain_post_has_no_trap() -> None:
    assert X_CLIENT.traps(Variant("a" * 280, (of_size(),) * 4)) == ()


def test_a_link_that_the_text_lacks_comes_on_a_line_of_its_own() -> None:
    form = X_CLIENT.rendered(Variant("Read on\r\n", link="https://a.gov/b"))
    assert form.sent == "Read on\nhttps://a.gov/b"
