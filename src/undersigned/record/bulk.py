"""What the acts of one transaction have to enter, gathered to be written together.

A savepoint that is rolled back takes with it what was done since it was set, and so it must take what was gathered:
an entry of an act that was undone would be a lie. Each gathered act therefore leaves a mark among the transaction's
commit hooks, which Django drops with the savepoint; acts whose mark is gone, always the latest ones, are forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import connection, transaction

from undersigned.record.faults import AlreadyEntered
from undersigned.record.rows import Rows, StandingRow


class Mark:
    """A commit hook that does nothing when it is called: only its being there says something."""

    def __call__(self) -> None:
        return


@dataclass(slots=True)
class Gathered:
    rows: Rows
    mark: Mark
    before: dict[str, StandingRow | None]


@dataclass(slots=True)
class Bulk:
    """The acts gathered so far, in their order."""

    _acts: list[Gathered] = field(default_factory=list)
    _standings: dict[str, StandingRow] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)

    def gather(self, rows: Rows) -> None:
        """Add an act. Raises AlreadyEntered when one of the same id is gathered."""
        if rows.intakes[0].act_id in self._ids:
            raise AlreadyEntered(rows.intakes[0].act_id)
        mark = Mark()
        before = {name: self._standings.get(name) for name in rows.standings}
        self._acts.append(Gathered(rows, mark, before))
        self._ids.add(rows.intakes[0].act_id)
        self._standings |= rows.standings
        transaction.on_commit(mark)

    def standings(self) -> dict[str, StandingRow]:
        """The standings of objects that were changed and are not written yet."""
        self._forget_what_was_undone()
        return self._standings

    def close(self) -> Rows:
        """Everything that still holds, in one; the marks are taken away."""
        self._forget_what_was_undone()
        connection.run_on_commit = [one for one in connection.run_on_commit if not isinstance(one[1], Mark)]
        rows = Rows()
        for act in self._acts:
            rows.add(act.rows)
        return rows

    def _forget_what_was_undone(self) -> None:
        latest = _latest_mark()
        while self._acts and self._acts[-1].mark is not latest:
            undone = self._acts.pop()
            self._ids.discard(undone.rows.intakes[0].act_id)
            for name, standing in undone.before.items():
                if standing is None:
                    del self._standings[name]
                else:
                    self._standings[name] = standing


def _latest_mark() -> Mark | None:
    return next((one[1] for one in reversed(connection.run_on_commit) if isinstance(one[1], Mark)), None)
