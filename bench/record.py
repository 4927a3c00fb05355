"""What an act and its entry cost on both databases, and what a proof and an audit of a long record cost."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.postgres import server
from tests.record.audit.synthetic import write_synthetic_export

from bench.figures import REPEATS, Figure
from bench.homes import environment, home

BARE, GRANTS, WRITERS = 1_500, 40, 4
LONG = 1_000_000


def figures() -> Iterator[Figure]:
    yield _durable_writes()
    with home() as folder:
        yield from _acting("SQLite", environment(folder), least=1_000, most=1.3, writers=1)
    with _on_postgres() as settings:
        yield from _acting("PostgreSQL", settings, least=500, most=1.5, writers=WRITERS)
    yield from _long_record()


def _durable_writes() -> Figure:
    """What this disk can do at all, for comparison: the record's figures rest on it."""
    with tempfile.NamedTemporaryFile() as file:
        began = time.perf_counter()
        for place in range(500):
            os.pwrite(file.fileno(), b"x" * 4096, place * 4096)
            os.fdatasync(file.fileno())
        return Figure(
            "durable writes of this disk, for comparison",
            500 / (time.perf_counter() - began),
            "/s",
            1,
            "at least",
        )


@contextmanager
def _on_postgres() -> Iterator[dict[str, str]]:
    with home() as folder, server() as address:
        settings = environment(folder) | {"UNDERSIGNED_DATABASE_URL": address}
        subprocess.run(
            [sys.executable, "-m", "undersigned", "manage", "migrate", "-v0"], env=settings, check=True
        )
        yield settings


def _acting(
    name: str, settings: Mapping[str, str], *, least: int, most: float, writers: int
) -> Iterator[Figure]:
    rates = [_rate(settings, writers) for _ in range(REPEATS)]
    yield Figure(
        f"bare acts a second, {name}, {_writers(writers)}", statistics.median(rates), "/s", least, "at least"
    )
    measured = (
        [_child(settings, "grants", GRANTS) for _ in range(1)]
        if writers == 1
        else _children(settings, "grants", GRANTS, writers)
    )
    ratios = [_ratio(one) for one in measured]
    yield Figure(
        f"approval of a grant with its entries, against without, {name}, {_writers(writers)}",
        statistics.median(ratios),
        "times",
        most,
    )


def _writers(count: int) -> str:
    return f"{count} writer{'s' if count > 1 else ''}"


def _ratio(slices: Mapping[str, list[float]]) -> float:
    return statistics.median(slices["with"]) / statistics.median(slices["without"])


def _rate(settings: Mapping[str, str], writers: int) -> float:
    if writers == 1:
        return BARE / _child(settings, "bare", BARE)["seconds"]
    done = _children(settings, "bare", BARE // writers, writers)
    return BARE / max(one["seconds"] for one in done)


def _child(settings: Mapping[str, str], what: str, count: int) -> dict[str, Any]:
    return _children(settings, what, count, 1)[0]


def _children(settings: Mapping[str, str], what: str, count: int, processes: int) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "bench.acting", what, str(count)]
    started = [
        subprocess.Popen(command, env=dict(settings), stdout=subprocess.PIPE) for _ in range(processes)
    ]
    said = [one.communicate()[0] for one in started]
    if any(one.returncode for one in started):
        raise RuntimeError(f"{what} failed on {settings.get('UNDERSIGNED_DATABASE_URL', 'SQLite')}")
    return [json.loads(one) for one in said]


def _long_record() -> Iterator[Figure]:
    yield _proof()
    with tempfile.TemporaryDirectory(prefix="undersigned-bench-") as folder:
        export = Path(folder) / "export"
        write_synthetic_export(export, LONG)
        seconds = [_audit(export) for _ in range(REPEATS)]
        yield Figure(f"audit of {LONG:,} entries", statistics.median(seconds), "s", 5)


def _proof() -> Figure:
    with home() as folder:
        said = _child(environment(folder), "proofs", LONG)
    if said["size"] < LONG:
        raise RuntimeError(f"the record has {said['size']} entries only")
    return Figure(
        f"a proof from a record of {LONG:,} entries", statistics.median(said["milliseconds"]), "ms", 1
    )


def _audit(export: Path) -> float:
    command = [sys.executable, "-m", "undersigned.record.audit", str(export), "--keys", str(export / "keys")]
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began
