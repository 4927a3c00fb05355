"""Which column means what: proposed, confirmed, kept, and found again."""

import json
import re

import pytest

from undersigned.imports.columns import Changes, Mapping, MappingRefused, Meaning, guess, headers_key

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")

VOCABULARY = {
    "number": Meaning(("staff number", "employee id", "matricule", "id")),
    "given_name": Meaning(("first name", "given name", "first", "prénom")),
    "family_name": Meaning(("last name", "surname", "last", "nom", "nom de famille")),
    "unit": Meaning(("unit", "department", "division", "service", "unité"), several=True),
    "email": Meaning(
        ("email", "e-mail", "courriel"), looks_like=lambda value: EMAIL.fullmatch(value) is not None
    ),
    "x": Meaning(("x", "twitter")),
}


def proposed(*columns: str, **samples: list[str]) -> dict[str, str | None]:
    return {column.name: column.field for column in guess(columns, samples, VOCABULARY).columns}


def test_columns_are_known_by_name_in_english_and_french_in_any_spelling() -> None:
    expected = {"number", "given_name", "family_name", "unit", "email"}
    for columns in (
        ("Staff number", "First name", "Last name", "Department", "E-mail"),
        ("EMPLOYEE_ID", "firstName", "SURNAME", "Division:", "Email address"),
        ("Matricule", "Prenom", "Nom", "Unité", "Courriel"),
    ):
        assert set(guess(columns, {}, VOCABULARY).fields) == expected


def test_the_last_step_of_a_dotted_column_is_what_counts() -> None:
    assert proposed("social.twitter", "id.bioguide") == {"social.twitter": "x", "id.bioguide": "number"}


def test_a_misspelt_name_is_proposed_but_not_sure() -> None:
    mapping = guess(["Departmnet"], {}, VOCABULARY)
    assert mapping.of("unit") == ("Departmnet",)
    assert [column.name for column in mapping.unsure] == ["Departmnet"]


def test_values_alone_propose_but_never_make_sure() -> None:
    mapping = guess(["Contact"], {"Contact": ["mary@harrow.example", "ann@harrow.example"]}, VOCABULARY)
    assert mapping.of("email") == ("Contact",)
    assert not mapping.columns[0].is_sure


def test_values_that_do_not_fit_make_a_good_name_unsure() -> None:
    mapping = guess(["Email"], {"Email": ["yes", "no", "yes"]}, VOCABULARY)
    assert [column.name for column in mapping.unsure] == ["Email"]


def test_two_columns_that_fit_equally_well_are_asked_about() -> None:
    mapping = guess(["Email", "E-mail"], {}, VOCABULARY)
    assert mapping.of("email") == ("Email",)
    assert [column.name for column in mapping.unsure] == ["Email"]
    assert mapping.unmapped == ("E-mail",)


def test_a_field_that_may_have_several_columns_takes_them_in_the_order_of_the_file() -> None:
    mapping = guess(["Division", "Name", "Department"], {}, VOCABULARY)
    assert mapping.of("unit") == ("Division", "Department")
    assert mapping.unsure == ()


def test_what_no_field_fits_is_left_unmapped_with_its_samples() -> None:
    mapping = guess(["Parking space"], {"Parking space": ["A1", "A2", "A3", "A4"]}, VOCABULARY)
    assert mapping.unmapped == ("Parking space",)
    assert mapping.columns[0].samples == ("A1", "A2", "A3")


def test_a_mapping_is_saved_without_values_and_loaded_as_confirmed() -> None:
    mapping = guess(["Email", "Note"], {"Email": ["mary@harrow.example"]}, VOCABULARY)
    assert "mary" not in mapping.to_json()
    loaded = Mapping.from_json(mapping.to_json(), VOCABULARY)
    assert [(c.name, c.field, c.is_sure) for c in loaded.columns] == [
        ("Email", "email", True),
        ("Note", None, False),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "The mapping is not valid JSON"),
        ("[1]", 'A mapping needs "columns"'),
        ('{"columns": {"Email": 7}}', 'A mapping needs "columns"'),
        (
            '{"columns": {"Email": "mail"}}',
            "takes “Email” for “mail”, which is no field here. The fields are: number,",
        ),
        ('{"columns": {"A": "email", "B": "email"}}', "names more than one column for “email”. Keep one"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_with_what_to_do(text: str, what: str) -> None:
    with pytest.raises(MappingRefused, match=re.escape(what)):
        Mapping.from_json(text, VOCABULARY)


def test_a_kept_mapping_is_found_by_its_column_names_in_any_order_and_case() -> None:
    assert headers_key(["Email", "First Name"]) == headers_key(["first_name", "E-MAIL"])
    assert headers_key(["Email"]) != headers_key(["Email", "First name"])


def test_columns_that_changed_since_are_told_apart() -> None:
    mapping = guess(["Email", "Note"], {}, VOCABULARY)
    assert not mapping.changes(["NOTE", "E-mail"])
    assert mapping.changes(["Email", "Phone"]) == Changes(new=("Phone",), gone=("Note",))


def test_a_kept_mapping_carries_over_to_a_file_with_other_columns() -> None:
    text = json.dumps({"columns": {"Email": "email", "Note": None}})
    carried = Mapping.from_json(text, VOCABULARY).on(["Phone", "EMAIL"])
    assert [(column.name, column.field) for column in carried.columns] == [
        ("Phone", None),
        ("EMAIL", "email"),
    ]
