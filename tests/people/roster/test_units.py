"""Units: found as they are, made where they are missing, and headed by one person."""

from __future__ import annotations

from datetime import date

from tests.people.roster.city import City, Rows, with_cells, without

from undersigned.people.roster.questions import Kind
from undersigned.people.roster.units import UnitTree, same_unit

JULY = date(2024, 7, 1)


def test_units_are_made_from_the_top_down(city: City, staff: Rows) -> None:
    assert city.plan(staff).units == (
        ("Community Services",),
        ("Corporate",),
        ("Fire",),
        ("Public Works",),
        ("Community Services", "Libraries"),
        ("Community Services", "Recreation"),
        ("Corporate", "Clerk"),
        ("Corporate", "Communications"),
        ("Fire", "Station 1"),
        ("Public Works", "Roads"),
        ("Public Works", "Water"),
    )


def test_units_that_exist_are_found_however_they_are_written(city: City, staff: Rows) -> None:
    city.units = [("Parks and Recreation", "Pools")]
    made = city.plan([with_cells(staff[0], Division="PARKS & RECREATION", Department="pools")])
    assert made.units == ()
    assert made.joined[0].unit == ("Parks and Recreation", "Pools")


def test_a_unit_named_by_its_last_level_is_found_below_another(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = without(staff, "Division")
    assert city.plan(rows).changes_nothing()


def test_a_path_in_one_cell_is_a_path(city: City) -> None:
    made = city.plan([{"Name": "Alma Quint", "Unit": "Community Services > Recreation > Pools"}])
    assert made.joined[0].unit == ("Community Services", "Recreation", "Pools")


def test_a_level_that_only_repeats_the_one_above_is_none(city: City, staff: Rows) -> None:
    made = city.plan([with_cells(staff[0], Division="Fire", Department="FIRE")])
    assert made.units == (("Fire",),)


def test_a_name_that_several_units_have_is_asked_about(city: City, staff: Rows) -> None:
    city.units = [("Parks", "Administration"), ("Roads", "Administration")]
    rows = [{"ID": "Q1", "Name": "Alma Quint", "Department": "Administration"}]
    made = city.plan(rows)
    assert (made.joined, made.units, [question.kind for question in made.questions]) == (
        [],
        (),
        [Kind.WHICH_UNIT],
    )
    (item,) = made.questions[0].items
    assert item.options == ("Parks > Administration", "Roads > Administration")
    answered = city.bring(rows, answers={f"which_unit:{item.key}": "Roads > Administration"})
    assert [entry.unit for entry in answered.joined] == [("Roads", "Administration")]
    assert city.plan(rows).changes_nothing()
    assert city.plan(rows).ambiguous == 0


def test_the_head_of_a_unit_is_kept(city: City, staff: Rows) -> None:
    rows = [with_cells(row, **{"Department Head": "Yes" if row is staff[0] else ""}) for row in staff]
    city.bring(rows)
    assert city.named("Alma Quint").appointments[0].head
    rows[0]["Department Head"], rows[1]["Department Head"] = "", "Yes"
    made = city.bring(rows)
    assert [(step.entry.name, change.after) for step in made.changed for change in step.changes] == [
        ("Alma Quint", False),
        ("Bram Oduya", True),
    ]
    assert city.plan(rows).changes_nothing()


def test_two_heads_of_one_unit_are_asked_about(city: City, staff: Rows) -> None:
    rows = [with_cells(row, **{"Department Head": "Yes" if row in staff[:2] else "No"}) for row in staff]
    made = city.plan(rows)
    assert [(question.kind, question.items[0].options) for question in made.questions] == [
        (Kind.HEADS, ("row-2", "row-3"))
    ]
    assert [entry.head for entry in made.joined[:3]] == [None, None, False]
    item = made.questions[0].items[0].key
    chosen = city.plan(rows, answers={f"heads:{item}": "row-3"})
    assert [entry.head for entry in chosen.joined[:3]] == [False, True, False]
    nobody = city.plan(rows, answers={"heads": "none"})
    assert not any(entry.head for entry in nobody.joined)


def test_a_unit_is_the_same_by_the_end_of_its_path_only() -> None:
    assert same_unit(("Pools",), ("Parks", "Pools"))
    assert not same_unit(("Parks",), ("Parks", "Pools"))
    assert not same_unit((), ("Parks",))


def test_one_spelling_is_used_for_a_unit_within_a_file() -> None:
    tree = UnitTree([])
    assert tree.as_written(("Parks", "Pools")) == ("Parks", "Pools")
    assert tree.as_written(("PARKS", "Rinks")) == ("Parks", "Rinks")
