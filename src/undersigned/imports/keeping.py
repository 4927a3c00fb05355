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
