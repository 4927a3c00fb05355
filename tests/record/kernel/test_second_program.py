"""Case 55: a second program writes on a governed table, past every act. The database refuses it and names the acts."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from tests.record.kernel.instance import Instance

WRITES = (
    "UPDATE people_unit SET name = 'Ours now'",
    "DELETE FROM people_unit",
    "INSERT INTO people_unit (id, name, name_fr, unit_kind, code, path) VALUES ('unit:1', 'Ours', '', 'city', '', '')",
)
SAVES_RAW = """
import django; django.setup()
from django.db.models import Model
from undersigned.people.models import Unit
unit = Unit(name="Past the acts")
Model.save_base(unit, raw=True, force_insert=True)
"""


@pytest.mark.parametrize("statement", WRITES)
def test_case_55_another_program_on_the_same_file_is_refused(
    sqlite: None, instance: Instance, statement: str
) -> None:
    with closing(sqlite3.connect(instance.name)) as other:
        other.execute("CREATE TABLE of_its_own (n)")
        other.execute("INSERT INTO of_its_own VALUES (1)")  # it may write, but not there
        with pytest.raises(sqlite3.DatabaseError, match="act_open|call one of undersigned.people.acts"):
            other.execute(statement)


def test_case_55_a_raw_save_that_passes_every_method_is_refused_and_told_where_the_acts_are(
    instance: Instance,
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SAVES_RAW],
        env=instance.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode != 0
    assert "people_unit changes by acts alone: call one of undersigned.people.acts" in ended.stderr
