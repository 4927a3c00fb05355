"""Predicates: who may do what, on what. They compose with ``&`` and ``|`` and can say why they refuse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from undersigned.acts.actor import Actor
from undersigned.acts.refusals import Words

Test = Callable[[Actor, Any], bool]


@dataclass(frozen=True, slots=True)
class Objection:
    """The part of a rule that said no."""

    rule: str
    says: Words
    helps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named predicate over an actor (in one capacity) and the thing acted on.

    ``says`` is the sentence shown when it refuses; ``helps`` are the offices whose holders could help.
    """

    name: str
    says: Words
    helps: tuple[str, ...]
    objects: Callable[[Actor, Any], Objection | None]

    def __call__(self, actor: Actor, subject: Any = None) -> bool:
        return self.objects(actor, subject) is None

    def __and__(self, other: Rule) -> Rule:
        def objects(actor: Actor, subject: Any) -> Objection | None:
            return self.objects(actor, subject) or other.objects(actor, subject)

        return Rule(f"{self.name} & {other.name}", self.says, self.helps + other.helps, objects)

    def __or__(self, other: Rule) -> Rule:
        def objects(actor: Actor, subject: Any) -> Objection | None:
            first = self.objects(actor, subject)
            second = other.objects(actor, subject) if first else None
            if first is None or second is None:
                return None
            says = _("%(first)s Or else: %(second)s") % {"first": first.says, "second": second.says}
            return Objection(f"{first.rule} | {second.rule}", says, first.helps + second.helps)

        return Rule(f"({self.name} | {other.name})", self.says, self.helps + other.helps, objects)


def rule(says: Words, *, helps: Sequence[str] = ()) -> Callable[[Test], Rule]:
    """Make a :class:`Rule` of a function ``(actor, subject) -> bool``."""

    def named(test: Test) -> Rule:
        name = test.__name__
        objection = Objection(name, says, tuple(helps))

        def objects(actor: Actor, subject: Any) -> Objection | None:
            return None if test(actor, subject) else objection

        return Rule(name, says, tuple(helps), objects)

    return named
