"""What it costs to bring posts to their networks: many due at once, one on an idle system, and knowing them again."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.homes import environment, home

POSTS, NETWORKS = 1_000, 6
ANSWER_SECONDS = 0.1
SIGHTINGS = 100_000


def figures() -> Iterator[Figure]:
    with home() as folder:
        said = _scene(folder, "many", POSTS)
        p95 = statistics.quantiles(said["lags"], n=20)[18]
        yield Figure(f"{POSTS:,} posts due at once over {NETWORKS} networks, due to sent, p95", p95, "s", 5)
        yield Figure(
            "the same against a bare loop of the same calls", said["share"], "times", 0.6, "at least"
        )
        grown = said["resident"][-1] - said["resident"][0]
        yield Figure(f"what the worker keeps of {POSTS:,} deliveries", grown, "MB", 16)
    with home() as folder:
        lag = max(_scene(folder, "idle", 5)["lags"])
        yield Figure("a post due on an idle system, due to sent", lag, "s", 1)
    with home() as folder:
        took = _scene(folder, "matching", SIGHTINGS)["seconds"]
        yield Figure(f"{SIGHTINGS:,} sightings matched against as many deliveries", took, "s", 5)


def _scene(folder: Path, name: str, count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.publishing_scenes", name, str(count)]
    done = subprocess.run(command, env=environment(folder), stdout=subprocess.PIPE, check=True, text=True)
    said = json.loads(done.stdout.strip().split("\n")[-1])
    assert isinstance(said, dict)
    return said
