"""Who acts: a person in a capacity, or the system under the name of a task. Never nobody."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Capacity:
    """The appointment in which a person acts.

    ``reference`` is the appointment's; ``units`` are the references of the unit and of all units above it, the
    nearest first, so that a rule can ask whether something belongs to the person's part of the city.
    """

    reference: str
    office: str
    label: str
    units: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    acting: bool = False


class Actor(ABC):
    """Either an :class:`Officer` or the :class:`System`."""

    __slots__ = ()

    @property
    @abstractmethod
    def said(self) -> str:
        """The words with which pages name who acted."""


@dataclass(frozen=True, slots=True)
class Officer(Actor):
    """A person with the capacities they hold today.

    A rule sees an officer in exactly one capacity (``capacity``); the kernel tries the capacities in their order
    and enters the first that satisfies the rule. ``second_factor`` says whether this session proved one.
    """

    person: str
    name: str
    person_class: str
    capacities: tuple[Capacity, ...] = ()
    capacity: Capacity | None = None
    second_factor: bool = False

    @property
    def said(self) -> str:
        return f"{self.name}, {self.capacity.label}" if self.capacity else self.name

    def acting_as(self, capacity: Capacity) -> Officer:
        return replace(self, capacity=capacity)

    def holds(self, *offices: str) -> bool:
        """Does the capacity in which they act hold one of these offices?"""
        return self.capacity is not None and self.capacity.office in offices


@dataclass(frozen=True, slots=True)
class System(Actor):
    """The product itself, under the name of the task that acts, such as ``sweep.dormancy``."""

    task: str

    @property
    def said(self) -> str:
        return f"Undersigned ({self.task})"
