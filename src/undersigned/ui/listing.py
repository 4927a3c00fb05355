"""A list page: columns that sort by link, filters kept in the address, keyset pages, the same list as CSV.

listing = Listing(request, accounts_for(actor), COLUMNS, order=("handle", "pk"), filters=AccountFilters)
if listing.wants_csv:
    return listing.csv("accounts", cells=_cells)
return render(request, "accounts/list.html", {"listing": listing})
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from undersigned.ui import keyset, spreadsheet
from undersigned.ui.forms import FilterForm
from undersigned.ui.keyset import Row
from undersigned.ui.words import Words

SORT, CURSOR, FORMAT = "sort", "at", "format"
NOT_KEPT = (CURSOR, FORMAT)


@dataclass(frozen=True)
class Column:
    """``sort`` names the fields a click orders by, without the final "pk", which is added; empty: not sortable."""

    key: str
    label: Words
    sort: Sequence[str] = ()
    kind: Literal["text", "number"] = "text"


@dataclass(frozen=True)
class Heading:
    """A column as the head of the table shows it. ``sorted`` is "", "ascending" or "descending"."""

    column: Column
    url: str
    sorted: str


class Listing(Generic[Row]):
    """One request's view of a list. Reads one page and no more."""

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[Row],
        columns: Sequence[Column],
        *,
        order: Sequence[str],
        filters: type[FilterForm] | None = None,
        size: int = keyset.PAGE,
        offers_csv: bool = True,
    ) -> None:
        self.request = request
        self.columns = list(columns)
        self.size = size
        self.offers_csv = offers_csv
        self._rows = rows
        self._order = tuple(order)
        self.filters = filters(request.GET or None) if filters else None

    @cached_property
    def narrowed(self) -> QuerySet[Row]:
        """All rows of the list as filtered; unusable filters show their error and narrow nothing."""
        if self.filters is None or not self.filters.is_bound or not self.filters.is_valid():
            return self._rows
        return self.filters.narrow(self._rows)

    @cached_property
    def page(self) -> keyset.Page[Row]:
        cursor = self.request.GET.get(CURSOR, "")
        return keyset.page(self.narrowed, self.ordering, size=self.size, cursor=cursor)

    @property
    def rows(self) -> list[Row]:
        return self.page.rows

    @cached_property
    def ordering(self) -> tuple[str, ...]:
        asked = self.request.GET.get(SORT, "")
        column = self._sortable.get(asked.lstrip("-"))
        if column is None:
            return self._order
        fields = tuple(column.sort)
        return (*(map(_turned, fields) if asked.startswith("-") else fields), "pk")

    @property
    def headings(self) -> list[Heading]:
        return [Heading(column, self._sort_url(column), self._sorted(column)) for column in self.columns]

    @property
    def next_url(self) -> str:
        return self.url_with(**{CURSOR: self.page.next}) if self.page.next else ""

    @property
    def previous_url(self) -> str:
        return self.url_with(**{CURSOR: self.page.previous}) if self.page.previous else ""

    @property
    def first_url(self) -> str:
        """Empty on the first page itself."""
        return self.url_with() if self.page.previous else ""

    @property
    def csv_url(self) -> str:
        return self.url_with(**{FORMAT: "csv"}) if self.offers_csv else ""

    @property
    def wants_csv(self) -> bool:
        return self.offers_csv and self.request.GET.get(FORMAT) == "csv"

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is set, so that "nothing here" can tell "nothing yet" from "nothing like that"."""
        return any(value for key, value in self.request.GET.items() if key not in (SORT, *NOT_KEPT))

    @property
    def sort_asked(self) -> str:
        """Kept by the filter row as a hidden field."""
        return self.request.GET.get(SORT, "")

    @cached_property
    def cell_frames(self) -> dict[tuple[str, bool], tuple[SafeString, SafeString]]:
        """By column and whether it names the row, what stands before and after a cell: the same in every row."""
        return {(column.key, head): _frame(column, head) for column in self.columns for head in (True, False)}

    def csv(self, name: str, cells: Callable[[Row], Iterable[object]]) -> StreamingHttpResponse:
        """The whole list as filtered and ordered, one line a row."""
        rows = self.narrowed.order_by(*self.ordering).iterator(chunk_size=500)
        return spreadsheet.csv_response(name, [column.label for column in self.columns], map(cells, rows))

    def url_with(self, **changed: str) -> str:
        """This list's address with the same filters and order, and what is given here."""
        query = self.request.GET.copy()
        for key in NOT_KEPT:
            query.pop(key, None)
        for key, value in changed.items():
            query[key] = value
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    @cached_property
    def _sortable(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns if column.sort}

    def _sorted(self, column: Column) -> str:
        if not column.sort:
            return ""
        if self.ordering[0] == column.sort[0]:
            return "ascending"
        return "descending" if self.ordering[0] == _turned(column.sort[0]) else ""

    def _sort_url(self, column: Column) -> str:
        if not column.sort:
            return ""
        turn = self._sorted(column) == "ascending"
        return self.url_with(**{SORT: f"-{column.key}" if turn else column.key})


def _frame(column: Column, head: bool) -> tuple[SafeString, SafeString]:
    tag = "th" if head else "td"
    role = SafeString('role="rowheader" scope="row"' if head else 'role="cell"')
    kind = SafeString(' class="u-number"') if column.kind == "number" else ""
    return (
        format_html('<{} {} data-label="{}"{}>', tag, role, column.label, kind),
        format_html("</{}>", tag),
    )


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"
