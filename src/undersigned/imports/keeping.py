"""The memory for columns: a file with the same headers is read as the last one was confirmed."""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence

from undersigned.imports.columns import Mapping, Meaning, headers_key
from undersigned.imports.models import KeptMapping


def keep(subject: str, mapping: Mapping) -> None:
    """Remember a confirmed mapping; the latest word counts."""
    key = headers_key(column.name for column in mapping.columns)
    KeptMapping.objects.update_or_create(
        subject=subject, headers_key=key, defaults={"mapping": mapping.to_json()}
    )


def recall(subject: str, columns: Sequence[str], vocabulary: Table[str, Meaning]) -> Mapping | None:
    """The mapping confirmed for a file with these headers, in the order of this file; None when there is none."""
    kept = KeptMapping.objects.filter(subject=subject, headers_key=headers_key(columns)).first()
    return Mapping.from_json(kept.mapping, vocabulary).on(columns) if kept else None


ALIKE = 0.5
"""A kept mapping that shares at least this part of a file's columns is worth carrying over."""
LOOKED_THROUGH = 20
"""How many of the mappings kept last are compared with a new file."""


def nearest(subject: str, columns: Sequence[str], vocabulary: Table[str, Meaning]) -> Mapping | None:
    """The mapping kept last whose columns are most like these, though not the same; None when none is near."""
    kept = KeptMapping.objects.filter(subject=subject).order_by("-kept_at")[:LOOKED_THROUGH]
    mappings = [Mapping.from_json(one.mapping, vocabulary) for one in kept]
    shares = [
        (1 - len(one.changes(columns).new) / max(len(columns), 1), -at) for at, one in enumerate(mappings)
    ]
    best, place = max(shares, default=(0.0, 0))
    return mappings[-place] if best >= ALIKE else None
