"""Who answers for an account, as far as the words of a list lead to one person or unit."""

from pathlib import Path

import pytest
from tests.accounts.register.lists import CITY, planned, said

from undersigned.accounts.register.owners import Ambiguous, Found, Unknown


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("E100", "p1"),
        ("e100", "p1"),
        ("Odile@Harrow.example", "p1"),
        ("odile tremblay", "p1"),
        ("Tremblay, Odile", "p1"),
        ("  Odile   TREMBLAY ", "p1"),
        ("Parks & Recreation", "u1"),
        ("Parcs et loisirs", "u1"),
        ("Parks and Recreation / Parcs et loisirs", "u1"),
        ("bibliotheque", "u2"),
        ("Library | Bibliothèque", "u2"),
        ("p3", "p3"),
    ],
)
def test_numbers_addresses_and_names_in_both_languages_lead_to_one(text: str, ref: str) -> None:
    answer = CITY.find(text)
    assert isinstance(answer, Found)
    assert answer.ref == ref


def test_two_people_of_one_name_are_asked_about() -> None:
    answer = CITY.find("Sam Oduya")
    assert isinstance(answer, Ambiguous)
    assert [one.ref for one in answer.candidates] == ["p3", "p4"]


@pytest.mark.parametrize("text", ["", "Odile", "Fire", "Library / Fire", "/"])
def test_nobody_is_guessed(text: str) -> None:
    assert CITY.find(text) == Unknown()


def test_an_unknown_owner_is_listed_and_the_account_still_made(tmp_path: Path) -> None:
    made = planned(tmp_path, "Owner,URL\nMarie Nobody,x.com/harrow\nOdile Tremblay,x.com/parks\n")
    assert [dict(one.said) for one in made.created] == [
        {"owner": "Marie Nobody"},
        {"owner": "Odile Tremblay"},
    ]
    assert made.created[0].responsible == {}
    assert said(made) == [
        (
            2,
            "Owner",
            (
                "“Marie Nobody” is no person or unit known here. The account was read without an owner. "
                "Correct the name, or import the roster first."
            ),
        )
    ]


def test_a_steward_is_a_person_and_a_unit_is_none(tmp_path: Path) -> None:
    made = planned(tmp_path, "Unit,Steward,URL\nParks,Parks,x.com/harrow\nLibrary,Library,x.com/library\n")
    assert {name: one.ref for name, one in made.created[0].responsible.items()} == {
        "unit": "u3",
        "steward": "p5",
    }
    assert {name: one.ref for name, one in made.created[1].responsible.items()} == {"unit": "u2"}
    assert [(row, column) for row, column, _what in said(made)] == [(3, "Steward")]


def test_an_ambiguous_name_is_listed_with_those_it_can_be(tmp_path: Path) -> None:
    made = planned(tmp_path, "Steward,URL\nSam Oduya,x.com/harrow\n")
    assert said(made) == [
        (
            2,
            "Steward",
            (
                "“Sam Oduya” can be 2: Sam Oduya (p3), Sam Oduya (p4). The account was read without it. "
                "Write an e-mail address or number."
            ),
        )
    ]


def test_an_unknown_owner_of_many_accounts_is_asked_about_once_a_row(tmp_path: Path) -> None:
    made = planned(tmp_path, "Owner,Twitter,Facebook\nMarie Nobody,@harrow,harrow\n")
    assert len(made.created) == 2
    assert [(row, column) for row, column, _what in said(made)] == [(2, "Owner")]
