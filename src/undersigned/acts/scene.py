"""The scene of an act: what it says and which rows it touched, gathered until it is entered in the record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from undersigned.acts.actor import Actor, Officer, System
from undersigned.acts.book import Act
from undersigned.acts.facts import Fact
from undersigned.acts.governed import Governed, as_state, states
from undersigned.acts.refusals import OutsideAct
from undersigned.record import append

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_OBJECTS = 24


@dataclass(slots=True)
class Scene:
    """One act while it is being done."""

    act: Act
    act_id: str
    by: Actor
    facts: Mapping[str, Fact]
    commits: frozenset[str]
    said: dict[str, Any] = field(default_factory=dict)
    law: str | None = None
    touched: dict[type[Governed], dict[str, dict[str, Any] | None]] = field(default_factory=dict)
    """By model and reference: the state after the act where it is known already, else None."""

    def touch(self, row: Governed) -> None:
        self.touched.setdefault(type(row), {})[row.reference] = None

    def touch_known(self, model: type[Governed], reference: str, state: dict[str, Any]) -> None:
        self.touched.setdefault(model, {})[reference] = state

    def say(self, **said: Any) -> None:
        unknown = said.keys() - self.facts.keys() - self.commits
        if unknown:
            raise KeyError(f"{self.act} does not declare {', '.join(sorted(unknown))}")
        self.said.update(said)

    def enter(self) -> None:
        """Append the entry of this act; called once, after the body, in the same transaction."""
        append.append(
            append.Draft(
                act=self.act.value,
                act_id=self.act_id,
                by=self._by(),
                who=self._who(),
                facts={
                    name: self._fact(name, value) for name, value in self.said.items() if name in self.facts
                },
                commits={
                    name: as_committed(value) for name, value in self.said.items() if name in self.commits
                },
                law=self.law,
                objects=self._objects(),
            )
        )

    def _fact(self, name: str, value: Any) -> str | int | bool:
        try:
            return self.facts[name].accept(value)
        except ValueError as refused:
            raise ValueError(f"{self.act}: {name} is {refused}") from None

    def _by(self) -> dict[str, str]:
        if isinstance(self.by, System):
            return {"task": self.by.task}
        if isinstance(self.by, Officer) and self.by.capacity:
            return {"as": self.by.capacity.reference}
        raise TypeError(f"{self.act} has no actor in a capacity")

    def _who(self) -> dict[str, str] | None:
        return {"person": self.by.person, "name": self.by.name} if isinstance(self.by, Officer) else None

    def _objects(self) -> list[append.Touched]:
        objects: list[append.Touched] = []
        for model, references in self.touched.items():
            unknown = [name for name, state in references.items() if state is None]
            found = states(model, unknown) if unknown else {}
            version = model.state_version()
            objects.extend(
                append.Touched(name, version, state or found.get(name)) for name, state in references.items()
            )
        if len(objects) > MOST_OBJECTS:
            raise ValueError(
                f"{self.act} changed {len(objects)} rows; split it into acts of at most {MOST_OBJECTS}"
            )
        return objects


_scenes: ContextVar[tuple[Scene, ...]] = ContextVar("scenes", default=())


def current(model: type, how: str) -> Scene:
    """The act now being done; raises :class:`OutsideAct` naming the table when there is none."""
    scenes = _scenes.get()
    if not scenes:
        raise OutsideAct(model, how)
    return scenes[-1]


def say(**said: Any) -> None:
    """Enter facts and commitments that the act declares; called from within its body."""
    current(Scene, "say").say(**said)


def cite(law: str) -> None:
    """Name the clause or legal basis on which the act rests."""
    current(Scene, "cite").law = law


@contextmanager
def opened(scene: Scene) -> Iterator[Scene]:
    """Open the governed tables for the length of one act."""
    token = _scenes.set((*_scenes.get(), scene))
    outermost = len(_scenes.get()) == 1
    if outermost:
        _guard(open_=True)
    try:
        yield scene
    finally:
        _scenes.reset(token)
        if outermost:
            _guard(open_=False)


def _guard(*, open_: bool) -> None:
    """Lift or set the triggers of the governed tables on this connection (``guards.py``)."""
    if connection.vendor == "sqlite":
        connection.undersigned_act_open = open_  # type: ignore[attr-defined] # ours, see guards.py
    elif open_:
        _set_config("1")
    elif connection.savepoint_ids and not connection.needs_rollback:
        _set_config("")  # a larger transaction goes on; otherwise the setting ends with the act's own


def _set_config(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('undersigned.act', %s, true)", [value])


@contextmanager
def together() -> Iterator[None]:
    """Do many acts in one transaction, entering them in the record in bulk. All of them happen, or none."""
    with transaction.atomic(), append.in_bulk():
        yield


@contextmanager
def at_full_length() -> Iterator[None]:
    """Give the database more memory while hundreds of thousands of rows are written.

    With its usual share SQLite would write the same pages of its indexes again for each transaction. What is durable
    stays as it is: every commit is still written through. Inside a larger transaction there is nothing to do.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        before = {name: _pragma(cursor, name) for name in _ROOMY}
        try:
            _set_pragmas(cursor, _ROOMY)
            yield
        finally:
            _set_pragmas(cursor, before)
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


_ROOMY = {"cache_size": -96_000, "wal_autocheckpoint": 30_000}
"""In KiB, as a negative number, and in pages of 4 KiB."""


def _pragma(cursor: Any, name: str) -> int:
    return int(cursor.execute(f"PRAGMA {name}").fetchone()[0])


def _set_pragmas(cursor: Any, values: Mapping[str, int]) -> None:
    for name, value in values.items():
        cursor.execute(f"PRAGMA {name} = {value}")


def as_committed(value: Any) -> Any:
    """A value in the form a commitment hashes: JSON without floating point, rows by reference."""
    if isinstance(value, Governed):
        return value.reference
    if isinstance(value, dict):
        return {str(key): as_committed(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_committed(inner) for inner in value]
    if isinstance(value, str | int | bool) or value is None:
        return value
    return as_state(value) if as_state(value) is not value else str(value)
