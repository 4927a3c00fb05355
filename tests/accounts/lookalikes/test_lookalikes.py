from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.accounts.lookalikes import LookAlike, Presence, Strength, doubles, find
from undersigned.accounts.lookalikes.letters import CONFUSABLES, skeleton
from undersigned.accounts.lookalikes.words import core, words
from undersigned.networks.names import Network

CITY = Presence(
    key="city", network=Network.X, handle="HarrowFalls", display_name="City of Harrow Falls", unit="comms"
)
LIBRARY = Presence(
    key="library",
    network=Network.FACEBOOK,
    handle="HarrowFallsLibrary",
    display_name="Public Library",
    unit="lib",
)
OFFICIAL = [CITY, LIBRARY]


def found(handle: str, name: str = "", network: Network = Network.INSTAGRAM) -> LookAlike | None:
    candidate = Presence(key="candidate", network=network, handle=handle, display_name=name)
    return next(iter(find([candidate], OFFICIAL)), None)


def said(handle: str, name: str = "") -> str:
    match = found(handle, name)
    return "" if match is None else str(match.reasons[0])


@pytest.mark.parametrize(
    ("handle", "says"),
    [
        ("HarrowFaIls", "letters that are drawn alike"),
        ("harr0wfa11s", "letters that are drawn alike"),
        ("hаrrowfalls", "CYRILLIC SMALL LETTER A"),
        ("harrοwfalls", "GREEK SMALL LETTER OMICRON"),
        ("ＨarrowFalls", "FULLWIDTH LATIN CAPITAL LETTER H"),
        ("Harrow\u200bFalls", "ZERO WIDTH SPACE"),
        ("harrow\u202efalls", "RIGHT-TO-LEFT OVERRIDE"),
    ],
)
def test_what_the_eye_cannot_tell_apart_is_a_strong_match_and_names_the_character(
    handle: str, says: str
) -> None:
    match = found(handle)
    assert match is not None
    assert (match.of, match.strength) == (CITY, Strength.STRONG)
    assert says in str(match.reasons[0])


@pytest.mark.parametrize(
    ("handle", "sentence"),
    [
        ("harrow_falls", "“harrow_falls” differs from “HarrowFalls” only in dots, dashes, blanks or digits."),
        (
            "harrowfalls2026",
            "“harrowfalls2026” differs from “HarrowFalls” only in dots, dashes, blanks or digits.",
        ),
        ("h4rrowf4lls", "“h4rrowf4lls” is “HarrowFalls” with digits in place of letters."),
        (
            "HarrowFallsHelp",
            "“HarrowFallsHelp” is “HarrowFalls” but for words that only sound official: help.",
        ),
        (
            "officialharrowfalls",
            "“officialharrowfalls” is “HarrowFalls” but for words that only sound official.",
        ),
        ("harowfalls", "One letter tells “harowfalls” from “HarrowFalls”."),
        ("haroowfalls", "One letter tells “haroowfalls” from “HarrowFalls”."),
        ("harrwofalls", "One letter tells “harrwofalls” from “HarrowFalls”."),
        ("harrwofals", "Two letters tell “harrwofals” from “HarrowFalls”."),
        ("VoteHarrowFalls", "“VoteHarrowFalls” is “HarrowFalls” with “vote” before it."),
        ("harrowfallsjobs", "“harrowfallsjobs” is “HarrowFalls” with “jobs” after it."),
        ("townofharrowfallsuk", "“townofharrowfallsuk” is “HarrowFalls” with “uk” after it."),
    ],
)
def test_each_match_says_why_in_a_sentence(handle: str, sentence: str) -> None:
    assert said(handle) == sentence


def test_what_cannot_be_seen_is_written_out_in_the_sentence() -> None:
    assert "“Harrow<U+200B>Falls”" in said("Harrow\u200bFalls")


def test_another_handle_under_the_citys_name_is_found_by_the_name() -> None:
    assert said("hf_giveaway", "City of Harrow Falls") == "It goes by the same name, “City of Harrow Falls”."
    assert found("hf_giveaway", "Harrow Falls – Official") is not None


def test_the_same_handle_on_a_network_where_the_city_is_not_is_a_strong_match() -> None:
    match = found("HarrowFalls", network=Network.TIKTOK)
    assert match is not None
    assert (match.strength, str(match.reasons[0])) == (
        Strength.STRONG,
        "“HarrowFalls” is the very same handle.",
    )


@pytest.mark.parametrize("handle", ["HarrowFalls", "@harrowfalls", "HARROWFALLS"])
def test_an_official_account_is_no_look_alike_of_another(handle: str) -> None:
    assert found(handle, network=Network.X) is None


@pytest.mark.parametrize(
    "handle", ["share", "library", "falls", "harrow", "home", "x", "HarrowOnTheHill", "", "1234"]
)
def test_names_that_only_share_a_word_or_nothing_are_left_alone(handle: str) -> None:
    assert found(handle) is None


def test_two_letters_that_make_another_word_are_no_slip() -> None:
    fire = Presence(key="fire", network=Network.X, handle="HarrowFallsFire")
    fair = Presence(key="fair", network=Network.X, handle="HarrowFallsFair")
    assert find([fair], [fire]) == []


def test_the_nearest_account_is_named_and_the_strongest_match_comes_first() -> None:
    candidates = [
        Presence(key="a", network=Network.X, handle="HarrowFallsLibraryJobs"),
        Presence(key="b", network=Network.X, handle="HarrowFallsLlbrary"),
    ]
    matches = find(candidates, OFFICIAL)
    assert [(match.candidate.key, match.of) for match in matches] == [("b", LIBRARY), ("a", LIBRARY)]


def test_where_several_accounts_are_as_near_the_one_on_the_same_network_is_named() -> None:
    official = [Presence(key=n.value, network=n, handle="HarrowFalls") for n in (Network.X, Network.FACEBOOK)]
    candidate = Presence(key="c", network=Network.FACEBOOK, handle="HarrowFa11s")
    assert [match.of.key for match in find([candidate], official)] == ["facebook"]


def test_an_endless_name_is_compared_in_no_time() -> None:
    started = time.process_time()
    assert found("harrowfalls" * 1000, "é" * 10_000) is None
    assert time.process_time() - started < 0.5


def test_one_unit_on_several_networks_is_no_double() -> None:
    everywhere = [
        Presence(key=n.value, network=n, handle="HarrowFalls", display_name="Harrow Falls", unit="comms")
        for n in Network
    ]
    assert doubles(everywhere) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HarrowFallsRec", "harrowfallsrec"),
        ("HarrowFallsRec", "HarrowFalls_Rec"),
        ("HarrowFallsRec", "HarrowFallsRec1"),
    ],
)
def test_an_account_that_stands_in_the_register_twice_is_named(one: str, other: str) -> None:
    register = [
        Presence(key="1", network=Network.X, handle=one),
        Presence(key="2", network=Network.X, handle=other),
    ]
    (double,) = doubles(register)
    assert (double.of.key, double.candidate.key) == ("1", "2")


def test_two_numbered_stations_are_two_stations() -> None:
    register = [Presence(key=str(n), network=Network.X, handle=f"HFStation{n}") for n in range(5)]
    assert doubles(register) == []


def test_one_unit_under_one_name_twice_on_a_network_is_a_double_and_two_units_are_not() -> None:
    def pool(key: str, unit: str) -> Presence:
        return Presence(
            key=key, network=Network.X, handle=f"swim{key * 5}", display_name="Outdoor pool", unit=unit
        )

    assert len(doubles([pool("a", "parks"), pool("b", "parks")])) == 1
    assert doubles([pool("a", "parks"), pool("b", "schools")]) == []


def test_accents_do_not_make_a_stranger() -> None:
    assert said("HarrowFallsBibliothèque") == ""
    official = [
        Presence(key="1", network=Network.X, handle="villedemontreal", display_name="Ville de Montréal")
    ]
    assert find(
        [Presence(key="2", network=Network.X, handle="x", display_name="Ville de Montreal")], official
    )


def test_a_name_is_cut_into_words_where_a_reader_would() -> None:
    assert words("Harrow_FallsNews2") == ["harrow", "falls", "news"]
    assert core("The Official City of Harrow Falls") == "harrowfalls"
    assert core("RealOfficial") == "realofficial"


def test_the_table_of_characters_holds_the_common_ones() -> None:
    assert {CONFUSABLES[ord(letter)] for letter in "аеорсухАВЕКМНОРСТХ"} == set("aeopcyxabekmhopctx") | {
        "m",
        "b",
    }
    assert skeleton("ΗΑRRΟW") == skeleton("HARROW")


def test_two_thousand_names_are_held_against_two_thousand_in_a_second_and_a_half() -> None:
    rng = random.Random(7)  # noqa: S311 - the same cases each time
    topics = [
        f"{a}{b}" for a in ("Fire", "Parks", "Pool", "Roads", "Arts") for b in ("Now", "East", "Yard", "Hub")
    ]

    def named(i: int) -> str:
        return f"HarrowFalls{rng.choice(topics)}{rng.choice(topics)}{i if i % 3 else ''}"

    official = [
        Presence(key=f"o{i}", network=Network.X, handle=named(i), display_name=named(i)) for i in range(2000)
    ]
    others = [
        Presence(key=f"c{i}", network=Network.FACEBOOK, handle=named(i)[:-1] + "z") for i in range(2000)
    ]
    started = time.process_time()
    assert find(others, official)
    assert time.process_time() - started < 1.5


letters = st.text(st.sampled_from("abcdehlmnoprstuwy"), min_size=6, max_size=20)


@given(letters, st.data())
def test_replacing_letters_by_their_doubles_never_hides_a_name(name: str, data: st.DataObject) -> None:
    alike = {look: chr(point) for point, look in CONFUSABLES.items()}
    chosen = data.draw(st.sets(st.sampled_from(sorted(set(name)))))
    disguised = "".join(alike.get(letter, letter) if letter in chosen else letter for letter in name)
    assert skeleton(disguised) == skeleton(name)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_compared(handle: str, name: str) -> None:
    match = found(handle, name)
    assert match is None or str(match.reasons[0])
