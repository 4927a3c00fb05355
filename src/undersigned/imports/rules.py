"""Who may import: whoever may bring a kind of list, as the room that keeps it says."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from undersigned.acts.actor import Actor, Officer
from undersigned.acts.predicates import rule
from undersigned.acts.refusals import NotPermitted
from undersigned.imports.subjects import Importer, importers


@rule(_("Only those who keep a list may import one."))
def may_import(actor: Actor, subject: Any) -> bool:
    return any(importer.may(actor, subject) for importer in importers())


def capable(importer: Importer, officer: Officer) -> Officer:
    """The officer in the capacity in which they may bring this list. Raises NotPermitted."""
    for capacity in officer.capacities:
        if importer.may(acting := officer.acting_as(capacity)):
            return acting
    who = importer.may
    raise NotPermitted(who.says, rule=who.name, helps=who.helps)


def may_bring(importer: Importer, officer: Officer) -> bool:
    """Whether they may in any of their capacities."""
    return any(importer.may(officer.acting_as(capacity)) for capacity in officer.capacities)
