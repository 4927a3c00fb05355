"""The wheel, as a city gets it: built, installed into an empty environment, begun, started, ended."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 120


def uv() -> list[str]:
    """The tool that builds and installs: the project's own, or one on the path."""
    own = PROJECT / ".tools" / "bin" / "uv"
    found = str(own) if own.exists() else shutil.which("uv")
    if found is None:
        pytest.fail("There is no uv here, so the wheel was NOT tried. Run make, which brings its own.")
    return [found]


def run(*command: str | Path, **surroundings: str) -> str:
    ended = subprocess.run(
        [str(word) for word in command],
        env={**clean_environment(), **surroundings},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def clean_environment() -> dict[str, str]:
    own = {"PYTHONPATH": str(PROJECT / ".tools")} if (PROJECT / ".tools").exists() else {}
    dropped = ("UNDERSIGNED_", "DJANGO_", "PYTEST_", "VIRTUAL_ENV", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(dropped)} | own


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(*uv(), "build", "--quiet", "--wheel", "--out-dir", out, "--python", sys.executable)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an empty environment that holds the wheel and what it depends on, and nothing else."""
    place = tmp_path_factory.mktemp("empty") / "venv"
    run(*uv(), "venv", "--quiet", "--python", sys.executable, place)
    python = place / "bin" / "python"
    lock = PROJECT / "requirements" / "run.lock"
    run(*uv(), "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", lock)
    run(*uv(), "pip", "install", "--quiet", "--python", python, "--no-deps", wheel)
    return place / "bin"


def test_it_holds_what_pages_and_reports_are_made_of_and_no_test(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "ui/static/ui/", "ui/templates/ui/base.html", "accounts/report/audit.typ", "demo/register.csv",
        "accounts/lookalikes/confusables.txt", "py.typed", "locale/fr/LC_MESSAGES/django.mo",
    ):  # fmt: skip
        assert any(name.startswith(f"undersigned/{part}") for name in names), part
    assert [name for name in names if name.startswith(("tests/", "bench/"))] == []
    assert any(name.endswith("licenses/NOTICE") for name in names)


def test_it_begins_starts_answers_and_ends(installed: Path, tmp_path: Path) -> None:
    surroundings = {**clean_environment(), "UNDERSIGNED_HOME": str(tmp_path / "home")}
    surroundings.pop("PYTHONPATH", None)
    begun = subprocess.run(
        [installed / "undersigned", "init", "--city", "Harrow Falls", "--json"],
        env=surroundings, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert begun.returncode == 0, begun.stderr
    assert json.loads(begun.stdout)["city"] == "Harrow Falls"
    port = free_port()
    web = subprocess.Popen(
        [installed / "undersigned", "serve", "--port", str(port)], env=surroundings, cwd=tmp_path
    )
    try:
        assert answered(f"http://127.0.0.1:{port}/health/ready", web) == 200
        assert answered(f"http://127.0.0.1:{port}/public/", web) == 200
    finally:
        web.terminate()
        assert web.wait(PATIENCE) == 0


def test_the_auditors_program_needs_nothing_of_the_server(installed: Path, tmp_path: Path) -> None:
    ended = subprocess.run(
        [installed / "undersigned-audit", tmp_path, "--keys", tmp_path / "keys"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answered(address: str, web: subprocess.Popen[bytes]) -> int:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and web.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own address
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except urllib.error.URLError:
            time.sleep(0.1)
    return 0
