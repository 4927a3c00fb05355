"""Sentences put together late: words are translated, and dates written out, when somebody reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise

from undersigned.ui.words import day_in_words

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Sentence:
    """A translatable text with named places, and what stands in them.

    An audit judges 56,000 checks and shows a fraction of them; only what is shown is written out.
    """

    text: Words
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        text = str(self.text)
        return text % {name: _written(value) for name, value in self.values.items()} if self.values else text


def _written(value: object) -> object:
    """Dates as people say them; everything else as it is."""
    return day_in_words(value) if isinstance(value, date) else value
