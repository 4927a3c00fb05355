"""What is refused, of which kind, and in which words."""

import pytest

from undersigned.networks.addresses import (
    LooksDeceptive,
    NotAnAccount,
    NotUnderstood,
    ShortLink,
    WhichNetwork,
    numbered,
    understand,
)
from undersigned.networks.names import Network


@pytest.mark.parametrize(
    "text",
    [
        "https://twitter.com/intent/tweet?url=https://harrowfalls.example",
        "https://twitter.com/share?text=hello",
        "https://x.com/search?q=harrow",
        "https://x.com/hashtag/harrow",
        "https://x.com/i/web/status/123",
        "https://x.com/home",
        "https://x.com/login",
        "https://x.com/",
        "twitter.com",
        "https://pic.twitter.com/abc",
        "https://www.facebook.com/sharer.php?u=https://harrowfalls.example",
        "https://www.facebook.com/sharer/sharer.php?u=x",
        "https://www.facebook.com/plugins/like.php?href=x",
        "https://www.facebook.com/pages/",
        "https://www.facebook.com/pages/Harrow-Falls",
        "https://www.facebook.com/photo.php?fbid=1",
        "https://www.facebook.com/media/set/?set=a.1",
        "https://www.facebook.com/hashtag/harrow",
        "https://www.facebook.com/login.php",
        "https://developers.facebook.com/docs",
        "https://www.instagram.com/p/Cabc123/",
        "https://www.instagram.com/explore/tags/harrow/",
        "https://www.instagram.com/accounts/login/",
        "https://www.linkedin.com/sharing/share-offsite/?url=x",
        "https://www.linkedin.com/shareArticle?url=x",
        "https://www.linkedin.com/feed/update/urn:li:activity:1",
        "https://www.linkedin.com/posts/harrow-falls_news-activity-1",
        "https://www.youtube.com/watch?v=abc",
        "https://www.youtube.com/embed/abc",
        "https://www.youtube.com/playlist?list=PL1",
        "https://www.youtube.com/results?search_query=harrow",
        "https://www.youtube.com/channel",
        "https://youtu.be/abc",
        "https://bsky.app/search?q=harrow",
        "https://mastodon.social/explore",
        "https://www.threads.net/t/Cabc",
        "https://www.tiktok.com/tag/harrow",
    ],
)
def test_pages_that_belong_to_nobody_are_no_accounts(text: str) -> None:
    with pytest.raises(NotAnAccount):
        understand(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://bit.ly/3abc",
        "t.co/abc",
        "https://www.tinyurl.com/abc",
        "https://fb.me/harrow",
        "https://lnkd.in/abc",
        "https://vm.tiktok.com/ZM1/",
        "https://www.tiktok.com/t/ZM1/",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fx.com%2Fharrow",
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.com%2Fharrow",
    ],
)
def test_a_shortened_address_is_never_followed(text: str) -> None:
    with pytest.raises(ShortLink):
        understand(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://x.com@evil.example/",
        "https://x.com:443@evil.example/harrow",
        "https://x.com\\@evil.example/harrow",
        "https://evil.example\\x.com/harrow",
        "https://x.com.evil.example/@harrow",
        "https://www.facebook.com.login.example/harrow",
        "https://facebook-harrow.example/@harrow",
        "https://faceb00k.com/harrow",
        "https://twiter.com/harrow",
        "https://tvvitter.com/harrow",
        "https://lnstagram.com/harrow",
        "https://www.youtubе.com/@harrow",  # CYRILLIC SMALL LETTER IE
        "https://xn--u1a.com/harrow",
    ],
)
def test_a_host_that_only_looks_like_a_network_is_refused_as_deceptive(text: str) -> None:
    with pytest.raises(LooksDeceptive):
        understand(text)


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("https://x.com/h\u0430rrowfalls", "U+0430 CYRILLIC SMALL LETTER A"),
        ("https://x.com/h%D0%B0rrowfalls", "U+0430 CYRILLIC SMALL LETTER A"),
        ("https://x.com/harrow\u200bfalls", "U+200B ZERO WIDTH SPACE"),
        ("https://x.com/harrow%E2%80%8Bfalls", "U+200B ZERO WIDTH SPACE"),
        ("https://x.com/\u202eslaf", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("https://x.com/harrow\u2066falls", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("https://x.com/ｈarrow", "U+FF48 FULLWIDTH LATIN SMALL LETTER H"),
        ("https://x.com/חרו", "U+05D7 HEBREW LETTER HET"),
        ("https://www.youtube.com/@harrow\u00adfalls", "U+00AD SOFT HYPHEN"),
        ("https://x.com/harrow\x00falls", "U+0000 unnamed character"),
    ],
)
def test_a_letter_that_deceives_the_eye_is_named(text: str, letter: str) -> None:
    with pytest.raises(LooksDeceptive, match=letter.replace("+", r"\+")):
        understand(text)


def test_an_invisible_letter_left_over_from_copying_is_cut_off_and_named() -> None:
    address = understand("\u200ehttps://x.com/harrowfalls\u200b")
    assert address.key == "harrowfalls"
    assert address.warnings == (
        "U+200E LEFT-TO-RIGHT MARK beside the handle was left out.",
        "U+200B ZERO WIDTH SPACE beside the handle was left out.",
    )


def test_letters_of_another_script_are_named_where_a_network_allows_them() -> None:
    assert understand("https://www.youtube.com/@h\u0430rrow").warnings == (
        "The handle holds U+0430 CYRILLIC SMALL LETTER A: compare it with the one you know.",
    )


def test_an_accent_is_no_reason_to_warn() -> None:
    address = understand("https://www.linkedin.com/company/ville-de-montr%C3%A9al")
    assert (address.key, address.warnings) == ("ville-de-montréal", ())


def test_an_accent_written_in_two_pieces_is_the_same_account() -> None:
    assert understand("https://www.youtube.com/@Montre\u0301al") == understand(
        "https://www.youtube.com/@Montréal"
    )


def test_a_mastodon_server_in_other_letters_is_shown_by_its_exact_name() -> None:
    address = understand("@harrow@münchen.example")
    assert address.key == "harrow@xn--mnchen-3ya.example"
    assert address.warnings == (
        (
            "The server's name “münchen.example” holds letters beyond a to z; its exact name is "
            "xn--mnchen-3ya.example."
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "javascript:alert(1)",
        "JaVaScRiPt://x.com/%0aalert(1)",
        "data:text/html,x",
        "mailto:clerk@harrowfalls.example",
        "ftp://x.com/harrow",
        "https://x.com:8443/harrow",
        "https://[::1]/harrow",
        "https://127.0.0.1/@harrow",
        "https://",
        "https://x.com/%ff",
        "https://x.com/%2e%2e",
        "https://x.com/harrow%2Ffalls",
        "https://x.com/aVeryLongHandleIndeed",
        "https://x.com/har row",
        "https://harrowfalls.example/news",
        "https://substack.com/@harrow",
        "harrow falls",
        "x" * 10_000,
    ],
)
def test_what_is_no_account_gets_a_sentence_that_says_what_to_do(text: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        understand(text)
    sentences = str(refusal.value)
    assert sentences.endswith(".")
    assert len(sentences) < 300


@pytest.mark.parametrize(
    ("network", "handle"),
    [
        (Network.X, "@share"),
        (Network.INSTAGRAM, "p"),
        (Network.FACEBOOK, "plugins"),
        (Network.YOUTUBE, "embed"),
        (Network.YOUTUBE, "@"),
    ],
)
def test_a_word_that_a_network_keeps_for_itself_is_nobodys_handle(network: Network, handle: str) -> None:
    with pytest.raises(NotUnderstood):
        understand(handle, network=network)


def test_a_handle_alone_asks_for_its_network() -> None:
    with pytest.raises(WhichNetwork, match="Say which network"):
        understand("@harrowfalls")


@pytest.mark.parametrize("text", ["@harrowfalls", "users/harrowfalls", "/@harrowfalls"])
def test_a_mastodon_name_without_a_server_is_not_guessed(text: str) -> None:
    with pytest.raises(NotUnderstood):
        understand(text, network=Network.MASTODON)


@pytest.mark.parametrize(
    ("network", "number"),
    [
        (Network.X, "2.34E+08"),
        (Network.X, "12a"),
        (Network.YOUTUBE, "UC1"),
        (Network.MASTODON, "1"),
        (Network.OTHER, "1"),
    ],
)
def test_a_number_that_cannot_be_one_is_refused(network: Network, number: str) -> None:
    with pytest.raises(NotUnderstood):
        numbered(network, number)
