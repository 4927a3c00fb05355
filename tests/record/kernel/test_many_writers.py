"""Cases 44 and 51: many who write at once, and many who sequence at once."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from tests.record.kernel.instance import beside_the_test_database

TRIES = 5


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("writers", "count"), [(4, 200), (8, 60)])
def test_case_44_many_writers_leave_no_gap_and_no_double(tmp_path: Path, writers: int, count: int) -> None:
    tries = (tmp_path / str(number) for number in range(TRIES))
    assert any(mixed(home, writers, count) for home in tries), "they wrote one after the other each time"


def mixed(home: Path, writers: int, count: int) -> bool:
    """Let them all write, see that it is sound, and answer whether they came between one another.

    Who gets the lock next is the machine's affair: on a busy one they may go one after the other, and try nothing.
    """
    home.mkdir()
    with beside_the_test_database(home) as instance:
        told = instance.play("many-writers", writers, count)
    assert set(told["ended"]) == {0}
    writer_of = {one: number for number, ids in enumerate(told["ids"]) for one in ids}
    order = [one for one in told["order"] if one in writer_of]
    assert sorted(writer_of) == sorted(order)
    assert len(writer_of) == count * writers
    assert told["faults"] == []
    for ids in told["ids"]:
        mine = set(ids)
        assert [one for one in told["order"] if one in mine] == ids, "a writer's acts stand in their order"
    turns = sum(writer_of[one] != writer_of[other] for one, other in pairwise(order))
    return turns > 2 * writers
