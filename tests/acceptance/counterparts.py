"""The networks' counterparts, each started on a free port of 127.0.0.1, told what to do, and ended.

They need ``uv``, which the Makefile lays into ``.tools``; a ``uv`` in the search path is taken too.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import urllib3

from tests.acceptance.shared import SHARED

COUNTERPARTS = SHARED / "counterparts"
UV = Path(__file__).parents[2] / ".tools" / "bin" / "uv"
SCRIPTS = ("x", "facebook", "linkedin", "mastodon")
STARTERS = ("bluesky", "signin", "mail")
START_SECONDS = 240.0
"""The first start of a counterpart on a machine installs and compiles what it needs."""


@dataclass(frozen=True)
class Control:
    """The control plane of X, Facebook, LinkedIn and Mastodon; ``post`` reaches what one network adds of its own."""

    base: str
    ready: Mapping[str, Any] = field(default_factory=dict)

    def get(self, verb: str) -> Any:
        return _asked(f"{self.base}/_control/{verb}")

    def post(self, verb: str, **data: Any) -> Any:
        return _asked(f"{self.base}/_control/{verb}", data)

    def reset(self, seed: int = 1) -> Any:
        return self.post("reset", seed=seed)

    def world(self) -> Any:
        return self.get("world")

    def violations(self) -> list[Any]:
        return list(self.get("violations"))

    def requests(self) -> list[Any]:
        return list(self.get("requests"))

    def advance(self, seconds: float) -> Any:
        return self.post("clock", advance=seconds)

    def set_clock(self, moment: float) -> Any:
        return self.post("clock", set=moment)

    def faults(self, *faults: Mapping[str, Any]) -> Any:
        """Script faults in place of the earlier ones; none at all takes them away."""
        return self.post("faults", faults=[dict(one) for one in faults])

    def native_post(self, account: str, person: str, text: str, **more: Any) -> str:
        return str(self.post("native/post", account=account, person=person, text=text, **more)["id"])

    def native_edit(self, post: str, text: str, person: str | None = None, **more: Any) -> Any:
        return self.post("native/edit", post=post, text=text, person=person, **more)

    def native_delete(self, post: str, person: str | None = None) -> Any:
        return self.post("native/delete", post=post, person=person)

    def native_comment(self, post: str, name: str, text: str, parent: str | None = None) -> str:
        return str(self.post("native/comment", post=post, name=name, text=text, parent=parent)["id"])

    def native_profile(self, account: str, **changes: Any) -> Any:
        return self.post("native/profile", account=account, **changes)

    def access(self, account: str, person: str, role: str | None) -> Any:
        return self.post("access", account=account, person=person, role=role)

    def revoke(self, person: str) -> Any:
        return self.post("revoke", person=person)


@contextmanager
def counterpart(name: str, *options: str) -> Iterator[tuple[str, Control]]:
    """Start one, and answer its base address and control plane. It ends with the block, and nothing else does.

    Raises FileNotFoundError naming what is missing, RuntimeError with its own words when it does not start.
    """
    command = [*_command(name), *options]
    with TemporaryFile() as words:
        process = subprocess.Popen(
            command, env=_with_uv(), stdout=subprocess.PIPE, stderr=words, start_new_session=True
        )
        try:
            ready = _ready(process, words, name)
            yield ready["base"], Control(ready["base"], ready)
        finally:
            _end(process)


def _command(name: str) -> list[str]:
    if name in SCRIPTS:
        script = _there(COUNTERPARTS / f"{name}.py")
        return [_uv(), "run", "--quiet", "--script", str(script), "--port", str(free_port())]
    if name not in STARTERS:
        raise FileNotFoundError(f"no counterpart is called {name}: there are {', '.join(SCRIPTS + STARTERS)}")
    starter = str(_there(COUNTERPARTS / name / "start"))
    if name == "mail":
        return [starter, "--smtp-port", str(free_port()), "--http-port", str(free_port())]
    return [starter, "--port", str(free_port())]


def _there(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing; UNDERSIGNED_SHARED says where the counterparts lie")
    return path


def _uv() -> str:
    found = str(UV) if UV.exists() else shutil.which("uv")
    if found is None:
        raise FileNotFoundError(f"uv is neither at {UV} nor in the search path; `make` lays it there")
    return found


def _with_uv() -> dict[str, str]:
    """The environment with uv in its search path, and without what would lead its Python to the tests' own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    return {**kept, "PATH": f"{Path(_uv()).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _ready(process: subprocess.Popen[bytes], words: IO[bytes], name: str) -> dict[str, Any]:
    assert process.stdout is not None
    until = time.monotonic() + START_SECONDS
    while (left := until - time.monotonic()) > 0:
        if not select.select([process.stdout], [], [], left)[0]:
            break
        line = process.stdout.readline()
        if not line:
            break
        if line.startswith(b"{") and (said := json.loads(line)).get("ready"):
            return {"base": said.get("issuer", ""), **said}
    words.seek(0)
    raise RuntimeError(
        f"the counterpart of {name} did not start: {words.read().decode(errors='replace')[-2_000:]}"
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the session that was made for the counterpart: uv and what uv started."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=10)
    except ProcessLookupError:
        process.wait()
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _asked(url: str, data: Mapping[str, Any] | None = None) -> Any:
    method, body = ("GET", None) if data is None else ("POST", json.dumps(dict(data)))
    answer = urllib3.request(
        method, url, body=body, headers={"Content-Type": "application/json"}, timeout=30, retries=False
    )
    if answer.status != 200:
        raise ValueError(f"{url} answered {answer.status}: {answer.data.decode()[:400]}")
    return answer.json()
