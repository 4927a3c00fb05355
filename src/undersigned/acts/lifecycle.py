"""Life cycles: which act leads from which state to which. Checked when a room is imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from undersigned.acts.book import Act
from undersigned.acts.predicates import Rule


class BrokenLifeCycle(ValueError):
    """The table of transitions contradicts itself; a programming error found at import."""


@dataclass(frozen=True, slots=True)
class Transition:
    """``act`` leads from any of ``sources`` to ``targets``; with several targets the act itself decides.

    No target means that the act is allowed in these states and changes none of them.
    """

    act: Act
    sources: tuple[str, ...]
    targets: tuple[str, ...] = ()
    guard: Rule | None = None


@dataclass(frozen=True)
class LifeCycle:
    """States, the initial one, the final ones, and all transitions of one governed model."""

    initial: str
    final: frozenset[str]
    transitions: tuple[Transition, ...]
    states: frozenset[str]
    by_act: dict[Act, Transition] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for transition in self.transitions:
            if transition.act in self.by_act:
                raise BrokenLifeCycle(f"{transition.act} stands twice")
            self.by_act[transition.act] = transition
        self._check_names()
        self._check_reachable()
        self._check_dead_ends()

    def _check_names(self) -> None:
        named = {self.initial, *self.final}
        for transition in self.transitions:
            named.update(transition.sources, transition.targets)
        if named - self.states:
            raise BrokenLifeCycle(f"unknown states: {sorted(named - self.states)}")

    def _check_reachable(self) -> None:
        reached, todo = {self.initial}, [self.initial]
        while todo:
            state = todo.pop()
            for target in self._targets_from(state) - reached:
                reached.add(target)
                todo.append(target)
        if self.states - reached:
            raise BrokenLifeCycle(f"never reached: {sorted(self.states - reached)}")

    def _check_dead_ends(self) -> None:
        for state in self.states:
            leads_on = bool(self._targets_from(state) - {state})
            if leads_on == (state in self.final):
                raise BrokenLifeCycle(f"{state} is {'final but leads on' if leads_on else 'a dead end'}")

    def _targets_from(self, state: str) -> set[str]:
        found: set[str] = set()
        for transition in self.transitions:
            if state in transition.sources:
                found.update(transition.targets)
        return found

    def diagram(self) -> str:
        """The life cycle as a Mermaid state diagram, for the documentation."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for transition in self.transitions:
            for source in transition.sources:
                lines.extend(f"    {source} --> {target}: {transition.act}" for target in transition.targets)
        lines.extend(f"    {state} --> [*]" for state in sorted(self.final))
        return "\n".join(lines)


def life_cycle(
    states: Iterable[str], *, initial: str, final: Iterable[str], transitions: Iterable[Transition]
) -> LifeCycle:
    """Build and check a :class:`LifeCycle`; raises :class:`BrokenLifeCycle`."""
    return LifeCycle(str(initial), frozenset(final), tuple(transitions), frozenset(states))
