from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from undersigned.ui import difference
from undersigned.ui.difference import Stretch


def test_what_was_taken_out_stands_before_what_was_put_in() -> None:
    assert difference.by_words("closed on Monday", "closed on Tuesday") == [
        Stretch("same", "closed on "),
        Stretch("removed", "Monday"),
        Stretch("added", "Tuesday"),
    ]


def test_the_same_text_is_one_stretch() -> None:
    assert difference.by_words("as it was", "as it was") == [Stretch("same", "as it was")]


def test_nothing_against_nothing_is_nothing() -> None:
    assert difference.by_words("", "") == []


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_the_stretches_give_back_both_texts(old: str, new: str) -> None:
    stretches = difference.by_words(old, new)
    assert "".join(one.text for one in stretches if one.kind != "added") == old
    assert "".join(one.text for one in stretches if one.kind != "removed") == new


def test_a_very_long_text_is_shown_as_replaced_instead_of_compared_for_minutes() -> None:
    old, new = "word " * 5_000, "other " * 5_000
    assert difference.by_words(old, new) == [Stretch("removed", old), Stretch("added", new)]
