"""What is said and what is seen: variants, their exact form on a network, and the posts that a timeline shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or video as it will be sent, already freed of EXIF. ``alt`` is empty only where ``decorative``.

    ``octets`` opens the bytes when they are needed; ``public_url`` gives an address from which the network can fetch
    them for a short while (Instagram), where the installation has one.
    """

    sha256: str
    mime: str
    size: int
    width: int
    height: int
    octets: Callable[[], bytes] = field(repr=False, compare=False)
    alt: str = ""
    decorative: bool = False
    seconds: float = 0.0
    frames: int = 1
    public_url: Callable[[], str] | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Variant:
    """What the city wants to say on one account, as people wrote it (text NFC, ``\\n`` for line ends)."""

    text: str
    media: tuple[Medium, ...] = ()
    link: str = ""
    language: str = ""
    reply_to: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weight:
    """How long a text is as the network counts: ``unit`` says of what ("characters", "bytes")."""

    unit: str
    used: int
    most: int


class Blocks(StrEnum):
    """What a finding does: blocks the post, warns until ticked, or only informs."""

    BLOCKS = "blocks"
    WARNS = "warns"
    INFORMS = "informs"


@dataclass(frozen=True, slots=True)
class Trap:
    """Something the network would refuse or spoil: the check's id (D01, D02, D13, D16), and words for the author."""

    check: str
    words: str
    level: Blocks = Blocks.BLOCKS


@dataclass(frozen=True, slots=True)
class Form:
    """A variant in the exact form in which it is sent. A pure function of the variant and of ``renderer``.

    ``sent`` is the text with the network's escapes; ``shown`` is what readers will see, by which it is found again.
    ``extra`` holds what belongs to the text (facets, hashtags) as JSON. ``renderer`` names the function's version
    ("linkedin/1"): dispatch refuses to send when it is no longer the one that was countersigned.
    """

    sent: str
    shown: str
    renderer: str
    media: tuple[Medium, ...] = ()
    link: str = ""
    language: str = ""
    reply_to: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


Staged = Mapping[str, str]
"""What was prepared before the one creating call: ids of uploaded media, a container, a record key. Kept on the
delivery before publishing, so that a killed worker's successor knows them. JSON of strings; no secrets."""


@dataclass(frozen=True, slots=True)
class Published:
    """The far side confirmed and gave an id."""

    id: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A post as the network shows it now. ``text`` has what the network does to it undone (section 1.2).

    ``application`` and ``author`` are whom the network names, empty where it names nobody. ``raw`` is the SHA-256
    (hex) of its answer for this post.
    """

    id: str
    text: str
    made_at: datetime
    url: str = ""
    media: int = 0
    application: str = ""
    author: str = ""
    reply_to: str = ""
    visible: bool = True
    edited_at: datetime | None = None
    raw: str = ""
    ours: bool | None = None
    """Made by our own application: True, False, or None where the network does not tell."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Posts newest first. ``complete`` says that the reading went down to the post asked after, without a gap."""

    posts: tuple[Seen, ...]
    complete: bool
    newest: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates for one delivery. By a key of our own, ``certain``: it matches without looking at the text."""

    posts: tuple[Seen, ...]
    complete: bool
    certain: bool = False
