"""What each column is taken to mean, before a person confirms it."""

from pathlib import Path

import pytest
from tests.accounts.register.lists import CITY, bring, keys, planned

from undersigned.accounts.register.columns import guess, read_mapping
from undersigned.accounts.register.planning import plan
from undersigned.imports.columns import Mapping, MappingRefused


def meanings(folder: Path, text: str) -> dict[str, str | None]:
    return {column.name: column.field for column in guess(bring(folder, text)).columns}


def test_a_long_list_is_recognised(tmp_path: Path) -> None:
    assert meanings(
        tmp_path,
        "Owning Unit,Platform,Account Name,Web address,Contact,Backup contact,Date created,Notes\n"
        "Library,Twitter,@harrow,https://x.com/harrow,Ravi Lund,Odile Tremblay,2012-01-01,\n",
    ) == {
        "Owning Unit": "unit",
        "Platform": "network",
        "Account Name": "handle",
        "Web address": "url",
        "Contact": "steward",
        "Backup contact": "deputy",
        "Date created": "opened_on",
        "Notes": "notes",
    }


def test_a_wide_list_is_recognised(tmp_path: Path) -> None:
    assert meanings(
        tmp_path,
        "Account,Website,X (formerly Twitter),Twitter followers,LinkedIn Page,You Tube,TikTok URL,Facebook ID\n"
        "Harrow Library,https://library.harrow.example,@harrow,120,city-of-harrow,@harrow,tiktok.com/@harrow,8037068318\n",
    ) == {
        "Account": "display_name",
        "Website": None,
        "X (formerly Twitter)": "x.handle",
        "Twitter followers": "x.followers",
        "LinkedIn Page": "linkedin.handle",
        "You Tube": "youtube.handle",
        "TikTok URL": "tiktok.handle",
        "Facebook ID": "facebook.network_id",
    }


def test_values_decide_where_the_name_of_a_column_misleads(tmp_path: Path) -> None:
    assert meanings(
        tmp_path,
        'Unit,Twitter ID,Facebook,Medium\nLibrary,@harrow,"1,200",Twitter\nParks,@parks,310,Facebook\n',
    ) == {"Unit": "unit", "Twitter ID": "x.handle", "Facebook": "facebook.followers", "Medium": "network"}


def test_addresses_are_recognised_under_any_name(tmp_path: Path) -> None:
    assert (
        meanings(tmp_path, "A,B\nLibrary,https://x.com/harrow\nParks,https://www.facebook.com/parks\n")["B"]
        == "url"
    )


def test_words_alone_are_not_taken_for_handles(tmp_path: Path) -> None:
    assert meanings(tmp_path, "Code,Twitter\nR17,@harrow\nR18,@parks\n")["Code"] is None


def test_the_identifier_that_most_rows_have_is_the_owners(tmp_path: Path) -> None:
    text = "id.old,id.staff,twitter\n,E100,@harrow\n7,E200,@parks\n"
    assert meanings(tmp_path, text) == {"id.old": None, "id.staff": "owner", "twitter": "x.handle"}


def test_a_key_that_records_stand_under_is_their_owner(tmp_path: Path) -> None:
    sheet = bring(
        tmp_path, '{"Library": {"twitter": "harrow"}, "Parks": {"twitter": "parks"}}', "accounts.json"
    )
    assert {column.name: column.field for column in guess(sheet).columns} == {
        "key": "owner",
        "twitter": "x.handle",
    }


def test_a_misspelt_network_in_a_header_is_read_but_not_sure(tmp_path: Path) -> None:
    (_unit, column) = guess(bring(tmp_path, "Unit,Intagram page\nLibrary,@harrow\n")).columns
    assert (column.field, column.is_sure) == ("instagram.handle", False)


def test_a_sign_in_address_is_no_account(tmp_path: Path) -> None:
    assert meanings(tmp_path, "Twitter,Login\n@harrow,clerk@harrow.example\n")["Login"] is None


def test_a_confirmed_mapping_is_kept_and_used_for_the_next_file(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Who,Where,What\nLibrary,Twitter,@harrow\n")
    confirmed = read_mapping(
        '{"format": "undersigned-columns/1", "columns": {"Who": "unit", "Where": "network", "What": "handle"}}'
    )
    kept = read_mapping(confirmed.to_json())
    assert keys(plan(sheet, kept, [], CITY).created) == ["x:harrow"]
    made = planned(tmp_path, "WHAT,New,Where,who\n@parks,?,X,Parks\n", mapping=kept)
    assert keys(made.created) == ["x:parks"]
    assert made.created[0].responsible["unit"].ref == "u3"


def test_a_wide_mapping_is_kept_too(tmp_path: Path) -> None:
    confirmed = guess(bring(tmp_path, "Unit,Twitter,Twitter ID\nLibrary,@harrow,2244994945\n"))
    assert read_mapping(confirmed.to_json()).fields == {"unit", "x.handle", "x.network_id"}


def test_a_mapping_to_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(MappingRefused, match="no field here"):
        read_mapping('{"columns": {"Who": "boss"}}')


def test_a_list_without_any_account_column_is_refused_in_words(tmp_path: Path) -> None:
    sheet = bring(tmp_path, "Unit,Phone\nLibrary,555 0100\n")
    with pytest.raises(MappingRefused, match="No column of this file"):
        plan(sheet, Mapping(guess(sheet).columns), [], CITY)
