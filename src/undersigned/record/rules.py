"""Who may do what to the record, and who may know what an act only commits to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from undersigned.acts import Actor, Officer, System, rule

KEEPERS = ("clerk", "records_officer")
READERS = (*KEEPERS, "auditor")
"""Offices whose holders may know what every act commits to."""


@rule(_("Only the clerk or the records officer may do this to the record."), helps=KEEPERS)
def keeps_the_record(actor: Actor, subject: object) -> bool:
    return isinstance(actor, System) or (isinstance(actor, Officer) and actor.holds(*KEEPERS))


@rule(_("The product does this by itself."))
def is_system(actor: Actor, subject: object) -> bool:
    return isinstance(actor, System)


@rule(_("Anybody who holds an appointment may say that an act in their name was not theirs."))
def is_officer(actor: Actor, subject: object) -> bool:
    return isinstance(actor, Officer)


def may_know(reader: Officer | None, person: str | None) -> bool:
    """May this reader see what an act of ``person`` only commits to? ``person`` is None once it is erased."""
    if reader is None:
        return False
    return reader.person == person or any(held.office in READERS for held in reader.capacities)


def may_erase(reader: Officer | None) -> bool:
    return reader is not None and any(held.office in KEEPERS for held in reader.capacities)
