"""Governed models: tables that change by acts alone, and whose every row the record commits to."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.db import connection, models

from undersigned.acts.lifecycle import LifeCycle
from undersigned.acts.refusals import OutsideAct

G = TypeVar("G", bound="Governed", covariant=True)

KINDS: dict[str, type[Governed]] = {}
"""Every governed model by the kind that its references bear."""


def new_reference(kind: str, octets: int = 8) -> str:
    """A fresh reference: the kind and 64 random bits (a person's: 128), never derived from data."""
    return f"{kind}:{secrets.token_hex(octets)}"


class ReferenceField(models.CharField[str, str]):
    """The primary key of a governed model: ``<kind>:<hex>``, chosen at random when the row is made."""

    def __init__(self, kind: str = "", octets: int = 8, **options: Any) -> None:
        self.kind, self.octets = kind, octets
        options |= {"max_length": 97, "primary_key": True, "editable": False}
        options.setdefault("default", partial(new_reference, kind, octets))
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        for settled in ("max_length", "primary_key", "editable", "default"):
            options.pop(settled, None)
        return name, path, args, {**options, "kind": self.kind, "octets": self.octets}


class GovernedQuerySet(models.QuerySet[G]):
    """Reads as any query set does; refuses every write that would not know its rows."""

    def _refuse(self, how: str) -> NoReturn:
        raise OutsideAct(self.model, f"objects.{how}")

    def update(self, **kwargs: Any) -> int:
        self._refuse("update")

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse("delete")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        self._refuse("bulk_update")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Allowed inside an act; conflicts may not be ignored, for then rows would be claimed that are not there."""
        from undersigned.acts import scene

        if args or kwargs.keys() - {"batch_size"}:
            self._refuse("bulk_create with conflict handling")
        made = list(objs)
        current = scene.current(self.model, "objects.bulk_create")
        for instance in made:
            current.touch(instance)
        return super().bulk_create(made, **kwargs)


class Governed(models.Model):
    """A row that only acts change.

    Subclasses name a ``kind`` for their references and list under ``governed`` the fields that each state version
    commits to; the newest version must name every field, except those in ``ungoverned``, each with its reason.
    """

    kind: ClassVar[str]
    governed: ClassVar[Mapping[int, tuple[str, ...]]]
    ungoverned: ClassVar[Mapping[str, str]] = {}
    lifecycle: ClassVar[LifeCycle | None] = None

    objects = GovernedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        kind = cls.__dict__.get("kind")
        if kind:
            KINDS[kind] = cls

    @property
    def reference(self) -> str:
        """The random name under which the record knows this row."""
        return str(self.pk)

    @classmethod
    def state_version(cls) -> int:
        return max(cls.governed)

    @classmethod
    def state_fields(cls, version: int | None = None) -> tuple[str, ...]:
        return cls.governed[version or cls.state_version()]

    @classmethod
    def state_columns(cls, version: int | None = None) -> list[str]:
        """The attribute names to read for a state: relations by their column, which holds the reference."""
        fields = [cls._meta.get_field(name) for name in cls.state_fields(version)]
        return [str(getattr(field, "attname", field.name)) for field in fields]

    def save(self, *args: Any, **kwargs: Any) -> None:
        from undersigned.acts import scene

        scene.current(type(self), "save").touch(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        from undersigned.acts import scene

        scene.current(type(self), "delete").touch(self)
        return super().delete(*args, **kwargs)

    def locked(self) -> Self:
        """This row, read again under a lock that lasts to the end of the transaction."""
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update(of=("self",)))
        return self


def as_state(value: Any) -> Any:
    """A field's value in the form a state commitment hashes (record specification, section 3)."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, float):
        raise TypeError("a governed field may not be a floating-point number")
    return value


def states(model: type[Governed], references: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The present state of these rows as the database holds it; rows that are gone are missing from the answer."""
    asked = list(references)
    select, converters = _reading(model, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(f"{select} ({', '.join(['%s'] * len(asked))})", asked)
        rows: list[Sequence[Any]] = cursor.fetchall()
    if converters:
        rows = [_converted(row, converters) for row in rows]
    fields = model.state_fields()
    return {row[0]: dict(zip(fields, map(as_state, row[1:]), strict=True)) for row in rows}


Converters = Mapping[int, tuple[Sequence[Any], Any]]


@cache
def _reading(model: type[Governed], vendor: str) -> tuple[str, Converters]:
    """The statement that reads states, but for the list of references, and what makes values of its columns.

    Compiled once: building the same query anew for each act would take longer than the rest of its entry.
    """
    query = model._base_manager.values_list("pk", *model.state_columns()).order_by().query
    compiler = query.get_compiler(connection=connection)
    statement, parameters = compiler.as_sql()
    if parameters:
        raise TypeError(f"{model.__name__} cannot be read by a plain statement")
    column = f"{connection.ops.quote_name(model._meta.db_table)}.{connection.ops.quote_name('id')}"
    expressions = [selected[0] for selected in compiler.select]
    return f"{statement} WHERE {column} IN", compiler.get_converters(expressions)


def _converted(row: Sequence[Any], converters: Converters) -> list[Any]:
    values = list(row)
    for place, (convert_all, expression) in converters.items():
        for convert in convert_all:
            values[place] = convert(values[place], expression, connection)
    return values


def find(reference: str) -> Governed:
    """The governed row of this reference; raises KeyError for an unknown kind and DoesNotExist."""
    return KINDS[reference.partition(":")[0]]._base_manager.get(pk=reference)
