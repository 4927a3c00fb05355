"""What must hold before the product starts: declarations that contradict themselves, databases that lose acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, models

from undersigned.acts.book import Act
from undersigned.acts.declared import BOOK, DeclaredAct
from undersigned.acts.governed import Governed


@register(Tags.models)
def every_governed_field_is_committed(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """A field that no commitment covers could be edited unseen."""
    return [
        Error(
            f"{model.__name__} neither governs nor exempts: {', '.join(sorted(missing))}",
            obj=model,
            id="acts.E001",
        )
        for model in apps.get_models()
        if issubclass(model, Governed) and (missing := _uncovered(model))
    ]


def _uncovered(model: type[Governed]) -> set[str]:
    fields = {field.name for field in model._meta.concrete_fields if not field.primary_key}
    return (fields ^ set(model.state_fields())) - set(model.ungoverned)


@register(Tags.models)
def governed_rows_never_cascade(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A cascade would delete governed rows that no act names."""
    return [
        Error(f"{model.__name__}.{field.name} must be PROTECT", obj=model, id="acts.E002")
        for model in apps.get_models()
        if issubclass(model, Governed)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    ]


@register(Tags.models)
def facts_are_never_free_text(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A leaf is for ever: whatever names a person must be a commitment (record specification, section 3)."""
    return [problem for declared in BOOK.values() for problem in _leaks(declared)]


PERSONAL = ("name", "email", "mail", "phone", "text", "note", "reason", "who", "person_name", "title")


def _leaks(declared: DeclaredAct[Any, Any]) -> Iterator[CheckMessage]:
    for field in declared.facts:
        if field in PERSONAL or field.endswith(("_name", "_email", "_text", "_note", "_reason")):
            yield Error(f"{declared.name}: {field} may only be committed to", id="acts.E003")
        if field in declared.commits:
            yield Error(f"{declared.name}: {field} is both a fact and a commitment", id="acts.E004")


@register(Tags.database)
def commits_are_durable(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A commit that a power cut loses would make the city's own record look forged."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        found.extend(_sqlite(connection) if connection.vendor == "sqlite" else _postgresql(connection))
    return found


def _sqlite(connection: Any) -> Iterator[CheckMessage]:
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        yield Error(
            "SQLite must run with transaction_mode IMMEDIATE: acts of several writers would fail",
            id="acts.E010",
        )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        if cursor.fetchone()[0] < 2:
            yield Error(
                "SQLite must run with synchronous=FULL: acts could be lost in a power cut", id="acts.E011"
            )


def _postgresql(connection: Any) -> Iterator[CheckMessage]:
    wanted = {"synchronous_commit": {"on", "remote_apply", "remote_write", "local"}, "fsync": {"on"}}
    with connection.cursor() as cursor:
        for name, good in wanted.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            value = cursor.fetchone()[0]
            if value not in good:
                yield Error(
                    f"PostgreSQL runs with {name}={value}: acts could be lost in a power cut", id="acts.E012"
                )
        cursor.execute("SELECT current_setting('default_transaction_isolation')")
        found = {cursor.fetchone()[0], connection.isolation_level.name.lower().replace("_", " ")}
    for isolation in sorted(found - {"read committed"}):
        yield Error(f"PostgreSQL must run at READ COMMITTED, not {isolation.upper()}", id="acts.E013")


@register("acts", deploy=True)
def every_act_of_the_book_is_declared(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    return [Error(f"no room declares {name}", id="acts.E005") for name in Act if name not in BOOK]
