"""A backup goes on elsewhere, its record still verifies, and what was erased since stays erased."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

WORK = """
from undersigned.acts import System
from undersigned.people import acts
from undersigned.people.states import PersonClass
for number in range({count}):
    name = "Nell {letter}" + "abcdefghij"[number % 10]
    acts.add_person(by=System("tests"), name=name, person_class=PersonClass.MANAGER)
"""
ERASE = """
from undersigned.acts import System
from undersigned.record import acts
from undersigned.record.models import Entry, Payload
early = Entry.objects.filter(act="person.add").order_by("seq")[0].act_id
target = Payload.objects.get(field="name", act_id=early).act_id
acts.erase(by=System("tests"), target=target, fields=["name"], law="POPA.s40")
"""
ERASE_PERSON = """
from dataclasses import replace
from undersigned.acts import System
from undersigned.people import acts
from undersigned.people.directory import PeopleDirectory
from undersigned.people.models import Person, Unit
from undersigned.people.states import Office, PersonClass
by = System("tests")
clerk = acts.add_person(by=by, name="Rhea Dunmore", person_class=PersonClass.MANAGER)
acts.begin_appointment(by=by, person=clerk, unit=Unit.objects.first(), office=Office.RECORDS_OFFICER)
officer = replace(PeopleDirectory().officer(clerk.pk), second_factor=True)
nell = Person.objects.filter(name="Nell Aa").first()
acts.erase_person(by=officer, person=nell, reason="Asked for it", law="POPA.s40")
"""
NAMED = """
from undersigned.people.models import Person
print("NAMED", Person.objects.filter(name__startswith="Nell Aa").count())
"""
COUNT = """
from undersigned.people.models import Person
from undersigned.record.models import Entry, Payload
from undersigned.record.queries import size
print("FOUND", Person.objects.count(), size(), Payload.objects.filter(field="name").count())
"""

SEAL = """
from undersigned.vault import keeping
keeping.keep("connection:0123456789abcdef", "tokens", "sesame")
"""
OPEN = """
from undersigned.vault import keeping
print("OPENED", keeping.opened("connection:0123456789abcdef", "tokens"))
"""


class Installation:
    """One installation in a folder of its own, used by its command line as an administrator does."""

    def __init__(self, home: Path) -> None:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("UNDERSIGNED_", "DJANGO_"))
        }
        self.environment = {**kept, "UNDERSIGNED_HOME": str(home), "UNDERSIGNED_LOG_LEVEL": "ERROR"}
        self.home = home

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "undersigned", *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def __call__(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def do(self, script: str) -> str:
        return self("manage", "shell", "-c", script)

    def found(self) -> list[int]:
        """People, entries of the record, names that are not erased."""
        line = next(line for line in self.do(COUNT).splitlines() if line.startswith("FOUND"))
        return [int(number) for number in line.split()[1:]]

    def is_empty(self) -> bool:
        """Has the database not a single table?"""
        with closing(sqlite3.connect(self.home / "undersigned.sqlite3")) as database:
            return database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)

    def says(self, *words: str) -> dict[str, Any]:
        found = json.loads(self(*words, "--json"))
        assert isinstance(found, dict)
        return found


@pytest.fixture
def city(tmp_path: Path) -> Installation:
    installation = Installation(tmp_path / "city")
    installation("init", "--city", "Harrow Falls")
    installation.do(WORK.format(count=20, letter="A"))
    return installation


def test_a_backup_goes_on_elsewhere_with_every_row_and_entry(city: Installation, tmp_path: Path) -> None:
    city("backup", "--to", str(tmp_path / "copy"), "--with-keys")
    other = Installation(tmp_path / "other")
    other("restore", str(tmp_path / "copy"))
    assert other.found() == city.found()
    other.do(WORK.format(count=3, letter="B"))
    assert other.found()[0] == city.found()[0] + 3


def test_the_restored_record_verifies_row_by_row(city: Installation, tmp_path: Path) -> None:
    city("backup", "--to", str(tmp_path / "copy"), "--with-keys")
    other = Installation(tmp_path / "other")
    other("restore", str(tmp_path / "copy"))
    assert other.run("record", "verify", "--state").returncode == 0


def test_what_is_sealed_opens_elsewhere_only_with_the_keys(city: Installation, tmp_path: Path) -> None:
    city.do(SEAL)
    city("vault", "rotate")
    for name, more in (("whole", ["--with-keys"]), ("bare", [])):
        city("backup", "--to", str(tmp_path / name), *more)
    other, stranger = Installation(tmp_path / "other"), Installation(tmp_path / "stranger")
    other("restore", str(tmp_path / "whole"))
    stranger("restore", str(tmp_path / "bare"))
    assert "OPENED sesame" in other.do(OPEN)
    assert "vault.keys" not in {path.name for path in (tmp_path / "bare").rglob("*")}
    assert "OPENED" not in stranger.run("manage", "shell", "-c", OPEN).stdout
    assert "1 secrets were sealed with keys that are not in" in stranger.run("doctor").stdout


def test_a_copy_that_was_changed_is_refused_before_anything_is_written(
    city: Installation, tmp_path: Path
) -> None:
    city("backup", "--to", str(tmp_path / "copy"))
    file = tmp_path / "copy" / "database.sqlite3"
    whole = bytearray(file.read_bytes())
    whole[5000] ^= 1
    file.write_bytes(bytes(whole))
    other = Installation(tmp_path / "other")
    done = other.run("restore", str(tmp_path / "copy"))
    assert done.returncode == 1
    assert "not what was copied" in done.stderr


def test_nothing_is_restored_over_a_city(city: Installation, tmp_path: Path) -> None:
    city("backup", "--to", str(tmp_path / "copy"))
    done = city.run("restore", str(tmp_path / "copy"))
    assert done.returncode == 1
    assert "a city here already" in done.stderr


def test_a_folder_that_is_not_empty_is_not_written_to(city: Installation, tmp_path: Path) -> None:
    city("backup", "--to", str(tmp_path / "copy"))
    assert city.run("backup", "--to", str(tmp_path / "copy")).returncode == 1


def test_newer_entries_come_back_from_the_export_and_what_was_erased_since_is_erased_again(
    city: Installation, tmp_path: Path
) -> None:
    city("backup", "--to", str(tmp_path / "copy"), "--with-keys")
    city.do(WORK.format(count=5, letter="B"))
    city.do(ERASE)
    city("record", "publish")
    city("record", "export", "--to", str(tmp_path / "export"))
    people, entries, names = city.found()
    other = Installation(tmp_path / "other")
    said = other.says("restore", str(tmp_path / "copy"), "--export", str(tmp_path / "export"))
    assert said["returned"] == 6
    assert said["erased"] == 1
    assert other.found() == [people - 5, entries + 1, names - 5], "the loss is declared by one more entry"


def test_who_was_erased_after_the_backup_is_erased_again(city: Installation, tmp_path: Path) -> None:
    city.do(WORK.format(count=1, letter="A"))
    city("backup", "--to", str(tmp_path / "copy"), "--with-keys")
    assert "NAMED 3" in city.do(NAMED)
    city.do(ERASE_PERSON)
    city("record", "publish")
    city("record", "export", "--to", str(tmp_path / "export"))
    forgetful, other = Installation(tmp_path / "forgetful"), Installation(tmp_path / "other")
    forgetful("restore", str(tmp_path / "copy"))
    assert "NAMED 3" in forgetful.do(NAMED), "without the export nobody can know"
    said = other.says("restore", str(tmp_path / "copy"), "--export", str(tmp_path / "export"))
    assert said["erased"] == 1
    assert "NAMED 2" in other.do(NAMED)


def test_an_export_of_another_record_is_refused(city: Installation, tmp_path: Path) -> None:
    stranger = Installation(tmp_path / "stranger")
    stranger("init", "--city", "Elsewhere")
    stranger.do(WORK.format(count=40, letter="C"))
    stranger("record", "publish")
    stranger("record", "export", "--to", str(tmp_path / "export"))
    city("backup", "--to", str(tmp_path / "copy"))
    other = Installation(tmp_path / "other")
    done = other.run("restore", str(tmp_path / "copy"), "--export", str(tmp_path / "export"))
    assert done.returncode == 1
    assert (
        "cannot be believed: FAIL ORIGIN" in done.stderr
        or "cannot be believed: FAIL SIGNATURE" in done.stderr
    )
    assert other.is_empty()


def test_the_signers_memory_is_never_in_a_backup_and_is_told_by_the_export(
    city: Installation, tmp_path: Path
) -> None:
    city("record", "publish")
    city("backup", "--to", str(tmp_path / "copy"), "--with-keys")
    assert not list((tmp_path / "copy" / "keys").glob("log.state*"))
    city.do(WORK.format(count=5, letter="B"))
    city("record", "export", "--to", str(tmp_path / "export"))
    forgetful = Installation(tmp_path / "forgetful")
    forgetful("restore", str(tmp_path / "copy"))
    forgetful.do(WORK.format(count=1, letter="C"))
    refused = forgetful.run("record", "publish")
    assert refused.returncode == 1
    assert "nobody signs from zero" in refused.stderr
    other = Installation(tmp_path / "other")
    other("restore", str(tmp_path / "copy"), "--export", str(tmp_path / "export"))
    exported = int((tmp_path / "export" / "checkpoint").read_text().split("\n")[1])
    signed = int(other("record", "publish").split("\n")[1])
    assert signed == exported + 1, "the same record goes on, with the loss declared"
    other("record", "export", "--to", str(tmp_path / "export"))


def test_a_signer_that_forgot_is_told_by_hand(city: Installation, tmp_path: Path) -> None:
    city("record", "publish")
    city("backup", "--to", str(tmp_path / "copy"), "--with-keys")
    checkpoint = city("record", "publish")
    other = Installation(tmp_path / "other")
    other("restore", str(tmp_path / "copy"))
    (tmp_path / "checkpoint").write_text(checkpoint)
    other("record", "key", "remind", "--last", str(tmp_path / "checkpoint"))
    other.do(WORK.format(count=1, letter="C"))
    other("record", "publish")


def test_an_export_whose_checkpoint_is_not_signed_by_the_log_is_refused(
    city: Installation, tmp_path: Path
) -> None:
    city("backup", "--to", str(tmp_path / "copy"))
    city.do(WORK.format(count=5, letter="B"))
    city("record", "export", "--to", str(tmp_path / "export"))
    checkpoint = tmp_path / "export" / "checkpoint"
    size = checkpoint.read_text().split("\n")[1]
    checkpoint.write_text(checkpoint.read_text().replace(f"\n{size}\n", f"\n{int(size) - 1}\n"))
    other = Installation(tmp_path / "other")
    done = other.run("restore", str(tmp_path / "copy"), "--export", str(tmp_path / "export"))
    assert done.returncode == 1
    assert "cannot be believed" in done.stderr


@pytest.mark.parametrize("attack", ["altered", "cut short", "junk"])
def test_an_export_that_is_not_sound_is_refused_before_the_backup_is_loaded_and_another_can_be_brought(
    city: Installation, tmp_path: Path, attack: str
) -> None:
    city("backup", "--to", str(tmp_path / "copy"), "--with-keys")
    city.do(ERASE)
    city("record", "publish")
    city("record", "export", "--to", str(tmp_path / "export"))
    shutil.copytree(tmp_path / "export", tmp_path / "sound")
    (bundle,) = (tmp_path / "export" / "tile" / "entries").rglob("[0-9]*[0-9]")
    whole = bundle.read_bytes()
    bundle.write_bytes(
        {"altered": whole.replace(b"POPA", b"ATIA"), "cut short": whole[:-9], "junk": b"x"}[attack]
    )
    other = Installation(tmp_path / "other")
    done = other.run("restore", str(tmp_path / "copy"), "--export", str(tmp_path / "export"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot be believed: FAIL" in done.stderr
    assert other.is_empty(), "the erased name would be back"
    assert other.says("restore", str(tmp_path / "copy"), "--export", str(tmp_path / "sound"))["erased"] == 1
