"""The ``@act`` decorator: lock, rule, transition, body, entry, in one transaction."""

from __future__ import annotations

import functools
import inspect
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from undersigned.acts.actor import Actor, Officer, System
from undersigned.acts.book import Act
from undersigned.acts.countersigned import Countersigned
from undersigned.acts.facts import Fact
from undersigned.acts.governed import Governed
from undersigned.acts.lifecycle import Transition
from undersigned.acts.predicates import Objection, Rule
from undersigned.acts.refusals import (
    NeedsCountersignature,
    NeedsSecondFactor,
    NotPermitted,
    Refused,
    WrongState,
)
from undersigned.acts.scene import Scene, opened
from undersigned.record import append

P = ParamSpec("P")
R = TypeVar("R")

BOOK: dict[Act, DeclaredAct[Any, Any]] = {}
"""Every declared act: the book from which pages, documentation and the generated tests are made."""


class DeclaredAct(Generic[P, R]):
    """One act of the city, called like the function it was made of."""

    def __init__(self, body: Callable[P, R], declaration: Declaration) -> None:
        functools.update_wrapper(self, body)
        self.body = body
        self.name = declaration.name
        self.may = declaration.may
        self.on = declaration.on
        self.makes = declaration.makes
        self.facts = declaration.facts
        self.commits = declaration.commits
        self.countersigned = declaration.countersigned
        self.second_factor = declaration.second_factor
        self.parameters = inspect.signature(body).parameters
        self.subject_name = next((name for name in self.parameters if name != "by"), "") if self.on else ""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.once(secrets.token_hex(16))(*args, **kwargs)

    def once(self, act_id: str) -> Callable[P, R]:
        """The same act under an id chosen by the caller: done a second time, it answers as it did the first."""

        def do(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{self.name} takes keyword arguments only")
            if append.known(act_id):
                return self._first_answer(act_id)
            if self.countersigned:
                raise NeedsCountersignature(
                    _("This takes effect only when it is countersigned: %(rule)s")
                    % {"rule": self.countersigned.says},
                    rule=self.countersigned.by.name,
                    helps=self.countersigned.by.helps,
                )
            return self.perform(act_id, dict(kwargs))

        return do

    def ask(self, **kwargs: Any) -> Any:
        """Ask for the countersignature which this act needs; answers with the open request."""
        from undersigned.acts.countersigning import ask

        return ask(declared=self, **kwargs)

    def perform(self, act_id: str, kwargs: dict[str, Any]) -> R:
        """Do the act now. Called by ``once`` and, for a countersigned act, when its last signature is given.

        Who repeats an act at the very moment at which it is done meets what the first one left: a row that is there,
        a state that has moved on. That is no refusal of theirs; it is the same act, with the same answer.
        """
        try:
            with transaction.atomic():
                return self._do(act_id, kwargs)
        except append.AlreadyEntered:
            return self._first_answer(act_id)
        except (Refused, IntegrityError):
            if append.known(act_id):
                return self._first_answer(act_id)
            raise

    def _do(self, act_id: str, kwargs: dict[str, Any]) -> R:
        subject = kwargs[self.subject_name].locked() if self.subject_name else None
        by = self.capable(kwargs["by"], subject)
        transition = self._transition(by, subject)
        before = subject.state if subject is not None and transition else None
        with opened(Scene(self.name, act_id, by, self.facts, self.commits)) as scene:
            scene.say(
                **{
                    k: v
                    for k, v in kwargs.items()
                    if (k in self.facts or k in self.commits) and v is not None
                }
            )
            answer = self.body(**{**kwargs, "by": by})  # type: ignore[call-arg] # bound to P when it was called
            if subject is not None and transition:
                self._move(subject, transition, before)
            scene.enter()
        return answer

    def refusal(self, by: Actor, subject: Governed | None = None) -> Refused | None:
        """Why this act would be refused now, or None. Pages ask it before they offer the act."""
        try:
            self._transition(self.capable(by, subject), subject)
        except Refused as refused:
            return refused
        return None

    def capable(self, by: Actor, subject: Governed | None) -> Actor:
        """The actor in the first capacity that satisfies the rule; raises :class:`Refused`."""
        if isinstance(by, System):
            self._raise(self.may.objects(by, subject))
            return by
        if not isinstance(by, Officer):
            raise TypeError("by must be an Actor")
        first: Objection | None = None
        for capacity in (by.capacity,) if by.capacity else by.capacities:
            acting = by.acting_as(capacity)
            objection = self.may.objects(acting, subject)
            if objection is None:
                if self.second_factor and not by.second_factor:
                    raise NeedsSecondFactor
                return acting
            first = first or objection
        says = _("You hold no appointment with the city today, so you cannot act in its name.")
        self._raise(first or Objection("holds_an_appointment", says, self.may.helps))
        raise AssertionError("unreachable")

    def _raise(self, objection: Objection | None) -> None:
        if objection:
            raise NotPermitted(objection.says, rule=objection.rule, helps=objection.helps)

    def _transition(self, by: Actor, subject: Governed | None) -> Transition | None:
        lifecycle = self.on.lifecycle if self.on else None
        transition = lifecycle.by_act.get(self.name) if lifecycle else None
        if transition is None or subject is None:
            return None
        state = str(cast(Any, subject).state)
        if state not in transition.sources:
            raise WrongState(
                _("This is %(state)s; that can be done only while it is %(sources)s.")
                % {"state": _spoken(state), "sources": _(" or ").join(map(_spoken, transition.sources))},
                rule="life_cycle",
                do=_("Nothing was changed."),
            )
        if transition.guard:
            self._raise(transition.guard.objects(by, subject))
        return transition

    def _move(self, subject: Any, transition: Transition, before: str | None) -> None:
        if len(transition.targets) == 1 and subject.state == before != transition.targets[0]:
            subject.state = transition.targets[0]
            subject.save(update_fields=["state"])
        if subject.state not in (transition.targets or (before,)):
            raise ValueError(f"{self.name} may not lead to {subject.state}")

    def _first_answer(self, act_id: str) -> R:
        """What the act answered when it was first done: the row it made or changed."""
        model = self.makes or self.on
        for reference in append.objects_of(act_id) if model else ():
            if model and reference.partition(":")[0] == model.kind:
                return cast(R, model._base_manager.get(pk=reference))
        return cast(R, None)


def _spoken(state: str) -> str:
    return _(state.replace("_", " "))


class Declaration:
    """What stands beside an act; see :func:`act`."""

    def __init__(
        self,
        name: Act,
        may: Rule,
        on: type[Governed] | None,
        makes: type[Governed] | None,
        facts: Mapping[str, Fact],
        commits: frozenset[str],
        countersigned: Countersigned | None,
        second_factor: bool,
    ) -> None:
        self.name, self.may, self.on, self.makes = name, may, on, makes
        self.facts, self.commits = facts, commits
        self.countersigned, self.second_factor = countersigned, second_factor


def act(
    name: Act,
    *,
    may: Rule,
    on: type[Governed] | None = None,
    makes: type[Governed] | None = None,
    facts: Mapping[str, Fact] | None = None,
    commits: Iterable[str] = (),
    countersigned: Countersigned | None = None,
    second_factor: bool = True,
) -> Callable[[Callable[P, R]], DeclaredAct[P, R]]:
    """Declare a function as an act of the city.

    ``may`` says who may do it. ``on`` is the governed model acted on: its instance is the first parameter after
    ``by``, is locked, and moves through its life cycle. ``makes`` is the model of the row that the act answers with.
    Parameters named under ``facts`` or ``commits`` are entered by themselves; others by :func:`~.scene.say`.
    """

    def declare(body: Callable[P, R]) -> DeclaredAct[P, R]:
        if name in BOOK:
            raise ValueError(f"{name} is declared twice")
        declaration = Declaration(
            name, may, on, makes, facts or {}, frozenset(commits), countersigned, second_factor
        )
        declared = DeclaredAct(body, declaration)
        BOOK[name] = declared
        return declared

    return declare
