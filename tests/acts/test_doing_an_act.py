"""What happens when an act is done: rule, state, entry, and what is refused outside of one."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import SYSTEM, Cast
from undersigned.acts.refusals import NeedsSecondFactor, NotPermitted, OutsideAct
from undersigned.people import acts
from undersigned.people.models import Appointment, Person, Unit
from undersigned.people.states import Office, PersonClass
from undersigned.record.models import Entry, Payload, Standing
from undersigned.record.tlog import leaf

pytestmark = pytest.mark.django_db(transaction=True)


def last_entry() -> dict[str, object]:
    found = json.loads(bytes(Entry.objects.order_by("-seq")[0].entry))
    assert isinstance(found, dict)
    return found


def test_an_act_enters_who_did_what_in_which_capacity(cast: Cast) -> None:
    hr = cast.officer(Office.HR)
    person = acts.add_person(by=hr, name="Nell Fairweather", person_class=PersonClass.BARGAINING_UNIT)
    entry = last_entry()
    assert entry["act"] == "person.add"
    assert entry["fact"] == {"person_class": "bargaining_unit"}
    assert entry["by"] == {"as": hr.capacities[0].reference, "who": entry["by"]["who"]}
    assert [one["o"] for one in entry["obj"]] == [person.pk]


def test_no_name_enters_a_leaf(cast: Cast) -> None:
    acts.add_person(by=cast.officer(Office.HR), name="Nell Fairweather", person_class=PersonClass.MANAGER)
    leaves = b"".join(bytes(entry) for entry in Entry.objects.values_list("entry", flat=True))
    assert b"Nell" not in leaves
    assert b"Harriet" not in leaves
    assert Payload.objects.filter(field="name", value='"Nell Fairweather"').exists()


def test_the_commitment_to_a_row_opens_with_its_present_state(cast: Cast) -> None:
    unit = cast.unit("Parks")
    standing = Standing.objects.get(pk=unit.pk)
    state = {"name": "Parks", "name_fr": "", "unit_kind": "city", "code": "", "parent": None,
             "path": f"{unit.pk}/", "closed_on": None}  # fmt: skip
    assert leaf.commit_state(unit.pk, bytes(standing.nonce), 1, state) == standing.st


def test_the_counter_of_a_row_rises_by_one_with_each_act(cast: Cast) -> None:
    person = cast.person("Otto Reed")
    appointment = Appointment.objects.get(person=person)
    acts.end_appointment(by=SYSTEM, appointment=appointment)
    assert Standing.objects.get(pk=appointment.pk).n == 2


def test_the_wrong_person_is_refused_with_the_rule_and_who_could_help(cast: Cast) -> None:
    with pytest.raises(NotPermitted) as refused:
        acts.add_person(by=cast.officer(Office.MEMBER), name="X", person_class=PersonClass.MANAGER)
    assert "is_hr" in refused.value.rule
    assert Office.HR in refused.value.helps
    assert not Person.objects.filter(name="X").exists()


def test_nobody_acts_without_a_second_factor(cast: Cast) -> None:
    hr = replace(cast.officer(Office.HR), second_factor=False)
    with pytest.raises(NeedsSecondFactor):
        acts.add_person(by=hr, name="X", person_class=PersonClass.MANAGER)


def test_an_act_repeated_under_its_id_is_done_once(cast: Cast) -> None:
    act_id = secrets.token_hex(16)
    first = acts.add_unit.once(act_id)(by=SYSTEM, name="Library")
    again = acts.add_unit.once(act_id)(by=SYSTEM, name="Library")
    assert first == again
    assert Unit.objects.filter(name="Library").count() == 1
    assert Entry.objects.filter(act_id=act_id).count() == 1


def test_an_act_that_is_rolled_back_leaves_nothing(cast: Cast) -> None:
    before = Entry.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        acts.add_unit(by=SYSTEM, name="Library")
        raise RuntimeError
    assert Entry.objects.count() == before
    assert not Unit.objects.filter(name="Library").exists()
    assert not Payload.objects.filter(value='"Library"').exists()
    acts.add_unit(by=SYSTEM, name="Library")
    assert Entry.objects.count() == before + 1


def test_a_savepoint_rolled_back_inside_a_larger_act_leaves_no_gap(cast: Cast) -> None:
    before = Entry.objects.count()
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            acts.add_unit(by=SYSTEM, name="Library")
            raise RuntimeError
        acts.add_unit(by=SYSTEM, name="Museum")
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(before + 1))


@pytest.mark.parametrize("how", ["save", "delete", "update", "bulk_create", "bulk_update", "queryset_delete"])
def test_a_governed_table_refuses_writes_outside_an_act(cast: Cast, how: str) -> None:
    unit = cast.unit("Parks")
    doing = {
        "save": unit.save,
        "delete": unit.delete,
        "update": lambda: Unit.objects.update(name="x"),
        "bulk_create": lambda: Unit.objects.bulk_create([Unit(name="x", path="x/")]),
        "bulk_update": lambda: Unit.objects.bulk_update([unit], ["name"]),
        "queryset_delete": lambda: Unit.objects.all().delete(),
    }[how]
    with pytest.raises(OutsideAct, match="people.acts"):
        doing()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_unit SET name = 'x'",
        "DELETE FROM people_unit",
        "INSERT INTO people_city (id, name, organisation, website, colour) VALUES ('city:0', 'x', '', '', '')",
    ],
)
def test_raw_sql_on_a_governed_table_is_refused_by_the_database(cast: Cast, statement: str) -> None:
    cast.unit("Parks")
    with (
        pytest.raises(DatabaseError, match="people.acts"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE record_entry SET act = 'x'", "DELETE FROM record_entry"])
def test_entries_are_append_only(cast: Cast, statement: str) -> None:
    cast.unit("Parks")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
