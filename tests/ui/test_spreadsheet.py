from __future__ import annotations

import pytest

from undersigned.ui import spreadsheet


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠x"])
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(cell: str) -> None:
    assert spreadsheet.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(("cell", "written"), [("a=b", "a=b"), (None, ""), (-3, -3), (2.5, 2.5), ("", "")])
def test_other_cells_stay_as_they_are(cell: object, written: object) -> None:
    assert spreadsheet.harmless(cell) == written


def test_commas_quotes_and_lines_within_a_cell_stay_within_it() -> None:
    sent = spreadsheet.csv_response("Accounts of 2026", ["a"], [['x, "y"\nz']]).getvalue().decode("utf-8-sig")
    assert sent == 'a\r\n"x, ""y""\nz"\r\n'
