"""The demonstration as people start it: one command, and nothing left behind however it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from undersigned.demo import signins

pytestmark = pytest.mark.slow

PATIENCE = 120
MOST_MEMORY = 220_000_000


@dataclass
class Demonstration:
    """One run of the command, and the processes that it began."""

    process: subprocess.Popen[str]
    port: int

    def answer(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            return int(answer.status)

    def read_until(self, words: str) -> str:
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if words in line:
                return said
        raise AssertionError(f"it ended and never said “{words}”:\n{said}")

    @property
    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def surroundings(home: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UNDERSIGNED_", "DJANGO_", "PYTEST_"))
    }
    return {**kept, "UNDERSIGNED_HOME": str(home), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def shown(home: Path) -> Iterator[Demonstration]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "undersigned", "demo", "--port", str(port)],
        env=surroundings(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield Demonstration(process, port)
    if process.poll() is None:
        process.terminate()
        process.wait(PATIENCE)


def test_one_command_makes_the_city_shows_it_and_says_who_can_sign_in(
    shown: Demonstration, home: Path
) -> None:
    said = shown.read_until("End it")
    assert signins.PASSWORD in said
    assert all(one.email in said for one in signins.everybody())
    assert shown.answer("/public/") == 200
    assert shown.answer("/health/ready") == 200
    assert sum(child.memory_info().rss for child in shown.children) < MOST_MEMORY


def test_told_to_end_it_ends_web_and_worker_with_it(shown: Demonstration) -> None:
    shown.read_until("End it")
    children = shown.children
    assert len(children) >= 3
    shown.process.send_signal(signal.SIGINT)
    assert shown.process.wait(PATIENCE) == 0
    assert psutil.wait_procs(children, timeout=5)[1] == []


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells a child that its parent died"
)
def test_killed_it_leaves_no_orphan(shown: Demonstration) -> None:
    shown.read_until("End it")
    children = shown.children
    shown.process.kill()
    shown.process.wait()
    assert psutil.wait_procs(children, timeout=30)[1] == []


def test_a_port_that_is_taken_is_named_before_anything_is_started(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-m", "undersigned", "demo", "--port", str(port)],
            env=surroundings(home),
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    assert f"Port {port} cannot be used" in ended.stderr
    assert f"--port {port + 1}" in ended.stderr or "--port 8000" in ended.stderr


def test_a_web_process_that_ends_by_itself_ends_everything_and_tells_why(shown: Demonstration) -> None:
    shown.read_until("End it")
    web = next(child for child in shown.children if "gunicorn" in " ".join(child.cmdline()))
    time.sleep(0.2)
    web.terminate()
    said = shown.read_until("has ended by itself")
    assert shown.process.wait(PATIENCE) == 1
    assert "web" in said
