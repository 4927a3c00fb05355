"""Lists under load, the time to the first page, and what web and worker keep in memory."""

from __future__ import annotations

import http.client
import re
import secrets
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench import invented
from bench.figures import REPEATS, Figure
from bench.homes import UNDERSIGNED, environment, home, run

ACCOUNTS, PEOPLE = 2_000, 10_000
CLIENTS, REQUESTS = 8, 40
LISTS = ("/accounts/", "/people/", "/record/")
PORT = 18_431


def figures() -> Iterator[Figure]:
    with home() as folder:
        file = invented.roster(folder / "roster.csv", PEOPLE)
        run(folder, "import", "roster", str(file), "--as-of", "2026-01-31", "--full", "--json")
        run(folder, "import", "accounts", str(invented.register(folder / "register.csv", ACCOUNTS)), "--json")
        cookie = _session(folder)
        starts = [_start_to_first_page(folder) for _ in range(REPEATS)]
        yield Figure("from start to the first page, warm", statistics.median(starts), "s", 2.5)
        with _serving(folder) as processes:
            for address in LISTS:
                p95 = statistics.median(_p95(address, cookie) for _ in range(REPEATS))
                yield Figure(f"p95 of {address} at {CLIENTS} clients", p95 * 1000, "ms", 100)
            yield Figure("web and worker together, resident", _resident(processes), "MB", 220)


def _session(folder: Path) -> str:
    """The cookie of a session of the administrator who founded the city."""
    script = (
        "import time\n"
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "from undersigned.people.models import Person, User\n"
        "person = Person.objects.filter(appointments__office='administrator').get()\n"
        "user = User.objects.create_user('admin@bench.example', person=person)\n"
        "session = SessionStore()\n"
        "session['_auth_user_id'] = str(user.pk)\n"
        "session['_auth_user_backend'] = 'allauth.account.auth_backends.AuthenticationBackend'\n"
        "session['_auth_user_hash'] = user.get_session_auth_hash()\n"
        "session['account_authentication_methods'] = [{'method': 'mfa', 'at': time.time()}]\n"
        "session['account_authentication_methods_user'] = str(user.pk)\n"
        "session.save()\n"
        "print('COOKIE', session.session_key)\n"
    )
    said = run(folder, "manage", "shell", "-c", script)
    found = re.search(r"COOKIE (\w+)", said)
    if not found:
        raise RuntimeError("no session could be made")
    return f"sessionid={found[1]}"


@contextmanager
def _serving(folder: Path) -> Iterator[list[psutil.Process]]:
    commands = (["serve", "--port", str(PORT)], ["worker"])
    started = [
        subprocess.Popen([*UNDERSIGNED, *words], env=environment(folder), stdout=subprocess.DEVNULL)
        for words in commands
    ]
    try:
        _wait_for_page()
        yield [psutil.Process(one.pid) for one in started]
    finally:
        for one in started:
            one.send_signal(signal.SIGTERM)
        for one in started:
            one.wait(timeout=20)


def _wait_for_page() -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if _get("/public/", "")[0] == 200:
                return
        except ConnectionError:
            time.sleep(0.02)
    raise RuntimeError("the web process did not answer within 30 seconds")


def _get(address: str, cookie: str) -> tuple[int, float]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    began = time.perf_counter()
    connection.request("GET", address, headers={"Cookie": cookie, "X-Request-ID": secrets.token_hex(8)})
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - began
    connection.close()
    return answer.status, took


def _start_to_first_page(folder: Path) -> float:
    began = time.perf_counter()
    with _serving(folder):
        return time.perf_counter() - began


def _p95(address: str, cookie: str) -> float:
    took: list[float] = []

    def client() -> None:
        for _ in range(REQUESTS):
            status, seconds = _get(address, cookie)
            if status != 200:
                raise RuntimeError(f"{address} answered {status}")
            took.append(seconds)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(took) != CLIENTS * REQUESTS:
        raise RuntimeError(f"only {len(took)} of {CLIENTS * REQUESTS} requests were answered")
    return statistics.quantiles(took, n=20)[18]


def _resident(processes: list[psutil.Process]) -> float:
    """Resident memory in MB of both processes and their children; shared pages count once each time, as top shows."""
    family = [one for process in processes for one in (process, *process.children(recursive=True))]
    return sum(one.memory_info().rss for one in family) / 1_000_000
