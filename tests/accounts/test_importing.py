"""Lists of accounts, brought through the command that a city calls."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from tests.accounts.stages import Stages, fresh
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts
from undersigned.accounts.acts import importing
from undersigned.accounts.models import Account
from undersigned.accounts.queries.importing import edition_of, prepared
from undersigned.accounts.states import AccountState, Kind, Origin
from undersigned.people import acts as people
from undersigned.people.states import Office, PersonClass
from undersigned.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bring(tmp_path: Path) -> Any:
    """Writes a list to a file and brings it; answers with the one object that the command prints."""

    def bring(text: str, name: str = "accounts.csv", **options: Any) -> dict[str, Any]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        out = io.StringIO()
        call_command("import_accounts", str(path), "--json", stdout=out, **options)
        answer: dict[str, Any] = json.loads(out.getvalue())
        return answer

    return bring


def counts(answer: dict[str, Any]) -> tuple[int, int, int, int]:
    return answer["created"], answer["changed"], answer["unchanged"], answer["gone"]


LIST = """Department,Platform,Link,Contact
Parks,Twitter,https://twitter.com/HarrowParks,Stella Wardour
Parks,Facebook,https://www.facebook.com/harrowparks/,Stella Wardour
Libraries,Instagram,@harrowlibrary,
"""


def test_a_list_becomes_accounts_with_owners(bring: Any, stages: Stages, cast: Cast) -> None:
    stages.employee("Stella Wardour")
    libraries = cast.unit("Libraries", parent="Harrow Falls")
    answer = bring(LIST)
    assert (answer["read"], *counts(answer)) == (3, 3, 0, 0, 0)
    found = {(a.network, a.handle): a for a in Account.objects.all()}
    parks = found["x", "HarrowParks"]
    assert (parks.unit, parks.steward) == (stages.unit, stages.employee("Stella Wardour"))
    assert (parks.state, parks.origin, parks.approved_on) == (AccountState.LIVE, Origin.EXISTING, None)
    assert found["instagram", "harrowlibrary"].unit == libraries


def test_the_same_file_again_changes_nothing(bring: Any, stages: Stages) -> None:
    stages.employee("Stella Wardour")
    bring(LIST)
    entries = Entry.objects.count()
    assert counts(bring(LIST)) == (0, 0, 3, 0)
    assert Entry.objects.count() == entries


def test_the_same_file_again_does_not_undo_what_people_did(bring: Any, stages: Stages) -> None:
    stages.employee("Stella Wardour")
    bring(LIST)
    account = Account.objects.get(network="x")
    acts.assign(by=stages.communications, account=account, steward=stages.employee("Nora New"))
    assert counts(bring(LIST)) == (0, 0, 3, 0)
    assert fresh(account).steward == stages.employee("Nora New")


def test_a_trial_writes_nothing(bring: Any) -> None:
    answer = bring(LIST, dry_run=True)
    assert counts(answer)[0] == 3
    assert not Account.objects.exists()


def test_a_later_edition_shows_new_changed_and_gone(bring: Any, stages: Stages) -> None:
    stages.employee("Stella Wardour")
    stages.employee("Nora New")
    bring(LIST, "accounts 2023.csv")
    later = (
        LIST.replace("Libraries,Instagram,@harrowlibrary,\n", "")
        .replace("Wardour\nParks,Face", "Wardour\nParks,YouTube,@harrowparks,\nParks,Face")
        .replace("harrowparks/,Stella Wardour", "harrowparks/,Nora New")
    )
    answer = bring(later, "accounts 2024.csv")
    assert counts(answer) == (1, 1, 1, 1)
    gone = Account.objects.get(network="instagram")
    assert (gone.state, gone.gone_from) == (AccountState.LIVE, "accounts 2024.csv")
    assert Account.objects.get(network="facebook").steward == stages.employee("Nora New")
    assert counts(bring(later, "accounts 2024.csv")) == (0, 0, 3, 0)


def test_what_is_listed_again_is_there_after_all(bring: Any) -> None:
    bring(LIST)
    bring(LIST.replace("Libraries,Instagram,@harrowlibrary,\n", ""))
    assert Account.objects.get(network="instagram").gone_since is not None
    bring(LIST)
    assert Account.objects.get(network="instagram").gone_since is None


def test_another_units_list_says_nothing_about_the_rest(bring: Any) -> None:
    bring(LIST)
    answer = bring("Platform,Link\nTikTok,https://www.tiktok.com/@harrowpool\n", "pool.csv")
    assert counts(answer) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Accounts 2023.xlsx", "accounts_2024 (1).csv", True),
        ("accounts.csv", "pool.csv", False),
        ("2023.csv", "2024.csv", False),
    ],
)
def test_editions_of_a_list_differ_in_digits_alone(one: str, other: str, same: bool) -> None:
    assert (edition_of(one) == edition_of(other)) is same


def test_a_renamed_account_keeps_its_entry(bring: Any) -> None:
    head = "Platform,Handle,Platform ID\n"
    bring(head + "Twitter,harrowfalls,4242\n")
    before = Account.objects.get()
    answer = bring(head + "Twitter,cityofharrow,4242\n")
    assert counts(answer) == (0, 1, 0, 0)
    assert (Account.objects.get().pk, Account.objects.get().handle) == (before.pk, "cityofharrow")


def test_two_accounts_that_move_on_in_turn_both_arrive(bring: Any) -> None:
    head = "Platform,Handle,Platform ID\n"
    bring(head + "X,harrowa,1\nX,harrowb,2\n")
    answer = bring(head + "X,harrowb,1\nX,harrowc,2\n")
    assert (answer["changed"], answer["problems"]) == (2, [])
    assert {a.network_id: a.key for a in Account.objects.all()} == {"1": "harrowb", "2": "harrowc"}


def test_an_elected_members_account_is_one_of_an_elected_office(bring: Any, cast: Cast) -> None:
    cast.person("Elle Ected", office=Office.COUNCILLOR, person_class=PersonClass.ELECTED)
    bring("Owner,Platform,Link\nElle Ected,X,https://x.com/elle_ected\n")
    assert Account.objects.get().account_kind == Kind.ELECTED_OFFICE
    assert not any(b"elle_ected" in bytes(entry) for entry in Entry.objects.values_list("entry", flat=True))


def test_an_owner_whom_nobody_knows_is_kept_as_written_and_told(bring: Any) -> None:
    answer = bring("Owner,Platform,Link\nNobody Known,X,https://x.com/harrowfalls\n")
    assert Account.objects.get().owner_text == "Nobody Known"
    assert answer["problems"] == [
        {
            "row": 2,
            "field": "Owner",
            "what": "“Nobody Known” is no person or unit known here. The account was read without an owner. "
            "Correct the name, or import the roster first.",
        }
    ]


def test_the_owner_is_found_once_the_roster_is_there(bring: Any, cast: Cast) -> None:
    rows = "Owner,Platform,Link\nNobody Known,X,https://x.com/harrowfalls\n"
    bring(rows)
    person = cast.person("Nobody Known")
    assert counts(bring(rows)) == (0, 1, 0, 0)
    assert (Account.objects.get().steward, Account.objects.get().owner_text) == (person, "")


def test_people_are_found_by_number_and_by_email(bring: Any, cast: Cast) -> None:
    person = people.add_person(
        by=SYSTEM,
        name="Numa Bered",
        person_class=PersonClass.MANAGER,
        staff_number="E-77",
        email="numa@harrowfalls.example",
    )
    bring(
        "Owner,Platform,Link\nE-77,X,https://x.com/harrowone\nNuma@harrowfalls.example,X,https://x.com/harrowtwo\n"
        '"Bered, Numa",X,https://x.com/harrowthree\n'
    )
    assert {account.steward for account in Account.objects.all()} == {person}


def test_two_people_of_one_name_are_asked_about(bring: Any, cast: Cast) -> None:
    for _time in range(2):
        people.add_person(by=SYSTEM, name="Sam Same", person_class=PersonClass.MANAGER)
    answer = bring("Owner,Platform,Link\nSam Same,X,https://x.com/harrowfalls\n")
    assert Account.objects.get().steward is None
    assert "can be 2" in answer["problems"][0]["what"]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("active", AccountState.LIVE),
        ("", AccountState.LIVE),
        ("Inactive", AccountState.DORMANT),
        ("Fermé", AccountState.RETIRED),
        ("reserved", AccountState.RESERVED),
    ],
)
def test_an_account_enters_in_the_state_that_the_list_says(
    bring: Any, status: str, state: AccountState
) -> None:
    bring(f"Platform,Link,Status\nX,https://x.com/harrowfalls,{status}\n")
    assert Account.objects.get().state == state


def test_an_account_on_a_network_that_was_closed_is_retired(bring: Any) -> None:
    bring("Platform,Handle\nVine,harrowfalls\n")
    assert Account.objects.get().state == AccountState.RETIRED


def test_a_row_that_fails_loses_no_other(bring: Any) -> None:
    long = "x" * 400
    answer = bring(
        f"Platform,Link,Account name\nX,https://x.com/harrowa,{long}\nX,https://x.com/harrowb,Fine\n"
    )
    assert counts(answer)[0] == 2
    assert Account.objects.get(key="harrowa").display_name == ""
    assert "longer than 300 characters" in answer["problems"][-1]["what"]


def test_a_post_of_tomorrow_is_left_out_and_told(bring: Any) -> None:
    answer = bring("Platform,Link,Last post\nX,https://x.com/harrowa,2999-01-01\n")
    assert Account.objects.get().last_post_on is None
    assert "has not come yet" in answer["problems"][-1]["what"]


def test_what_the_list_says_of_an_account_is_kept_with_its_row(bring: Any) -> None:
    bring("Platform,Link,Remarks\nX,https://x.com/harrowfalls,Ask Bert\n", "list.csv")
    account = Account.objects.get()
    assert (account.source_file, account.source_row) == ("list.csv", 2)
    assert json.loads(account.source_text)["cells"]["Link"] == "https://x.com/harrowfalls"


def test_a_password_in_a_list_is_never_kept(bring: Any) -> None:
    answer = bring("Platform,Link,Password\nX,https://x.com/harrowfalls,hunter2hunter2\n")
    assert "hunter2" not in Account.objects.get().source_text
    assert any("passwords" in one["what"] for one in answer["problems"])


def test_a_communications_officer_brings_a_list_under_their_own_name(
    stages: Stages, tmp_path: Path, cast: Cast
) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text(LIST)
    found = prepared(path)
    told: list[tuple[int, int]] = []
    applied = importing.apply(
        by=stages.communications,
        plan=found.plan,
        file=found.file,
        progress=lambda done, of: told.append((done, of)),
    )
    assert (applied.created, told) == (3, [(3, 3)])
    assert Account.objects.filter(requested_by_id=stages.communications.person).count() == 3


def test_a_mapping_says_what_columns_mean(bring: Any, tmp_path: Path) -> None:
    mapping = tmp_path / "map.json"
    columns = {"A": "network", "B": "handle"}
    mapping.write_text(json.dumps({"format": "undersigned-columns/1", "columns": columns}))
    bring("A,B\nX,harrowfalls\n", told=mapping)
    assert Account.objects.get().key == "harrowfalls"


def test_a_file_without_accounts_is_refused_with_reasons(bring: Any) -> None:
    with pytest.raises(CommandError) as refused:
        bring("Name,Colour\nBert,blue\n")
    assert refused.value.returncode == 1


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("import_accounts", str(tmp_path / "none.csv"))
    assert refused.value.returncode == 2
