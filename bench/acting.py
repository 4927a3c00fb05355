"""One process that acts as fast as it can, for ``bench.record``: ``python -m bench.acting WHAT COUNT``.

Prints JSON: seconds, and for ``grants`` the seconds of each slice with and without the record.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from collections.abc import Callable
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undersigned.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.record.audit.synthetic import entry  # noqa: E402

from undersigned.accounts import acts as accounts  # noqa: E402
from undersigned.accounts.models import Account  # noqa: E402
from undersigned.accounts.permissions import Preset  # noqa: E402
from undersigned.acts import Officer, System  # noqa: E402
from undersigned.acts.countersigning import give  # noqa: E402
from undersigned.acts.models import Countersignature  # noqa: E402
from undersigned.acts.scene import Scene  # noqa: E402
from undersigned.networks.addresses import understand  # noqa: E402
from undersigned.networks.names import Network  # noqa: E402
from undersigned.people import acts as people  # noqa: E402
from undersigned.people.directory import PeopleDirectory  # noqa: E402
from undersigned.people.models import Person, Unit  # noqa: E402
from undersigned.people.states import Office, PersonClass  # noqa: E402
from undersigned.record import queries, reading, sequence  # noqa: E402

SYSTEM = System("bench")
SLICES, WARM = 6, 5
CHUNK = 4_000


def bare(count: int) -> dict[str, object]:
    """Acts of one new row each."""
    for _ in range(20):
        people.add_unit(by=SYSTEM, name=secrets.token_hex(6))
    began = time.perf_counter()
    for _ in range(count):
        people.add_unit(by=SYSTEM, name=secrets.token_hex(6))
    return {"seconds": time.perf_counter() - began}


def grants(count: int) -> dict[str, object]:
    """The approval of a grant, in alternating slices with and without its entries."""
    steward, signer, account = _cast()
    with_record: list[float] = []
    without: list[float] = []
    _slice(_requests(steward, account, WARM), signer)
    for _ in range(SLICES):
        with_record.append(_slice(_requests(steward, account, count), signer))
        requests = _requests(steward, account, count)
        entering, Scene.enter = Scene.enter, _enter_nothing  # type: ignore[method-assign] # what is measured
        try:
            without.append(_slice(requests, signer))
        finally:
            Scene.enter = entering  # type: ignore[method-assign] # put back
    return {"with": with_record, "without": without}


def _enter_nothing(scene: Scene) -> None:
    """What an act costs that leaves no entry."""


def _slice(requests: list[Countersignature], signer: Officer) -> float:
    began = time.perf_counter()
    for request in requests:
        give(by=signer, countersignature=request, digest=request.digest)
    return time.perf_counter() - began


def _requests(steward: Officer, account: Account, count: int) -> list[Countersignature]:
    unit = Unit.objects.first()
    assert unit is not None
    found = []
    for _ in range(count):
        person = _person(f"Nell {secrets.token_hex(4)}", unit, Office.MEMBER)
        found.append(
            accounts.give_grant.ask(
                by=steward,
                account=account,
                person=person,
                preset=Preset.AUTHOR,
                ends_on=timezone.localdate() + timedelta(days=90),
                reason="Writes for the unit",
            )
        )
    return found


def _cast() -> tuple[Officer, Officer, Account]:
    unit = people.add_unit(by=SYSTEM, name=secrets.token_hex(6))
    steward = _person("Stella Warden", unit, Office.MEMBER)
    signer = _person("Una Headley", unit, Office.UNIT_HEAD)
    address = understand(f"harrow{secrets.token_hex(4)}", network=Network.X)
    account = accounts.take_in(by=SYSTEM, address=address, unit=unit, steward=steward)
    return _officer(steward), _officer(signer), account


def _person(name: str, unit: Unit, office: Office) -> Person:
    person = people.add_person(by=SYSTEM, name=name, person_class=PersonClass.OUT_OF_SCOPE)
    people.begin_appointment(by=SYSTEM, person=person, unit=unit, office=office)
    return person


def _officer(person: Person) -> Officer:
    found = PeopleDirectory().officer(person.pk)
    assert found is not None
    return Officer(found.person, found.name, found.person_class, found.capacities, second_factor=True)


def proofs(count: int) -> dict[str, object]:
    """Inclusion and consistency proofs out of a record of ``count`` entries."""
    with connection.cursor() as cursor:
        for start in range(0, count, CHUNK):
            rows = [
                (secrets.token_hex(16), entry(number, count), 0)
                for number in range(start, min(start + CHUNK, count))
            ]
            with transaction.atomic():
                cursor.executemany(
                    "INSERT INTO record_intake (act_id, entry, entered_at) VALUES (%s, %s, %s)", rows
                )
            sequence.sweep()
    size = queries.size()
    return {"size": size, "milliseconds": [_proof(size) for _ in range(300)]}


def _proof(size: int) -> float:
    index = secrets.randbelow(size - 1) + 1
    began = time.perf_counter()
    reading.inclusion(index, size)
    reading.consistency(index, size)
    return (time.perf_counter() - began) * 1000 / 2


WHAT: dict[str, Callable[[int], dict[str, object]]] = {"bare": bare, "grants": grants, "proofs": proofs}

if __name__ == "__main__":
    print(json.dumps(WHAT[sys.argv[1]](int(sys.argv[2]))))
