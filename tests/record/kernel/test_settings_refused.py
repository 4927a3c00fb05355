"""Cases 49, 50 and 52: settings under which acts would be lost, doubled or refused for no reason never start."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from psycopg.conninfo import conninfo_to_dict
from tests.postgres import server

from undersigned.acts.checks import commits_are_durable
from undersigned.environment import sqlite as settings_of_sqlite

pytestmark = pytest.mark.django_db(transaction=True)
BESIDE = "beside"


@contextmanager
def beside(**settings: Any) -> Iterator[None]:
    """The same database again, under other settings."""
    other = connection.copy(BESIDE)
    other.settings_dict = {**other.settings_dict, **settings}
    connections[BESIDE] = other
    try:
        yield
    finally:
        other.close()
        del connections[BESIDE]


def refused() -> set[str]:
    return {str(one.id) for one in commits_are_durable(None, databases=[BESIDE])}


def on_sqlite(path: Path, **options: str) -> dict[str, Any]:
    settings = settings_of_sqlite(path)
    kept = settings["OPTIONS"]
    assert isinstance(kept, dict)
    return {"NAME": str(path), "OPTIONS": {**kept, **options}}


def test_case_50_deferred_transactions_fail_a_second_writer_and_are_refused_at_start(
    sqlite: None, tmp_path: Path
) -> None:
    file = tmp_path / "deferred.sqlite3"
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as one,
        closing(sqlite3.connect(file, isolation_level=None, timeout=5)) as two,
    ):
        one.execute("PRAGMA journal_mode=WAL")
        one.execute("CREATE TABLE log (n)")
        for each in (one, two):
            each.execute("BEGIN DEFERRED")
            each.execute("SELECT count(*) FROM log").fetchone()
        one.execute("INSERT INTO log VALUES (1)")
        one.execute("COMMIT")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            two.execute(
                "INSERT INTO log VALUES (1)"
            )  # at once, whatever its patience: it has read an older state
    with beside(**on_sqlite(file, transaction_mode="DEFERRED")):
        assert refused() == {"acts.E010"}
    with beside(**on_sqlite(file)):
        assert refused() == set()


def test_case_52_a_commit_that_a_power_cut_loses_is_refused_at_start_on_sqlite(
    sqlite: None, tmp_path: Path
) -> None:
    normal = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"
    with beside(**on_sqlite(tmp_path / "normal.sqlite3", init_command=normal)):
        assert refused() == {"acts.E011"}


def test_case_52_a_commit_that_a_power_cut_loses_is_refused_at_start_on_postgresql(postgresql: None) -> None:
    with beside(OPTIONS={"options": "-c synchronous_commit=off"}):
        assert refused() == {"acts.E012"}


@pytest.mark.slow
def test_case_52_a_server_that_never_writes_through_is_refused_at_start(postgresql: None) -> None:
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # of the library that starts the server, about folders of this machine
        with server() as address:
            with psycopg.connect(address, autocommit=True) as administrator:
                administrator.execute("ALTER SYSTEM SET fsync = off")
                administrator.execute("SELECT pg_reload_conf()")
            given = conninfo_to_dict(address)
            with beside(NAME=given["dbname"], HOST=given["host"], USER=given["user"], PASSWORD="", PORT=""):
                assert refused() == {"acts.E012"}


@pytest.mark.parametrize(
    "options",
    [
        {"isolation_level": IsolationLevel.REPEATABLE_READ},
        {"options": "-c default_transaction_isolation=serializable"},
    ],
)
def test_case_49_another_isolation_than_read_committed_is_refused_at_start(
    postgresql: None, options: dict[str, Any]
) -> None:
    with beside(OPTIONS=options):
        assert refused() == {"acts.E013"}
