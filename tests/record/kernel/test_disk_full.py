"""Case 53: the disk is full. An act happens whole or not at all, people are told, and next time it works."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from tests.cast import SYSTEM, Cast, filled

from undersigned.people import acts
from undersigned.people.models import Unit
from undersigned.people.states import Office
from undersigned.record import sequence

pytestmark = pytest.mark.django_db(transaction=True)


def entries() -> int:
    return number("SELECT count(*) FROM record_entry")


def number(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def fill_the_disk(cast: Cast) -> None:
    """Acts until there is no page left for another."""
    run(f"PRAGMA max_page_count = {number('PRAGMA page_count')}")
    for turn in range(2_000):
        acts.add_unit(by=SYSTEM, name=f"Unit {turn} {'x' * 150}", parent=cast.unit())


def test_case_53_on_sqlite_the_act_fails_whole_and_works_once_there_is_room(sqlite: None, cast: Cast) -> None:
    cast.unit()
    try:
        with pytest.raises(DatabaseError, match="full"):
            fill_the_disk(cast)
        assert entries() == number("SELECT count(DISTINCT act_id) FROM record_entry")
        assert number("SELECT count(*) FROM record_entry WHERE act = 'unit.add'") == Unit.objects.count()
        assert number("SELECT count(*) FROM record_intake") == 0
    finally:
        run("PRAGMA max_page_count = 1073741823")
    before = entries()
    acts.add_unit(by=SYSTEM, name="There is room again", parent=cast.unit())
    assert entries() == before + 1


def test_case_53_the_person_is_told_that_nothing_was_done(sqlite: None, cast: Cast) -> None:
    browser = cast.browser(Office.ADMINISTRATOR)
    browser.raise_request_exception = False
    browser.get("/units/")
    try:
        with pytest.raises(DatabaseError, match="full"):
            fill_the_disk(cast)
        told = browser.post(
            "/units/add/", filled(name="A" * 190, unit_kind="department", parent=cast.unit().pk)
        )
        assert told.status_code == 500
        assert "Nothing of what you just sent was kept" in told.content.decode()
    finally:
        run("PRAGMA max_page_count = 1073741823")
    assert not Unit.objects.filter(name="A" * 190).exists()


def test_case_53_on_postgresql_the_act_stays_in_the_intake_until_there_is_room(
    postgresql: None, cast: Cast
) -> None:
    cast.unit()
    before = entries()
    run(
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full'; END $$"
    )
    run("CREATE TRIGGER no_room BEFORE INSERT ON record_entry EXECUTE FUNCTION no_room()")
    try:
        unit = acts.add_unit(by=SYSTEM, name="Done, and not sequenced yet", parent=cast.unit())
        assert entries() == before
        assert number("SELECT count(*) FROM record_intake") == 1
        with pytest.raises(DatabaseError, match="no space"):
            sequence.sweep()
    finally:
        run("DROP FUNCTION no_room CASCADE")
    assert sequence.sweep() == 1
    assert entries() == before + 1
    assert Unit.objects.filter(pk=unit.pk).exists()
