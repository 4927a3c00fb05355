"""Making the demonstration's city: all of it or nothing, and once."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.db import DatabaseError, transaction

from undersigned.demo import marker
from undersigned.demo.chapters import day_one, founding, looking, since_then, speaking, waiting
from undersigned.demo.town import Town
from undersigned.dispatch import engine
from undersigned.people.models import City
from undersigned.record import checkpoints
from undersigned.running import setup, state


class SomebodyElse(Exception):
    """The folder or database holds a city that is not the demonstration's; it is left alone."""


def is_there() -> bool:
    """Is the city made, by this version of the program?"""
    try:
        return (
            marker.path().exists()
            and City.objects.exists()
            and not state.unmigrated()
            and _pages_are_dressed()
        )
    except DatabaseError:
        return False


def make() -> bool:
    """Make the city unless it is there; answers whether it was made. Raises :class:`SomebodyElse`.

    The story is one transaction: killed in the middle, it begins anew the next time. What it sets on its way leaves
    afterwards, as everything that leaves does; killed before that, the worker sends it.
    """
    if is_there():
        return False
    setup.make_home()
    setup.make_database()
    found = City.objects.first()
    if found is not None and not marker.path().exists():
        raise SomebodyElse(found.name)
    marker.set_mark()
    if found is None:
        with transaction.atomic():
            tell(folder())
        engine.inline().run_dry()
        speaking.somebody_comments()
        checkpoints.make_if_grown()
    return found is None


def tell(folder: Path) -> None:
    """The whole story, inside one transaction of the caller's. ``folder`` takes the lists that were brought."""
    town = Town(folder)
    founding.tell(town)
    day_one.tell(town)
    founding.somebody_leaves(town)
    since_then.tell(town)
    looking.tell(town)
    waiting.tell(town)
    speaking.tell(town)


def folder() -> Path:
    """Where the lists lie that were brought, and what web and worker say."""
    made = Path(settings.HOME) / "demonstration"
    made.mkdir(parents=True, exist_ok=True)
    return made


def _pages_are_dressed() -> bool:
    """Were style sheet, script and fonts collected since they were last changed?"""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return False
    files = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    return max((Path(file).stat().st_mtime for file in files), default=0.0) <= manifest.stat().st_mtime
