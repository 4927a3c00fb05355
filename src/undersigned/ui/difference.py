"""Old and new in words: what stayed, what was taken out, what was put in."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["same", "removed", "added"]

# Beyond this many words the comparison costs more than a reader gains: the whole is shown as replaced.
MOST_WORDS = 4_000

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Stretch:
    kind: Kind
    text: str


def by_words(old: str, new: str) -> list[Stretch]:
    """The stretches in reading order; what was removed stands before what replaced it."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return _stretches(old, new) if old != new else [Stretch("same", old)]
    stretches: list[Stretch] = []
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if tag == "equal":
            stretches.append(Stretch("same", "".join(before[a_from:a_to])))
        else:
            stretches += _stretches("".join(before[a_from:a_to]), "".join(after[b_from:b_to]))
    return stretches


def _stretches(old: str, new: str) -> list[Stretch]:
    both: list[tuple[Kind, str]] = [("removed", old), ("added", new)]
    return [Stretch(kind, text) for kind, text in both if text]
