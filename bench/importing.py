"""Registers, rosters and the audit of a large city, by the command line as people run it."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench import invented
from bench.figures import REPEATS, Figure, timed
from bench.homes import UNDERSIGNED, environment, home, run, run_json

ACCOUNTS, PEOPLE = 2_000, 300_000


def figures() -> Iterator[Figure]:
    seconds: dict[str, list[float]] = {"register": [], "audit": []}
    for _ in range(REPEATS):
        with home() as folder:
            _measure_register(folder, seconds)
    yield Figure(
        f"a register of {ACCOUNTS:,} accounts imported", statistics.median(seconds["register"]), "s", 5
    )
    yield Figure(f"the audit of {ACCOUNTS:,} accounts", statistics.median(seconds["audit"]), "s", 3)
    rosters = [_roster() for _ in range(REPEATS)]
    yield Figure(f"a roster of {PEOPLE:,} people imported", statistics.median(s for s, _ in rosters), "s", 60)
    yield Figure("its largest resident memory", statistics.median(m for _, m in rosters), "MB", 400)


def _measure_register(folder: Path, seconds: dict[str, list[float]]) -> None:
    people = invented.roster(folder / "roster.csv", ACCOUNTS)
    run(folder, "import", "roster", str(people), "--as-of", "2026-01-31", "--full", "--json")
    accounts = invented.register(folder / "register.csv", ACCOUNTS)
    with timed(seconds["register"]):
        said = run_json(folder, "import", "accounts", str(accounts), "--json")
    if said["created"] != ACCOUNTS:
        raise RuntimeError(f"only {said['created']} of {ACCOUNTS} accounts were made: {said}")
    with timed(seconds["audit"]):
        run(folder, "audit", "--format", "json")


def _roster() -> tuple[float, float]:
    """Seconds and the process's largest resident memory in MB."""
    with home() as folder:
        file = invented.roster(folder / "roster.csv", PEOPLE)
        words = ["import", "roster", str(file), "--as-of", "2026-01-31", "--full", "--json"]
        began = time.perf_counter()
        process = subprocess.Popen([*UNDERSIGNED, *words], env=environment(folder), stdout=subprocess.PIPE)
        said = process.stdout.read() if process.stdout else b""
        _, status, usage = _wait(process)
        took = time.perf_counter() - began
        if status or f'"joined": {PEOPLE}'.encode() not in said:
            raise RuntimeError(f"the roster was not applied: {said[:300]!r}")
        return took, usage.ru_maxrss / 1024


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, int, resource.struct_rusage]:
    pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return pid, process.returncode, usage
