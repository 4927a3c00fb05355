"""Several workers use one connection at the moment at which its token ends: it is rotated once, and all go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.accounts.connecting.family import family
from tests.record.kernel.instance import Instance, beside_the_test_database


@pytest.fixture
def instance(transactional_db: None, tmp_path: Path) -> Iterator[Instance]:
    with beside_the_test_database(tmp_path) as made:
        yield replace(made, program="tests.accounts.connecting.program")


def test_four_processes_that_refresh_at_once_rotate_once_each_time(instance: Instance) -> None:
    """A network that ends the family on a replayed token would end it here, were one sent a second time."""
    with family(slow=0.15) as (far, seen):
        said = instance.play(seen.base, 4, 6)
    assert said == ["7"] * 24
    assert (far.generation, far.replayed, far.killed) == (1 + 6, 0, False)
    assert sum(one.path == "/token" for one in seen.requests) == 6
