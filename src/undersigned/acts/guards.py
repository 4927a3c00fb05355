"""Triggers that refuse writes outside an act, and any change of what is append-only.

They guard against accidents: raw SQL, an admin page, a second program. Whoever may drop triggers is answered by the
witnesses and the state replay, not by these (record specification, section 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from undersigned.acts.governed import Governed

APPEND_ONLY = ("record_entry", "record_checkpoint", "record_cosignature")
WRITES = ("INSERT", "UPDATE", "DELETE")


def know_whether_an_act_is_open(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give SQLite connections the function that the triggers ask. Another program has no such function: refused."""
    if connection.vendor == "sqlite":
        connection.undersigned_act_open = False  # type: ignore[attr-defined] # ours, kept on the connection
        connection.connection.create_function(
            "act_open", 0, lambda: int(getattr(connection, "undersigned_act_open", False))
        )


def governed_tables() -> dict[str, str]:
    """Table → where its acts are, for every governed model."""
    models = (model for model in apps.get_models() if issubclass(model, Governed))
    return {model._meta.db_table: f"{model.__module__.rsplit('.models', 1)[0]}.acts" for model in models}


def install(connection: BaseDatabaseWrapper) -> None:
    """Set all triggers anew; harmless to repeat. Called after every migration."""
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, acts in governed_tables().items():
            if table in existing:
                for statement in statements(table, acts):
                    cursor.execute(statement)
        for table in APPEND_ONLY:
            if table in existing:
                for statement in _append_only(connection.vendor, table):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Lift all triggers, for a restore or the emptying of a test database; :func:`install` sets them again."""
    names = [(table, f"{table}_{verb.lower()}") for table in governed_tables() for verb in WRITES]
    names += [(table, f"{table}_{verb}") for table in APPEND_ONLY for verb in ("update", "delete")]
    with connection.cursor() as cursor:
        for table, name in names:
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def _sqlite(table: str, acts: str) -> Iterator[str]:
    for verb in WRITES:
        name = f"{table}_{verb.lower()}"
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" WHEN act_open() = 0 '
            f"BEGIN SELECT RAISE(ABORT, '{_refusal(table, acts)}'); END"
        )


def _refusal(table: str, acts: str) -> str:
    return f"{table} changes by acts alone: call one of {acts}"


def _postgresql(table: str, acts: str) -> Iterator[str]:
    yield _POSTGRESQL_FUNCTION
    for verb in WRITES:
        name = f"{table}_{verb.lower()}"
        yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" FOR EACH STATEMENT '
            f"EXECUTE FUNCTION undersigned_needs_an_act('{_refusal(table, acts)}')"
        )


_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION undersigned_needs_an_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('undersigned.act', true), '') <> '1' THEN
        RAISE EXCEPTION '%', TG_ARGV[0];
    END IF;
    RETURN NULL;
END $$
"""


def _append_only(vendor: str, table: str) -> Iterator[str]:
    """Entries and cosignatures never change; a checkpoint is published once, and once named it stays so."""
    for verb in ("UPDATE", "DELETE"):
        name = f"{table}_{verb.lower()}"
        condition = _SETTLED if (table, verb) == ("record_checkpoint", "UPDATE") else ""
        said = f"{table} is append-only"
        if vendor == "sqlite":
            condition = condition.replace("IS DISTINCT FROM", "IS NOT")
            yield f'DROP TRIGGER IF EXISTS "{name}"'
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}"{condition} '
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        else:
            yield _APPEND_ONLY_FUNCTION
            yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" FOR EACH ROW{condition} '
                f"EXECUTE FUNCTION undersigned_append_only('{said}')"
            )


_SETTLED = " WHEN ({})".format(
    " OR ".join(
        [
            *(
                f"OLD.{column} IS DISTINCT FROM NEW.{column}"
                for column in ("size", "root", "note", "signed_at")
            ),
            "OLD.published_at IS NOT NULL AND OLD.published_at IS DISTINCT FROM NEW.published_at",
            "OLD.named AND NOT NEW.named",
        ]
    )
)


_APPEND_ONLY_FUNCTION = """
CREATE OR REPLACE FUNCTION undersigned_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0];
END $$
"""
