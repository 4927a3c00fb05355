"""References in words, some at a time: a page of acts costs one question for each kind of thing in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from undersigned.acts.governed import KINDS

NAMED_TO_EVERYBODY = frozenset({"appointment", "unit"})
"""Offices and units are public. The words of any other kind may name a person, or an account not yet shown."""


def in_words(references: Iterable[str], *, to_everybody: bool) -> dict[str, str]:
    """Reference → how pages call the thing; the bare reference where it is gone or must not be named."""
    wanted = set(references)
    found: dict[str, str] = {name: name for name in wanted}
    for kind in {name.partition(":")[0] for name in wanted} & KINDS.keys():
        if to_everybody and kind not in NAMED_TO_EVERYBODY:
            continue
        of_kind = [name for name in wanted if name.startswith(f"{kind}:")]
        rows = KINDS[kind]._base_manager.select_related().filter(pk__in=of_kind)
        found |= {str(row.pk): str(row) for row in rows}
    return found


def said(value: Any) -> str:
    """A disclosed value or a fact as a page shows it."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {said(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(said, value)) or "–"
    if isinstance(value, bool):
        return "✓" if value else "–"
    return "–" if value in (None, "") else str(value)
