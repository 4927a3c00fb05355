"""What is compared, and what a match says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from undersigned.accounts.lookalikes.comparing import Form, compare, form_of
from undersigned.accounts.lookalikes.letters import folded
from undersigned.accounts.lookalikes.reasons import Kind, Reason, Strength
from undersigned.networks.names import Network

ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """An account as the public sees it. `key` is the caller's own name for it."""

    key: str
    network: Network
    handle: str
    display_name: str = ""
    unit: str = ""

    @property
    def address(self) -> tuple[Network, str]:
        """The same for every way to write the same handle."""
        return self.network, folded(self.handle).lstrip("@")

    def forms(self) -> Iterator[Form]:
        """What a reader sees: the handle, and the name where there is one."""
        yield form_of(self.handle.lstrip("@"), True)
        if self.display_name:
            yield form_of(self.display_name, False)


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A candidate, the official account it looks most like, and why, strongest reason first."""

    candidate: Presence
    of: Presence
    reasons: tuple[Reason, ...]

    @property
    def strength(self) -> Strength:
        return max(reason.kind.strength for reason in self.reasons)


def reasons_between(candidate: Presence, official: Presence) -> tuple[Reason, ...]:
    """The strongest reason for each form of the candidate, without saying one thing twice."""
    found = [_strongest(theirs, official) for theirs in candidate.forms()]
    reasons = dict.fromkeys(reason for reason in found if reason is not None)
    return tuple(sorted(reasons, key=lambda reason: ORDER[reason.kind]))


def strongest_first(match: LookAlike) -> tuple[int, int, str]:
    return -match.strength, ORDER[match.reasons[0].kind], match.candidate.key


def _strongest(theirs: Form, official: Presence) -> Reason | None:
    found = (compare(theirs, ours) for ours in official.forms())
    return min((reason for reason in found if reason), key=lambda reason: ORDER[reason.kind], default=None)
