"""How the record stands today: its latest checkpoint, who has seen it, and what a reader must know of this set-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.conf import settings

from undersigned.record import heads, published, queries, setup, trust
from undersigned.record.models import Checkpoint, Cosignature
from undersigned.record.signer.door import is_embedded
from undersigned.record.tlog.encoding import Digest, encode_base64
from undersigned.record.tlog.note import NoteSignature
from undersigned.record.tlog.policy import NONE
from undersigned.record.tlog.vkey import split_cosignature


@dataclass(frozen=True, slots=True)
class Seen:
    """A witness, and what it cosigned last; ``size`` is 0 before it ever did."""

    name: str
    size: int = 0
    at: datetime | None = None


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
        """Each witness that the policy names."""
        policy = trust.policy() if trust.policy_file().exists() else None
        return [_seen(name, heads.source(key)) for name, key in (policy.witnesses if policy else {}).items()]

    @property
    def has_archive(self) -> bool:
        return published.archive().is_file()


def _seen(name: str, source: str) -> Seen:
    last = Cosignature.objects.filter(source=source).order_by("-size").first()
    if last is None:
        return Seen(name)
    line = NoteSignature.parse(bytes(last.bytes).decode().removesuffix("\n"))
    seconds, _ = split_cosignature(line.signature)
    return Seen(name, last.size, datetime.fromtimestamp(seconds, UTC))
