"""What one check of one account comes to at an instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture import attestation, exceptions, own
from undersigned.accounts.posture.checks import CHECKS
from undersigned.accounts.posture.evidence import Evidence, OwnFacts, Shown
from undersigned.accounts.posture.exceptions import PostureException
from undersigned.accounts.posture.kinds import Check, CheckId, EvidenceClass, Needs, Reading, Source
from undersigned.accounts.posture.own import FINE, Finding, Outcome
from undersigned.accounts.posture.sentence import Sentence, Words
from undersigned.networks.names import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a check comes to, what it rests on, and what mends it.

    `expires_at` is the second from which the evidence counts as failed; None where nothing ends it.
    """

    check: Check
    outcome: Outcome
    cause: Sentence
    step: Words
    taken_at: datetime | None = None
    expires_at: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    exception: PostureException | None = None

    @property
    def weight(self) -> int:
        return self.check.weight

    @property
    def applies(self) -> bool:
        return self.outcome is not Outcome.NOT_APPLICABLE

    @property
    def counts_as_failed(self) -> bool:
        return self.outcome in (Outcome.FAIL, Outcome.EXPIRED)

    def age(self, now: datetime) -> timedelta | None:
        """How old the evidence is."""
        return None if self.taken_at is None else now - self.taken_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is known about one account's posture."""

    network: Network
    facts: OwnFacts = field(default_factory=OwnFacts)
    evidence: Sequence[Evidence] = ()
    exceptions: Sequence[PostureException] = ()


def judge_all(known: Known, now: datetime) -> tuple[Judgement, ...]:
    """All 28, in their order."""
    by_check = _by_check(known.evidence)
    return tuple(judge(check, known, now, by_check.get(check.id, ())) for check in CHECKS)


def judge(check: Check, known: Known, now: datetime, evidence: Sequence[Evidence] | None = None) -> Judgement:
    """One check. `evidence` is what `known` holds for it, if the caller has looked that up already."""
    about = _by_check(known.evidence).get(check.id, ()) if evidence is None else evidence
    past = tuple(one for one in about if one.taken_at <= now)
    finding = _finding(check, known, past, now)
    exception = exceptions.in_force(known.exceptions, check.id, now) if _failed(finding) else None
    return Judgement(
        check=check,
        outcome=Outcome.EXCEPTED if exception else finding.outcome,
        cause=finding.cause,
        step=check.mended_on(known.network),
        taken_at=finding.taken_at,
        expires_at=finding.expires_at,
        evidence=past,
        exception=exception,
    )


def _by_check(evidence: Iterable[Evidence]) -> Mapping[CheckId, Sequence[Evidence]]:
    found: dict[CheckId, list[Evidence]] = {}
    for one in evidence:
        found.setdefault(one.check, []).append(one)
    return found


def _failed(finding: Finding) -> bool:
    return finding.outcome in (Outcome.FAIL, Outcome.EXPIRED)


DOES_NOT_APPLY = Sentence(_("Does not apply on this network."))
OVERDUE = Sentence(
    _("The review of who has access is overdue, so nobody can say that each role is still needed.")
)


def _finding(check: Check, known: Known, evidence: Sequence[Evidence], now: datetime) -> Finding:
    reading = check.readings.get(known.network)
    if reading is None:
        return Finding(Outcome.NOT_APPLICABLE, DOES_NOT_APPLY)
    if check.own_data:
        return own.READERS[check.id](known.facts, now)
    if check.id is CheckId.P10 and _access_review_overdue(known.facts, now):
        return Finding(Outcome.FAIL, OVERDUE)
    return from_evidence(check, reading, evidence, now)


def _access_review_overdue(facts: OwnFacts, now: datetime) -> bool:
    due = facts.reviews.access_review_due if facts.reviews else None
    return due is not None and now >= due


def from_evidence(check: Check, reading: Reading, evidence: Sequence[Evidence], now: datetime) -> Finding:
    """What the evidence of every class comes to, where any one is enough or each is needed."""
    if not evidence:
        return _never(reading.sources if reading.needs is Needs.ANY else reading.sources[:1])
    counted = [one for one in attestation.counting(check, evidence) if one.shown is not Shown.ERROR]
    if reading.needs is Needs.ANY:
        return _newest_decides(reading.sources, counted, now)
    parts = [_newest_decides((source,), counted, now) for source in reading.sources]
    return min(parts, key=_worst_first)


def _worst_first(part: Finding) -> tuple[int, float]:
    """Failed before expired before passed; among passed, what expires first."""
    order = (Outcome.FAIL, Outcome.EXPIRED, Outcome.PASS).index(part.outcome)
    return order, part.expires_at.timestamp() if part.expires_at else float("-inf")


def _newest_decides(sources: Sequence[Source], evidence: Sequence[Evidence], now: datetime) -> Finding:
    """A pass counts until it is too old or something newer failed. A failure never passes by age."""
    lasting = {source.klass: source.lasts for source in sources if isinstance(source.lasts, timedelta)}
    usable = [one for one in evidence if one.klass in lasting]
    failed = max(
        (one for one in usable if one.shown is Shown.FAIL), key=lambda one: one.taken_at, default=None
    )
    passed = [
        one for one in usable if one.shown is Shown.PASS and not (failed and one.taken_at <= failed.taken_at)
    ]
    if passed:
        best = max(passed, key=lambda one: one.taken_at + lasting[one.klass])
        return _until(best, best.taken_at + lasting[best.klass], now)
    if failed:
        cause = Sentence(_("Shown to be otherwise on %(day)s%(source)s."), _told(failed))
        return Finding(Outcome.FAIL, cause, failed.taken_at)
    return _never(sources)


def _until(evidence: Evidence, expires_at: datetime, now: datetime) -> Finding:
    if now < expires_at:
        return Finding(Outcome.PASS, FINE, evidence.taken_at, expires_at)
    cause = Sentence(
        _("Last shown on %(day)s%(source)s; too old since %(expired)s."),
        {**_told(evidence), "expired": expires_at},
    )
    return Finding(Outcome.EXPIRED, cause, evidence.taken_at, expires_at)


def _told(evidence: Evidence) -> dict[str, object]:
    return {"day": evidence.taken_at, "source": f" ({evidence.source})" if evidence.source else ""}


def _never(sources: Sequence[Source]) -> Finding:
    """Says what somebody can do about it today: attest before import, import before waiting for a connection."""
    classes = {source.klass for source in sources}
    return next(finding for klass, finding in NEVER.items() if klass in classes)


NEVER = {
    klass: Finding(Outcome.EXPIRED, Sentence(words))
    for klass, words in (
        (EvidenceClass.ATTESTED, _("Never attested: nobody has put their name to it.")),
        (EvidenceClass.IMPORTED, _("Never shown: nobody has brought a document.")),
        (EvidenceClass.AUTOMATIC, _("Never read: the account is not connected to its network.")),
    )
}
