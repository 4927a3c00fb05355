"""The parts that every reader in this room is made of: a row, a problem, the limits, and the refusal."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

MEBIBYTE = 2**20


class Unreadable(Exception):
    """The file cannot be read at all. The message is a sentence for the person who brought the file.

    It may also be raised while rows are being read, when a file turns out to be cut off or larger than
    allowed. Nothing of such a file may be applied: read to the end before writing.
    """


@dataclass(frozen=True, slots=True)
class Row:
    """One row, its cells as trimmed text by column name.

    ``number`` is what a person sees in their own program: in a table the first line is row 1, in YAML
    and JSON the first record is 1.
    """

    number: int
    cells: dict[str, str]


class Record(NamedTuple):
    """The cells of one row as they stand in the file, numbered as a person counts rows."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the file or with one row, and what to do: a whole sentence."""

    row: int | None
    field: str | None
    what: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before the reader refuses. Sizes are in bytes unless the name says otherwise.

    The defaults leave room for a roster of 300,000 people; each limit bounds memory or time against a
    file that was damaged, mistaken for a table, or made to do harm.
    """

    file: int = 100 * MEBIBYTE
    inflated: int = 512 * MEBIBYTE
    yaml: int = 5 * MEBIBYTE
    json_object: int = 16 * MEBIBYTE
    memory: int = 1024 * MEBIBYTE
    seconds: int = 120
    rows: int = 1_000_000
    columns: int = 1_000
    cell_characters: int = 5_000
    line_characters: int = 16 * MEBIBYTE
    record_characters: int = MEBIBYTE
    depth: int = 20
    problems: int = 1_000


@dataclass(slots=True)
class Findings:
    """Collects problems while a file is read, at most ``most`` of them, and counts the rest."""

    most: int
    problems: list[Problem] = field(default_factory=list)
    set_aside: list[int] = field(default_factory=list)
    unlisted: int = 0

    def add(self, row: int | None, what: str, *, field: str | None = None) -> None:
        if len(self.problems) < self.most:
            self.problems.append(Problem(row, field, what))
        else:
            self.unlisted += 1

    def put_aside(self, row: int, what: str) -> None:
        """Report a row that is not handed on, because its cells cannot be told apart."""
        self.set_aside.append(row)
        self.add(row, what)

    def close(self) -> None:
        """Say how many problems were found beyond those listed."""
        if self.unlisted:
            said = _("%(count)d further problems were found and are not listed. Correct these first.")
            self.problems.append(Problem(None, None, said % {"count": self.unlisted}))
            self.unlisted = 0


def empty() -> Unreadable:
    return Unreadable(_("The file holds no rows. Choose a file with column names and at least one row."))


def too_many_rows(limits: Limits) -> Unreadable:
    said = _(
        "This file has more than %(most)d rows. Nothing was applied. Split it into several files, "
        "or remove the rows that are not needed."
    )
    return Unreadable(said % {"most": limits.rows})
