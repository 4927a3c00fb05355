"""Reads one workbook in a process of its own, and prints its rows as JSON.

A workbook is a program's memory laid out by a stranger: a cell placed in the last corner of a sheet is enough
to make a reader ask for gigabytes, and a reader that is refused them dies with everything around it. Here
only this process dies. It runs by its path, imports nothing of Undersigned, opens no network and writes only
to its standard output. Formulas are never evaluated: what is read is the value that was saved with the file.

Standard output: one line with the names of the worksheets, then batches of rows.
"""

import datetime
import json
import resource
import sys
from collections.abc import Iterator
from itertools import islice

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

BATCH = 500
EXACT = 10**15
"""Spreadsheet programs keep fifteen digits of a number; the others were lost when it was typed."""

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def main(memory: int, seconds: int, most_rows: int) -> None:
    confine(memory, seconds)
    try:
        with CalamineWorkbook.from_filelike(sys.stdin.buffer) as workbook:
            names = readable(workbook)
            chosen = first_table(workbook, names)
            if chosen is None:
                say({"refused": "empty"})
            elif chosen.total_height > most_rows:
                say({"refused": "rows"})
            else:
                say({"worksheet": chosen.name, "others": [name for name in names if name != chosen.name]})
                print_rows(chosen)
    except PasswordError:
        say({"refused": "password"})
    except CalamineError:
        say({"refused": "damaged"})
    except MemoryError:
        say({"refused": "memory"})


def confine(memory: int, seconds: int) -> None:
    """Let this process have so much memory, processor time and output, and no core dump with people in it."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, memory),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def readable(workbook: CalamineWorkbook) -> list[str]:
    """Worksheets, the visible ones first: charts and macros hold no table."""
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    return [s.name for s in sorted(sheets, key=lambda s: s.visible is not SheetVisibleEnum.Visible)]


def first_table(workbook: CalamineWorkbook, names: list[str]) -> CalamineSheet | None:
    """The first sheet with several rows and columns, or else the first that holds anything."""
    anything = None
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.height > 1 and sheet.width > 1:
            return sheet
        if sheet.height and anything is None:
            anything = sheet
    return anything


def print_rows(sheet: CalamineSheet) -> None:
    rows = enumerate(filled_down(sheet), start=1)
    while batch := list(islice(rows, BATCH)):
        rounded = [[n, place] for n, cells in batch for place, cell in enumerate(cells) if is_rounded(cell)]
        say({"rows": [[text(cell) for cell in cells] for _n, cells in batch], "rounded": rounded})


def filled_down(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    """The rows, where a cell that was merged downwards stands in each of its rows, as a person sees it."""
    left = sheet.start[1] if sheet.start else 0
    begins: dict[int, list[tuple[int, int]]] = {}
    for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
        if first == last and bottom > top and first >= left:
            begins.setdefault(top, []).append((bottom, first - left))
    open_: list[tuple[int, int, Cell]] = []
    for number, cells in enumerate(sheet.iter_rows()):
        for _bottom, place, value in open_:
            cells[place] = value
        open_ = [merged for merged in open_ if merged[0] > number]
        for bottom, place in begins.get(number, ()):
            open_.append((bottom, place, cells[place]))
        yield cells


def is_rounded(cell: Cell) -> bool:
    return isinstance(cell, float | int) and abs(cell) >= EXACT


def text(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, dates as in ISO 8601."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    return str(cell)


def say(line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
