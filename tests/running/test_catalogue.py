"""The French catalogue says of each sentence what the English one does: the same values stand in both."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

CATALOGUE = Path(__file__).resolve().parents[2] / "src/undersigned/locale/fr/LC_MESSAGES/django.po"
ENTRY = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)
VALUE = re.compile(r"%\(\w+\)[sd]|%\{\w+\}|%%")

ENTRIES = ENTRY.findall(CATALOGUE.read_text(encoding="utf-8"))


def test_the_catalogue_is_begun() -> None:
    assert len(ENTRIES) >= 200


@pytest.mark.parametrize(("english", "french"), [pair for pair in ENTRIES if VALUE.search(pair[0])])
def test_a_sentence_keeps_its_values(english: str, french: str) -> None:
    assert Counter(VALUE.findall(french)) == Counter(VALUE.findall(english))


def test_no_sentence_is_left_empty_or_stands_twice() -> None:
    assert [english for english, french in ENTRIES if not french] == []
    assert max(Counter(english for english, _french in ENTRIES).values()) == 1
