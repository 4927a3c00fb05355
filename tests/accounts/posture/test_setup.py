from __future__ import annotations

from undersigned.accounts.posture.setup import LINES, keeping_shut


def test_fifteen_lines_of_which_three_do_not_block() -> None:
    assert [line.number for line in LINES] == list(range(1, 16))
    assert [line.number for line in LINES if not line.blocks] == [11, 13, 15]


def test_one_open_blocking_line_keeps_the_account_shut() -> None:
    closed = {line.number for line in LINES} - {12}
    assert [line.number for line in keeping_shut(closed)] == [12]


def test_an_open_line_that_does_not_block_lets_the_account_open() -> None:
    assert keeping_shut({line.number for line in LINES} - {11, 13, 15}) == ()
