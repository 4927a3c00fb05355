"""What a check is made of: how severe it is, what counts as evidence for it, and how long that lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, StrEnum

from undersigned.accounts.posture.sentence import Words
from undersigned.networks.names import Network


class CheckId(StrEnum):
    """The 28 checks. A number is never given to another check: reports of past years name them."""

    P01 = "P01"
    P02 = "P02"
    P03 = "P03"
    P04 = "P04"
    P05 = "P05"
    P06 = "P06"
    P07 = "P07"
    P08 = "P08"
    P09 = "P09"
    P10 = "P10"
    P11 = "P11"
    P12 = "P12"
    P13 = "P13"
    P14 = "P14"
    P15 = "P15"
    P16 = "P16"
    P17 = "P17"
    P18 = "P18"
    P19 = "P19"
    P20 = "P20"
    P21 = "P21"
    P22 = "P22"
    P23 = "P23"
    P24 = "P24"
    P25 = "P25"
    P26 = "P26"
    P27 = "P27"
    P28 = "P28"


class Severity(Enum):
    """How bad a failure is; the value is the weight in the score."""

    CRITICAL = 8
    HIGH = 4
    MEDIUM = 2
    LOW = 1

    @property
    def weight(self) -> int:
        return self.value


class EvidenceClass(StrEnum):
    """Who says so: a machine that read it, a document somebody brought, or a named person."""

    AUTOMATIC = "A"
    IMPORTED = "I"
    ATTESTED = "T"


class Until(Enum):
    """Ends of evidence that are no age."""

    LIVE = "live"
    DUE_DATE = "by due date"


Lasts = timedelta | Until


@dataclass(frozen=True, slots=True)
class Source:
    """One way to have evidence: its class, how it is read, and the age at which it expires."""

    klass: EvidenceClass
    lasts: Lasts
    how: Words = ""


class Needs(Enum):
    """Whether any one source is enough (*A or T*), or each has to speak (*A+T*: part read, part attested)."""

    ANY = "any"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class Reading:
    """How one check is read on one network."""

    sources: tuple[Source, ...]
    needs: Needs = Needs.ANY

    @property
    def classes(self) -> frozenset[EvidenceClass]:
        return frozenset(source.klass for source in self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One of the 28: a sentence that is true of a safe account.

    A network that `readings` leaves out is one the check does not apply to: nobody chooses that for an
    account.
    """

    id: CheckId
    title: Words
    passes_when: Words
    severity: Severity
    why: Words
    readings: Mapping[Network, Reading]
    step: Words
    step_on: Mapping[Network, Words] = field(default_factory=dict)
    own_data: bool = False

    @property
    def weight(self) -> int:
        return self.severity.weight

    @property
    def critical(self) -> bool:
        return self.severity is Severity.CRITICAL

    def mended_on(self, network: Network) -> Words:
        """The step that makes this check pass on one network, in plain words."""
        return self.step_on.get(network, self.step)


def each_of(*networks: Network, reading: Reading) -> dict[Network, Reading]:
    """The same reading for several networks, to be merged into a check's table."""
    return dict.fromkeys(networks, reading)


def automatic(how: Words = "", *, lasts: Lasts) -> Reading:
    return Reading((Source(EvidenceClass.AUTOMATIC, lasts, how),))


def imported(how: Words = "", *, days: int) -> Reading:
    return Reading((Source(EvidenceClass.IMPORTED, timedelta(days=days), how),))


def attested(how: Words = "", *, days: int) -> Reading:
    return Reading((Source(EvidenceClass.ATTESTED, timedelta(days=days), how),))


def any_of(*readings: Reading) -> Reading:
    """One of these is enough."""
    return Reading(tuple(source for reading in readings for source in reading.sources))


def every_one_of(*readings: Reading) -> Reading:
    """All of these are needed: what a machine reads is only part of the answer."""
    return Reading(tuple(source for reading in readings for source in reading.sources), Needs.EACH)
