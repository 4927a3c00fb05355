"""Dates as people write them, where ``03/04/2024`` is two different days.

The order of day and month is decided for a whole column, from those of its values that can only be read one
way. Where none settles it, the answer is ``Ambiguous``: the person is asked, and nothing is guessed.
"""

import datetime
import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from undersigned.imports.text import without_accents

TIME = re.compile(r"(?:\s+(?:a\s+|at\s+)?|(?<=\d)t)\d{1,2}(?::|\s?h\s?)\d{2}.*$")
YEAR_IN_FRONT = re.compile(r"(\d{4})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{1,2})")
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
NUMBERS = re.compile(r"(\d{1,2})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
WORDS = re.compile(r"[a-z]+|\d+")
DAY_ENDINGS = frozenset({"st", "nd", "rd", "th", "er", "e", "of", "de", "le", "the"})

SERIAL_ZERO = datetime.date(1899, 12, 30)
SERIALS = range(18264, 73051)
"""Day numbers of spreadsheet programs, from 1950 to 2099. Smaller and larger numbers are other things."""

MONTHS = (
    ("january", "janvier"),
    ("february", "fevrier"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "aout"),
    ("september", "septembre"),
    ("october", "octobre"),
    ("november", "novembre"),
    ("december", "decembre"),
)
WEEKDAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
)


class Order(enum.StrEnum):
    """Which part of a date made of numbers comes first. ``YEAR_FIRST`` concerns years of two digits only."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"


class NotADate(ValueError):
    """A value that is no date, or not one day only. The message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A column whose dates can be read in several orders, with a value and the days it may be.

    ``contradicts`` is a value that needs another order than ``example`` does: the column mixes them.
    """

    orders: tuple[Order, ...]
    example: str
    contradicts: str | None = None

    def __str__(self) -> str:
        if self.contradicts:
            said = _(
                "The dates in this column are not all written the same way: “%(one)s” and “%(other)s” do not "
                "agree. Write them as in 2024-12-31."
            )
            return said % {"one": self.example, "other": self.contradicts}
        found = readings(self.example)
        days = [date_format(found[order], "j F Y") for order in self.orders]
        said = _("“%(example)s” can be %(days)s. Say which, or write the dates as in 2024-12-31.")
        return said % {"example": self.example, "days": _(" or ").join(dict.fromkeys(days))}


def order_of(values: Iterable[str]) -> Order | Ambiguous | None:
    """The order of a column's dates, or None when no value depends on it.

    Values that are no dates at all are passed over: ``parse`` reports them, row by row.
    """
    left = set(Order)
    against: dict[Order, str] = {}
    differ: dict[tuple[Order, Order], str] = {}
    for value in values:
        found = readings(value)
        if not found:
            continue
        for order in left - found.keys():
            against[order] = value
        left &= found.keys()
        for pair in combinations(found, 2):
            if found[pair[0]] != found[pair[1]]:
                differ.setdefault(pair, value)
    return _settled(left, against, differ)


def _settled(
    left: set[Order], against: dict[Order, str], differ: dict[tuple[Order, Order], str]
) -> Order | Ambiguous | None:
    if not left:
        return Ambiguous(tuple(Order), against[Order.DAY_FIRST], against[Order.MONTH_FIRST])
    open_ = [pair for pair in differ if left.issuperset(pair)]
    if open_:
        return Ambiguous(tuple(order for order in Order if order in left), differ[open_[0]])
    return next(order for order in Order if order in left) if differ or len(left) == 1 else None


def parse(text: str, order: Order | None = None) -> datetime.date:
    """The day that a text means, its time of day left out. Raises NotADate, with what to write instead.

    Two digits of a year mean 1969 to 2068, as in POSIX.
    """
    found = readings(text)
    if not found:
        said = _("“%(text)s” is not a date. Write it as in 2024-12-31.")
        raise NotADate(said % {"text": text[:40]})
    days = set(found.values())
    if order in found:
        return found[order]
    if order is None and len(days) == 1:
        return days.pop()
    said = _("“%(text)s” can be several days, or is not written like the others. Write it as in 2024-12-31.")
    raise NotADate(said % {"text": text[:40]})


def readings(text: str) -> dict[Order, datetime.date]:
    """Every day that a text can mean, by the order that gives it. A plain date is the same in each."""
    written = TIME.sub("", without_accents(text[:100]))
    if numbers := NUMBERS.fullmatch(written):
        return _by_order(int(numbers[1]), int(numbers[3]), numbers[4], numbers[2])
    day = _plain(written) or _named(written)
    return dict.fromkeys(Order, day) if day else {}


def _by_order(first: int, second: int, last: str, separator: str) -> dict[Order, datetime.date]:
    """Two digits of a year come first only between hyphens, as the Canadian standard once had it."""
    year = _full_year(last)
    possible = {Order.DAY_FIRST: _day(year, second, first), Order.MONTH_FIRST: _day(year, first, second)}
    if len(last) == 2 and separator == "-":
        possible[Order.YEAR_FIRST] = _day(_full_year(f"{first:02}"), second, int(last))
    return {order: day for order, day in possible.items() if day}


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= 69 else 2000)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _plain(written: str) -> datetime.date | None:
    """A date that begins with its year, or the day number of a spreadsheet program."""
    if found := YEAR_IN_FRONT.fullmatch(written) or COMPACT.fullmatch(written):
        return _day(*map(int, found.groups()))
    serial = SERIAL.fullmatch(written)
    if serial and int(serial[1]) in SERIALS:
        return SERIAL_ZERO + datetime.timedelta(days=int(serial[1]))
    return None


def _named(written: str) -> datetime.date | None:
    """A date whose month is a word: the year is the number of four digits, or else the last."""
    words = [word for word in WORDS.findall(written) if word not in DAY_ENDINGS]
    if len(words) == 4 and any(weekday.startswith(words[0]) for weekday in WEEKDAYS):
        words = words[1:]
    months = [MONTH_WORDS[word] for word in words if word in MONTH_WORDS]
    numbers = [word for word in words if word.isdigit()]
    if len(words) != 3 or len(months) != 1 or len(numbers) != 2:
        return None
    day, year = reversed(numbers) if len(numbers[0]) == 4 else numbers
    return _day(_full_year(year), months[0], int(day)) if len(year) in {2, 4} and len(day) <= 2 else None


def _month_words() -> dict[str, int]:
    """Each month's names and their beginnings, from three letters on, where only one month begins so."""
    meant: dict[str, set[int]] = {}
    for number, names in enumerate(MONTHS, start=1):
        for name in names:
            for length in range(3, len(name) + 1):
                meant.setdefault(name[:length], set()).add(number)
    return {word: numbers.pop() for word, numbers in meant.items() if len(numbers) == 1}


MONTH_WORDS = _month_words()
