"""How servers of Mastodon's kind count, and how a text comes back out of their HTML."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.networks.mastodon.far_mastodon import markup

from undersigned.networks.mastodon.client import Mastodon
from undersigned.networks.mastodon.text import canonical, counted, of_html
from undersigned.networks.protocol import Medium, Variant

PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.just("\n"))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Été", 3),
        ("👨‍👩‍👧‍👦", 1),
        ("https://harrowfalls.example/" + "a" * 200, 23),
        ("@robin@elsewhere.example hello", 12),
        ("robin@elsewhere.example", 23),
    ],
)
def test_what_a_text_counts(text: str, count: int) -> None:
    assert counted(text, 23) == count


@settings(deadline=None)
@given(PLAIN)
def test_a_text_comes_out_of_html_as_readers_see_it(text: str) -> None:
    assert of_html(markup(canonical(text))) == canonical(text)


@settings(deadline=None)
@given(PLAIN)
def test_what_readers_see_stays_the_same_when_read_again(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>One</p>\n<p>Two<br>three</p>", "One\n\nTwo\nthree"),
        ("Without any paragraph<br/>at all", "Without any paragraph\nat all"),
        (
            '<p>Hi <span class="h-card"><a href="https://e.example/@r" class="u-url">@<span>r</span></a></span></p>',
            "Hi @r",
        ),
        (
            '<p class="quote-inline">RE: <a href="https://e.example/1">https://e.example/1</a></p><p>Yes</p>',
            "Yes",
        ),
        ("<p>1 &lt; 2 &amp;amp; so on</p>", "1 < 2 &amp; so on"),
    ],
)
def test_html_of_several_servers_is_read(content: str, text: str) -> None:
    assert of_html(content) == text


def of_size(mime: str = "image/png", size: int = 10, alt: str = "words") -> Medium:
    return Medium("0" * 64, mime, size, 400, 400, lambda: b"", alt)


@pytest.mark.parametrize(
    ("variant", "check"),
    [
        (Variant("a" * 501), "D01"),
        (Variant("a" * 490, options={"content_warning": "b" * 11}), "D01"),
        (Variant(""), "D16"),
        (Variant("a", (of_size("image/tiff"),)), "D13"),
        (Variant("a", (of_size(size=16_777_217),)), "D13"),
        (Variant("a", (of_size(),) * 5), "D13"),
        (Variant("a", (of_size(), of_size("video/mp4"))), "D13"),
        (Variant("a", (of_size(alt=""),)), "D02"),
        (Variant("a", (of_size(alt="x" * 1_501),)), "D02"),
    ],
)
def test_what_a_server_would_refuse_blocks(variant: Variant, check: str) -> None:
    assert [trap.check for trap in Mastodon().traps(variant)] == [check]


def test_a_plain_post_has_no_trap() -> None:
    assert Mastodon().traps(Variant("a" * 500, (of_size(),) * 4)) == ()
