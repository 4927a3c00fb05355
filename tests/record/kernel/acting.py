"""What the programs do: acts of several shapes, each under an id that a later program can know again."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.db import connection, transaction
from tests.cast import SYSTEM, Cast
from tests.record.kernel.instance import BESIDE

from undersigned.acts.actor import Officer
from undersigned.acts.scene import together
from undersigned.people import acts
from undersigned.people.acts.people import change_unit
from undersigned.people.models import Person, Unit
from undersigned.people.states import Office
from undersigned.record import acts as record_acts

HR = "Harriet Lowmoor"


class Undone(Exception):
    """Raised to roll a savepoint back."""


def act_id(*parts: object) -> str:
    """The same id for the same words, so that a program can repeat what a killed one began."""
    return sha256(repr(parts).encode()).hexdigest()[:32]


def settle(shared: int = 3) -> None:
    """Whom the programs act as, and the units that all of them change."""
    cast = Cast()
    cast.officer(Office.HR, name=HR)
    for number in range(shared):
        cast.unit(f"Shared {number}")


@cache
def hr() -> Officer:
    """Looked up once, before the processes part."""
    return Cast().as_officer(Person.objects.get(name=HR))


class Log:
    """Which acts were begun and which were done, kept in a file that outlives a killed process."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def begun(self, one: str) -> None:
        os.write(self._file, f"begun {one}\n".encode())

    def done(self, one: str) -> None:
        os.write(self._file, f"done {one}\n".encode())


def logged(path: Path) -> dict[str, set[str]]:
    """Begun and done, as the processes said before they ended."""
    found: dict[str, set[str]] = {"begun": set(), "done": set()}
    for line in path.read_text().splitlines() if path.exists() else ():
        word, one = line.split()
        found[word].add(one)
    return found


def write(tag: str, count: int, log: Log) -> list[str]:
    """As many acts, in their several shapes; answers their ids in the order in which they were done."""
    by, chance, ids = hr(), random.Random(tag), []  # noqa: S311 - the same shapes for the same tag
    for number in range(count):
        one = act_id(tag, number)
        log.begun(one)
        _one_of_many(by, chance, tag, number, one)
        log.done(one)
        ids.append(one)
    return ids


def _one_of_many(by: Officer, chance: random.Random, tag: str, number: int, one: str) -> None:
    name = f"{tag} {number}"
    shape = chance.randrange(4)
    if shape == 0:
        acts.add_unit.once(one)(by=by, name=name)
    elif shape == 1:
        shared = Unit.objects.get(name=f"Shared {chance.randrange(3)}")
        change_unit.once(one)(by=by, unit=shared, code=name)
    elif shape == 2:
        with together():
            _rolled_back(by, name)
            acts.add_unit.once(one)(by=by, name=name)
    else:
        with transaction.atomic():
            _rolled_back(by, name)
            acts.add_unit.once(one)(by=by, name=name)


def _rolled_back(by: Officer, name: str) -> None:
    try:
        with transaction.atomic():
            acts.add_unit(by=by, name=f"undone {name}")
            raise Undone
    except Undone:
        return


STEPS = ("made", "changed", "first of two", "second of two", "erased")


def every_shape(tag: str, log: Log) -> None:
    """One act of each shape, none of them twice however often this is done with the same tag."""
    by, ids = hr(), {step: act_id(tag, step) for step in STEPS}
    for one in ids.values():
        log.begun(one)
    unit = acts.add_unit.once(ids["made"])(by=by, name=f"{tag} made")
    log.done(ids["made"])
    change_unit.once(ids["changed"])(by=by, unit=unit, code=tag)
    log.done(ids["changed"])
    with together():
        acts.add_unit.once(ids["first of two"])(by=SYSTEM, name=f"{tag} first")
        _rolled_back(by, tag)
        change_unit.once(ids["second of two"])(by=SYSTEM, unit=unit, name_fr=tag)
    log.done(ids["first of two"])
    log.done(ids["second of two"])
    record_acts.erase.once(ids["erased"])(by=SYSTEM, target=ids["made"], fields=["name"], law="law.s1")
    log.done(ids["erased"])


def others() -> Iterator[int]:
    """Other programs that the PostgreSQL server still serves, the killed ones among them until it notices."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' AND application_name <> %s",
            [BESIDE],
        )
        yield from (pid for (pid,) in cursor.fetchall())


def wait_until_alone(seconds: float = 10) -> None:
    """Until the server has ended what killed processes left open."""
    until = time.monotonic() + seconds
    while connection.vendor == "postgresql" and any(others()):
        if time.monotonic() > until:
            raise TimeoutError("the server still serves a killed process")
        time.sleep(0.005)
