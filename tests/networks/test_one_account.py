"""Which spellings are one account, and which are not."""

import pytest

from undersigned.networks.addresses import Address, numbered, same, understand
from undersigned.networks.names import Network

ONE_ACCOUNT = {
    (Network.X, "harrowfalls"): [
        "https://x.com/HarrowFalls",
        "http://www.twitter.com/harrowfalls/",
        "https://twitter.com/HarrowFalls",
        "twitter.com/#!/HarrowFalls",
        " https://mobile.twitter.com/harrowfalls?lang=en",
        "https://X.com/HARROWFALLS ",
        "x.com/%40harrowfalls",
        "https://x.com/harrowfalls/status/1234567890?s=20",
        "https://x.com/harrowfalls#top",
        "<https://twitter.com/harrowfalls>",
        "https//twitter.com/harrowfalls",
        "https://https://twitter.com/harrowfalls",
        "//twitter.com/harrowfalls",
        "https://x.com:443/harrowfalls",
        "https://twitter.com/intent/user?screen_name=HarrowFalls",
        "https://x.com/harrowfalls.",
        "(https://x.com/harrowfalls)",
    ],
    (Network.FACEBOOK, "cityofharrow"): [
        "https://www.facebook.com/CityOfHarrow",
        "facebook.com/city.of.harrow/",
        "https://m.facebook.com/CityOfHarrow?ref=ts",
        "https://fr-ca.facebook.com/CityOfHarrow",
        "https://fb.com/cityofharrow",
        "https://www.facebook.com/pg/CityOfHarrow/about",
        "https://www.facebook.com/CityOfHarrow/posts/pfbid02abc",
        "https://m.me/CityOfHarrow",
        "https://www.facebook.com/#!/CityOfHarrow",
    ],
    (Network.FACEBOOK, "100064812345678"): [
        "https://www.facebook.com/profile.php?id=100064812345678",
        "https://www.facebook.com/people/Harrow-Falls/100064812345678/",
        "https://www.facebook.com/pages/Harrow-Falls/100064812345678?fref=ts",
        "https://www.facebook.com/pages/category/City/Harrow-Falls-100064812345678/",
        "https://www.facebook.com/p/Harrow-Falls-100064812345678/",
        "https://www.facebook.com/Harrow-Falls-100064812345678",
        "https://www.facebook.com/Ville-de-Qu%C3%A9bec-100064812345678",
        "https://www.facebook.com/100064812345678",
        "https://www.facebook.com/permalink.php?story_fbid=1&id=100064812345678",
    ],
    (Network.INSTAGRAM, "harrow.falls"): [
        "https://www.instagram.com/Harrow.Falls/",
        "instagram.com/harrow.falls/?hl=en",
        "https://www.instagram.com/stories/harrow.falls/3141592/",
        "https://instagram.com/harrow.falls/p/Cabc123/",
    ],
    (Network.LINKEDIN, "city-of-harrow-falls"): [
        "https://www.linkedin.com/company/city-of-harrow-falls/",
        "https://ca.linkedin.com/company/City-of-Harrow-Falls/about",
        "https://www.linkedin.com/showcase/city-of-harrow-falls",
        "linkedin.com/company/city-of-harrow-falls/?viewAsMember=true",
    ],
    (Network.YOUTUBE, "user:harrowfalls"): [
        "https://www.youtube.com/user/HarrowFalls",
        "http://youtube.com/user/harrowfalls/featured",
        "https://m.youtube.com/user/HARROWFALLS?app=desktop",
    ],
    (Network.YOUTUBE, "@harrowfalls"): [
        "https://www.youtube.com/@HarrowFalls",
        "youtube.com/@harrowfalls/videos",
        "https://www.youtube.com/%40harrowfalls",
    ],
    (Network.MASTODON, "harrow@mastodon.social"): [
        "@harrow@mastodon.social",
        "@Harrow@Mastodon.Social",
        "harrow@mastodon.social",
        "https://mastodon.social/@harrow",
        "https://mastodon.social/@harrow/109876543210",
        "https://mastodon.social/users/harrow",
        "https://mastodon.social/web/@harrow",
        "https://mstdn.ca/@harrow@mastodon.social",
        "acct:harrow@mastodon.social",
    ],
    (Network.BLUESKY, "harrowfalls.bsky.social"): [
        "harrowfalls.bsky.social",
        "@HarrowFalls.bsky.social",
        "https://bsky.app/profile/harrowfalls.bsky.social",
        "https://bsky.app/profile/harrowfalls.bsky.social/post/3k2abc",
        "https://harrowfalls.bsky.social",
        "at://harrowfalls.bsky.social/app.bsky.feed.post/3k2abc",
    ],
    (Network.THREADS, "harrowfalls"): [
        "https://www.threads.net/@harrowfalls",
        "https://www.threads.com/@HarrowFalls/post/Cabc",
        "@harrowfalls@threads.net",
    ],
    (Network.TIKTOK, "harrowfalls"): [
        "https://www.tiktok.com/@harrowfalls",
        "https://m.tiktok.com/@HarrowFalls/video/7123456789",
    ],
    (Network.FLICKR, "harrowfalls"): [
        "https://www.flickr.com/photos/harrowfalls/",
        "https://www.flickr.com/people/HarrowFalls",
        "flickr.com/photos/harrowfalls/albums/721576",
    ],
    (Network.PINTEREST, "harrowfalls"): [
        "https://www.pinterest.ca/harrowfalls/",
        "pinterest.com/HarrowFalls/_saved",
    ],
    (Network.NEXTDOOR, "ab/harrow-falls/city-of-harrow-falls"): [
        "https://nextdoor.com/agency-detail/ab/harrow-falls/city-of-harrow-falls/"
    ],
    (Network.REDDIT, "user/harrowfalls"): [
        "https://www.reddit.com/u/HarrowFalls",
        "old.reddit.com/user/harrowfalls",
    ],
    (Network.TUMBLR, "harrowfalls"): [
        "https://harrowfalls.tumblr.com/post/1",
        "https://www.tumblr.com/harrowfalls",
    ],
    (Network.GOOGLE_PLUS, "+harrowfalls"): ["https://plus.google.com/+HarrowFalls/posts"],
}
SPELLINGS = [(*account, text) for account, texts in ONE_ACCOUNT.items() for text in texts]


@pytest.mark.parametrize(("network", "key", "text"), SPELLINGS)
def test_every_spelling_of_an_address_leads_to_one_account(network: Network, key: str, text: str) -> None:
    address = understand(text)
    assert (address.network, address.key) == (network, key)


@pytest.mark.parametrize(("network", "key", "text"), SPELLINGS)
def test_the_address_that_is_shown_leads_back_to_the_same_account(
    network: Network, key: str, text: str
) -> None:
    address = understand(text)
    assert understand(address.url) == address


@pytest.mark.parametrize(
    ("network", "text", "key"),
    [
        (Network.X, "@HarrowFalls", "harrowfalls"),
        (Network.X, "HarrowFalls", "harrowfalls"),
        (Network.FACEBOOK, "City.Of.Harrow", "cityofharrow"),
        (Network.FACEBOOK, "8037068318", "8037068318"),
        (Network.FACEBOOK, "profile.php?id=8037068318", "8037068318"),
        (Network.FACEBOOK, "/pages/Harrow-Falls/8037068318", "8037068318"),
        (Network.FACEBOOK, "groups/harrow.gardeners", "groups/harrowgardeners"),
        (Network.YOUTUBE, "HarrowFalls", "user:harrowfalls"),
        (Network.YOUTUBE, "@HarrowFalls", "@harrowfalls"),
        (Network.YOUTUBE, "c/HarrowFalls", "c:harrowfalls"),
        (Network.YOUTUBE, "UCGdrLQbt1PYDTPsampx4t1A", "channel:UCGdrLQbt1PYDTPsampx4t1A"),
        (Network.LINKEDIN, "company/city-of-harrow-falls", "city-of-harrow-falls"),
        (Network.LINKEDIN, "in/somebody", "in/somebody"),
        (Network.LINKEDIN, "1234567", "1234567"),
        (Network.BLUESKY, "harrowfalls", "harrowfalls.bsky.social"),
        (Network.BLUESKY, "harrowfalls.example", "harrowfalls.example"),
        (Network.BLUESKY, "did:plc:z72i7hdynmk6r22z27h6tvur", "did:plc:z72i7hdynmk6r22z27h6tvur"),
        (Network.MASTODON, "https://social.harrowfalls.example/@city", "city@social.harrowfalls.example"),
        (Network.OTHER, "https://forum.harrowfalls.example/Parks/", "forum.harrowfalls.example/parks"),
    ],
)
def test_a_handle_is_read_by_the_rules_of_its_network(network: Network, text: str, key: str) -> None:
    address = understand(text, network=network)
    assert (address.network, address.key) == (network, key)
    assert understand(address.url, network=network) == address


def test_the_four_sets_of_names_on_youtube_are_not_confused() -> None:
    keys = {
        understand(f"https://www.youtube.com/{path}").key
        for path in ("user/harrow", "c/harrow", "@harrow", "harrow", "channel/UCGdrLQbt1PYDTPsampx4t1A")
    }
    assert len(keys) == 5


def test_capitals_count_in_a_channel_number_alone() -> None:
    one, other = (understand(f"youtube.com/channel/UC{end}") for end in ("a" * 22, "A" + "a" * 21))
    assert not same(one, other)


def test_a_page_and_a_person_of_one_name_on_linkedin_are_two() -> None:
    assert not same(understand("linkedin.com/company/harrow"), understand("linkedin.com/in/harrow"))


def test_a_name_that_ends_like_a_mobile_prefix_is_kept_whole() -> None:
    assert understand("harrowm.bsky.social").key == "harrowm.bsky.social"


def test_one_name_on_two_networks_is_two_accounts() -> None:
    assert not same(understand("x.com/harrowfalls"), understand("instagram.com/harrowfalls"))


def test_one_name_on_two_mastodon_servers_is_two_accounts() -> None:
    assert not same(understand("@harrow@mastodon.social"), understand("@harrow@mstdn.ca"))


def test_the_handle_keeps_the_capitals_that_a_person_wrote() -> None:
    assert understand("https://x.com/HarrowFalls").handle == "HarrowFalls"


def test_the_address_is_right_where_the_label_beside_it_is_not() -> None:
    address = understand("https://www.facebook.com/harrowfalls", network=Network.X)
    assert address.network is Network.FACEBOOK
    assert address.warnings == ("The address is on Facebook, whatever is written beside it.",)


def test_a_number_alone_is_an_account_too() -> None:
    assert numbered(Network.X, "3026622545") == Address(
        Network.X, "id:3026622545", "3026622545", "https://x.com/i/user/3026622545", (), "3026622545"
    )
    assert numbered(Network.YOUTUBE, "UCGdrLQbt1PYDTPsampx4t1A").key == "channel:UCGdrLQbt1PYDTPsampx4t1A"


def test_instagram_shows_no_page_for_a_number() -> None:
    assert numbered(Network.INSTAGRAM, "1582702853").url == ""


def test_a_server_taken_for_mastodon_from_its_form_is_said_to_be_so() -> None:
    address = understand("https://social.harrowfalls.example/@city")
    assert address.network is Network.MASTODON
    assert address.warnings == (
        "social.harrowfalls.example was taken for a Mastodon server, from the form of the address.",
    )


def test_what_may_be_an_e_mail_address_is_said_to_be_so() -> None:
    assert understand("news@mastodon.social").warnings == (
        "This was read as a Mastodon account. If it is an e-mail address, it names no account.",
    )
    assert understand("@news@mastodon.social").warnings == ()


def test_a_network_that_was_closed_is_named_with_its_year() -> None:
    assert understand("https://vine.co/u/12345").warnings == (
        "Vine was closed in 2017: nobody can post there now.",
    )
