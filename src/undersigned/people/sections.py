"""What other rooms show of a person, on the person's page, without this room knowing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from undersigned.acts.actor import Officer
from undersigned.acts.refusals import Words
from undersigned.people.models import Person


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its heading, and a template that is given ``shown``."""

    title: Words
    template: str
    shown: Mapping[str, object] = field(default_factory=dict)


Compose = Callable[[Officer, Person], Section | None]
"""Makes the section of a person for whoever looks; None where they may see nothing of it."""

_sections: dict[str, tuple[int, Compose]] = {}


def register(name: str, order: int, compose: Compose) -> None:
    """Add a section; registering the same name again replaces it, so that ready() may run twice."""
    _sections[name] = order, compose


def sections_of(officer: Officer, person: Person) -> list[Section]:
    """Everything that this officer may see of the person, in order."""
    composed = (
        compose(officer, person) for _order, compose in sorted(_sections.values(), key=lambda one: one[0])
    )
    return [section for section in composed if section is not None]
