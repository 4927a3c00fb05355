"""Installations to measure: each in a folder of its own, ended and removed with the run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNDERSIGNED = [sys.executable, "-m", "undersigned"]


@contextmanager
def home() -> Iterator[Path]:
    """An installation with a city, on SQLite."""
    with tempfile.TemporaryDirectory(prefix="undersigned-bench-") as folder:
        run(Path(folder), "init", "--city", "Harrow Falls", "--json")
        yield Path(folder)


def environment(folder: Path) -> dict[str, str]:
    """The environment of an installation in this folder, without anything of the caller's."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("UNDERSIGNED_", "DJANGO_"))
    }
    return {**kept, "UNDERSIGNED_HOME": str(folder), "UNDERSIGNED_LOG_LEVEL": "ERROR"}


def run(folder: Path, *words: str) -> str:
    """What the command printed; raises CalledProcessError with its errors shown when it fails."""
    done = subprocess.run(
        [*UNDERSIGNED, *words], env=environment(folder), stdout=subprocess.PIPE, check=True, text=True
    )
    return done.stdout


def run_json(folder: Path, *words: str) -> dict[str, object]:
    said = json.loads(run(folder, *words))
    assert isinstance(said, dict)
    return said
