"""Case 41: the tables at every size up to 2,000 and on both sides of each border, against the naive recursion."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from django.db import transaction
from tests.record.kernel import soundness
from tests.record.tlog.naive import Recursion

from undersigned.record import reading, sequence
from undersigned.record.models import Entry, Intake, Tile
from undersigned.record.storage import AT_ONCE

pytestmark = pytest.mark.django_db(transaction=True)


def entry(number: int) -> bytes:
    said = {"act": "record.heartbeat", "by": {"task": "tests"}, "c": {}, "fact": {}, "id": f"{number:032x}",
            "law": None, "obj": [], "t": 1_790_000_000 + number, "v": 1}  # fmt: skip
    return json.dumps(said, separators=(",", ":")).encode()


def wait_in_the_intake(first: int, end: int) -> None:
    """As acts of other programs would: each with its row, none with a place."""
    Intake.objects.bulk_create(
        [Intake(act_id=f"{number:032x}", entry=entry(number), entered_at=0) for number in range(first, end)],
        batch_size=150,
    )


def grow(first: int, end: int) -> None:
    wait_in_the_intake(first, end)
    while first < end:
        with transaction.atomic():
            placed = sequence.integrate()
        assert placed == min(AT_ONCE, end - first)
        first += placed


def test_case_41_an_empty_record_has_the_empty_root() -> None:
    assert reading.head() == (0, sha256(b"").digest())
    assert reading.root(0) == sha256(b"").digest()
    with transaction.atomic():
        assert sequence.integrate() == 0
    assert soundness.faults() == []


@pytest.mark.slow
def test_case_41_every_size_to_2000_has_the_root_of_the_naive_recursion() -> None:
    naive = Recursion([entry(number) for number in range(2000)])
    with transaction.atomic():
        for size in range(1, 2001):
            wait_in_the_intake(size - 1, size)
            assert sequence.integrate() == 1
            assert reading.head() == (size, naive.mth(0, size))
    for size in range(0, 2001, 23):
        assert reading.root(size) == naive.mth(0, size)
    assert soundness.faults() == []


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257])
def test_case_41_sizes_around_a_tile(size: int) -> None:
    grow(0, size)
    naive = Recursion([entry(number) for number in range(size)])
    assert reading.head() == (size, naive.mth(0, size))
    assert [bytes(each) for each in Entry.objects.order_by("seq").values_list("entry", flat=True)] == [
        entry(number) for number in range(size)
    ]
    assert Tile.objects.count() == (size >= 256)
    assert soundness.faults() == []


@pytest.mark.slow
def test_case_41_sizes_around_a_tile_of_tiles() -> None:
    """65,535, 65,536 and 65,537 entries, where the tile of level 2 begins."""
    every = [entry(number) for number in range(65_537)]
    naive = Recursion(every)
    grow(0, 65_535)
    for size in (65_535, 65_536, 65_537):
        grow(max(size - 1, 65_535), size)
        assert reading.head() == (size, naive.mth(0, size))
        assert reading.root(size) == naive.mth(0, size)
        kept = {(tile.level, tile.idx): bytes(tile.data) for tile in Tile.objects.all()}
        assert kept == soundness.tiles_of(naive, size)
        assert reading.inclusion(size - 1, size) == naive.path(size - 1, 0, size)
        assert reading.consistency(256, size) == naive.proof(256, size)
    assert kept[2, 0] == naive.mth(0, 65_536)
