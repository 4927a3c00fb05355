"""An instance with a database of its own, in which several programs work at once and may be killed."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.db import connection, connections

from undersigned.record.storage.postgresql import LOCK

if TYPE_CHECKING:
    import psycopg

ROOT = Path(__file__).parents[3]
BESIDE = "beside"
"""How a session of the test itself is known to the server, among those of the programs."""
LONGEST = 600.0
"""Seconds, on a machine that has much else to do; alone, no scene takes more than half a minute."""


@dataclass(frozen=True)
class Instance:
    """``address`` is that of its database, as an administrator gives it; ``name`` the database's own.

    ``program`` is the module that plays the scenes.
    """

    home: Path
    address: str
    name: str
    program: str = "tests.record.kernel.program"

    @property
    def environment(self) -> dict[str, str]:
        own = {
            name: value for name, value in os.environ.items() if not name.startswith(("UNDERSIGNED_", "PG"))
        }
        return own | {
            "UNDERSIGNED_HOME": str(self.home),
            "UNDERSIGNED_DATABASE_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "undersigned.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }

    def play(self, scene: str, *arguments: object) -> Any:
        """Run a scene of the program on this database and answer what it reports."""
        return self.begin(scene, *arguments).finish()

    def begin(self, scene: str, *arguments: object) -> Playing:
        """The same, and meanwhile the test goes on."""
        return Playing(self.home, self._start("-m", self.program, scene, *map(str, arguments)))

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run one of the product's commands as an administrator does; its exit status and what it said."""
        started = self._start("-m", "undersigned", *arguments)
        out, err = started.communicate(timeout=LONGEST)
        return started.returncode, out + err

    def _start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@dataclass(frozen=True)
class Playing:
    """A scene under way."""

    home: Path
    process: subprocess.Popen[str]

    def wait_for(self, name: str) -> None:
        """Until the scene has come to the point at which it makes this file."""
        while not (self.home / name).exists():
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.01)

    def finish(self) -> Any:
        out, err = self.process.communicate(timeout=LONGEST)
        assert self.process.returncode == 0, err
        return json.loads(out)


@contextmanager
def beside_the_test_database(home: Path) -> Iterator[Instance]:
    """A copy of the empty database of this test run: a file, or another database on the same server."""
    if connection.vendor == "sqlite":
        path = home / "undersigned.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.close()
        yield Instance(home, f"sqlite://{path}", str(path))
        return
    name = f"kernel_{secrets.token_hex(6)}"
    given = connection.settings_dict
    connections.close_all()  # a database that is in use cannot be copied
    on_the_server(f'CREATE DATABASE {name} TEMPLATE "{given["NAME"]}"')
    account = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}"
    try:
        yield Instance(home, f"postgresql://{account}@/{name}?host={quote(given['HOST'])}", name)
    finally:
        on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


def on_the_server(statement: str) -> None:
    """A statement that concerns a whole database, and so is run from outside of it."""
    with server_session("postgres") as server:
        server.execute(statement.encode())


def server_session(database: str) -> psycopg.Connection[Any]:
    """A session of somebody else on the server of this test run; each statement is a transaction of its own."""
    import psycopg

    given = connection.settings_dict
    return psycopg.connect(
        dbname=database,
        host=given["HOST"] or None,
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        autocommit=True,
        application_name=BESIDE,
    )


@contextmanager
def right_taken(database: str) -> Iterator[None]:
    """Somebody else holds the right to sequence, so that acts wait in the intake."""
    with server_session(database) as other, other.transaction():
        other.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield
