"""What people call the networks."""

import pytest

from undersigned.networks.names import Network, network_named
from undersigned.networks.refusals import NotUnderstood


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("X", Network.X),
        ("Twitter", Network.X),
        ("twitter ", Network.X),
        ("X (Twitter)", Network.X),
        ("X (formerly Twitter)", Network.X),
        ("Twitter/X", Network.X),
        ("twitter.com", Network.X),
        ("FB", Network.FACEBOOK),
        ("FACEBOOK", Network.FACEBOOK),
        ("Facebook Page", Network.FACEBOOK),
        ("Page Facebook", Network.FACEBOOK),
        ("Youtube", Network.YOUTUBE),
        ("YouTube Channel", Network.YOUTUBE),
        ("Chaîne YouTube", Network.YOUTUBE),
        ("Linkedin", Network.LINKEDIN),
        ("Linked In", Network.LINKEDIN),
        (" instagram", Network.INSTAGRAM),
        ("Insta", Network.INSTAGRAM),
        ("Blue Sky", Network.BLUESKY),
        ("bsky.app", Network.BLUESKY),
        ("Tik Tok", Network.TIKTOK),
        ("Google+", Network.GOOGLE_PLUS),
        ("google_plus", Network.GOOGLE_PLUS),
    ],
)
def test_names_as_people_write_them_need_no_warning(text: str, network: Network) -> None:
    assert (network_named(text).network, network_named(text).warnings) == (network, ())


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("Intagram", Network.INSTAGRAM),
        ("Facebok", Network.FACEBOOK),
        ("Yotube", Network.YOUTUBE),
        ("Linkdin", Network.LINKEDIN),
        ("Twiter", Network.X),
        ("Pintrest", Network.PINTEREST),
    ],
)
def test_a_slip_of_the_finger_is_read_with_a_warning(text: str, network: Network) -> None:
    named = network_named(text)
    assert named.network is network
    assert named.warnings == (f"“{text}” was read as {network.label}.",)


@pytest.mark.parametrize(
    "text", ["", "Z", "Website", "E-mail", "Vino", "Video", "Radio", "Tickets", "Instagram and Facebook"]
)
def test_what_is_no_network_is_not_guessed(text: str) -> None:
    with pytest.raises(NotUnderstood):
        network_named(text)


def test_every_network_is_known_by_its_own_word_and_label() -> None:
    for network in set(Network) - {Network.PRACTICE}:
        assert network_named(network.value).network is network
        assert network.label


@pytest.mark.parametrize("text", ["practice", "Practice network", "Practise network", "PRACTICE page"])
def test_nothing_that_people_bring_is_taken_for_the_practice_network(text: str) -> None:
    with pytest.raises(NotUnderstood):
        network_named(text)
