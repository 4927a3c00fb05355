"""Cases 46 and 47: what is rolled back leaves nothing, and the next entry takes its place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.cast import SYSTEM, Cast
from tests.record.kernel import soundness
from tests.record.kernel.acting import Undone

from undersigned.acts.refusals import Unfit
from undersigned.acts.scene import together
from undersigned.people import acts
from undersigned.people.acts.people import close_unit
from undersigned.people.models import Unit
from undersigned.record.models import Entry, Head, Intake, Payload, Standing, Tile, Touch

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = (Entry, Head, Intake, Payload, Standing, Tile, Touch, Unit)
Around = Callable[[], AbstractContextManager[Any]]


def everything() -> dict[str, list[Any]]:
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in TABLES}


@pytest.mark.parametrize("around", [nullcontext, together])
def test_case_46_an_act_rolled_back_leaves_no_entry_intake_payload_or_object(
    cast: Cast, around: Around
) -> None:
    unit = cast.unit("Parks")
    before = everything()
    with pytest.raises(Undone), transaction.atomic():
        with around():
            acts.add_unit(by=SYSTEM, name="Library")
            close_unit(by=SYSTEM, unit=unit, closed_on=timezone.localdate())
        assert everything() != before, "it was to be there before it is undone"
        raise Undone
    assert everything() == before
    assert soundness.faults() == []


def test_case_46_an_act_that_its_own_body_refuses_leaves_nothing(cast: Cast) -> None:
    """The rows were written and are taken back; on PostgreSQL the counter of the intake alone has moved."""
    cast.person("Otto Reed")
    unit = cast.unit("Harrow Falls")
    before = everything()
    with pytest.raises(Unfit, match="People still hold appointments"):
        close_unit(by=SYSTEM, unit=unit, closed_on=timezone.localdate())
    with pytest.raises(IntegrityError):
        acts.add_unit(by=SYSTEM, name="Parks", parent=Unit(name="not there", pk="unit:0000000000000000"))
    assert everything() == before
    assert soundness.faults() == []


@pytest.mark.parametrize("around", [transaction.atomic, together])
@pytest.mark.parametrize("kept_before", [0, 1, 2])
def test_case_47_the_next_entry_takes_the_place_of_one_rolled_back_to_a_savepoint(
    cast: Cast, around: Around, kept_before: int
) -> None:
    unit = cast.unit("Parks")
    size = Entry.objects.count()
    with transaction.atomic(), around():
        for number in range(kept_before):
            acts.add_unit(by=SYSTEM, name=f"Kept {number}")
        with pytest.raises(Undone), transaction.atomic():
            close_unit(by=SYSTEM, unit=unit, closed_on=timezone.localdate())
            acts.add_unit(by=SYSTEM, name="Undone")
            raise Undone
        close_unit(by=SYSTEM, unit=unit, closed_on=timezone.localdate())
    assert Entry.objects.count() == size + kept_before + 1
    assert Standing.objects.get(pk=unit.pk).n == 2
    assert not Unit.objects.filter(name="Undone").exists()
    assert soundness.faults() == []
