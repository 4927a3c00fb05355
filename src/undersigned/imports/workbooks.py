"""Workbooks (XLSX, ODS, XLS), read by another process and handed on row by row.

The rows wait in a temporary file without a name, which is gone when the last who reads it lets go.
"""

import json
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from undersigned.imports.archives import damaged
from undersigned.imports.row import Findings, Limits, Record, Unreadable, empty, too_many_rows

PROCESS = Path(__file__).with_name("workbook_process.py")


class Workbook:
    """The first worksheet with a table in it, and the names of those that were not read."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the workbook
        weakref.finalize(self, self._spool.close)
        _print_into(self._spool, path, limits)
        told = json.loads(self._spool.readline() or b"{}")
        self._start = self._spool.tell()
        if "refused" in told or not told:
            raise _refusal(told.get("refused"), limits)
        self.worksheet: str = told["worksheet"]
        self.others: list[str] = told["others"]

    def records(self, findings: Findings) -> Iterator[Record]:
        number = 0
        for batch in self._batches():
            for row, _place in batch["rounded"]:
                findings.add(row, _rounded())
            for cells in batch["rows"]:
                number += 1
                yield Record(number, cells)

    def _batches(self) -> Iterator[dict[str, Any]]:
        """Each batch of rows. Keeps its own place, since several may read at once."""
        place = self._start
        while True:
            self._spool.seek(place)
            line = self._spool.readline()
            if not line:
                return
            place = self._spool.tell()
            yield json.loads(line)


def _print_into(spool: IO[bytes], path: Path, limits: Limits) -> None:
    told = map(str, (limits.memory, limits.seconds, limits.rows))
    command = [sys.executable, "-I", str(PROCESS), *told]
    with path.open("rb") as file:
        try:
            done = subprocess.run(  # noqa: S603 - our own program, no text of the user's in the command
                command,
                stdin=file,
                stdout=spool,
                stderr=subprocess.DEVNULL,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _too_heavy() from error
    if done.returncode > 0:
        raise damaged()
    if done.returncode < 0:
        raise _too_heavy()
    spool.seek(0)


def _refusal(why: str | None, limits: Limits) -> Unreadable:
    if why == "password":
        return Unreadable(_("This workbook is locked with a password. Save it without one and try again."))
    if why == "empty":
        return empty()
    if why == "rows":
        return too_many_rows(limits)
    return _too_heavy() if why == "memory" else damaged()


def _rounded() -> str:
    return _(
        "This row holds a number of more than 15 digits, and spreadsheet programs keep only 15, so its end is "
        "lost. Format the column as text and enter it again."
    )


def _too_heavy() -> Unreadable:
    return Unreadable(
        _(
            "This workbook could not be opened within the memory and time allowed. Nothing was read. "
            "Save its one worksheet as CSV and bring that."
        )
    )
