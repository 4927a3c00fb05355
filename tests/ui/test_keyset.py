"""Pages by key, tried on the table of kinds, which every database has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import Case, F, IntegerField, QuerySet, When
from django.db.models.functions import Mod
from pytest_django import DjangoAssertNumQueries

from undersigned.ui import keyset
from undersigned.ui.keyset import BadCursor

pytestmark = pytest.mark.django_db

ORDERS = [
    ("pk",),
    ("-pk",),
    ("model", "pk"),
    ("-model", "-pk"),
    ("-app_label", "model", "pk"),
    ("third", "pk"),
    ("-third", "pk"),
    ("third", "-app_label", "pk"),
]


def kinds() -> QuerySet[ContentType]:
    """``third`` is absent in every third row."""
    third = Case(When(left__gt=0, then=F("left")), default=None, output_field=IntegerField())
    return ContentType.objects.annotate(left=Mod(F("pk"), 3)).annotate(third=third)


def walk(order: tuple[str, ...], size: int) -> Iterator[keyset.Page[ContentType]]:
    cursor = ""
    while True:
        page = keyset.page(kinds(), order, size=size, cursor=cursor)
        yield page
        if not page.next:
            return
        cursor = page.next


@pytest.mark.parametrize("size", [1, 4, 1000])
@pytest.mark.parametrize("order", ORDERS, ids=",".join)
def test_walking_forward_shows_every_row_once_and_in_order(order: tuple[str, ...], size: int) -> None:
    whole = keyset.page(kinds(), order, size=1000).rows
    assert len(whole) == ContentType.objects.count()
    assert [row for page in walk(order, size) for row in page.rows] == whole


@pytest.mark.parametrize("order", ORDERS, ids=",".join)
def test_walking_back_from_the_last_page_shows_the_same_rows(order: tuple[str, ...]) -> None:
    pages = list(walk(order, 4))
    back = pages[-1]
    for expected in reversed(pages[:-1]):
        back = keyset.page(kinds(), order, size=4, cursor=back.previous)
        assert back.rows == expected.rows
    assert back.previous == ""


def test_rows_with_an_absent_value_come_last_whichever_way_the_list_is_ordered() -> None:
    for order in (("third", "pk"), ("-third", "pk")):
        absent = [row.third is None for row in keyset.page(kinds(), order, size=1000).rows]
        assert absent == sorted(absent)


def test_a_row_that_arrives_before_the_place_moves_nothing_on_the_next_page() -> None:
    first = keyset.page(kinds(), ("model", "pk"), size=4)
    expected = keyset.page(kinds(), ("model", "pk"), size=4, cursor=first.next).rows
    ContentType.objects.create(app_label="aaa", model="aaa")
    assert keyset.page(kinds(), ("model", "pk"), size=4, cursor=first.next).rows == expected


def test_a_page_is_one_query_and_counts_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1) as asked:
        keyset.page(kinds(), ("model", "pk"), size=4)
    assert "count(" not in asked.captured_queries[0]["sql"].lower()


def test_an_empty_list_is_a_page_without_neighbours() -> None:
    page = keyset.page(ContentType.objects.none(), ("pk",))
    assert (page.rows, page.next, page.previous) == ([], "", "")


OTHER_PLACE = signing.dumps([["pk"], False, [1]], salt="another")


@pytest.mark.parametrize(
    "cursor", ["x", "", "a:b:c", pytest.param(OTHER_PLACE, id="signed for another place")]
)
def test_a_place_that_was_not_given_out_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor, match="Open the list again from its start"):
        keyset.page(kinds(), ("pk",), cursor=cursor or "?")


def test_a_place_in_one_order_is_no_place_in_another() -> None:
    cursor = keyset.page(kinds(), ("pk",), size=1).next
    with pytest.raises(BadCursor, match="another order"):
        keyset.page(kinds(), ("-pk",), cursor=cursor)


@pytest.mark.parametrize(
    "value", [None, 3, "Zoë", 2.5, dt.date(2026, 3, 12), dt.datetime(2026, 3, 12, tzinfo=dt.UTC)]
)
def test_values_of_every_kind_come_back_from_the_address_as_they_were(value: object) -> None:
    assert keyset._read(keyset._written(value)) == value
