"""Cases 44 and 51: many who write at once, and many who sequence at once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.record.kernel.instance import Instance


@pytest.mark.slow
@pytest.mark.parametrize(("writers", "count"), [(4, 200), (8, 60)])
def test_case_44_many_writers_leave_no_gap_and_no_double(
    instance: Instance, writers: int, count: int
) -> None:
    told = instance.play("many-writers", writers, count)
    assert set(told["ended"]) == {0}
    writer_of = {one: number for number, ids in enumerate(told["ids"]) for one in ids}
    written = [writer_of[one] for one in told["order"] if one in writer_of]
    turns = sum(one != other for one, other in pairwise(written))
    assert turns > 2 * writers, "they wrote one after the other, so nothing was tried"
    assert sorted(writer_of) == sorted(one for one in told["order"] if one in writer_of)
    assert len(writer_of) == count * writers
    assert told["faults"] == []
    for ids in told["ids"]:
        mine = set(ids)
        assert [one for one in told["order"] if one in mine] == ids, "a writer's acts stand in their order"
