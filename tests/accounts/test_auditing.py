"""The report over all accounts, and the command that writes it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from tests.accounts.stages import Stages, address
from tests.cast import SYSTEM

from undersigned.accounts import acts
from undersigned.accounts.queries.auditing import audit_report
from undersigned.accounts.states import AccountState
from undersigned.acts import System
from undersigned.people import acts as people
from undersigned.people.models import Appointment

pytestmark = pytest.mark.django_db(transaction=True)


def printed(**options: Any) -> str:
    out = io.StringIO()
    call_command("audit", stdout=out, **options)
    return out.getvalue()


def test_the_report_names_each_account_with_standing_steward_and_failed_checks(stages: Stages) -> None:
    stages.kept()
    report = json.loads(printed(format="json"))
    (line,) = report["accounts"]
    assert (line["network"], line["handle"], line["standing"]) == ("x", "harrowfalls", "red")
    assert (line["steward"], line["unit"]) == ("Stella Wardour", "Parks")
    assert {"P01", "P03"} <= set(line["failed"])
    assert report["totals"]["accounts"] == 1


def test_an_account_whose_steward_left_is_owned_by_nobody_until_the_unit_head(stages: Stages) -> None:
    head = stages.unit_head
    stages.taken_in(steward=stages.employee("Stella Wardour"))
    stella = Appointment.objects.get(person=stages.employee("Stella Wardour"))
    people.end_appointment(by=SYSTEM, appointment=stella)
    (line,) = audit_report().accounts
    assert (line.steward, line.steward_left, line.owner) == ("Stella Wardour", True, head.name)
    assert audit_report().totals.without_steward == 1


def test_a_look_alike_stands_beside_the_account_it_imitates(stages: Stages) -> None:
    stages.kept()
    acts.report_lookalike(by=System("public.form"), address=address("harrowfa11s"))
    (line,) = audit_report().accounts
    assert [match.candidate.handle for match in line.look_alikes] == ["harrowfa11s"]


def test_declined_and_archived_accounts_are_left_out(stages: Stages) -> None:
    for place, state in enumerate(AccountState):
        stages.in_state(state, handle=f"harrow{place}")
    assert len(audit_report().accounts) == len(AccountState) - 2


@pytest.mark.parametrize("count", [1, 30])
def test_the_report_asks_no_more_for_many_accounts_than_for_one(
    stages: Stages, count: int, django_assert_num_queries: Any
) -> None:
    for place in range(count):
        stages.kept(f"harrow{place}")
    with django_assert_num_queries(10):
        audit_report(timezone.now())


def test_the_report_is_written_as_text_csv_and_pdf(stages: Stages, tmp_path: Path) -> None:
    stages.kept()
    assert "harrowfalls" in printed()
    (row,) = csv.DictReader(io.StringIO(printed(format="csv")))
    assert (row["handle"], row["standing"]) == ("harrowfalls", "red")
    path = tmp_path / "report.pdf"
    call_command("audit", format="pdf", output=path)
    assert path.read_bytes().startswith(b"%PDF")


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("audit", output=tmp_path / "none" / "report.json")
    assert refused.value.returncode == 2
