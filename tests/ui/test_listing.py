from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

LIST = "/showcase/list/"


@pytest.fixture(autouse=True)
def _twenty_kinds(db: None) -> None:
    ContentType.objects.all().delete()
    ContentType.objects.bulk_create(
        ContentType(app_label=f"room{number % 3}", model=f"kind{number:02}") for number in range(20)
    )


def _shown(text: str) -> list[str]:
    return [str(name) for name in html.fromstring(text).xpath("//tbody//th//text()") if str(name).strip()]


def _link(text: str, words: str) -> str:
    [link] = html.fromstring(text).xpath(f"//a[normalize-space()='{words}']/@href")
    return str(link)


def test_the_first_page_shows_as_many_rows_as_a_page_holds(mara: Client) -> None:
    assert _shown(mara.get(LIST).text) == [f"kind{number:02}" for number in range(8)]


def test_next_leads_on_and_previous_leads_back(mara: Client) -> None:
    second = mara.get(_link(mara.get(LIST).text, "Next page")).text
    assert _shown(second) == [f"kind{number:02}" for number in range(8, 16)]
    assert _shown(mara.get(_link(second, "Previous page")).text)[0] == "kind00"
    assert _link(second, "First page") == LIST


def test_a_heading_sorts_and_the_same_heading_turns_the_order(mara: Client) -> None:
    assert _shown(mara.get(LIST, {"sort": "-model"}).text)[0] == "kind19"
    rising = mara.get(LIST, {"sort": "model"}).text
    assert 'aria-sort="ascending"' in rising
    assert _link(rising, "Kind") == f"{LIST}?sort=-model"


def test_a_column_that_does_not_sort_is_no_link(mara: Client) -> None:
    assert html.fromstring(mara.get(LIST).text).xpath("//thead//a[normalize-space()='Standing']") == []


def test_an_unknown_order_in_the_address_is_passed_over(mara: Client) -> None:
    assert _shown(mara.get(LIST, {"sort": "password"}).text)[0] == "kind00"


def test_filters_stay_in_the_address_of_every_link(mara: Client) -> None:
    text = mara.get(LIST, {"app": "room1", "sort": "-model"}).text
    assert _shown(text) == ["kind19", "kind16", "kind13", "kind10", "kind07", "kind04", "kind01"]
    query = parse_qs(urlsplit(_link(text, "Download this list as CSV")).query)
    assert query == {"app": ["room1"], "sort": ["-model"], "format": ["csv"]}
    assert '<input type="hidden" name="sort" value="-model">' in text


def test_nothing_like_that_is_told_apart_from_nothing_yet(mara: Client) -> None:
    assert "Nothing like that" in mara.get(LIST, {"app": "nowhere"}).text
    ContentType.objects.all().delete()
    assert "No kinds yet" in mara.get(LIST).text


def test_the_download_is_the_whole_list_as_filtered_and_ordered(mara: Client) -> None:
    response = mara.get(LIST, {"app": "room1", "sort": "-model", "format": "csv"})
    lines = response.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "Kind,Room,Standing,Number"
    assert [line.split(",")[0] for line in lines[1:]] == [f"kind{number:02}" for number in range(19, 0, -3)]
    assert re.fullmatch(r'attachment; filename="kinds-\d{4}-\d\d-\d\d\.csv"', response["Content-Disposition"])


def test_an_altered_place_is_answered_with_400_and_words(mara: Client) -> None:
    response = mara.get(LIST, {"at": "tampered"})
    assert response.status_code == 400
    assert "Open the list again from its start" in response.text


@pytest.mark.parametrize("rows", [1, 50])
def test_a_list_costs_the_same_number_of_queries_however_many_rows_it_has(
    mara: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    ContentType.objects.all().delete()
    ContentType.objects.bulk_create(
        ContentType(app_label="room", model=f"m{number}") for number in range(rows)
    )
    with django_assert_num_queries(1):
        mara.get(LIST)


def test_every_cell_carries_the_name_of_its_column_for_cards_on_a_phone(mara: Client) -> None:
    row = html.fromstring(mara.get(LIST).text).xpath("//tbody/tr")[0]
    assert row.xpath("./*/@data-label") == ["Kind", "Room", "Standing", "Number"]
