"""How the record stands today: its latest checkpoint, who has seen it, and what a reader must know of this set-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.conf import settings
from django.utils import timezone

from undersigned.record import heads, published, queries, setup, trust
from undersigned.record.models import Checkpoint, Cosignature
from undersigned.record.signer.door import is_embedded
from undersigned.record.tlog.encoding import Digest, encode_base64
from undersigned.record.tlog.note import NoteSignature
from undersigned.record.tlog.policy import NONE
from undersigned.record.tlog.vkey import split_cosignature
from undersigned.ui import words

LINES_LOOKED_AT = 500
"""Cosignatures searched for the newest of each witness: with three of them, half a day."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A witness, and what it cosigned last; ``size`` is 0 where none of the newest lines is its own."""

    name: str
    size: int = 0
    at: datetime | None = None

    @property
    def age(self) -> str:
        """How long ago that was, in words."""
        return words.span_in_words((timezone.now() - self.at).total_seconds()) if self.at else ""


class Outlook:
    """What the record's pages say at their head."""

    @cached_property
    def latest(self) -> Checkpoint | None:
        return heads.latest_published()

    @cached_property
    def is_open(self) -> bool:
        return bool(self.origin)

    @cached_property
    def origin(self) -> str:
        return queries.origin() or ""

    @cached_property
    def entries(self) -> int:
        return queries.size()

    @property
    def unsigned(self) -> int:
        """Entries that no published checkpoint covers yet."""
        return self.entries - (self.latest.size if self.latest else 0)

    @property
    def root(self) -> str:
        """The 44 characters that are printed in gazettes."""
        return encode_base64(Digest(bytes(self.latest.root))) if self.latest else ""

    @property
    def digest(self) -> str:
        return bytes(self.latest.root).hex() if self.latest else ""

    @property
    def site(self) -> str:
        """Where the published files are."""
        return f"{settings.BASE_ADDRESS}{setup.WELL_KNOWN}"

    @property
    def is_trial(self) -> bool:
        return self.origin.startswith("localhost")

    @property
    def is_embedded(self) -> bool:
        return is_embedded()

    @cached_property
    def has_quorum(self) -> bool:
        """Does the policy ask for witnesses at all?"""
        return trust.policy_file().exists() and trust.policy().quorum != NONE

    @cached_property
    def is_witnessed(self) -> bool:
        return self.has_quorum and self.latest is not None and heads.is_witnessed(self.latest)

    @cached_property
    def witnesses(self) -> list[Seen]:
        """Each witness that the policy names, with the newest of its lines: one question, however many there are."""
        policy = trust.policy() if trust.policy_file().exists() else None
        if policy is None or not policy.witnesses:
            return []
        newest = Cosignature.objects.exclude(source=heads.TIME_STAMP).order_by("-size")[:LINES_LOOKED_AT]
        lines = {line.source: line for line in reversed(newest)}
        return [_seen(name, lines.get(heads.source(key))) for name, key in policy.witnesses.items()]

    @property
    def has_archive(self) -> bool:
        return published.archive().is_file()


def _seen(name: str, line: Cosignature | None) -> Seen:
    if line is None:
        return Seen(name)
    signature = NoteSignature.parse(bytes(line.bytes).decode().removesuffix("\n")).signature
    seconds, _signed = split_cosignature(signature)
    return Seen(name, line.size, datetime.fromtimestamp(seconds, UTC))
