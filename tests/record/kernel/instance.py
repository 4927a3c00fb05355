"""An instance with a database of its own, in which several programs work at once and may be killed."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection, connections

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Instance:
    """``address`` is that of its database, as an administrator gives it; ``name`` the database's own."""

    home: Path
    address: str
    name: str

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

    def play(self, scene: str, *arguments: object) -> dict[str, Any]:
        """Run a scene of ``program.py`` on this database and answer what it reports."""
        done = self.run("-m", "tests.record.kernel.program", scene, *map(str, arguments))
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python with the product's own settings."""
        return subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )


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
    import psycopg

    given = connection.settings_dict
    with psycopg.connect(
        dbname="postgres",
        host=given["HOST"] or None,
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        autocommit=True,
    ) as server:
        server.execute(statement.encode())
