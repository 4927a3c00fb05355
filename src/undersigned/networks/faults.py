"""What can go wrong with a call to a network: one type for each thing that the caller does about it.

Section 1.1 of the networks' rules maps every answer to one of these. ``words`` are the network's own where it gave
any, cut to a length that a page can show; they never hold a token.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

LONGEST_WORDS = 400


class Reason(StrEnum):
    """Why a network said no, finally. A closed list: each has words for people and a next step."""

    DUPLICATE = "duplicate"
    TOO_LONG = "too_long"
    MEDIA = "media"
    PERMISSION = "permission"
    POLICY = "policy"
    CONNECTION_LOST = "connection_lost"
    NOT_ALLOWED_HERE = "not_allowed_here"
    GONE = "gone"
    QUOTA = "quota"
    VERSION = "version"
    CONTRACT = "contract"


class NetworkFault(Exception):
    """A call did not end in a plain answer."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words[:LONGEST_WORDS])
        self.words = words[:LONGEST_WORDS]


class Refused(NetworkFault):
    """The network said no, finally. ``earlier`` is the id of the post it calls a duplicate of, where it names one."""

    def __init__(self, reason: Reason, words: str = "", *, earlier: str = "") -> None:
        super().__init__(words)
        self.reason = reason
        self.earlier = earlier


class Later(NetworkFault):
    """Nothing was done there; try again at ``until``, the network's own word, or after a pause where it gave none."""

    def __init__(self, words: str = "", *, until: datetime | None = None) -> None:
        super().__init__(words)
        self.until = until


class Unprepared(Later):
    """What was prepared for the call has ended there (Instagram's containers after a day): prepare it anew first."""


class Uncertain(NetworkFault):
    """It may have happened: the bytes left and no whole answer came. Never to be sent again before reading back."""


class TokenExpired(NetworkFault):
    """Nothing was done: the access token is no longer taken. Refresh once, then the same call again."""


class CannotHere(NetworkFault):
    """The network has no such thing. ``instead`` says what can honestly be done, as a sentence."""

    def __init__(self, words: str, *, instead: str = "") -> None:
        super().__init__(words)
        self.instead = instead


class OperatorsDuty(Refused):
    """The city's application itself is refused (its secret, its version, its price): all accounts there stand still."""
