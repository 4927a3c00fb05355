"""A column a network."""

import json
from pathlib import Path

from tests.accounts.register.lists import keys, planned, said, warned


def test_each_filled_cell_becomes_an_account_of_the_rows_owner(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "Department,Twitter,Facebook URL,Instagram handle\n"
        "Library,@harrowlibrary,https://www.facebook.com/harrowlibrary,harrow.library\n"
        "Parks and Recreation,,https://www.facebook.com/harrowparks,n/a\n"
        "Roads,,,\n",
    )
    assert keys(made.created) == [
        "x:harrowlibrary",
        "facebook:harrowlibrary",
        "instagram:harrow.library",
        "facebook:harrowparks",
    ]
    assert {one.responsible["unit"].name for one in made.created} == {"Library", "Parks and Recreation"}
    assert said(made) == []


def test_a_handle_and_a_number_in_two_columns_are_one_account(tmp_path: Path) -> None:
    entries = [
        {
            "id": {"staff": "E100", "old": "7"},
            "social": {
                "twitter": "HarrowFalls",
                "twitter_id": 2244994945,
                "youtube_id": "UCGdrLQbt1PYDTPsampx4t1A",
            },
        },
        {
            "id": {"staff": "E200"},
            "social": {"youtube": "HarrowParks", "youtube_id": "UCP5QBhng_lHv-vJgE_h7lpA"},
        },
    ]
    made = planned(tmp_path, json.dumps(entries), name="accounts.json")
    assert [(one.address.key, one.address.network_id) for one in made.created] == [
        ("harrowfalls", "2244994945"),
        ("channel:UCGdrLQbt1PYDTPsampx4t1A", "UCGdrLQbt1PYDTPsampx4t1A"),
        ("user:harrowparks", "UCP5QBhng_lHv-vJgE_h7lpA"),
    ]
    assert [one.responsible["owner"].name for one in made.created] == [
        "Odile Tremblay",
        "Odile Tremblay",
        "Ravi Lund",
    ]
    assert said(made) == []


def test_a_number_that_could_be_either_accounts_is_not_given_to_one(tmp_path: Path) -> None:
    made = planned(tmp_path, "Unit,Twitter,Twitter ID\nLibrary,@one and @two,2244994945\n")
    assert keys(made.created) == ["x:one", "x:two"]
    assert [(row, column) for row, column, _what in said(made)] == [(2, "Twitter ID")]


def test_an_address_under_another_networks_name_counts_where_it_leads(tmp_path: Path) -> None:
    made = planned(tmp_path, "Unit,Twitter,Facebook\nLibrary,https://www.facebook.com/harrow,\n")
    assert keys(made.created) == ["facebook:harrow"]
    assert warned(made) == [(2, "Twitter", "The address is on Facebook, whatever is written beside it.")]


def test_a_tick_says_that_there_is_an_account_and_not_which(tmp_path: Path) -> None:
    made = planned(tmp_path, "Unit,Twitter,Facebook\nLibrary,Yes,harrow\nParks,@parks,\n")
    assert said(made) == [
        (2, "Twitter", "“Yes” says that there is an account, and not which. Write its address.")
    ]


def test_followers_of_one_network_belong_to_its_account(tmp_path: Path) -> None:
    made = planned(
        tmp_path, "Unit,Twitter,Twitter followers,Facebook,Facebook likes\nLibrary,@harrow,120,harrow,4500\n"
    )
    assert [one.facts["followers"] for one in made.created] == ["120", "4500"]
    assert keys(made.created) == ["x:harrow", "facebook:harrow"]


def test_french_column_names_are_understood(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "Direction,Compte Twitter,Page Facebook,Chaîne YouTube,Courriel\nBibliothèque,@biblio,biblio,@biblio,\n",
    )
    assert keys(made.created) == ["x:biblio", "facebook:biblio", "youtube:@biblio"]
    assert made.created[0].responsible["unit"].ref == "u2"
