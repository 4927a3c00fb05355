"""The one act of this room: a person puts their name under what a file is about to change.

What it then changes is entered act by act, by the room that keeps it.
"""

from __future__ import annotations

from undersigned.acts import Act, Actor, Fact, act
from undersigned.imports import rules


@act(
    Act.IMPORT_APPLY,
    may=rules.may_import,
    facts={
        "subject": Fact.WORD,
        "file": Fact.DIGEST,
        "read": Fact.COUNT,
        "adds": Fact.COUNT,
        "changes": Fact.COUNT,
        "ends": Fact.COUNT,
    },
)
def apply(*, by: Actor, subject: str, file: str, read: int, adds: int, changes: int, ends: int) -> None:
    """Have a list applied as it was shown. ``file`` is the SHA-256 of its bytes."""
