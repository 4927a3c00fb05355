"""What a roster leaves open is asked, held until it is answered, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from tests.people.roster.city import City, Rows, with_cells, without

from undersigned.people.roster.plan import Fate, Plan
from undersigned.people.roster.questions import Answers, Kind, NotAnAnswer
from undersigned.people.roster.steps import Because
from undersigned.people.states import PersonClass

JULY = date(2024, 7, 1)
NUMBER = "Employee Number"


def asked(made: Plan) -> dict[str, int]:
    return {question.kind: len(question.items) for question in made.questions}


def unnumbered(rows: Rows) -> Rows:
    return without(rows, NUMBER)


def test_without_numbers_people_are_known_by_name_and_unit(city: City, staff: Rows) -> None:
    city.bring(staff)
    made = city.plan(unnumbered(staff))
    assert made.changes_nothing()
    assert (made.matched, made.ambiguous) == (12, 0)
    (notice,) = made.notices
    assert notice == (
        "This file has no number for each person. So people are told by name and unit, two people of one name in "
        "one unit cannot be told apart, and nobody's appointment ends without a question."
    )


def test_without_numbers_nobody_leaves_unasked(city: City, staff: Rows) -> None:
    city.bring(staff)
    made = city.plan(unnumbered(staff[3:]))
    assert made.left == []
    assert asked(made) == {Kind.LEFT: 3}


def test_emptied_numbers_are_no_numbers(city: City, staff: Rows) -> None:
    city.bring(staff)
    made = city.plan([with_cells(row, **{NUMBER: ""}) for row in staff[3:]])
    assert (made.left, asked(made)) == ([], {Kind.LEFT: 3})


def test_where_many_rows_lack_a_number_leaving_is_a_question(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = [with_cells(row, **{NUMBER: "" if row in staff[:4] else row[NUMBER]}) for row in staff[:11]]
    made = city.plan(rows)
    assert (made.left, asked(made), made.matched) == ([], {Kind.LEFT: 1}, 11)
    (notice,) = made.notices
    assert notice == (
        "Only 7 of 11 rows have a number for the person. So of nobody who is missing it is taken for certain that "
        "they left."
    )


def test_one_answer_settles_all_who_are_missing(city: City, staff: Rows) -> None:
    city.bring(staff)
    made = city.plan(unnumbered(staff[3:]), answers={"left": "left"})
    assert [step.because for step in made.left] == [Because.ANSWERED] * 3
    assert made.brake is not None
    assert made.brake.leaving == 3


def test_an_answer_for_one_comes_before_the_answer_for_all(city: City, staff: Rows) -> None:
    city.bring(staff)
    alma = city.named("Alma Quint").key
    made = city.plan(unnumbered(staff[3:]), answers={"left": "left", f"left:person-{alma}": "stays"})
    assert len(made.left) == 2
    assert made.ambiguous == 0


def test_without_numbers_a_row_that_says_somebody_left_is_asked_about(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = unnumbered([with_cells(staff[0], Status="Terminated"), *staff[1:]])
    assert (city.plan(rows).left, asked(city.plan(rows))) == ([], {Kind.SAID_LEFT: 1})
    assert len(city.plan(rows, answers={"said_left": "left"}).left) == 1
    assert city.plan(rows, answers={"said_left": "stays"}).changes_nothing()


def test_a_known_name_in_another_unit_may_have_moved(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = unnumbered([with_cells(staff[0], Department="Libraries"), *staff[1:]])
    made = city.plan(rows)
    assert asked(made) == {Kind.MOVED: 1}
    assert (made.moved, made.joined, made.rows[Fate.WAITING]) == ([], [], 1)
    same = city.plan(rows, answers={"moved": "same"})
    assert ([step.what for step in same.moved], same.joined, same.ambiguous) == ([("unit",)], [], 0)
    new = city.plan(rows, answers={"moved": "new"})
    assert (len(new.joined), asked(new)) == (1, {Kind.LEFT: 1})


def test_a_name_with_its_own_address_has_moved(city: City, staff: Rows) -> None:
    rows = [with_cells(row, Email=f"{row[NUMBER]}@harrowfalls.example") for row in staff]
    city.bring(rows)
    moved = unnumbered([with_cells(rows[0], Department="Libraries"), *rows[1:]])
    made = city.plan(moved)
    assert ([step.what for step in made.moved], made.ambiguous) == ([("unit",)], 0)


def test_initials_are_asked_about_once_for_all_of_them(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = unnumbered([with_cells(row, Name=f"{row['Name'][0]}. {row['Name'].split()[1]}") for row in staff])
    made = city.plan(rows)
    assert (asked(made), made.joined, made.left) == ({Kind.INITIALS: 12}, [], [])
    assert made.notices[1:] == [
        "In 12 rows the given names are cut to initials. Whom they mean cannot be told by the name."
    ]
    assert city.plan(rows, answers={"initials": "same"}).changes_nothing()


def test_initials_that_fit_two_people_are_asked_about_by_themselves(city: City, staff: Rows) -> None:
    rows = [*staff, with_cells(staff[0], **{NUMBER: "1013", "Name": "Adil Quint"})]
    city.bring(rows)
    adil, alma = city.named("Adil Quint").key, city.named("Alma Quint").key
    cut = unnumbered([with_cells(staff[0], Name="A. Quint"), *staff[1:]])
    made = city.plan(cut)
    assert asked(made) == {Kind.SEVERAL: 1}
    assert set(made.questions[0].items[0].options) == {adil, alma}
    chosen = city.plan(cut, answers={"several:row-2": alma})
    assert asked(chosen) == {Kind.LEFT: 1}
    assert chosen.questions[0].items[0].people == (adil,)


def test_one_person_cannot_be_meant_by_two_rows(city: City, staff: Rows) -> None:
    city.bring(staff)
    alma = city.named("Alma Quint").key
    cut = unnumbered(
        [with_cells(staff[0], Name="A. Quint"), with_cells(staff[0], Name="Al. Quint"), *staff[1:]]
    )
    cut[1]["Name"] = "A. X. Quint"
    assert asked(city.plan(cut)) == {Kind.SEVERAL: 2}
    made = city.plan(cut, answers={"several:row-2": alma, "several:row-3": alma})
    assert (asked(made), made.matched) == ({Kind.SEVERAL: 1}, 12)


def test_a_middle_name_left_out_is_asked_about(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = unnumbered([with_cells(staff[0], Name="Alma P. Quint"), *staff[1:]])
    assert asked(city.plan(rows)) == {Kind.SPELLING: 1}
    made = city.plan(rows, answers={"spelling": "same"})
    assert [step.changes[0].after for step in made.changed] == ["Alma P. Quint"]


def test_a_name_that_is_known_by_its_parts_is_known(city: City, staff: Rows) -> None:
    rows = [with_cells(row, First=row["Name"].split()[0], Last=row["Name"].split()[1]) for row in staff]
    rows[0]["Name"] = "Ally Quint"
    city.bring(rows)
    assert city.plan(unnumbered(without(rows, "Name"))).changes_nothing()


def test_a_former_person_of_that_name_may_be_back(city: City, staff: Rows) -> None:
    city.bring(staff)
    city.bring(staff[1:])
    made = city.plan(unnumbered(staff), as_of=JULY)
    assert asked(made) == {Kind.RETURNING: 1}
    assert len(city.plan(unnumbered(staff), as_of=JULY, answers={"returning": "same"}).returned) == 1
    assert len(city.plan(unnumbered(staff), as_of=JULY, answers={"returning": "new"}).joined) == 1


def test_two_of_one_name_in_one_unit_are_asked_about(city: City, staff: Rows) -> None:
    rows = unnumbered([*staff, with_cells(staff[1], **{"Job Title": "Cashier"})])
    assert asked(city.plan(rows)) == {Kind.TWICE: 1}
    assert len(city.plan(rows, answers={"twice": "two"}).joined) == 13
    one = city.plan(rows, answers={"twice": "one"})
    assert len(one.joined) == 12
    assert [len(entry.also) for entry in one.joined if entry.name == "Bram Oduya"] == [1]


def test_two_known_people_of_one_name_are_told_by_their_titles(city: City, staff: Rows) -> None:
    rows = unnumbered([*staff, with_cells(staff[1], **{"Job Title": "Cashier"})])
    city.bring(rows, answers={"twice": "two"})
    assert city.plan(rows).changes_nothing()
    assert city.plan(rows).ambiguous == 0


def test_one_row_for_two_known_people_of_one_name_is_asked_about(city: City, staff: Rows) -> None:
    rows = unnumbered([*staff, with_cells(staff[1], **{"Job Title": "Cashier"})])
    city.bring(rows, answers={"twice": "two"})
    made = city.plan(unnumbered(staff))
    assert asked(made) == {Kind.SEVERAL: 1}
    cashier = next(person.key for person in city.people.values() if person.appointments[0].title == "Cashier")
    chosen = city.plan(unnumbered(staff), answers={"several:row-3": cashier})
    assert ([step.what for step in chosen.moved], asked(chosen)) == ([("title",)], {Kind.LEFT: 1})


def test_a_name_once_more_beside_the_one_known_is_asked_about(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = unnumbered([*staff, with_cells(staff[1], **{"Job Title": "Cashier"})])
    assert asked(city.plan(rows)) == {Kind.BESIDE: 1}
    assert len(city.plan(rows, answers={"beside": "new"}).joined) == 1
    assert city.plan(rows, answers={"beside": "skip"}).changes_nothing()


def test_a_list_of_bare_names_is_asked_about(city: City, staff: Rows) -> None:
    city.bring(staff)
    names: Rows = [{"Name": row["Name"]} for row in staff[:5]]
    made = city.plan(names, full=False)
    assert asked(made) == {Kind.NAME_ONLY: 5}
    assert city.plan(names, full=False, answers={"name_only": "same"}).changes_nothing()


def test_a_list_of_bare_names_is_its_own_again(city: City, staff: Rows) -> None:
    names: Rows = [{"Name": row["Name"]} for row in staff]
    city.bring(names)
    assert city.plan(names).changes_nothing()
    assert city.plan(names).ambiguous == 0


def test_a_number_in_two_rows_may_be_two_offices(city: City, staff: Rows) -> None:
    rows = [*staff, with_cells(staff[1], Department="Libraries", **{"Job Title": "Page"})]
    made = city.plan(rows)
    assert (asked(made), len(made.joined), made.rows[Fate.WAITING]) == ({Kind.TWO_OFFICES: 1}, 11, 2)
    city.bring(rows, answers={"two_offices": "both"})
    assert len(city.named("Bram Oduya").offices) == 2
    assert city.plan(rows).changes_nothing()
    assert city.plan(rows).ambiguous == 0


@pytest.mark.parametrize(("answer", "title"), [("first", "Lifeguard"), ("last", "Page"), ("row-14", "Page")])
def test_one_of_two_rows_can_be_chosen(city: City, staff: Rows, answer: str, title: str) -> None:
    rows = [*staff, with_cells(staff[1], Department="Libraries", **{"Job Title": "Page"})]
    made = city.bring(rows, answers={"two_offices:row-3": answer})
    assert city.named("Bram Oduya").offices[0].title == title
    assert (made.rows[Fate.SKIPPED], made.ambiguous) == (1, 0)


def test_a_second_office_that_is_no_longer_listed_is_asked_about(city: City, staff: Rows) -> None:
    rows = [*staff, with_cells(staff[1], Department="Libraries", **{"Job Title": "Page"})]
    city.bring(rows, answers={"two_offices": "both"})
    assert asked(city.plan(staff)) == {Kind.SECOND_OFFICE: 1}
    assert city.plan(staff, answers={"second_office": "stays"}).changes_nothing()
    city.bring(staff, answers={"second_office": "left"})
    assert [office.title for office in city.named("Bram Oduya").offices] == ["Lifeguard"]
    assert city.plan(staff).changes_nothing()


def test_one_number_beside_two_names_is_asked_about(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = [*staff, with_cells(staff[1], Name="Nils Ferro")]
    made = city.plan(rows)
    assert (asked(made), made.left, made.changes_nothing()) == ({Kind.TWO_NAMES: 1}, [], True)
    assert city.plan(rows, answers={"two_names": "first"}).changes_nothing()


def test_a_known_number_beside_a_wholly_different_name_is_asked_about(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = [with_cells(staff[0], Name="Nils Ferro"), *staff[1:]]
    assert asked(city.plan(rows)) == {Kind.OTHER_NAME: 1}
    assert [step.entry.name for step in city.plan(rows, answers={"other_name": "same"}).changed] == [
        "Nils Ferro"
    ]
    assert city.plan(rows, answers={"other_name": "skip"}).changes_nothing()


def test_new_numbers_for_all_are_one_question_and_nobody_leaves(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = [with_cells(row, **{NUMBER: f"HR-{row[NUMBER]}"}) for row in staff]
    made = city.plan(rows)
    assert (asked(made), made.left, made.joined) == ({Kind.RENUMBERED: 12}, [], [])
    city.bring(rows, answers={"renumbered": "same"})
    assert city.named("Alma Quint").staff_number == "HR-1001"
    assert city.plan(rows).changes_nothing()


def test_a_first_number_for_somebody_known_by_name_and_unit_is_taken(city: City, staff: Rows) -> None:
    city.bring(unnumbered(staff))
    made = city.bring(staff)
    assert (made.matched, made.ambiguous, made.joined) == (12, 0, [])
    assert city.named("Alma Quint").staff_number == "1001"
    assert city.plan(staff).changes_nothing()


def test_a_class_that_nobody_in_the_file_is_of_is_asked_about(city: City, staff: Rows) -> None:
    councillor = with_cells(
        staff[0], **{NUMBER: "C1", "Name": "Mira Sandoval", "Employee Group": "Councillor"}
    )
    city.bring([*staff, councillor])
    made = city.plan(staff)
    assert (made.left, asked(made)) == ([], {Kind.CLASS_ABSENT: 1})
    assert len(city.plan(staff, answers={"class_absent": "left"}).left) == 1


def test_a_class_that_was_never_stated_keeps_nobody_here(city: City, staff: Rows) -> None:
    city.bring(staff)
    alma = city.named("Alma Quint")
    city.people[alma.key] = alma._replace(person_class=PersonClass.UNSTATED)
    assert [step.person for step in city.plan(staff[1:]).left] == [alma.key]


def test_a_row_that_may_be_about_anybody_makes_leaving_a_question(city: City, staff: Rows) -> None:
    city.bring(staff)
    nobody = with_cells(staff[0], Name="", **{NUMBER: ""})
    made = city.plan([nobody, *staff[1:]])
    assert (made.left, asked(made)) == ([], {Kind.LEFT: 1})
    (notice,) = made.notices
    assert notice == (
        "Some rows could not be read, and they may be about anybody. So of nobody who is missing it is taken for "
        "certain that they left. Correct the rows, or answer for each."
    )


def test_a_row_with_a_number_and_no_name_keeps_its_person(city: City, staff: Rows) -> None:
    city.bring(staff)
    made = city.plan([with_cells(staff[0], Name=""), *staff[1:]])
    assert (made.left, made.ambiguous, made.rows[Fate.LOST]) == ([], 0, 1)


def test_somebody_with_an_office_given_here_does_not_leave_unasked(city: City, staff: Rows) -> None:
    city.bring(staff)
    person = city.named("Alma Quint")
    given = person.appointments[0]._replace(
        key="x", unit=("Corporate",), title="Administrator", rostered=False
    )
    city.people[person.key] = person._replace(appointments=(*person.appointments, given))
    assert asked(city.plan(staff[1:])) == {Kind.LEFT: 1}


def test_somebody_whom_no_roster_ever_named_is_not_missed(city: City, staff: Rows) -> None:
    city.bring(staff)
    person = city.named("Alma Quint")
    office = person.appointments[0]._replace(rostered=False)
    city.people[person.key] = person._replace(appointments=(office,))
    assert city.plan(staff[1:]).changes_nothing()


@pytest.mark.parametrize(("key", "answer"), [("moved", "perhaps"), ("weather", "same"), ("left", "new")])
def test_an_answer_to_no_question_is_refused(key: str, answer: str) -> None:
    with pytest.raises(NotAnAnswer, match="Nothing was applied"):
        Answers({key: answer})


def test_every_question_says_what_it_asks_and_what_may_be_answered(city: City, staff: Rows) -> None:
    city.bring(staff)
    rows = unnumbered([with_cells(staff[0], Department="Libraries"), *staff[2:]])
    moved, missing = city.plan(rows).questions
    assert moved.sentence.endswith("Did this person move?")
    assert moved.choices == ("same", "new")
    assert moved.items[0].entry is not None
    assert moved.items[0].people == (city.named("Alma Quint").key,)
    assert missing.items[0].people == (city.named("Bram Oduya").key,)
