"""Whatever is pasted: an answer or a refusal, never a crash, and the same answer twice."""

import string
import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from undersigned.networks.addresses import Address, NotUnderstood, numbered, understand
from undersigned.networks.hosts import BY_HOST
from undersigned.networks.names import Network, network_named

networks = st.none() | st.sampled_from(Network)
hosts = st.sampled_from(sorted(BY_HOST)) | st.sampled_from(["social.example", "bit.ly", "x.com.example"])
paths = st.lists(
    st.text(string.ascii_letters + string.digits + "._-@%#!?=&+é\u200b\u0430", max_size=12)
    | st.sampled_from(
        [
            "user",
            "c",
            "channel",
            "company",
            "in",
            "groups",
            "pages",
            "people",
            "photos",
            "@name",
            "name-123456",
            "profile.php?id=12345",
        ]
    ),
    max_size=4,
)
addresses = st.builds(
    lambda scheme, prefix, host, steps: f"{scheme}{prefix}{host}/{'/'.join(steps)}",
    st.sampled_from(["", "https://", "http://", "//", "HTTPS://"]),
    st.sampled_from(["", "www.", "m.", "mobile.", "fr."]),
    hosts,
    paths,
)
handles = st.text(string.ascii_letters + string.digits + "._-@/:\\ é", max_size=30)
texts = st.text(max_size=60) | addresses | handles


@given(texts, networks)
@example("\ud800", None)
@example("https://x.com/\ud800", None)
@example("https://[", None)
@example("@a@xn--\u00e9", None)
@example("https://xn--a-ecp.ru/@a", None)
@example("." * 300 + "/x", None)
@example("https://" * 300, None)
@example("https://www.www.www.x.com/harrow", None)
@settings(max_examples=600, deadline=None)
def test_any_text_is_understood_or_refused_in_words(text: str, network: Network | None) -> None:
    try:
        address = understand(text, network=network)
    except NotUnderstood as refusal:
        sentence = str(refusal)
    else:
        _holds_together(address)
        return
    assert sentence.endswith(".")


def _holds_together(address: Address) -> None:
    assert address.key
    assert address.handle
    if address.url:
        again = understand(address.url, network=address.network)
        assert again == address
        assert again.url == address.url


@given(st.sampled_from(Network), st.text(max_size=30) | st.from_regex(r"[0-9]{1,26}"))
@settings(max_examples=300, deadline=None)
def test_any_number_is_understood_or_refused(network: Network, number: str) -> None:
    try:
        address = numbered(network, number)
    except NotUnderstood:
        return
    assert address.network_id
    assert not address.url or understand(address.url) == address


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_name_of_a_network_is_understood_or_refused(text: str) -> None:
    try:
        named = network_named(text)
    except NotUnderstood:
        return
    assert named.network in Network


def test_two_thousand_addresses_are_read_in_well_under_a_second() -> None:
    began = time.process_time()
    for number in range(2_000):
        understand(f"https://mobile.twitter.com/harrow{number}?lang=en")
    assert time.process_time() - began < 0.6
