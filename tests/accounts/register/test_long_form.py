"""A row an account."""

from pathlib import Path

import pytest
from tests.accounts.register.lists import keys, planned, said, warned


def test_each_row_becomes_an_account(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "Department,Platform,URL\n"
        "Parks,Twitter,https://twitter.com/HarrowParks\n"
        "Library,Facebook,facebook.com/harrow.library/\n"
        "Library,Mastodon,@library@mastodon.social\n",
    )
    assert keys(made.created) == [
        "x:harrowparks",
        "facebook:harrowlibrary",
        "mastodon:library@mastodon.social",
    ]
    assert said(made) == []


def test_a_handle_needs_its_network(tmp_path: Path) -> None:
    made = planned(tmp_path, "Platform,Handle\nInstagram,@harrowparks\n,@harrowlibrary\n")
    assert keys(made.created) == ["instagram:harrowparks"]
    assert [(row, column) for row, column, _what in said(made)] == [(3, "Handle")]
    assert "Say which network" in said(made)[0][2]


def test_a_network_that_is_misspelt_is_read_with_a_warning(tmp_path: Path) -> None:
    made = planned(tmp_path, "Platform,Handle\nIntagram,@harrowparks\nYoutube,@harrowfalls\n")
    assert keys(made.created) == ["instagram:harrowparks", "youtube:@harrowfalls"]
    assert warned(made) == [(2, "Platform", "“Intagram” was read as Instagram.")]


def test_what_is_no_network_is_listed_with_its_row_and_kept(tmp_path: Path) -> None:
    made = planned(tmp_path, "Platform,Handle\nTwitter,@harrow\nTwitter,@harrowparks\nRadio,CKHF\n")
    assert said(made) == [
        (
            4,
            "Platform",
            "“Radio” is not a network known here. Correct its name, or choose “Another place”.",
        )
    ]
    assert made.rows[2].cells == {"Platform": "Radio", "Handle": "CKHF"}
    assert made.rows[2].accounts == 0
    assert [problem.row for problem in made.rows[2].problems] == [4]


def test_an_address_is_right_where_its_label_is_not(tmp_path: Path) -> None:
    made = planned(tmp_path, "Platform,URL\nTwitter,https://www.facebook.com/harrowparks\n")
    assert keys(made.created) == ["facebook:harrowparks"]
    assert warned(made) == [(2, "URL", "The address is on Facebook, whatever is written beside it.")]


def test_an_address_needs_no_label(tmp_path: Path) -> None:
    made = planned(
        tmp_path, "Owner,Link\nParks,https://www.tiktok.com/@harrowparks\nParks,x.com/harrowparks\n"
    )
    assert keys(made.created) == ["tiktok:harrowparks", "x:harrowparks"]


def test_a_handle_and_an_address_in_one_row_are_one_account(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "Network,Handle,URL\n"
        "X,@HarrowParks,https://x.com/harrowparks\n"
        "YouTube,HarrowParks,https://www.youtube.com/@harrowparks\n"
        "Facebook,Harrow Falls Parks,https://www.facebook.com/profile.php?id=100064812345678\n",
    )
    assert keys(made.created) == ["x:harrowparks", "youtube:@harrowparks", "facebook:100064812345678"]
    assert (said(made), warned(made)) == ([], [])


def test_a_handle_at_odds_with_its_address_is_pointed_out(tmp_path: Path) -> None:
    made = planned(tmp_path, "Network,Handle,URL\nX,@harrowparks,https://x.com/harrowfalls\n")
    assert keys(made.created) == ["x:harrowfalls"]
    assert warned(made) == [
        (
            2,
            "Handle",
            "The handle says harrowparks, the address leads to https://x.com/harrowfalls. The address was taken.",
        )
    ]


def test_a_number_beside_a_handle_is_kept_with_it(tmp_path: Path) -> None:
    made = planned(tmp_path, "Network,Handle,Account ID\nX,@harrowparks,2244994945\n")
    (account,) = made.created
    assert (account.address.key, account.address.network_id) == ("harrowparks", "2244994945")


def test_a_number_alone_is_an_account(tmp_path: Path) -> None:
    made = planned(tmp_path, "Network,Handle,Account ID\nX,,2244994945\nX,@harrow,2244994946\n")
    assert keys(made.created) == ["x:id:2244994945", "x:harrow"]


def test_several_addresses_in_one_cell_are_several_accounts(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "Owner,Accounts\n"
        'Library,"https://x.com/harrowparks; https://www.facebook.com/harrowparks\nwww.instagram.com/harrowparks"\n'
        'Library,"Twitter: @harrowlibrary, Instagram - harrow.library"\n'
        "Library,https://x.com/a and https://x.com/b\n",
        name="a.csv",
    )
    assert keys(made.created) == [
        "x:harrowparks",
        "facebook:harrowparks",
        "instagram:harrowparks",
        "x:harrowlibrary",
        "instagram:harrow.library",
        "x:a",
        "x:b",
    ]
    assert said(made) == []


def test_one_handle_on_two_networks_is_two_accounts(tmp_path: Path) -> None:
    made = planned(
        tmp_path, "Platform,Link\nInstagram / Facebook,@harrow\nTwitter/X,@parks\nTwitter,@roads\n"
    )
    assert keys(made.created) == ["instagram:harrow", "facebook:harrow", "x:parks", "x:roads"]


def test_a_title_in_the_place_of_a_handle_makes_no_account(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "Account name,Platform,Link\nHarrow Falls Library,Facebook,facebook.com/harrowlibrary\n"
        "City of Harrow Falls,Twitter,x.com/harrow\nPavilion,Instagram,see our website\n",
    )
    assert keys(made.created) == ["facebook:harrowlibrary", "x:harrow"]
    assert [(row, column) for row, column, _what in said(made)] == [(4, "Link")]


def test_accounts_listed_within_a_record_are_each_read(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "- unit: Library\n  accounts:\n  - {network: twitter, handle: harrowlibrary}\n"
        "  - {network: facebook, handle: harrow.library}\n"
        "- unit: Parks and Recreation\n  accounts:\n  - {network: instagram, handle: harrowparks}\n",
        name="accounts.yaml",
    )
    assert keys(made.created) == ["x:harrowlibrary", "facebook:harrowlibrary", "instagram:harrowparks"]
    assert [one.responsible["unit"].ref for one in made.created] == ["u2", "u2", "u1"]
    assert said(made) == []


@pytest.mark.parametrize("word", ["none", "N/A", "-", "–", "Aucun", "s.o.", "not applicable"])
def test_a_word_for_none_is_no_account_and_no_problem(tmp_path: Path, word: str) -> None:
    made = planned(tmp_path, f"Platform,URL\nTwitter,{word}\nTwitter,x.com/harrow\n")
    assert keys(made.created) == ["x:harrow"]
    assert said(made) == []


def test_a_row_without_an_account_is_listed(tmp_path: Path) -> None:
    made = planned(tmp_path, "Owner,Platform,URL\nLibrary,Twitter,x.com/harrow\nLibrary,Facebook,\n")
    assert said(made) == [(3, "URL", "No account is named in this row. Write its handle or address.")]


def test_a_share_link_and_a_shortener_are_listed_and_everything_else_is_read(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "Platform,URL\n"
        "Facebook,https://www.facebook.com/sharer.php?u=harrow\n"
        "Twitter,https://bit.ly/3abc\n"
        "Twitter,https://x.com@evil.example/\n"
        "Twitter,https://x.com/harrow\n",
    )
    assert keys(made.created) == ["x:harrow"]
    assert [(row, column) for row, column, _what in said(made)] == [(2, "URL"), (3, "URL"), (4, "URL")]


def test_a_hidden_letter_is_named_with_its_row(tmp_path: Path) -> None:
    made = planned(tmp_path, "Platform,Handle\nTwitter,harrow\u200bparks\nTwitter,\u202eskrap\n")
    assert made.created == ()
    assert [what for _row, _column, what in said(made)] == [
        "“harrow<U+200B>parks” hides U+200B ZERO WIDTH SPACE inside. Type the handle again by hand, without it.",
        "“<U+202E>skrap” hides U+202E RIGHT-TO-LEFT OVERRIDE inside. Type the handle again by hand, without it.",
    ]


def test_one_account_in_two_spellings_is_made_once_and_both_rows_are_listed(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "Owner,Platform,URL\n"
        "Parks,Twitter,https://twitter.com/HarrowParks\n"
        "Library,X,x.com/harrowlibrary\n"
        "Parks,X,https://mobile.twitter.com/harrowparks?lang=en\n",
    )
    assert keys(made.created) == ["x:harrowparks", "x:harrowlibrary"]
    assert made.created[0].rows == (2, 4)
    assert [(one.row, one.same_as_row) for one in made.duplicates] == [(4, 2)]


def test_a_repeated_row_fills_what_the_first_left_blank_and_overrules_nothing(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "Unit,URL,Purpose,Steward\n"
        "Library,x.com/harrowlibrary,,Ravi Lund\n"
        "Library,twitter.com/harrowlibrary,Opening hours,Odile Tremblay\n",
    )
    (account,) = made.created
    assert account.facts["purpose"] == "Opening hours"
    assert account.responsible["steward"].name == "Ravi Lund"
    assert said(made) == [
        (
            3,
            "Steward",
            "Row 2 says “Ravi Lund” of the same account, this row “Odile Tremblay”. The first was kept.",
        )
    ]


def test_one_handle_with_two_numbers_is_not_guessed(tmp_path: Path) -> None:
    made = planned(tmp_path, "Network,Handle,Account ID\nX,@harrow,2244994945\nX,@harrow,2244994946\n")
    assert [one.address.network_id for one in made.created] == ["2244994945"]
    assert [row for row, _column, _what in said(made)] == [3]


def test_facts_are_read_into_one_form(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "URL,Name,Purpose,Language,Followers,Email,Opened on,Last post\n"
        'x.com/harrow,Harrow  Falls,News,EN/FR,"12,345",News@Harrow.example,2012-05-01,31/12/2024\n'
        "x.com/harrowfr,Harrow,News,Français,12.3k,,1 mai 2013,30/11/2024\n",
    )
    assert dict(made.created[0].facts) == {
        "display_name": "Harrow Falls",
        "purpose": "News",
        "language": "en fr",
        "email": "news@harrow.example",
        "followers": "12345",
        "opened_on": "2012-05-01",
        "last_post_on": "2024-12-31",
    }
    assert made.created[1].facts["followers"] == "12300"
    assert made.created[1].facts["opened_on"] == "2013-05-01"


def test_a_fact_that_cannot_be_read_leaves_the_account_standing(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        "URL,Followers,Last post,Email\n"
        "x.com/harrow,many,long ago,none yet\n"
        "x.com/parks,20,2024-01-01,parks@harrow.example\n"
        "x.com/library,30,2024-01-02,library@harrow.example\n",
    )
    assert keys(made.created) == ["x:harrow", "x:parks", "x:library"]
    assert {(row, column) for row, column, _what in said(made)} == {
        (2, "Followers"),
        (2, "Last post"),
        (2, "Email"),
    }


def test_dates_that_can_be_two_days_are_asked_about_once(tmp_path: Path) -> None:
    text = "URL,Last post\nx.com/harrow,03/04/2024\nx.com/parks,05/06/2024\n"
    made = planned(tmp_path, text)
    assert [(row, column) for row, column, _what in said(made)] == [(None, "Last post")]
    assert "last_post_on" not in made.created[0].facts


@pytest.mark.parametrize("header", ["Password", "Username/Password", "Mot de passe du compte", "PWD"])
def test_passwords_are_neither_read_nor_kept(tmp_path: Path, header: str) -> None:
    made = planned(tmp_path, f"URL,{header},Purpose\nx.com/harrow,hunter2,News\n")
    assert "hunter2" not in repr(made)
    assert [(row, column) for row, column, _what in said(made)] == [(None, header)]
    assert made.created[0].facts == {"purpose": "News"}
