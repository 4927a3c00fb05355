"""Case 54: the same act under the same id, in turn and at once, before and after it has its place."""

from __future__ import annotations

import secrets

import pytest
from django.db import connection, transaction
from tests.cast import SYSTEM, Cast
from tests.record.kernel import soundness
from tests.record.kernel.instance import Instance, right_taken

from undersigned.people import acts
from undersigned.people.models import Unit
from undersigned.record import append, sequence
from undersigned.record.faults import AlreadyEntered
from undersigned.record.models import Entry, Intake


def draft(act_id: str) -> append.Draft:
    return append.Draft("unit.add", act_id, {"task": "tests"}, None, {}, {"name": "x"}, None, [])


@pytest.mark.django_db(transaction=True)
def test_case_54_a_second_entry_of_the_same_act_is_refused_after_it_has_its_place(cast: Cast) -> None:
    one = secrets.token_hex(16)
    with transaction.atomic():
        append.append(draft(one))
    assert Entry.objects.filter(act_id=one).count() == 1
    with pytest.raises(AlreadyEntered), transaction.atomic():
        append.append(draft(one))
    assert soundness.faults() == []


@pytest.mark.django_db(transaction=True)
def test_case_54_an_act_done_again_in_turn_answers_as_it_did_the_first_time(cast: Cast) -> None:
    one = secrets.token_hex(16)
    answers = [acts.add_unit.once(one)(by=SYSTEM, name="Library").pk for _ in range(3)]
    assert len(set(answers)) == 1
    assert Entry.objects.filter(act_id=one).count() == Unit.objects.filter(name="Library").count() == 1
    assert soundness.faults() == []


@pytest.mark.postgres
@pytest.mark.usefixtures("postgresql")
@pytest.mark.django_db(transaction=True)
def test_case_54_an_act_done_again_before_it_has_its_place_answers_as_it_did_the_first_time(
    cast: Cast,
) -> None:
    one = secrets.token_hex(16)
    with right_taken(str(connection.settings_dict["NAME"])):
        first = acts.add_unit.once(one)(by=SYSTEM, name="Library")
        assert Intake.objects.filter(act_id=one).exists(), "it was to wait"
        assert acts.add_unit.once(one)(by=SYSTEM, name="Library") == first
    sequence.sweep()
    assert acts.add_unit.once(one)(by=SYSTEM, name="Library") == first
    assert Entry.objects.filter(act_id=one).count() == Unit.objects.filter(name="Library").count() == 1
    assert soundness.faults() == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["make", "change", "close"])
def test_case_54_several_who_do_the_same_act_at_once_have_one_entry_and_one_answer(
    instance: Instance, kind: str
) -> None:
    """All of them saw that the act is not done yet: so a retry meets the first one's row, state or name."""
    told = instance.play("at-once", kind, 4)
    assert set(told["answers"]) == {told["again"]}
    assert not told["again"].startswith("refused")
    assert told["faults"] == []


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.usefixtures("postgresql")
def test_case_54_several_at_once_before_it_has_its_place(instance: Instance) -> None:
    with right_taken(instance.name):
        told = instance.play("at-once", "make", 4)
        assert told["waiting"], "they were to wait"
    assert set(told["answers"]) == {told["again"]}
    assert len(told["waiting"]) == len(set(told["waiting"]))
