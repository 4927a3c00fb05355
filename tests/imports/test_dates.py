"""Dates as people write them: read where they are one day, asked about where they are two."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.imports.dates import Ambiguous, NotADate, Order, order_of, parse

DAY = date(2024, 2, 13)


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-13",
        "2024/2/13",
        "2024.02.13",
        "20240213",
        "2024-02-13T10:00:00Z",
        "2024-02-13 00:00:00",
        "13/02/2024",
        "13.02.2024",
        "13-02-2024",
        "02/13/2024",
        "2/13/2024 2:05 PM",
        "13/02/24",
        "13 Feb 2024",
        "13-FEB-24",
        "Feb. 13, 2024",
        "February 13th, 2024",
        "Tuesday, February 13, 2024",
        "13 février 2024",
        "13 fevr. 2024",
        "mardi 13 février 2024",
        "mar. 13 févr. 2024",
        "le 13 février 2024 à 10 h 30",
        "2024 Feb 13",
        "45335",
        "45335.5",
        "２０２４-０２-１３",
        " 2024-02-13\u200b",
    ],
)
def test_a_date_that_is_one_day_is_read_however_it_is_written(text: str) -> None:
    assert parse(text) == DAY


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1er janvier 2024", 1),
        ("1 fév 2024", 2),
        ("1 mars 2024", 3),
        ("1 Mar 2024", 3),
        ("1 avr. 2024", 4),
        ("1 mai 2024", 5),
        ("1 May 2024", 5),
        ("1 juin 2024", 6),
        ("1 Jun 2024", 6),
        ("1 juil. 2024", 7),
        ("1 Jul 2024", 7),
        ("1er août 2024", 8),
        ("Sept. 1 2024", 9),
        ("1 oct 2024", 10),
        ("1 nov. 2024", 11),
        ("1 déc. 2024", 12),
    ],
)
def test_months_are_known_in_english_and_french_and_short(text: str, month: int) -> None:
    assert parse(text) == date(2024, month, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31/02/2024",
        "2024",
        "2024-02",
        "12345",
        "4711",
        "13 jui 2024",
        "1/2/3/2024",
        "0/0/2024",
        "x" * 9999,
    ],
)
def test_what_is_no_date_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(NotADate, match="Write it as in 2024-12-31."):
        parse(text)


def test_a_date_that_may_be_two_days_is_refused_until_the_order_is_known() -> None:
    with pytest.raises(NotADate, match="can be several days"):
        parse("03/04/2024")
    assert parse("03/04/2024", Order.DAY_FIRST) == date(2024, 4, 3)
    assert parse("03/04/2024", Order.MONTH_FIRST) == date(2024, 3, 4)


def test_a_date_that_contradicts_the_order_of_its_column_is_refused() -> None:
    with pytest.raises(NotADate, match="is not written like the others"):
        parse("02/13/2024", Order.DAY_FIRST)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["03/04/2024", "13/02/2024"], Order.DAY_FIRST),
        (["03/04/2024", "02/13/2024"], Order.MONTH_FIRST),
        (["03-04-24", "99-04-24"], Order.YEAR_FIRST),
        (["03-04-24", "13-04-85"], Order.DAY_FIRST),
        (["2024-03-04", "5 May 2024", "45335", "", "unknown"], None),
        (["02/02/2024"], None),
        ([], None),
    ],
)
def test_the_order_of_a_column_comes_from_its_unambiguous_values(
    values: list[str], order: Order | None
) -> None:
    assert order_of(values) == order


def test_a_column_that_nothing_settles_is_asked_about_with_both_days() -> None:
    found = order_of(["2024-01-01", "03/04/2024", "05/06/2024"])
    assert found == Ambiguous((Order.DAY_FIRST, Order.MONTH_FIRST), "03/04/2024")
    assert str(found) == (
        "“03/04/2024” can be 3 April 2024 or 4 March 2024. Say which, or write the dates as in 2024-12-31."
    )


def test_a_column_that_mixes_two_orders_is_asked_about_with_one_of_each() -> None:
    found = order_of(["13/02/2024", "03/04/2024", "02/13/2024"])
    assert isinstance(found, Ambiguous)
    assert {found.example, found.contradicts} == {"13/02/2024", "02/13/2024"}
    assert "are not all written the same way" in str(found)


def test_a_year_of_two_digits_between_hyphens_may_come_first_and_is_asked_about() -> None:
    found = order_of(["13-02-24"])
    assert isinstance(found, Ambiguous)
    assert found.orders == (Order.DAY_FIRST, Order.YEAR_FIRST)


def test_two_digits_of_a_year_mean_1969_to_2068() -> None:
    assert parse("31/12/68", Order.DAY_FIRST) == date(2068, 12, 31)
    assert parse("31/12/69", Order.DAY_FIRST) == date(1969, 12, 31)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y %H:%M"]))
def test_any_day_written_day_first_is_read_back_day_first(day: date, form: str) -> None:
    assert parse(day.strftime(form), Order.DAY_FIRST) == day


@given(st.dates(min_value=date(1000, 1, 1)))
def test_any_day_in_iso_form_is_read_back_in_every_order(day: date) -> None:
    assert {parse(day.isoformat(), order) for order in (None, *Order)} == {day}


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        assert isinstance(parse(text), date)
    except NotADate:
        assert not isinstance(order_of([text]), Order) or order_of([text])
