"""What followers write under the city's posts, and what the city can do about it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What a network may let an account do about a comment or its author; ``close`` ends comments under a post."""

    ANSWER = "answer"
    HIDE = "hide"
    SHOW = "show"
    DELETE = "delete"
    REPORT = "report"
    RESTRICT = "restrict"
    BLOCK = "block"
    UNBLOCK = "unblock"
    CLOSE = "close"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, reply, mention or visitor's post as the network shows it now."""

    id: str
    text: str
    made_at: datetime
    author_id: str
    author_handle: str
    author_name: str = ""
    post: str = ""
    parent: str = ""
    kind: str = "comment"
    url: str = ""
    media: tuple[str, ...] = ()
    hidden: bool = False
    can: tuple[Deed, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Comments:
    """Newest first; ``complete`` and ``newest`` as in a timeline."""

    remarks: tuple[Remark, ...]
    complete: bool
    newest: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """One deed about one comment (``remark``) or author (``author``); ``text`` is the answer's. ``key`` keeps an
    answer from being sent twice where the network takes a key."""

    deed: Deed
    remark: str = ""
    author: str = ""
    post: str = ""
    text: str = ""
    key: str = ""
