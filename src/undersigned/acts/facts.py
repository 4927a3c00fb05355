"""The kinds of public fact an act may enter in clear. Never free text: a leaf is for ever."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import Enum
from typing import Any

_ALPHABET = r"[A-Za-z0-9._:/+=,-]{1,256}"


class Fact(Enum):
    """A declared type of fact, with the pattern of its string form (record specification, section 3)."""

    WORD = r"[a-z][a-z0-9_.-]{0,63}"
    WORDS = r"[a-z][a-z0-9_.-]{0,63}(,[a-z][a-z0-9_.-]{0,63})*"
    REFERENCE = r"[a-z][a-z0-9_]{0,63}:([0-9a-f]{16}|[0-9a-f]{32})"
    DIGEST = r"[0-9a-f]{64}"
    ACT_ID = r"[0-9a-f]{32}"
    DATE = r"\d{4}-\d{2}-\d{2}"
    MOMENT = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z"
    ADDRESS = r"https?://[A-Za-z0-9._:/+=,-]{1,247}"
    HANDLE = r"[A-Za-z0-9._/-]{1,128}"
    NETWORK_ID = r"[A-Za-z0-9._:-]{1,128}"
    KEY = _ALPHABET
    COUNT = ""
    FLAG = " "

    def accept(self, value: Any) -> str | int | bool:
        """The canonical form of ``value``; raises ValueError when it is not a fact of this kind."""
        if self is Fact.FLAG:
            if isinstance(value, bool):
                return value
        elif self is Fact.COUNT:
            if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53:
                return value
        else:
            said = _words(value)
            if re.fullmatch(self.value, said) and re.fullmatch(_ALPHABET, said):
                return said
        raise ValueError(f"not a public fact of the kind {self.name.lower()}")


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    reference = getattr(value, "reference", None)
    return str(reference) if reference is not None else str(value)
