"""What a column of a list of accounts may mean.

In *long* form a row is an account: `network`, `handle`, `url`. In *wide* form a column is a network, and
its field begins with the network's word: `x.handle`, `youtube.network_id`. A file may mix both.
"""

from __future__ import annotations

from undersigned.networks.names import Network

NETWORK = "network"
HANDLE = "handle"
URL = "url"
NUMBER = "network_id"

OWNER = "owner"
UNIT = "unit"
STEWARD = "steward"
DEPUTY = "deputy"
RESPONSIBLE = (OWNER, UNIT, STEWARD, DEPUTY)
"""Who answers for an account. An owner is a person or a unit, whichever the text leads to."""

DISPLAY_NAME = "display_name"
PURPOSE = "purpose"
AUDIENCE = "audience"
LANGUAGE = "language"
EMAIL = "email"
STATUS = "status"
FOLLOWERS = "followers"
OPENED_ON = "opened_on"
LAST_POST_ON = "last_post_on"
NOTES = "notes"
TEXTS = (DISPLAY_NAME, PURPOSE, AUDIENCE, STATUS, NOTES)
DATES = (OPENED_ON, LAST_POST_ON)
FACTS = (*TEXTS, LANGUAGE, EMAIL, FOLLOWERS, *DATES)

SECRET = "secret"  # noqa: S105 - the name of a field whose values are never read
"""Passwords and codes. Their values are neither read nor kept."""

OF_A_NETWORK = (HANDLE, NUMBER, FOLLOWERS, LAST_POST_ON)


def wide(network: Network, field: str) -> str:
    """The field of a column that speaks of one network alone."""
    return f"{network.value}.{field}"


def parted(field: str) -> tuple[Network, str] | None:
    """The network and field that a wide field stands for; nothing for any other."""
    word, dot, plain = field.partition(".")
    return (Network(word), plain) if dot else None


def is_wide(field: str) -> bool:
    """Whether a field is about one network alone."""
    return parted(field) is not None
