"""Which acts an account's page offers to whoever looks at it: those that would not be refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.urls import reverse

from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.queries.looking import Looked
from undersigned.accounts.states import FINAL
from undersigned.accounts.views.steps import STEPS, Place, Step
from undersigned.acts import Officer
from undersigned.acts.book import Act
from undersigned.ui.words import Words

MANY_AT_ONCE = frozenset({Act.GRANT_GIVE, Act.EXCEPTION_GIVE})
"""Acts of which several may wait for a name at one time: each is about another person or check."""


@dataclass(frozen=True, slots=True)
class Offer:
    label: Words
    url: str
    ends_something: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """What one person may do on one account now, by the place of the page where it is offered."""

    at: dict[Place, list[Offer]] = field(default_factory=dict)
    main: Offer | None = None
    attests: bool = False
    closes_lines: bool = False

    @property
    def quiet(self) -> list[Offer]:
        return [*self.at.get(Place.NEXT, [])[1:], *self.at.get(Place.QUIET, [])]

    @property
    def people(self) -> list[Offer]:
        return self.at.get(Place.PEOPLE, [])

    @property
    def entry(self) -> list[Offer]:
        return self.at.get(Place.ENTRY, [])

    @property
    def grants(self) -> list[Offer]:
        return self.at.get(Place.GRANTS, [])

    @property
    def posts(self) -> list[Offer]:
        return self.at.get(Place.POSTS, [])


def offers(officer: Officer, looked: Looked, waiting: Iterable[Act]) -> Offers:
    """``waiting`` are the acts that wait for a name already: they are shown, not offered again."""
    account = looked.account
    asked = set(waiting) - MANY_AT_ONCE
    at: dict[Place, list[Offer]] = defaultdict(list)
    pressing: list[Offer] = []
    for step in _possible(officer, looked):
        if step.act.name not in asked:
            at[step.place].append(_offer(step, account))
            if step.presses(looked):
                pressing.append(_offer(step, account))
    alive = account.state not in FINAL
    return Offers(
        at=dict(at),
        main=next(iter([*at[Place.NEXT], *pressing]), None),
        attests=alive and acts.attest.refusal(officer, account) is None,
        closes_lines=acts.close_line.refusal(officer, account) is None,
    )


def _possible(officer: Officer, looked: Looked) -> Iterator[Step]:
    account = looked.account
    for step in STEPS:
        if _leads_on(step, account) and step.when(looked) and step.act.refusal(officer, account) is None:
            yield step


def _leads_on(step: Step, account: Account) -> bool:
    """Asked before the rule, which costs questions to the database: does the life cycle know this act here?"""
    transition = Account.lifecycle.by_act.get(step.act.name)
    return account.state in transition.sources if transition else account.state not in FINAL


def _offer(step: Step, account: Account) -> Offer:
    return Offer(step.verb, reverse(f"accounts:{step.name}", args=[account.pk]), step.ends_something)
