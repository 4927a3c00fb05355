"""Rows as they come: what is wrong is said with its row, and everything else is kept."""

from __future__ import annotations

from datetime import date

import pytest
from tests.people.roster.city import City, Rows, with_cells

from undersigned.people.roster.classes import Status, person_class, status, union_name
from undersigned.people.roster.plan import Fate, Plan
from undersigned.people.roster.planning import NoNames
from undersigned.people.roster.questions import Kind
from undersigned.people.states import PersonClass


def said(made: Plan) -> list[tuple[int | None, str | None, str]]:
    return [(problem.row, problem.field, problem.what) for problem in made.problems]


def test_a_row_that_fails_loses_no_other_row(city: City, staff: Rows) -> None:
    staff[3]["Name"] = ""
    staff[5]["Name"] = "A" * 400
    made = city.plan(staff)
    assert (made.read, len(made.joined), made.rows[Fate.LOST]) == (12, 10, 2)
    assert said(made) == [
        (5, "Name", "There is no person's name in this row, so it was left out. Give the name, in letters."),
        (7, "Name", "This name is longer than 300 characters, so the row was left out. Correct the name."),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "what"),
    [
        ({"Email": "see phone list"}, "Email", "This is not an e-mail address."),
        ({"Start Date": "31/31/2024"}, "Start Date", "“31/31/2024” is not a date."),
        ({"Employee Group": "Wizards"}, "Employee Group", "“Wizards” is not understood here."),
        ({"Status": "Sideways"}, "Status", "“Sideways” is not understood here."),
        ({"Job Title": "Clerk " * 60}, "Job Title", "This is longer than 200 characters."),
        ({"Division": "Parks " * 60}, None, "The name of the unit is longer than 200 characters"),
        (
            {"Start Date": "2024-05-01", "End Date": "2024-04-01"},
            "End Date",
            "The last day is before the first.",
        ),
        (
            {"Employee Number": "1.23E+09"},
            "Employee Number",
            "“1.23E+09” is a number that a spreadsheet program has shortened",
        ),
    ],
)
def test_what_is_wrong_in_a_cell_is_said_and_the_person_kept(
    city: City, staff: Rows, cells: dict[str, str], column: str | None, what: str
) -> None:
    usual = {
        "Email": "a.quint@harrowfalls.example",
        "Start Date": "2020-01-02",
        "End Date": "",
        "Status": "Active",
    }
    rows = [usual | row for row in staff]
    rows[0] |= cells
    made = city.plan(rows)
    assert len(made.joined) == 12
    ((row, field, problem),) = said(made)
    assert (row, field) == (2, column)
    assert problem.startswith(what)


def test_a_vacant_position_and_a_sum_are_nobody(city: City, staff: Rows) -> None:
    rows = [*staff, with_cells(staff[0], Name="VACANT", **{"Employee Number": ""}), {"Name": "Total 12"}]
    city.bring(staff)
    made = city.plan(rows[1:])
    assert made.rows[Fate.LOST] == 2
    assert (len(made.left), made.joined, made.ambiguous) == (1, [], 0)


def test_a_file_without_names_is_refused(city: City, staff: Rows) -> None:
    with pytest.raises(NoNames, match="Say which column holds the names"):
        city.plan([{"Employee Number": row["Employee Number"], "Zorp": "1"} for row in staff])


def test_each_row_has_one_fate(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = [
        *staff[2:],
        staff[5],
        with_cells(staff[0], Name=""),
        with_cells(staff[0], Name="Nils Ferro", **{"Employee Number": "77"}),
        with_cells(staff[1], Department="Libraries", **{"Employee Number": ""}),
        with_cells(staff[1], Department="Libraries", **{"Employee Number": "99", "Name": "Otto Lind"}),
        with_cells(staff[1], Department="Roads", **{"Employee Number": "99", "Name": "Otto Lind"}),
    ]
    made = city.plan(rows)
    assert made.rows.total() == made.read == len(rows)
    assert {fate: count for fate, count in made.rows.items() if count} == {
        Fate.MATCHED: 10,
        Fate.REPEATED: 1,
        Fate.LOST: 1,
        Fate.JOINED: 1,
        Fate.WAITING: 3,
    }


def test_names_in_columns_are_put_together(city: City) -> None:
    city.bring(
        [
            {"ID": "Q1", "First": "Anneke", "Middle": "J.", "Last": "van der Meer", "Suffix": ""},
            {"ID": "Q2", "First": "Casper", "Middle": "", "Last": "Rowe", "Suffix": "Jr."},
        ]
    )
    assert [person.name for person in city.people.values()] == ["Anneke J. van der Meer", "Casper Rowe Jr."]


def test_a_whole_name_cut_to_initials_gives_way_to_its_parts(city: City) -> None:
    city.bring([{"ID": "Q1", "Name": "A. van der Meer", "First": "Anneke", "Last": "van der Meer"}])
    assert city.named("Anneke van der Meer")


def test_what_cannot_be_seen_in_a_name_is_not_kept(city: City) -> None:
    city.bring([{"Name": "Al\u200bma \u202eQuint\u202c", "Unit": "Parks"}])
    assert city.named("Alma Quint")


def test_an_end_for_ever_is_no_end(city: City, staff: Rows) -> None:
    city.bring([with_cells(row, **{"End Date": "9999-12-31"}) for row in staff])
    assert city.named("Alma Quint").appointments[0].ends_on is None


def test_the_order_of_day_and_month_is_taken_from_the_whole_column(city: City, staff: Rows) -> None:
    rows = [with_cells(row, **{"Start Date": "03/04/2020"}) for row in staff]
    rows[-1]["Start Date"] = "25/04/2020"
    city.bring(rows)
    assert city.named("Alma Quint").appointments[0].begins_on == date(2020, 4, 3)


def test_dates_that_could_be_two_days_are_asked_about_before_anything_else(city: City, staff: Rows) -> None:
    rows = [with_cells(row, **{"Start Date": "03/04/2020"}) for row in staff]
    made = city.plan(rows)
    assert made.must_answer_first
    assert [(item.key, item.options) for item in made.questions[0].items] == [
        ("begins_on", ("day_first", "month_first"))
    ]
    assert made.questions[0].kind == Kind.DATE_ORDER
    answered = city.plan(rows, answers={"date_order": "month_first"})
    assert not answered.must_answer_first
    assert answered.joined[0].begins_on == date(2020, 3, 4)


def test_a_manager_flag_refines_a_class_and_does_not_replace_one(city: City, staff: Rows) -> None:
    rows = [with_cells(row, **{"Is Manager": "Y" if row["Name"] < "C" else "N"}) for row in staff]
    city.bring(rows)
    assert city.named("Alma Quint").person_class == PersonClass.MANAGER
    assert city.named("Bram Oduya").person_class == PersonClass.BARGAINING_UNIT


def test_people_whose_class_is_not_told_are_counted(city: City, staff: Rows) -> None:
    for row in staff[:2]:
        row["Employee Group"] = ""
    assert city.plan(staff).notices == ["For 2 people the file does not say of which class they are."]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("CUPE Local 30", PersonClass.BARGAINING_UNIT),
        ("Unionized", PersonClass.BARGAINING_UNIT),
        ("Syndiqué", PersonClass.BARGAINING_UNIT),
        ("Edmundton Police Association", PersonClass.BARGAINING_UNIT),
        ("Non-Union", PersonClass.OUT_OF_SCOPE),
        ("Management", PersonClass.OUT_OF_SCOPE),
        ("Excluded", PersonClass.OUT_OF_SCOPE),
        ("Hors convention", PersonClass.OUT_OF_SCOPE),
        ("Non syndiquée", PersonClass.OUT_OF_SCOPE),
        ("Manager", PersonClass.MANAGER),
        ("Cadre", PersonClass.MANAGER),
        ("Councillor", PersonClass.ELECTED),
        ("Élue", PersonClass.ELECTED),
        ("Bénévole", PersonClass.VOLUNTEER),
        ("Board member", PersonClass.VOLUNTEER),
        ("Contract", PersonClass.CONTRACT_EMPLOYEE),
        ("Contractuelle", PersonClass.CONTRACT_EMPLOYEE),
        ("Contractor", PersonClass.CONTRACTOR_CONTACT),
        ("Sous-traitant", PersonClass.CONTRACTOR_CONTACT),
        ("Full-time", None),
        ("Seasonal", None),
    ],
)
def test_classes_are_read_by_their_meaning(words: str, expected: PersonClass | None) -> None:
    assert person_class(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("CUPE 30", "CUPE 30"),
        ("Local 52", "Local 52"),
        ("Union", ""),
        ("Yes", ""),
        ("N/A", ""),
        ("Non-union", ""),
    ],
)
def test_a_bargaining_unit_is_kept_where_it_is_named(words: str, expected: str) -> None:
    assert union_name(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Active", Status.ACTIVE),
        ("A", Status.ACTIVE),
        ("Actif", Status.ACTIVE),
        ("Inactive", Status.TERMINATED),
        ("Retraitée", Status.TERMINATED),
        ("Terminated (voluntary)", Status.TERMINATED),
        ("Active - on leave", Status.ON_LEAVE),
        ("En congé de maternité", Status.ON_LEAVE),
        ("LOA", Status.ON_LEAVE),
        ("Sideways", None),
    ],
)
def test_a_status_is_read_by_its_meaning(words: str, expected: Status | None) -> None:
    assert status(words) is expected
