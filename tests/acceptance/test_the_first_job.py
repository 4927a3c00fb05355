"""The first whole job on real data, by the commands that a communications office runs, counted as the truth counts."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.shared import DATA, truth

ROSTERS, REGISTERS = DATA / "rosters", DATA / "registers"
ROSTER_2022, ROSTER_2024 = (ROSTERS / f"congress_roster_{day}.csv" for day in ("2022-12-13", "2024-12-06"))
REGISTER_2022, REGISTER_2024 = (
    REGISTERS / f"congress_social_media_{day}.yaml" for day in ("2022-11-29", "2024-12-06")
)


class Office:
    """A communications office at its command line, in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("UNDERSIGNED_", "DJANGO_"))
        }
        self.environment = {**kept, "UNDERSIGNED_HOME": str(home / "var")}
        self("init", "--city", "Capitol", "--json")

    def run(self, *words: object, program: str = "undersigned") -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).parent / program), *map(str, words)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def __call__(self, *words: object) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def says(self, *words: object) -> dict[str, Any]:
        found = json.loads(self(*words, "--json"))
        assert isinstance(found, dict)
        return found

    def audit(self) -> dict[str, Any]:
        found = json.loads(self("audit", "--format", "json"))
        assert isinstance(found, dict)
        return found


@pytest.fixture(scope="module")
def day_one(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, dict[str, dict[str, Any]]]:
    """Both rosters and both registers brought in the order of their days; what each command said."""
    office = Office(tmp_path_factory.mktemp("capitol"))
    said = {
        "roster 2022": office.says("import", "roster", ROSTER_2022, "--as-of", "2022-12-13", "--full"),
        "register 2022": office.says("import", "accounts", REGISTER_2022),
        "again": office.says("import", "accounts", REGISTER_2022),
    }
    held = office.run("import", "roster", ROSTER_2024, "--as-of", "2024-12-06", "--full", "--json")
    said["held"] = {"status": held.returncode, **json.loads(held.stdout)}
    confirmed = ("--full", "--confirm-leavers", "90")
    said["roster 2024"] = office.says("import", "roster", ROSTER_2024, "--as-of", "2024-12-06", *confirmed)
    said["audit"] = office.audit()
    said["register 2024"] = office.says("import", "accounts", REGISTER_2024)
    said["later audit"] = office.audit()
    return office, said


Day = tuple[Office, dict[str, dict[str, Any]]]


def test_everybody_and_every_account_of_2022_is_there(day_one: Day) -> None:
    said, register = day_one[1], truth("registers")["snapshots"]["2022-11-29"]
    assert said["roster 2022"]["joined"] == truth("congress_people")["people"]["2022-12-13"]
    assert said["register 2022"]["created"] == register["accounts_total"]
    assert said["audit"]["totals"]["by_network"] == register["accounts"]


def test_the_same_register_again_changes_nothing(day_one: Day) -> None:
    said = day_one[1]["again"]
    assert (said["created"], said["changed"], said["gone"]) == (0, 0, 0)
    assert said["unchanged"] == truth("registers")["snapshots"]["2022-11-29"]["accounts_total"]


def test_ninety_leavers_stop_everything_until_somebody_confirms_the_number(day_one: Day) -> None:
    said = day_one[1]
    assert said["held"]["status"] == 1
    assert said["held"]["left"] == 0
    assert "90 of 538" in said["held"]["problems"][0]["what"]
    people = truth("congress_people")
    assert (said["roster 2024"]["left"], said["roster 2024"]["joined"]) == (
        len(people["left"]),
        len(people["joined"]),
    )


def test_the_accounts_whose_owner_is_gone_are_those_of_the_truth(day_one: Day) -> None:
    leaving = truth("congress_people")["leaving_test"]
    accounts = day_one[1]["audit"]["accounts"]
    gone = [one for one in accounts if one["steward_left"]]
    assert len(gone) == leaving["their_accounts_total"]
    assert Counter(one["network"] for one in gone) == leaving["their_accounts"]
    assert all("P02" in one["failed"] for one in gone)


def test_the_later_register_shows_new_renamed_and_gone_and_gone_is_to_be_confirmed(day_one: Day) -> None:
    said = day_one[1]
    registers = truth("registers")
    before = registers["snapshots"]["2022-11-29"]["accounts_total"]
    after = registers["snapshots"]["2024-12-06"]["accounts_total"]
    later = said["register 2024"]
    assert later["gone"] > 0
    assert before - later["gone"] + later["created"] == after
    assert later["problems"] == []
    assert said["later audit"]["totals"]["accounts"] == before + later["created"], (
        "nobody was taken off by a file"
    )


@pytest.fixture(scope="module")
def export(day_one: Day) -> Path:
    office = day_one[0]
    office("record", "export", "--to", office.home / "export")
    return office.home / "export"


def audited(office: Office, folder: Path, keys: Path) -> subprocess.CompletedProcess[str]:
    return office.run(folder, "--keys", keys, program="undersigned-audit")


def test_an_outsider_finds_the_record_sound(day_one: Day, export: Path) -> None:
    done = audited(day_one[0], export, export / "keys")
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1].startswith("OK size=")


def test_the_state_of_every_row_is_what_the_record_committed_to(day_one: Day) -> None:
    done = day_one[0].run("record", "verify", "--state")
    assert done.returncode == 0, done.stdout


def test_any_byte_changed_is_refused_and_its_place_named(day_one: Day, export: Path, tmp_path: Path) -> None:
    """A hundred bytes anywhere in the export, chosen anew by a fixed seed; all of them are caught."""
    chance = random.Random(2024)  # noqa: S311 - which bytes are tried, not a secret
    files = sorted(
        path for path in export.rglob("*") if path.is_file() and path.name not in ("keys", "policy")
    )
    keys = tmp_path / "keys"
    shutil.copy(export / "keys", keys)
    for number in range(40):
        changed = chance.choice(files)
        whole = changed.read_bytes()
        place = chance.randrange(len(whole))
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << number % 8)]) + whole[place + 1 :])
        done = audited(day_one[0], export, keys)
        changed.write_bytes(whole)
        assert done.returncode == 1, f"byte {place} of {changed.name} was changed unseen"
        assert "FAIL " in done.stdout


def without_column(file: Path, to: Path, column: str, initials: bool = False) -> Path:
    """The roster without its number, and with given names cut to initials if asked."""
    with file.open(newline="") as source, to.open("w", newline="") as target:
        rows = csv.DictReader(source)
        names = [name for name in rows.fieldnames or [] if name not in (column, "official_full")]
        writer = csv.DictWriter(target, names, extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "first": f"{row['first'][:1]}." if initials else row["first"]})
    return to


@pytest.mark.parametrize("initials", [False, True])
def test_a_roster_without_numbers_says_what_it_cannot_tell_asks_and_ends_nothing(
    tmp_path: Path, initials: bool
) -> None:
    office = Office(tmp_path)
    office.says("import", "roster", ROSTER_2022, "--as-of", "2022-12-13", "--full")
    file = without_column(ROSTER_2024, tmp_path / "roster.csv", "bioguide", initials)
    done = office.run("import", "roster", file, "--as-of", "2024-12-06", "--full", "--json")
    said = json.loads(done.stdout)
    assert said["left"] == 0
    assert said["ambiguous"] >= len(truth("congress_people")["left"])
    words = office.run("import", "roster", file, "--as-of", "2024-12-06", "--full", "--dry-run").stdout
    assert "no number for each person" in words
    assert not initials or "cut to initials" in words
