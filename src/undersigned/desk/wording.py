"""Acts and what they are about, in words for a page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from undersigned.acts.book import Act
from undersigned.acts.declared import BOOK
from undersigned.acts.governed import Governed, find
from undersigned.acts.pages import first_sentence
from undersigned.ui import words


def says_of_act(name: str) -> str:
    """What the act does, in the words of the book of acts."""
    return first_sentence(BOOK[Act(name)])


def words_for(reference: str) -> str:
    """The row of this reference as pages name it; empty for none, the bare reference where it is gone."""
    if not reference:
        return ""
    try:
        return str(find(reference))
    except (KeyError, ObjectDoesNotExist):
        return reference


def said(value: Any) -> str:
    """An argument of an act as a page shows it."""
    if value is None or value == "":
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Governed):
        return str(value)
    if isinstance(value, datetime):
        return words.time_in_words(value)
    if isinstance(value, date):
        return words.day_in_words(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(said, value)) or _("none")
    if isinstance(value, dict):
        return "; ".join(f"{key}: {said(inner)}" for key, inner in value.items())
    return str(value)
