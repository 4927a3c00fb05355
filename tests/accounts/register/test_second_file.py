"""The same list again, and a later one."""

import csv
import io
import tempfile
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.accounts.register.lists import keys, planned, registered, said

from undersigned.accounts.register.changes import Change
from undersigned.accounts.register.matching import ExistingAccount
from undersigned.networks.names import Network

LIST = (
    "Unit,Steward,Network,Handle,Account ID,Followers,Last post\n"
    "Library,Ravi Lund,X,@HarrowLibrary,2244994945,120,2024-05-01\n"
    "Parks,Marie Nobody,Facebook,harrow.parks,,4500,2024-04-01\n"
    "Parks,,Instagram,harrowparks,,,\n"
)


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    first = planned(tmp_path, LIST)
    again = planned(tmp_path, LIST, registered(first))
    assert (again.created, again.changed, again.gone) == ((), (), ())
    assert len(again.unchanged) == 3


def test_other_spellings_and_blanks_change_nothing(tmp_path: Path) -> None:
    first = planned(tmp_path, LIST)
    again = planned(
        tmp_path,
        "Network,URL\nTwitter,https://twitter.com/harrowlibrary/\nFB,https://m.facebook.com/HarrowParks\n"
        "IG,https://www.instagram.com/HARROWPARKS/?hl=en\n",
        registered(first),
    )
    assert (again.created, again.changed, again.gone) == ((), (), ())


def test_a_later_file_shows_new_changed_and_gone(tmp_path: Path) -> None:
    register = registered(planned(tmp_path, LIST))
    later = planned(
        tmp_path,
        "Unit,Steward,Network,Handle,Account ID,Followers,Last post\n"
        "Library,Odile Tremblay,X,@HarrowLibrary,2244994945,150,2024-05-01\n"
        "Parks,,Facebook,harrow.parks,,4500,2024-03-01\n"
        "Parks,,Threads,harrowparks,,,\n",
        register,
    )
    assert keys(later.created) == ["threads:harrowparks"]
    assert [one.changes for one in later.changed] == [
        (Change("followers", "120", "150"), Change("steward", "p2", "p1"))
    ]
    assert [one.handle for one in later.gone] == ["harrowparks"]
    assert len(later.unchanged) == 1


def test_the_same_number_under_another_handle_is_the_account_renamed(tmp_path: Path) -> None:
    register = registered(planned(tmp_path, LIST))
    later = planned(tmp_path, "Network,Handle,Account ID\nX,@HarrowReads,2244994945\n", register)
    assert later.created == ()
    (changed,) = later.changed
    assert changed.is_renamed
    assert changed.changes == (Change("handle", "HarrowLibrary", "HarrowReads"),)


def test_a_handle_that_now_has_another_number_is_not_just_accepted(tmp_path: Path) -> None:
    register = registered(planned(tmp_path, LIST))
    later = planned(tmp_path, "Network,Handle,Account ID\nX,@HarrowLibrary,999999999\n", register)
    assert (later.created, later.changed) == ((), ())
    assert "HarrowLibrary" not in [one.handle for one in later.gone]
    assert "Somebody else may have taken the handle" in said(later)[0][2]


def test_a_new_handle_that_another_account_still_has_is_held_back(tmp_path: Path) -> None:
    first = "Network,Handle,Account ID\nX,@one,111111\nX,@two,222222\n"
    register = registered(planned(tmp_path, first))
    held = planned(tmp_path, "Network,Handle,Account ID\nX,@two,111111\n", register)
    assert held.changed == ()
    assert "another account of the register has that handle" in said(held)[0][2]
    swapped = planned(tmp_path, "Network,Handle,Account ID\nX,@two,111111\nX,@one,222222\n", register)
    assert [one.is_renamed for one in swapped.changed] == [True, True]


def test_a_number_learned_later_is_added(tmp_path: Path) -> None:
    register = registered(planned(tmp_path, LIST))
    later = planned(tmp_path, "Network,Handle,Account ID\nInstagram,harrowparks,1582702853\n", register)
    assert [one.changes for one in later.changed] == [(Change("network_id", "", "1582702853"),)]


def test_an_account_known_by_both_is_found_by_its_number_alone(tmp_path: Path) -> None:
    register = registered(planned(tmp_path, LIST))
    later = planned(tmp_path, "Network,Handle,Account ID\nX,,2244994945\nX,@harrowlibrary,\n", register)
    assert (later.created, later.changed) == ((), ())
    assert [(one.row, one.same_as_row) for one in later.duplicates] == [(3, 2)]


def test_an_owner_who_has_become_known_is_a_change(tmp_path: Path) -> None:
    register = registered(planned(tmp_path, LIST))
    later = planned(tmp_path, LIST.replace("Marie Nobody", "E100"), register)
    assert [one.changes for one in later.changed] == [(Change("steward", "", "p1"),)]


def test_only_what_this_source_brought_can_be_missing_from_it(tmp_path: Path) -> None:
    other = ExistingAccount("z", Network.TIKTOK, "harrow", "harrow", "https://www.tiktok.com/@harrow")
    later = planned(tmp_path, LIST, [other])
    assert later.gone == ()


def test_nothing_is_gone_while_rows_cannot_be_read(tmp_path: Path) -> None:
    register = registered(planned(tmp_path, LIST))
    later = planned(
        tmp_path, '[{"network": "X", "handle": "harrowlibrary"}, "not a record"]', register, name="a.json"
    )
    assert later.gone == ()
    assert any("no account was listed as gone" in what for _row, _column, what in said(later))


def test_every_row_is_accounted_for_and_kept_as_it_came(tmp_path: Path) -> None:
    made = planned(tmp_path, "Unit,URL\nLibrary,x.com/harrow\nLibrary,???\nLibrary,https://x.com/harrow\n")
    assert [(row.number, row.cells["URL"], row.accounts) for row in made.rows] == [
        (2, "x.com/harrow", 1),
        (3, "???", 0),
        (4, "https://x.com/harrow", 1),
    ]
    assert made.summary() | {"problems": []} == {
        "read": 3,
        "created": 1,
        "changed": 0,
        "unchanged": 0,
        "gone": 0,
        "duplicates": 1,
        "problems": [],
    }
    assert [problem["row"] for problem in made.summary()["problems"]] == [3]


cell = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30) | st.sampled_from(
    [
        "https://x.com/harrow",
        "@harrow",
        "none",
        "Twitter",
        "facebook.com/Harrow.Falls",
        "a, b; c",
        "1234567890",
    ]
)


@given(st.lists(st.tuples(cell, cell, cell, cell), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_whatever_the_cells_hold_no_row_is_lost_and_a_second_import_changes_nothing(
    rows: list[tuple[str, str, str, str]],
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("Owner", "Network", "Handle", "Twitter"), *rows])
    with tempfile.TemporaryDirectory() as folder:
        first = planned(Path(folder), out.getvalue())
        again = planned(Path(folder), out.getvalue(), registered(first))
    assert (again.created, again.changed, again.gone) == ((), (), ())
    spoken_for = {row for one in first.created for row in one.rows} | {one.row for one in first.problems}
    silent = [row for row in first.rows if row.number not in spoken_for]
    assert all(row.accounts == 0 for row in silent)


def test_two_thousand_accounts_are_planned_in_well_under_a_second(tmp_path: Path) -> None:
    rows = [
        f"Library,Ravi Lund,Twitter,https://twitter.com/Harrow{at}?lang=en,{10**9 + at}"
        for at in range(2_000)
    ]
    text = "\n".join(["Unit,Steward,Platform,URL,Account ID", *rows])
    register = registered(planned(tmp_path, text))
    began = time.process_time()
    again = planned(tmp_path, text, register)
    assert len(again.unchanged) == 2_000
    assert time.process_time() - began < 1.0
