"""When a person's word counts as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture.evidence import Evidence, Shown
from undersigned.accounts.posture.kinds import Check, EvidenceClass
from undersigned.accounts.posture.sentence import Sentence


def refusal(check: Check, attestation: Evidence, earlier: Iterable[Evidence]) -> Sentence | None:
    """Why this attestation does not count yet, or None. `earlier` holds the evidence there was before it."""
    if _about_nobody_else(attestation):
        return Sentence(
            _(
                "This is about you alone, so somebody else has to attest it. Nothing was kept; ask a "
                "colleague."
            )
        )
    last = _last_word(check, earlier, attestation.taken_at)
    if last is not None and _needs_second(check, attestation, last):
        return Sentence(
            _(
                "You attested this last time too. It counts once a second person has looked and put their "
                "name to it."
            )
        )
    return None


def counting(check: Check, evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    """The evidence that counts, oldest first. A word that says *failed* always does."""
    last: Evidence | None = None
    for one in sorted(evidence, key=lambda one: one.taken_at):
        if not _is_word(one):
            yield one
            continue
        refused = _about_nobody_else(one) or (last is not None and _needs_second(check, one, last))
        last = one
        if one.shown is Shown.FAIL or not refused:
            yield one


def _last_word(check: Check, evidence: Iterable[Evidence], before: datetime) -> Evidence | None:
    words = [one for one in evidence if _is_word(one) and one.check is check.id and one.taken_at < before]
    return max(words, key=lambda one: one.taken_at, default=None)


def _is_word(evidence: Evidence) -> bool:
    return evidence.klass is EvidenceClass.ATTESTED


def _about_nobody_else(attestation: Evidence) -> bool:
    return attestation.about == {attestation.by}


def _needs_second(check: Check, attestation: Evidence, last: Evidence) -> bool:
    """The same person twice in a row on a critical check: habit signs faster than eyes look."""
    alone = attestation.seconded_by in ("", attestation.by)
    return check.critical and attestation.by == last.by and alone
