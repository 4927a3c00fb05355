"""Opening the record: its keys, its name, and its entry 0."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from undersigned.acts.actor import System
from undersigned.record import acts, queries, trust
from undersigned.record.signer.door import Embedded, is_embedded

WELL_KNOWN = "/.well-known/undersigned/record"
ENTRY_0 = "0" * 32
"""The act id of ``record.open``: whoever opens twice at the same moment opens once."""


class NotOpened(Exception):
    """The record has no entry 0 that says whose it is; nothing may be signed."""


def begin(domain: str | None = None) -> str:
    """Open the record, and answer its origin. Done again, it answers the same and changes nothing.

    ``domain``: without scheme or path; by default the installation's. An installation that has none yet calls itself
    ``localhost``, and is a trial for ever: the origin never changes. Raises KeyFileError, StateError, and NoPolicy
    when a signer apart is set up and the policy does not name its key.
    """
    name = f"{domain or settings.DOMAIN}{WELL_KNOWN}"
    found = queries.origin()
    if found:
        return found
    if is_embedded():
        key = Embedded(Path(settings.KEYS)).make(name).key
        if not trust.policy_file().exists():
            trust.begin(key)
    trust.keys()
    acts.open_record.once(ENTRY_0)(by=System("record.setup"), origin=name)
    return name


def origin() -> str:
    """The record's name, from its entry 0. Raises NotOpened."""
    found = queries.origin()
    if found is None:
        raise NotOpened(
            "The record is not open: its entry 0 is not record.open. Begin with undersigned init."
        )
    return found
