"""Names: what is one name in two spellings, what could be one person, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersigned.people.roster.names import (
    better_written,
    could_be_same,
    in_reading_order,
    match_key,
    normalise,
    normalise_parts,
    parts,
    says_less,
)

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "M", "P", "Zs", "Cf")), max_size=30)


@pytest.mark.parametrize(
    "spelling",
    [
        "HÉLÈNE O'BRIEN-ROY",
        "Helene O’Brien-Roy",
        "O'Brien-Roy, Hélène",
        "O'BRIEN-ROY, HELENE",
        "O'BRIEN-ROY Hélène",
        "Hélène  O`Brien Roy ",
        "He\u0301le\u0300ne O'Brien\u2011Roy",
        "\u200bHélène\u00a0O'Brien-Roy\ufeff",
        "Mme Hélène O'Brien-Roy",
        "Dr. Hélène O'Brien-Roy, PhD",
    ],
)
def test_one_name_is_the_same_however_it_is_written(spelling: str) -> None:
    assert match_key(spelling) == match_key("Hélène O'Brien-Roy")


@pytest.mark.parametrize(
    "spelling",
    ["Casper Rowe Jr.", "Casper Rowe, Jr", "ROWE, Casper, Jr.", "Rowe Jr., Casper", "Casper Rowe Junior"],
)
def test_a_suffix_is_found_wherever_it_stands(spelling: str) -> None:
    assert normalise(spelling) == ("casper", "rowe", "jr")


def test_father_and_son_are_not_one_name() -> None:
    assert match_key("Casper Rowe Jr.") != match_key("Casper Rowe Sr.")
    assert not could_be_same(normalise("Casper Rowe Jr."), normalise("Casper Rowe Sr."))


def test_a_short_family_name_is_not_taken_for_a_suffix() -> None:
    assert normalise("Ola Ca") == ("ola", "ca", "")
    assert normalise("Ola Rowe CA") == ("ola", "rowe", "")


def test_a_name_in_two_columns_is_the_same_as_in_one() -> None:
    assert normalise_parts("Anneke", "van der Meer").key == normalise("van der Meer, Anneke").key
    assert normalise_parts("Casper", "Rowe, Jr.").key == normalise("Casper Rowe Jr.").key


def test_particles_belong_to_the_family_name() -> None:
    assert parts("Anneke van der Meer") == ("Anneke", "van der Meer")


def test_a_name_of_one_word_is_a_family_name() -> None:
    assert normalise("Sukarnoputra") == ("", "sukarnoputra", "")


def test_names_in_other_scripts_keep_their_letters() -> None:
    assert match_key("山田 太郎") == "山田 太郎"
    assert match_key("ОРЛОВ Яков") == "яков орлов"
    assert match_key("Łukasz Żółć") == match_key("lukasz zolc")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. Marlowe", "Jessamy Marlowe"),
        ("J. P. Marlowe", "Jessamy Pike Marlowe"),
        ("Jessamy P. Marlowe", "Jessamy Marlowe"),
        ("Jessamy Marlowe III", "Jessamy Marlowe"),
        ("C. Jessamy Marlowe", "Jessamy Marlowe"),
        ("Ximena Rueda", "Ximena Rueda Solis"),
        ("Jessamy M.", "Jessamy Marlowe"),
    ],
)
def test_what_is_left_out_of_a_name_makes_it_a_question(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)
    assert could_be_same(normalise(one), normalise(other))
    assert could_be_same(normalise(other), normalise(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jessamy Marlowe", "Jocasta Marlowe"),
        ("Jessamy Marlowe", "Jessamy Thorne"),
        ("J. A. Marlowe", "Jessamy Bay Marlowe"),
        ("K. Marlowe", "Jessamy Marlowe"),
    ],
)
def test_two_full_names_that_differ_are_never_one_person(one: str, other: str) -> None:
    assert not could_be_same(normalise(one), normalise(other))


def test_a_family_name_in_front_is_said_last() -> None:
    assert in_reading_order("Rowe, Casper, Jr.") == "Casper Rowe Jr."
    assert in_reading_order("Casper Rowe, Jr.") == "Casper Rowe, Jr."
    assert in_reading_order("Rowe,") == "Rowe"


def test_initials_say_less_than_the_name_they_stand_for() -> None:
    assert says_less("J. Marlowe", "Jessamy Marlowe")
    assert says_less("J. Bay Marlowe", "Jessamy Bay Marlowe")
    assert says_less("J. Marlowe", "Jessamy Bay Marlowe")
    assert not says_less("Jessamy Marlowe", "J. Marlowe")
    assert not says_less("Jessamy Marlowe", "Jessamy Marlowe")
    assert not says_less("K. Marlowe", "Jessamy Marlowe")


def test_accents_and_small_letters_are_better_writing_and_commas_are_not() -> None:
    assert better_written("Hélène Roy", "Helene Roy")
    assert better_written("Hélène Roy", "HÉLÈNE ROY")
    assert not better_written("Helene Roy", "Hélène Roy")
    assert not better_written("Casper Rowe, Jr.", "Casper Rowe Jr.")


@settings(deadline=None)
@given(WORDS)
def test_no_text_is_too_strange_to_be_normalised(text: str) -> None:
    once = normalise(text)
    assert could_be_same(once, once) or not any(len(word) > 1 for word in once.tokens)
    assert once.key == match_key(text.upper().lower()) or not text.isascii()


@settings(deadline=None)
@given(st.sampled_from(["Ada", "Jo Ann", "María"]), st.sampled_from(["Marlowe", "van Dyk", "O'Neil"]))
def test_order_of_names_does_not_matter(first: str, last: str) -> None:
    assert match_key(f"{last}, {first}") == match_key(f"{first} {last}")
