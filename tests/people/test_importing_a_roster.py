"""Bringing a roster by the command line: first everybody, then what changed, and the brake."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from undersigned.people.models import Appointment, Person, Unit, User
from undersigned.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = "Employee no,Name,E-mail,Department,Title,Union\n"


def roster(tmp_path: Path, *rows: str) -> Path:
    file = tmp_path / "roster.csv"
    file.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return file


def named(number: int) -> str:
    """A name for each number, since names have no digits."""
    return f"Given {FAMILIES[number % 10]}{FAMILIES[number // 10 % 10].lower()}"


FAMILIES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")


def staff(count: int, start: int = 1) -> list[str]:
    return [
        f"{number:05},{named(number)},p{number}@harrowfalls.example,Parks,Clerk,Local 37"
        for number in range(start, start + count)
    ]


def bring(file: Path, *words: str, as_of: str = "2026-01-31") -> dict[str, Any]:
    out = io.StringIO()
    call_command("import_roster", str(file), f"--as-of={as_of}", "--json", *words, stdout=out)
    said = json.loads(out.getvalue())
    assert isinstance(said, dict)
    return said


def test_a_trial_says_what_would_be_done_and_does_nothing(tmp_path: Path) -> None:
    said = bring(roster(tmp_path, *staff(3)), "--full", "--dry-run")
    assert (said["read"], said["joined"]) == (3, 3)
    assert not Person.objects.exists()


def test_everybody_on_a_first_roster_joins_with_their_office(tmp_path: Path) -> None:
    said = bring(roster(tmp_path, *staff(30)), "--full")
    assert (said["joined"], said["left"], said["problems"]) == (30, 0, [])
    assert Person.objects.count() == Appointment.objects.count() == 30
    person = Person.objects.get(staff_number="00007")
    assert (person.name, person.bargaining_unit) == ("Given Hazelalder", "Local 37")
    assert Unit.objects.get().name == "Parks"


def test_the_same_roster_again_changes_nothing_but_says_that_it_was_read(tmp_path: Path) -> None:
    file = roster(tmp_path, *staff(30))
    bring(file, "--full")
    before = Entry.objects.count()
    said = bring(file, "--full")
    assert (said["matched"], said["joined"], said["left"]) == (30, 0, 0)
    assert Entry.objects.count() == before + 1
    assert json.loads(bytes(Entry.objects.order_by("-seq")[0].entry))["fact"]["joined"] == 0


def test_who_is_missing_from_a_full_roster_leaves(tmp_path: Path) -> None:
    bring(roster(tmp_path, *staff(30)), "--full")
    said = bring(roster(tmp_path, *staff(29)), "--full", as_of="2026-02-28")
    assert said["left"] == 1
    gone = Person.objects.get(staff_number="00030")
    assert str(gone.left_on) == "2026-02-28"
    assert not Appointment.objects.current().filter(person=gone).exists()


def moved(row: str, unit: str) -> str:
    return row.replace(",Parks,", f",{unit},")


def test_whoever_moves_to_another_unit_keeps_their_sign_in(tmp_path: Path) -> None:
    bring(roster(tmp_path, *staff(30)), "--full")
    person = Person.objects.get(staff_number="00030")
    user = User.objects.create_user("p30@harrowfalls.example", person=person)
    rows = staff(30)
    bring(roster(tmp_path, *rows[:-1], moved(rows[-1], "Library")), "--full", as_of="2026-02-28")
    user.refresh_from_db()
    person.refresh_from_db()
    assert user.is_active
    assert person.left_on is None
    assert [one.unit.name for one in Appointment.objects.current().filter(person=person)] == ["Library"]


def test_who_moves_on_a_day_to_come_holds_the_old_office_until_then(tmp_path: Path) -> None:
    bring(roster(tmp_path, *staff(30)), "--full")
    rows = staff(30)
    later = (timezone.localdate() + timedelta(days=30)).isoformat()
    bring(roster(tmp_path, *rows[:-1], moved(rows[-1], "Library")), "--full", as_of=later)
    person = Person.objects.get(staff_number="00030")
    assert [one.unit.name for one in Appointment.objects.current().filter(person=person)] == ["Parks"]
    then = timezone.localdate() + timedelta(days=31)
    assert [one.unit.name for one in Appointment.objects.current(then).filter(person=person)] == ["Library"]


def test_a_partial_roster_lets_nobody_leave(tmp_path: Path) -> None:
    bring(roster(tmp_path, *staff(30)), "--full")
    assert bring(roster(tmp_path, *staff(3)))["left"] == 0


def test_more_leavers_than_a_tenth_stop_everything_until_the_number_is_confirmed(tmp_path: Path) -> None:
    bring(roster(tmp_path, *staff(30)), "--full")
    smaller = roster(tmp_path, *staff(20), *staff(1, start=99))
    with pytest.raises(CommandError, match="10 of 30"):
        bring(smaller, "--full", as_of="2026-02-28")
    assert Person.objects.count() == 30
    with pytest.raises(CommandError):
        bring(smaller, "--full", "--confirm-leavers=9", as_of="2026-02-28")
    said = bring(smaller, "--full", "--confirm-leavers=10", as_of="2026-02-28")
    assert (said["left"], said["joined"]) == (10, 1)
    confirmed = json.loads(bytes(Entry.objects.get(act="roster.confirm_leavers").entry))
    assert confirmed["fact"]["count"] == 10


def test_a_row_that_clashes_loses_no_other_row(tmp_path: Path) -> None:
    rows = [*staff(20), "00007,Other Person,o@x.example,Parks,Clerk,", *staff(20, start=40)]
    said = bring(roster(tmp_path, *rows), "--full")
    assert said["read"] == 41
    assert Person.objects.filter(staff_number__in=["00006", "00008", "00059"]).count() == 3
    assert said["ambiguous"] or said["problems"]


def test_the_record_names_nobody_from_the_roster(tmp_path: Path) -> None:
    bring(roster(tmp_path, *staff(30)), "--full")
    leaves = b"".join(bytes(entry) for entry in Entry.objects.values_list("entry", flat=True))
    assert b"Given" not in leaves
    assert b"harrowfalls" not in leaves


def test_a_file_with_one_column_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "one.csv"
    file.write_text("colour\nred\nblue\n")
    with pytest.raises(CommandError, match="name"):
        bring(file)


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        bring(tmp_path / "nothing.csv")
    assert refused.value.returncode == 2
