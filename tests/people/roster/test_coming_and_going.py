"""A roster with staff numbers: who joins, leaves, moves, returns, and what is merely written otherwise."""

from __future__ import annotations

from datetime import date

from tests.people.roster.city import City, Rows, with_cells, without

from undersigned.people.roster.plan import Fate, Plan
from undersigned.people.roster.steps import Because, Brake, FieldChange
from undersigned.people.states import PersonClass

JUNE, JULY = date(2024, 6, 1), date(2024, 7, 1)


def left(city: City, made: Plan) -> list[str]:
    return [city.people[step.person].name for step in made.left]


def changes(made: Plan) -> list[tuple[str, str, object]]:
    return [(step.entry.name, change.field, change.after) for step in made.changed for change in step.changes]


def test_everybody_joins_a_city_that_knows_nobody(city: City, staff: Rows) -> None:
    made = city.bring(staff)
    assert made.to_json() == {
        "read": 12,
        "matched": 0,
        "joined": 12,
        "left": 0,
        "ambiguous": 0,
        "problems": [],
    }
    assert city.named("Joss Wexford").person_class == PersonClass.MANAGER
    assert city.named("Kira Ostrander").person_class == PersonClass.OUT_OF_SCOPE
    firefighter = city.named("Lars Vendela")
    assert (firefighter.person_class, firefighter.bargaining_unit) == (
        PersonClass.BARGAINING_UNIT,
        "IAFF 209",
    )


def test_the_same_roster_again_changes_nothing(city: City, staff: Rows) -> None:
    city.bring(staff)
    again = city.plan(staff)
    assert again.changes_nothing()
    assert (again.unchanged, again.ambiguous, again.brake) == (12, 0, None)


def test_who_is_missing_from_a_full_roster_has_left(city: City, staff: Rows) -> None:
    city.bring(staff)
    made = city.bring(staff[1:], as_of=JULY)
    assert left(city, made) == ["Alma Quint"]
    assert (made.left[0].on, made.left[0].because) == (JULY, Because.MISSING)
    assert not city.named("Alma Quint").here


def test_who_is_missing_from_a_partial_roster_stays(city: City, staff: Rows) -> None:
    city.bring(staff)
    made = city.plan(staff[:2], full=False)
    assert made.changes_nothing()
    assert made.matched == 2


def test_more_leavers_than_the_share_need_their_number_confirmed(city: City, staff: Rows) -> None:
    city.bring(staff)
    assert city.plan(staff[1:]).brake is None
    assert city.plan(staff[2:]).brake == Brake(leaving=2, out_of=12, share=0.10)
    assert city.plan(staff[2:], share=0.2).brake is None


def test_somebody_whose_last_day_has_passed_has_left(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = [with_cells(staff[0], **{"End Date": "2024-06-30"}), *staff[1:]]
    on_the_last_day = city.plan(rows, as_of=date(2024, 6, 30))
    assert not on_the_last_day.left
    assert changes(on_the_last_day) == [("Alma Quint", "ends_on", date(2024, 6, 30))]
    made = city.bring(rows, as_of=JULY)
    assert [(step.on, step.because, step.row) for step in made.left] == [(date(2024, 6, 30), Because.SAID, 2)]
    assert city.plan(rows, as_of=JULY).changes_nothing()


def test_a_status_of_terminated_ends_even_on_a_partial_roster(city: City, staff: Rows) -> None:
    city.bring(staff)
    made = city.plan([with_cells(row, Status="Terminated") for row in staff[:1]], full=False)
    assert left(city, made) == ["Alma Quint"]


def test_somebody_who_had_left_before_they_were_known_does_not_join(city: City, staff: Rows) -> None:
    made = city.plan([with_cells(staff[0], Status="Retired"), *staff[1:]])
    assert (len(made.joined), made.rows[Fate.PAST]) == (11, 1)


def test_somebody_on_leave_stays_and_is_on_leave(city: City, staff: Rows) -> None:
    rows = [with_cells(row, Status="Active") for row in staff]
    city.bring(rows)
    rows[3]["Status"] = "Leave of absence"
    assert changes(city.bring(rows)) == [("Dov Hartwell", "on_leave", True)]
    rows[3]["Status"] = "Active"
    assert changes(city.plan(rows)) == [("Dov Hartwell", "on_leave", False)]


def test_somebody_who_comes_back_returns_and_does_not_join(city: City, staff: Rows) -> None:
    city.bring(staff)
    city.bring(staff[1:], as_of=JULY)
    made = city.bring(staff, as_of=date(2024, 9, 1))
    assert [(step.entry.name, step.on) for step in made.returned] == [("Alma Quint", date(2024, 9, 1))]
    assert (made.joined, made.matched) == ([], 12)
    assert city.plan(staff, as_of=date(2024, 9, 1)).changes_nothing()


def test_a_file_older_than_the_leaving_brings_nobody_back(city: City, staff: Rows) -> None:
    city.bring(staff)
    city.bring(staff[1:], as_of=JULY)
    assert city.plan(staff, as_of=date(2024, 6, 15)).changes_nothing()


def test_a_file_older_than_the_joining_sends_nobody_away(city: City, staff: Rows) -> None:
    city.bring(staff[:11])
    city.bring(staff, as_of=JULY)
    assert city.plan(staff[:11], as_of=date(2024, 6, 15)).changes_nothing()


def test_a_file_older_than_the_move_moves_nobody_back(city: City, staff: Rows) -> None:
    city.bring(staff)
    city.bring([with_cells(staff[0], Department="Libraries"), *staff[1:]], as_of=JULY)
    assert city.plan(staff, as_of=date(2024, 6, 15)).changes_nothing()


def test_another_unit_is_a_move_from_the_day_of_the_roster(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = [with_cells(staff[0], Department="Libraries"), *staff[1:]]
    made = city.bring(rows, as_of=JULY)
    assert [(step.entry.name, step.what, step.on) for step in made.moved] == [("Alma Quint", ("unit",), JULY)]
    before, now = city.named("Alma Quint").appointments
    assert (before.ends_on, now.unit) == (date(2024, 6, 30), ("Community Services", "Libraries"))
    assert city.plan(rows, as_of=JULY).changes_nothing()


def test_another_office_is_a_move_from_its_own_first_day(city: City, staff: Rows) -> None:
    rows = [with_cells(row, **{"Start Date": "2019-01-07"}) for row in staff]
    city.bring(rows)
    rows[1] |= {"Job Title": "Head Lifeguard", "Start Date": "2024-06-17"}
    made = city.bring(rows, as_of=JULY)
    assert [(step.what, step.on) for step in made.moved] == [(("title",), date(2024, 6, 17))]
    assert city.plan(rows, as_of=JULY).changes_nothing()


def test_a_day_of_hiring_that_stays_the_same_does_not_backdate_a_move(city: City, staff: Rows) -> None:
    rows = [with_cells(row, **{"Hire Date": "2009-01-07"}) for row in staff]
    city.bring(rows)
    rows[1]["Department"] = "Libraries"
    made = city.bring(rows, as_of=JULY)
    assert [step.on for step in made.moved] == [JULY]
    assert city.plan(rows, as_of=JULY).changes_nothing()


def test_a_further_term_prolongs_the_office(city: City) -> None:
    term = {
        "Name": "Alma Quint",
        "ID": "C1",
        "Ward": "3",
        "Term start": "2021-10-25",
        "Term end": "2025-10-24",
    }
    city.bring([term], as_of=date(2022, 1, 1))
    assert city.named("Alma Quint").person_class == PersonClass.ELECTED
    again = term | {"Term start": "2025-10-25", "Term end": "2029-10-24"}
    made = city.bring([again], as_of=date(2026, 1, 1))
    assert changes(made) == [("Alma Quint", "ends_on", date(2029, 10, 24))]
    assert city.plan([again], as_of=date(2026, 1, 1)).changes_nothing()


def test_a_term_after_a_gap_is_a_return(city: City) -> None:
    term = {
        "Name": "Alma Quint",
        "ID": "C1",
        "Ward": "3",
        "Term start": "2017-10-25",
        "Term end": "2021-10-24",
    }
    city.bring([term], as_of=date(2018, 1, 1))
    again = term | {"Term start": "2023-02-01", "Term end": "2025-10-24"}
    made = city.bring([again], as_of=date(2024, 1, 1))
    assert [step.on for step in made.returned] == [date(2023, 2, 1)]
    assert city.plan([again], as_of=date(2024, 1, 1)).changes_nothing()


def test_an_office_that_ran_out_without_the_person_being_listed_has_ended(city: City) -> None:
    term = {
        "Name": "Alma Quint",
        "ID": "C1",
        "Ward": "3",
        "Term start": "2017-10-25",
        "Term end": "2021-10-24",
    }
    other = term | {"Name": "Bram Oduya", "ID": "C2", "Ward": "4", "Term end": "2025-10-24"}
    city.bring([term, other], as_of=date(2018, 1, 1))
    made = city.plan([other], as_of=date(2022, 1, 1))
    assert [step.on for step in made.left] == [date(2021, 10, 24)]


def test_another_name_under_the_same_number_is_a_change_of_name(city: City, staff: Rows) -> None:
    city.bring(staff)
    made = city.bring([with_cells(staff[0], Name="Alma Quint-Moss"), *staff[1:]])
    assert [step.changes for step in made.changed] == [
        (FieldChange("name", "Alma Quint", "Alma Quint-Moss"),)
    ]


def test_another_spelling_of_the_same_name_changes_nothing(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = [with_cells(row, Name=", ".join(reversed(row["Name"].upper().split(" ", 1)))) for row in staff]
    assert city.plan(rows).changes_nothing()


def test_accents_that_were_missing_are_put_right(city: City, staff: Rows) -> None:
    city.bring([with_cells(staff[0], Name="ZOE LACHANCE")])
    assert changes(city.bring([with_cells(staff[0], Name="Zoé Lachance")])) == [
        ("Zoé Lachance", "name", "Zoé Lachance")
    ]
    assert city.plan([with_cells(staff[0], Name="ZOE LACHANCE")]).changes_nothing()


def test_initials_do_not_take_a_known_given_name_away(city: City, staff: Rows) -> None:
    city.bring(staff)
    made = city.plan([with_cells(row, Name=f"{row['Name'][0]}. {row['Name'].split()[1]}") for row in staff])
    assert made.changes_nothing()
    assert made.notices == [
        "In 12 rows the given names are cut to initials. Whom they mean cannot be told by the name."
    ]


def test_a_class_that_is_stated_at_last_is_taken(city: City, staff: Rows) -> None:
    city.bring(without(staff, "Employee Group"))
    alma = city.named("Alma Quint")
    city.people[alma.key] = alma._replace(person_class=PersonClass.UNSTATED)
    assert ("Alma Quint", "person_class", PersonClass.OUT_OF_SCOPE) in changes(city.plan(staff))


def test_numbers_that_lost_their_zeros_are_the_same_numbers(city: City, staff: Rows) -> None:
    city.bring([with_cells(row, **{"Employee Number": f"000{row['Employee Number']}"}) for row in staff])
    assert city.plan(
        [with_cells(row, **{"Employee Number": f"{row['Employee Number']}.0"}) for row in staff]
    ).changes_nothing()


def test_a_row_that_is_there_twice_counts_once(city: City, staff: Rows) -> None:
    made = city.plan([*staff, staff[4]])
    assert (made.read, len(made.joined), made.rows[Fate.REPEATED]) == (13, 12, 1)


def test_a_class_that_changes_takes_the_bargaining_unit_with_it(city: City, staff: Rows) -> None:
    city.bring(staff)
    made = city.bring([*staff[:8], with_cells(staff[8], **{"Employee Group": "Out of scope"}), *staff[9:]])
    assert changes(made) == [
        ("Ines Tallmadge", "person_class", PersonClass.OUT_OF_SCOPE),
        ("Ines Tallmadge", "bargaining_unit", ""),
    ]


def test_what_a_file_no_longer_says_is_kept(city: City, staff: Rows) -> None:
    city.bring([with_cells(row, Email=f"{row['Employee Number']}@harrowfalls.example") for row in staff])
    assert city.plan(without(staff, "Email", "Job Title", "Employee Group")).changes_nothing()


def test_offices_that_no_roster_told_of_are_left_alone(city: City, staff: Rows) -> None:
    city.bring(staff)
    person = city.named("Alma Quint")
    acting = person.appointments[0]._replace(key="x", unit=("Fire",), title="Chief", acting=True)
    city.people[person.key] = person._replace(appointments=(*person.appointments, acting))
    assert city.plan(staff).changes_nothing()


def test_all_appointments_end_when_a_person_leaves(city: City, staff: Rows) -> None:
    city.bring(staff)
    person = city.named("Alma Quint")
    acting = person.appointments[0]._replace(key="x", unit=("Fire",), title="Chief", acting=True)
    city.people[person.key] = person._replace(appointments=(*person.appointments, acting))
    assert city.plan(staff[1:]).left[0].offices == (person.appointments[0].key, "x")
