"""Cases 56 and 57: no name enters a leaf, by fact, reference or law, and no entry grows beyond its length."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace

import pytest
from django.core import checks
from django.db import transaction
from tests.cast import SYSTEM, Cast

from undersigned.acts.checks import facts_are_never_free_text
from undersigned.acts.declared import BOOK
from undersigned.acts.facts import Fact
from undersigned.acts.refusals import Unfit
from undersigned.people import acts
from undersigned.people.models import Person
from undersigned.people.states import Office
from undersigned.record import acts as record_acts
from undersigned.record import append
from undersigned.record.faults import EntryTooLong
from undersigned.record.models import Entry, Payload
from undersigned.record.tlog import leaf, tiles
from undersigned.record.tlog.refusals import LeafError, MalformedError

pytestmark = pytest.mark.django_db(transaction=True)

PERSONAL = ["nell@harrowfalls.example", "Nell Fairweather", "Zoë", 'x","by":"y', "a\\u0040b", "O'Neil", ""]


def draft(**parts: object) -> append.Draft:
    """An act like any other, of which one part is what somebody tries to smuggle in."""
    plain = append.Draft(
        act="unit.add",
        act_id=secrets.token_hex(16),
        by={"task": "tests"},
        who=None,
        facts={},
        commits={},
        law=None,
        objects=[],
    )
    return replace(plain, **parts)


@pytest.mark.parametrize("value", PERSONAL)
@pytest.mark.parametrize("kind", [kind for kind in Fact if kind not in {Fact.COUNT, Fact.FLAG}])
def test_case_56_no_kind_of_fact_takes_a_name_or_an_address(kind: Fact, value: str) -> None:
    with pytest.raises(ValueError, match="not a public fact of the kind"):
        kind.accept(value)


@pytest.mark.parametrize("kind", [Fact.COUNT, Fact.FLAG])
@pytest.mark.parametrize("value", [*PERSONAL, 1.5, None, 2**53])
def test_case_56_a_count_or_a_flag_is_no_text(kind: Fact, value: object) -> None:
    with pytest.raises(ValueError, match="not a public fact of the kind"):
        kind.accept(value)


def test_case_56_an_act_that_says_a_name_as_a_fact_is_refused_whole(cast: Cast) -> None:
    hr, before = cast.officer(Office.HR), Entry.objects.count()
    with pytest.raises(ValueError, match=r"person\.add: person_class is not a public fact"):
        acts.add_person(by=hr, name="Nell", person_class="Nell Fairweather")
    assert not Person.objects.filter(name="Nell").exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("value", PERSONAL)
@pytest.mark.parametrize("place", ["fact", "law", "task", "capacity", "reference"])
def test_case_56_the_leaf_itself_refuses_a_name_wherever_it_stands(place: str, value: str) -> None:
    """Even where no declaration stands before it."""
    smuggled = {
        "fact": {"facts": {"place": value}},
        "law": {"law": value},
        "task": {"by": {"task": value}},
        "capacity": {"by": {"as": f"appointment:{value}"}, "who": {"person": "x", "name": "y"}},
        "reference": {"objects": [append.Touched(f"person:{value}", 1, None)]},
    }[place]
    with pytest.raises(LeafError, match="not a canonical leaf"):
        append.append(draft(**smuggled))
    assert not Entry.objects.exists()
    assert not Payload.objects.exists()


@pytest.mark.parametrize(
    "reference", ["person:nellfairweather1", "person:0123456789abcdef", "unit:nell", "Nell:0123456789abcdef"]
)
def test_case_56_a_reference_is_random_bits_and_nothing_else(reference: str) -> None:
    with pytest.raises(LeafError):
        append.append(draft(objects=[append.Touched(reference, 1, None)]))


@pytest.mark.parametrize("value", PERSONAL[:-1])
def test_case_56_a_law_that_names_a_person_is_refused(cast: Cast, value: str) -> None:
    clerk = cast.officer(Office.CLERK)
    acts.add_unit.once("a" * 32)(by=SYSTEM, name="Parks")
    with pytest.raises(Unfit, match="Name the law as a short key without spaces"):
        record_acts.erase(by=clerk, target="a" * 32, fields=["name"], law=value)
    assert Payload.objects.filter(act_id="a" * 32, field="name").exists()


def test_case_56_every_act_of_the_book_declares_closed_kinds_and_no_personal_field() -> None:
    assert len(BOOK) > 40, "the book was to be read whole"
    assert checks.run_checks(tags=[checks.Tags.models]) == []
    for declared in BOOK.values():
        assert all(isinstance(kind, Fact) for kind in declared.facts.values()), declared.name
        assert all(re.fullmatch("[a-z][a-z0-9_]{0,63}", name) for name in declared.facts), declared.name
        assert set(declared.facts) & set(declared.commits) == set(), declared.name


@pytest.mark.parametrize("field", ["name", "email", "note", "person_name", "reason"])
def test_case_56_the_lint_finds_an_act_that_would_publish_a_name(field: str) -> None:
    declared = acts.add_person
    honest = declared.facts
    declared.facts = {**honest, field: Fact.KEY}
    try:
        found = [one.id for one in facts_are_never_free_text(None)]
    finally:
        declared.facts = honest
    assert "acts.E003" in found


def test_case_57_an_entry_over_4096_bytes_is_refused_with_the_name_of_its_act() -> None:
    facts = {f"part_{number:02}": "x" * 256 for number in range(15)}
    with pytest.raises(EntryTooLong, match="unit.add") as told:
        append.append(draft(facts=facts))
    assert str(leaf.LARGEST_WRITTEN) in str(told.value).replace(",", "")
    assert not Entry.objects.exists()


def test_case_57_an_entry_of_exactly_4096_bytes_is_written() -> None:
    facts = {f"part_{number:02}": "x" * 256 for number in range(14)}
    empty = _length({**facts, "rest": "x"}) - 1
    facts["rest"] = "x" * (leaf.LARGEST_WRITTEN - empty)
    with transaction.atomic():
        append.append(draft(facts=facts))
    assert [len(bytes(one)) for one in Entry.objects.values_list("entry", flat=True)] == [
        leaf.LARGEST_WRITTEN
    ]
    with pytest.raises(EntryTooLong):
        append.append(draft(facts={**facts, "rest": facts["rest"] + "x"}))


def _length(facts: dict[str, str]) -> int:
    said = {"act": "unit.add", "by": {"task": "tests"}, "c": {}, "fact": facts, "id": "0" * 32, "law": None,
            "obj": [], "t": 1_790_000_000, "v": 1}  # fmt: skip
    return len(leaf.canonical(said))


def test_case_57_an_entry_over_65535_bytes_is_refused_by_the_format() -> None:
    assert len(tiles.encode_bundle([b"x" * 65_535])) == 65_537
    with pytest.raises(MalformedError, match="65,?53[56]"):
        tiles.encode_bundle([b"x" * 65_536])


def test_case_57_the_24_rows_of_an_act_are_its_most(cast: Cast) -> None:
    rows = [cast.unit(f"Unit {number}") for number in range(25)]
    record_acts.restate(by=SYSTEM, rows=rows[:24])
    with pytest.raises(ValueError, match=r"record\.restate changed 25 rows; split it"):
        record_acts.restate(by=SYSTEM, rows=rows)
