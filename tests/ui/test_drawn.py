"""Rows that were drawn before are shown again, and never otherwise than they are."""

from __future__ import annotations

from django.template import Context, Template
from django.utils import translation

from undersigned.ui import drawn

LINE = Template(
    "{% load ui %}"
    "{% drawn of %}<b>{{ word }}</b>{% get_current_language as tongue %} {{ tongue }}{% enddrawn %}"
)


def _shown(of: object, word: str) -> str:
    return LINE.render(Context({"of": of, "word": word}))


def test_a_row_of_which_any_value_changed_is_drawn_anew() -> None:
    assert "<b>old name</b>" in _shown(("unit:1", "old name"), "old name")
    assert "<b>new name</b>" in _shown(("unit:1", "new name"), "new name")
    assert "<b>old name</b>" in _shown(("unit:1", "old name"), "not looked at")


def test_a_row_is_drawn_for_each_language() -> None:
    with translation.override("en"):
        english = _shown("languages", "x")
    with translation.override("fr"):
        french = _shown("languages", "x")
    assert english != french


def test_what_was_drawn_is_escaped_once_and_only_so_much_of_it_is_kept() -> None:
    for number in range(drawn.MOST + 1):
        assert _shown(number, "<i>") == _shown(number, "<i>")
        assert "<b>&lt;i&gt;</b>" in _shown(number, "<i>")
    node = LINE.nodelist.get_nodes_by_type(drawn.DrawnNode)[0]
    assert isinstance(node, drawn.DrawnNode)
    assert len(node.kept) <= drawn.MOST
