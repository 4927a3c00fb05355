"""The first start: folders, keys, database, record, city, and the first administrator."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from undersigned.acts import System, together
from undersigned.people import acts as people
from undersigned.people.models import City
from undersigned.people.states import Office, PersonClass, UnitKind
from undersigned.record import setup as record
from undersigned.vault import sealing

SYSTEM = System("running.init")


def make_home() -> None:
    """Folders and keys of this installation, readable by its owner alone. What is there is left as it is."""
    for folder in (settings.HOME, settings.KEYS, settings.MEDIA_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    _keep_secret(Path(settings.KEYS) / "secret.key")
    sealing.make_keys()


def _keep_secret(path: Path) -> None:
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(settings.SECRET_KEY)


def make_database() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def found(city: str) -> None:
    """Open the record and found the city. Raises :class:`~undersigned.acts.Refused` when that was done before."""
    record.begin(settings.DOMAIN)
    people.found_city(by=SYSTEM, name=city)


def invite_administrator(city: City, name: str, email: str) -> str:
    """Make the first administrator known and invite them; answers the code, which is shown once and not kept."""
    code = secrets.token_urlsafe(32)
    with together():
        root = people.add_unit(by=SYSTEM, name=city.name, unit_kind=UnitKind.CITY)
        person = people.add_person(by=SYSTEM, name=name, person_class=PersonClass.OUT_OF_SCOPE, email=email)
        people.begin_appointment(by=SYSTEM, person=person, unit=root, office=Office.ADMINISTRATOR)
        people.send_invitation(by=SYSTEM, person=person, email=email, code=code)
    return code
