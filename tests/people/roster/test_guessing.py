"""Which column means what, in the files that cities bring."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.people.roster.city import Rows, write_roster

from undersigned.imports.columns import Mapping
from undersigned.imports.sheets import read
from undersigned.people.roster.guessing import guess_columns, not_kept


def guessed(folder: Path, rows: Rows) -> Mapping:
    return guess_columns(read(write_roster(folder / "roster.csv", rows)))


def meanings(folder: Path, rows: Rows) -> dict[str, str | None]:
    return {column.name: column.field for column in guessed(folder, rows).columns}


def many(**cells: str) -> Rows:
    """Twenty rows of the same cells, where `#` stands for a number of the row's own."""
    return [
        {name: cell.replace("#", f"{71 * at % 97:02}") for name, cell in cells.items()} for at in range(1, 21)
    ]


def test_an_english_personnel_file_is_understood(tmp_path: Path) -> None:
    rows = many(
        **{
            "Employee ID": "00#8",
            "Legal First Name": "Alma",
            "Middle Initial": "Q",
            "Legal Last Name": "Quint",
            "Preferred Name": "Ally",
            "Work Email": "a.quint#@harrowfalls.example",
            "Division": "Community Services",
            "Department": "Recreation",
            "Job Title": "Lifeguard",
            "Employee Group": "CUPE 30",
            "Hire Date": "2019-04-01",
            "Termination Date": "2024-04-01",
            "Employment Status": "Active",
            "Department Head": "No",
        }
    )
    assert list(meanings(tmp_path, rows).values()) == [
        "staff_number",
        "given_name",
        "middle_name",
        "family_name",
        "preferred",
        "email",
        "unit_1",
        "unit_2",
        "title",
        "person_class",
        "begins_on",
        "ends_on",
        "status",
        "head",
    ]


def test_a_french_personnel_file_is_understood(tmp_path: Path) -> None:
    rows = many(
        **{
            "Matricule": "00#8",
            "Nom": "Tremblé",
            "Prénom": "Alma",
            "Courriel": "a.tremble#@chuteshavre.example",
            "Direction": "Loisirs",
            "Titre du poste": "Sauveteuse",
            "Syndicat": "SCFP 30",
            "Date d'embauche": "2019-04-01",
            "Date de fin": "",
            "Statut": "En congé",
        }
    )
    assert list(meanings(tmp_path, rows).values()) == [
        "staff_number",
        "family_name",
        "given_name",
        "email",
        "unit_1",
        "title",
        "bargaining_unit",
        "begins_on",
        "ends_on",
        "status",
    ]


def test_what_is_not_needed_is_named_and_not_kept(tmp_path: Path) -> None:
    rows = many(
        **{
            "Name": "Alma Quint",
            "Date of Birth": "1980-02-03",
            "Home Phone": "780-555-01#",
            "Annual Salary": "5#000",
            "Emergency Contact Name": "Otto Quint",
            "Supervisor Name": "Joss Wexford",
            "Shoe size": "#",
        }
    )
    mapping = guessed(tmp_path, rows)
    assert mapping.of("name") == ("Name",)
    assert {one.column: one.why for one in not_kept(mapping)} == {
        "Date of Birth": "Not kept: what is personal and has no bearing on who may act for the city is not read.",
        "Home Phone": "Not kept: telephone numbers and home addresses are not needed.",
        "Annual Salary": "Not kept: pay has no bearing on who may act for the city.",
        "Emergency Contact Name": "Not kept: telephone numbers and home addresses are not needed.",
        "Supervisor Name": "Not kept: who answers to whom follows from the heads of units.",
        "Shoe size": "Not kept: it is not needed to know who may act for the city.",
    }


def test_the_unit_with_fewer_different_names_is_above(tmp_path: Path) -> None:
    rows = [
        {"Name": "Alma Quint", "Division": f"Division {at}", "Department": f"Department {at % 3}"}
        for at in range(9)
    ]
    assert meanings(tmp_path, rows) == {"Name": "name", "Division": "unit_2", "Department": "unit_1"}


def test_a_code_of_units_is_their_name_only_where_they_have_no_other(tmp_path: Path) -> None:
    coded = many(Name="Alma Quint", **{"Dept Code": "4410"})
    named = many(Name="Alma Quint", **{"Dept Code": "4410", "Dept": "Roads"})
    assert meanings(tmp_path, coded)["Dept Code"] == "unit_1"
    assert meanings(tmp_path, named) == {"Name": "name", "Dept Code": None, "Dept": "unit_1"}


def test_a_column_that_numbers_people_is_found_whatever_it_is_called(tmp_path: Path) -> None:
    mapping = guessed(tmp_path, many(Zorp="Q#417", Name="Alma Quint"))
    assert mapping.of("staff_number") == ("Zorp",)
    assert mapping.columns[0].is_sure


def test_a_count_of_rows_is_not_a_number_of_people(tmp_path: Path) -> None:
    rows: Rows = [{"Zorp": str(at), "Name": "Alma Quint"} for at in range(1001, 1021)]
    assert meanings(tmp_path, rows)["Zorp"] is None


def test_a_number_that_many_share_is_not_a_number_of_people(tmp_path: Path) -> None:
    assert meanings(tmp_path, many(ID="4410", Name="Alma Quint"))["ID"] is None


def test_elected_members_are_in_their_district_below_its_state(tmp_path: Path) -> None:
    rows = many(Name="Alma Quint", Role="councillor", State="AB", Ward="#")
    assert meanings(tmp_path, rows) == {
        "Name": "name",
        "Role": "title",
        "State": "unit_1",
        "Ward": "constituency",
    }


@pytest.mark.parametrize(
    ("value", "field"), [("Volunteer", "person_class"), ("Full-time", None), ("councillor", "title")]
)
def test_a_column_called_type_is_what_its_values_are(tmp_path: Path, value: str, field: str | None) -> None:
    rows = many(Name="Alma Quint", Type=value)
    expected = "person_class" if value == "councillor" else field
    assert meanings(tmp_path, rows)["Type"] == expected


def test_an_office_with_a_room_number_is_a_place(tmp_path: Path) -> None:
    assert meanings(tmp_path, many(Name="Alma Quint", Office="4# City Hall"))["Office"] is None
    assert meanings(tmp_path, many(Name="Alma Quint", Office="Clerk"))["Office"] == "title"


def test_a_column_whose_values_contradict_its_name_is_not_taken(tmp_path: Path) -> None:
    rows = many(Name="Alma Quint", Email="yes", Status="Permanent full time")
    assert meanings(tmp_path, rows) == {"Name": "name", "Email": None, "Status": None}
