"""Pages of a list by key instead of by number: page 4,000 costs what page 1 costs, and nothing is counted.

The address carries a signed cursor: the values of the ordering fields at the edge of the page. It tells nothing
that the page does not show, and it cannot be altered to ask the database something else.
"""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, SuspiciousOperation
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

Row = TypeVar("Row", bound=Model)
Values = list[Any]

PAGE = 50
_SALT = "undersigned.ui.keyset"


class BadCursor(SuspiciousOperation):
    """The place in the list cannot be read: an altered or foreign address. Answered with 400."""


@dataclass(frozen=True)
class Key:
    """One ordering field. Absent values lie at the end of every list, whichever way it is ordered."""

    field: str
    falling: bool
    may_be_absent: bool

    def ordering(self, backwards: bool) -> OrderBy:
        down = self.falling is not backwards
        placed: dict[str, bool] = {}
        if self.may_be_absent:
            placed = {"nulls_first": True} if backwards else {"nulls_last": True}
        return F(self.field).desc(**placed) if down else F(self.field).asc(**placed)

    def same(self, value: object) -> Q:
        return Q(**{f"{self.field}__isnull": True}) if value is None else Q(**{self.field: value})

    def further(self, value: object, backwards: bool) -> Q | None:
        """Past this value; None where nothing can be."""
        if value is None:
            return Q(**{f"{self.field}__isnull": False}) if backwards else None
        return self._past(value, backwards, "")

    def bound(self, value: object, backwards: bool) -> Q:
        return Q() if value is None else self._past(value, backwards, "e")

    def _past(self, value: object, backwards: bool, or_equal: str) -> Q:
        down = self.falling is not backwards
        past = Q(**{f"{self.field}__{'lt' if down else 'gt'}{or_equal}": value})
        if self.may_be_absent and not backwards:
            past |= Q(**{f"{self.field}__isnull": True})
        return past


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows, and cursors for the pages on either side ("" where there is none)."""

    rows: list[Row]
    next: str
    previous: str


def page(rows: QuerySet[Row], order: Sequence[str], *, size: int = PAGE, cursor: str = "") -> Page[Row]:
    """One page of ``rows`` ordered by ``order`` ("name", "-opened_at", "unit__name"); absent values come last.

    The last field must be unique (usually "pk"), else rows could hide between pages. Raises BadCursor.
    """
    backwards, values = _opened(cursor, order) if cursor else (False, None)
    keys = [Key(name.lstrip("-"), name.startswith("-"), _may_be_absent(rows.model, name)) for name in order]
    found = rows.order_by(*(key.ordering(backwards) for key in keys))
    if values is not None:
        found = found.filter(_beyond(keys, values, backwards))
    taken = list(found[: size + 1])
    more, taken = len(taken) > size, taken[:size]
    if backwards:
        taken.reverse()
    return Page(
        rows=taken,
        next=_sealed(order, taken[-1], False) if taken and (more or backwards) else "",
        previous=_sealed(order, taken[0], True) if taken and (more if backwards else bool(cursor)) else "",
    )


def _may_be_absent(model: type[Model], name: str) -> bool:
    """Whether a field on the way can be NULL. An annotation says nothing about itself, so it may be."""
    for step in name.lstrip("-").split("__"):
        try:
            field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        except FieldDoesNotExist:
            return True
        if field is None or field.null:
            return True
        model = field.related_model if isinstance(field.related_model, type) else model
    return False


def _beyond(keys: list[Key], values: Values, backwards: bool) -> Q:
    """Rows after (or before) the edge: further in the first key, or equal there and further in the next, …

    The bound on the first key alone says nothing new; it lets the database start in the middle of its index.
    """
    steps: list[Q] = []
    equal = Q()
    for key, value in zip(keys, values, strict=True):
        further = key.further(value, backwards)
        if further is not None:
            steps.append(equal & further)
        equal &= key.same(value)
    return keys[0].bound(values[0], backwards) & reduce(or_, steps)


def _sealed(order: Sequence[str], row: Model, backwards: bool) -> str:
    values = [_written(_value(row, name.lstrip("-"))) for name in order]
    return signing.dumps([list(order), backwards, values], salt=_SALT, compress=True)


def _opened(cursor: str, order: Sequence[str]) -> tuple[bool, Values]:
    try:
        made_for, backwards, values = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature as error:
        raise BadCursor(
            _("The place in the list could not be read. Open the list again from its start.")
        ) from error
    if made_for != list(order):
        raise BadCursor(
            _("The place belongs to another order of the list. Open the list again from its start.")
        )
    return backwards, [_read(value) for value in values]


def _value(row: Model, path: str) -> Any:
    """Follows ``unit__name``; a missing relation gives None, as the database's outer join does."""
    return reduce(lambda thing, name: None if thing is None else getattr(thing, name), path.split("__"), row)


_READERS: dict[str, Callable[[str], Any]] = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "Decimal": decimal.Decimal,
    "UUID": uuid.UUID,
}


def _written(value: object) -> object:
    if value is None or isinstance(value, (str, int, float)):
        return value
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    return [type(value).__name__, text]


def _read(value: Any) -> Any:
    return _READERS[value[0]](value[1]) if isinstance(value, list) else value
