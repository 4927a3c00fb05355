"""Registers as public bodies really publish them, against what a correct import must find in them."""

import csv
import json
import os
import re
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from undersigned.accounts.register.columns import guess
from undersigned.accounts.register.matching import ExistingAccount
from undersigned.accounts.register.owners import Directory, Found, Known
from undersigned.accounts.register.plan import Plan, Planned
from undersigned.accounts.register.planning import plan
from undersigned.imports.sheets import read
from undersigned.networks.addresses import NotUnderstood, understand
from undersigned.networks.names import network_named

SHARED = Path(os.environ.get("UNDERSIGNED_SHARED", Path(__file__).parents[3].parent / "shared"))
REGISTERS = SHARED / "data" / "registers"
FIRST, SECOND, DIRTY = (
    REGISTERS / name
    for name in (
        "congress_social_media_2022-11-29.yaml",
        "congress_social_media_2024-12-06.yaml",
        "made_dirty_2024-12-06.csv",
    )
)

pytestmark = pytest.mark.skipif(not REGISTERS.exists(), reason="the shared folder is not here")


def truth(name: str) -> Any:
    return json.loads((SHARED / "data" / "truth" / name).read_text("utf-8"))


@cache
def members() -> Directory:
    """Everybody in either roster, by number alone."""
    people: dict[str, Known] = {}
    for day in ("2022-12-13", "2024-12-06"):
        with (SHARED / f"data/rosters/congress_roster_{day}.csv").open(
            newline="", encoding="utf-8-sig"
        ) as lines:
            for row in csv.DictReader(lines):
                number = row["bioguide"]
                people[number] = Known(Found("person", number, number), (), (number,))
    return Directory(people.values())


def planned(path: Path, existing: tuple[ExistingAccount, ...] = ()) -> Plan:
    sheet = read(path)
    return plan(sheet, guess(sheet), existing, members())


@cache
def first() -> Plan:
    return planned(FIRST)


@cache
def second() -> Plan:
    return planned(SECOND, registered(first()))


def registered(made: Plan) -> tuple[ExistingAccount, ...]:
    accounts = [*made.created, *(one.planned for one in (*made.changed, *made.unchanged))]
    return tuple(
        ExistingAccount(
            str(at),
            one.address.network,
            one.address.key,
            one.address.handle,
            one.address.url,
            one.address.network_id,
            dict(one.facts) | {name: found.ref for name, found in one.responsible.items()},
            from_this_source=True,
        )
        for at, one in enumerate(accounts)
    )


def accounts_of(made: Plan) -> list[Planned]:
    return [*made.created, *(one.planned for one in (*made.changed, *made.unchanged))]


def by_network(accounts: list[Planned]) -> dict[str, int]:
    return dict(Counter(one.address.network.value for one in accounts))


@pytest.mark.parametrize(("made", "day"), [(first, "2022-11-29"), (second, "2024-12-06")])
def test_accounts_in_each_register_are_those_of_the_truth(made: Any, day: str) -> None:
    told = truth("registers.json")["snapshots"][day]
    accounts = accounts_of(made())
    assert len(made().rows) == told["people"]
    assert len(accounts) == told["accounts_total"]
    assert by_network(accounts) == told["accounts"]
    unnamed = [one for one in accounts if one.address.network.value == "youtube" and one.address.is_number]
    assert {"youtube": len(unnamed)} == told["known_by_number_only"]
    assert made().duplicates == ()
    assert made().problems == ()
    assert made().warnings == ()


def test_a_second_register_shows_who_was_renamed_added_and_removed() -> None:
    told = truth("registers.json")
    renamed = [one for one in second().changed if one.is_renamed]
    assert sorted((one.existing.handle, one.planned.address.handle) for one in renamed) == sorted(
        (one["from"], one["to"]) for one in told["x_accounts_renamed"]
    )
    assert len(second().changed) == len(renamed)
    new = [one for one in second().created if one.responsible["owner"].ref not in told["people_added"]]
    assert by_network(new) == told["accounts_gained_by_people_in_both"]
    assert {one.responsible["owner"].ref for one in second().created} - set(told["people_added"]) == {
        one.responsible["owner"].ref for one in new
    }


def test_what_the_second_register_no_longer_lists_is_to_be_confirmed() -> None:
    removed = set(truth("registers.json")["people_removed"])
    kept = {one.existing.ref for one in (*second().changed, *second().unchanged)}
    gone = {one.ref for one in second().gone}
    assert not kept & gone
    assert len(kept) + len(gone) == len(registered(first()))
    theirs = {one.ref for one in registered(first()) if one.facts["owner"] in removed}
    assert theirs <= gone


@pytest.mark.parametrize("path", [FIRST, SECOND, DIRTY], ids=lambda path: path.stem)
def test_the_same_register_again_changes_nothing(path: Path) -> None:
    once = planned(path)
    again = planned(path, registered(once))
    assert (again.created, again.changed, again.gone) == ((), (), ())
    assert len(again.unchanged) == len(once.created)


def test_a_register_as_people_bring_it_gives_each_account_once() -> None:
    told = truth("made_dirty.json")
    made = planned(DIRTY)
    assert len(made.rows) == told["rows"]
    assert len(made.created) == told["accounts_total"]
    assert by_network(list(made.created)) == told["accounts"]
    assert [{"row": one.row, "same_as_row": one.same_as_row} for one in made.duplicates] == told["repeated"]
    assert made.problems == ()
    assert made.warnings == ()


def test_a_register_as_people_bring_it_is_the_clean_one() -> None:
    dirty = planned(DIRTY, registered(planned(SECOND)))
    assert dirty.created == ()
    assert dirty.changed == ()
    assert len(dirty.unchanged) == truth("made_dirty.json")["accounts_total"]


def test_the_accounts_of_owners_who_left_are_found() -> None:
    told = truth("congress_people.json")["leaving_test"]
    gone = set(told["owners_gone"])
    theirs = [one for one in first().created if one.responsible["owner"].ref in gone]
    assert len(theirs) == told["their_accounts_total"]
    assert by_network(theirs) == told["their_accounts"]


def near_misses() -> list[tuple[str, str, str]]:
    with (REGISTERS / "congress_social_media_blacklist.csv").open(newline="", encoding="utf-8") as lines:
        return [(row["service"], row["pattern"], row["comment"].strip()) for row in csv.DictReader(lines)]


def test_parts_of_pages_are_no_accounts() -> None:
    """The blacklist holds what a careless reader of pages took for handles."""
    parts = (
        "plugin",
        "embed",
        "not the share url",
        "share URL",
        "probably not real",
        "year xmlns",
        "never the answer",
    )
    concrete = [
        (service, pattern.strip("^$").replace("\\", ""))
        for service, pattern, comment in near_misses()
        if comment.startswith(parts)
        or comment in {"media plugin", "photo plugin", "like plugin", "some plugin"}
    ]
    assert len(concrete) > 15
    taken = [f"{service} {part}" for service, part in concrete if _is_an_account(service, part)]
    assert taken == ["youtube housedems", "youtube republicanconference"]  # accounts, met in embedded players


def _is_an_account(service: str, part: str) -> bool:
    try:
        understand(part, network=network_named(service).network)
    except NotUnderstood:
        return False
    return True


def test_no_pattern_of_the_blacklist_catches_an_account_that_was_read() -> None:
    caught = [
        (one.address.handle, pattern)
        for made in (first(), second())
        for one in accounts_of(made)
        for service, pattern, _comment in near_misses()
        if network_named(service).network is one.address.network
        and not one.address.is_number
        and re.search(pattern, one.address.handle, re.IGNORECASE)
    ]
    assert caught == []


def test_campaign_accounts_are_not_taken_for_official_ones() -> None:
    official = {
        (one.address.network, one.address.key) for made in (first(), second()) for one in accounts_of(made)
    }
    campaigns = [
        understand(handle, network=network_named(service).network)
        for service, handle in (one.split(":") for one in truth("near_misses.json")["campaign_accounts"])
    ]
    assert not official & {(one.network, one.key) for one in campaigns}


def test_a_register_of_congress_is_planned_in_well_under_a_second() -> None:
    existing = registered(first())
    sheet = read(SECOND)
    mapping = guess(sheet)
    began = time.process_time()
    plan(sheet, mapping, existing, members())
    assert time.process_time() - began < 1.0
