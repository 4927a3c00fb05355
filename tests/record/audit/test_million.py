"""A million entries audited in the time the design gives (section 12). Prints the figure."""

import os
import time
from pathlib import Path

import pytest
from tests.record.audit.exports import audit
from tests.record.audit.synthetic import entry, write_synthetic_export

ENTRIES = 1_000_000
LIMIT = 5.0
"""Seconds, on two cores. What the test holds is the work, twice as much, for the machine may be busy."""


@pytest.mark.slow
def test_a_million_entries_are_audited_with_the_work_of_five_seconds_on_two_cores(tmp_path: Path) -> None:
    export = tmp_path / "export"
    write_synthetic_export(export, ENTRIES)
    assert 380 <= len(entry(ENTRIES // 2, ENTRIES)) <= 400

    figures = [audited_in(export) for _ in range(3)]

    for wall, work in figures:
        print(f"a million entries audited in {wall:.2f} s, with {work:.2f} s of work")
    assert min(work for _, work in figures) < 2 * LIMIT


def audited_in(export: Path) -> tuple[float, float]:
    """Seconds on the wall, and of all processors together."""
    began, before = time.perf_counter(), sum(os.times()[:4])
    said = audit(export)
    assert said.status == 0
    assert f" entries={ENTRIES} " in said.lines[-1]
    return time.perf_counter() - began, sum(os.times()[:4]) - before
