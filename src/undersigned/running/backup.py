"""A copy of everything that is needed to go on elsewhere: database, media, and on request the keys.

The copy is one moment of the database. On SQLite it is the database file itself; on PostgreSQL each table as ``COPY``
writes it, from one snapshot, so that nothing but the driver is needed. A manifest with digests is written last.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from undersigned.record import queries

MANIFEST = "backup.json"
FORMAT = "undersigned-backup/1"
DATABASE = "database.sqlite3"
TABLES = "tables"
SIGNERS_MEMORY = ("log.state", "log.mark")


class BackupRefused(Exception):
    """Nothing was written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was copied: how many entries the record had, and how many files there are."""

    size: int
    files: int


def make(target: Path, *, keys: bool) -> Backup:
    """Copy this installation into an empty or new folder. Raises BackupRefused and OSError."""
    if target.exists() and any(target.iterdir()):
        raise BackupRefused(f"{target} is not empty. Nothing was written; name a new folder.")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy_database = _copy_sqlite if connection.vendor == "sqlite" else _copy_postgresql
    size = copy_database(target)
    if Path(settings.MEDIA_ROOT).exists():
        shutil.copytree(settings.MEDIA_ROOT, target / "media")
    if Path(settings.KEYS).exists():
        shutil.copytree(settings.KEYS, target / "keys", ignore=_left_out(keys))
    files = {str(path.relative_to(target)): digest_of(path) for path in every_file(target)}
    _write_manifest(target, size=size, keys=keys, files=files)
    return Backup(size, len(files))


def _left_out(keys: bool) -> Callable[[str, list[str]], set[str]]:
    """Without the keys themselves, the policy alone. Never the signer's memory: put back from a copy it would be older
    than what was signed since, and would not notice (record specification, section 9)."""

    def ignore(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if name.startswith(SIGNERS_MEMORY) or not (keys or name == "policy")}

    return ignore


def _write_manifest(target: Path, *, size: int, keys: bool, files: dict[str, str]) -> None:
    told = {
        "format": FORMAT,
        "version": version("undersigned"),
        "database": connection.vendor,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "record_size": size,
        "keys": keys,
        "files": files,
    }
    (target / MANIFEST).write_text(json.dumps(told, indent=2, sort_keys=True) + "\n")


def _copy_sqlite(target: Path) -> int:
    connection.ensure_connection()
    with closing(sqlite3.connect(target / DATABASE)) as copy:
        connection.connection.backup(copy)
        (size,) = copy.execute("SELECT coalesce(max(size), 0) FROM record_head").fetchone()
    return int(size)


def _copy_postgresql(target: Path) -> int:
    (target / TABLES).mkdir()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in tables(cursor):
            with (target / TABLES / f"{table}.copy").open("wb") as file:
                for part in _rows_out(cursor, table):
                    file.write(part)
        return queries.size()


def tables(cursor: Any) -> list[str]:
    """Every table of the product and its libraries, in a fixed order."""
    names = connection.introspection.table_names(cursor)
    return sorted(name for name in names if name != "django_migrations")


def _rows_out(cursor: Any, table: str) -> Iterator[bytes]:
    with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as copying:
        for part in copying:
            yield bytes(part)


def every_file(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)


def digest_of(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
