"""The 28 checks as an account's page lists them: what fails first, opened with the step that mends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account, PostureException
from undersigned.accounts.posture.evidence import Evidence
from undersigned.accounts.posture.judging import Judgement
from undersigned.accounts.posture.kinds import CheckId, EvidenceClass
from undersigned.accounts.posture.own import Outcome
from undersigned.accounts.queries.looking import Looked
from undersigned.accounts.queries.posture import stands_in_for_books
from undersigned.accounts.states import AccountState
from undersigned.accounts.views.offering import Offer
from undersigned.accounts.views.wording import CLASSES, OUTCOMES, age_in_words, check_in_words
from undersigned.people.models import Person
from undersigned.ui.components import Standing
from undersigned.ui.words import Words, day_in_words

NEWEST = 3
"""Pieces of evidence that a check shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check. ``shown_by`` is who or what said so last; ``links`` are what the person who looks can do about it.

    What fails is open, but for an account that is being set up: there the set-up list says what to do first.
    """

    name: str
    critical: bool
    shape: Standing
    word: Words
    fails: bool
    is_open: bool
    cause: str
    step: Words
    why: Words
    passes_when: Words
    shown_by: str
    until: str
    evidence: list[str]
    exception: str
    links: list[Offer]


@dataclass(frozen=True, slots=True)
class CheckGroup:
    heading: str
    rows: list[CheckRow]


def check_groups(looked: Looked, *, may_attest: bool) -> list[CheckGroup]:
    """What is worst first; each group in order of weight, then of number."""
    draw = _Drawing(looked, may_attest)
    failed = looked.failed
    groups = (
        (_("Critical: the account itself can be lost"), [one for one in failed if one.check.critical]),
        (_("Fails"), [one for one in failed if not one.check.critical]),
        (_("Excepted for a while"), _with(looked, Outcome.EXCEPTED)),
        (_("As it should be"), _with(looked, Outcome.PASS)),
        (_("Does not apply on this network"), _with(looked, Outcome.NOT_APPLICABLE)),
    )
    return [CheckGroup(heading, [draw.row(one) for one in some]) for heading, some in groups if some]


def _with(looked: Looked, outcome: Outcome) -> list[Judgement]:
    return [one for one in looked.judgements if one.outcome is outcome]


class _Drawing:
    """One account's checks, with the names that its evidence and exceptions speak of, asked for once."""

    def __init__(self, looked: Looked, may_attest: bool) -> None:
        self.account = looked.account
        self.may_attest = may_attest
        self.now = timezone.now()
        self.is_set_up = looked.account.state == AccountState.SETTING_UP
        self.exceptions: dict[str, PostureException] = {one.check_id: one for one in looked.exceptions}
        people = {one.by for judgement in looked.judgements for one in judgement.evidence if one.by}
        self.names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}

    def row(self, judgement: Judgement) -> CheckRow:
        check = judgement.check
        shape, word = OUTCOMES[judgement.outcome]
        if judgement.outcome is Outcome.EXPIRED and judgement.taken_at is None:
            word = _("Never shown")
        return CheckRow(
            name=check_in_words(check.id),
            critical=check.critical,
            shape=shape,
            word=word,
            fails=judgement.counts_as_failed,
            is_open=judgement.counts_as_failed and (check.critical or not self.is_set_up),
            cause=str(judgement.cause),
            step=judgement.step,
            why=check.why,
            passes_when=check.passes_when,
            shown_by=self._shown_by(judgement),
            until=_until(judgement.expires_at, self.now),
            evidence=[self._look(one) for one in _newest(judgement.evidence)],
            exception=self._exception(judgement),
            links=list(self._links(judgement)) if self.may_attest else [],
        )

    def _shown_by(self, judgement: Judgement) -> str:
        if judgement.taken_at is None:
            return ""
        age = age_in_words(judgement.taken_at, self.now)
        looked = [one for one in judgement.evidence if one.taken_at == judgement.taken_at]
        how = CLASSES[looked[-1].klass if looked else EvidenceClass.AUTOMATIC]
        return _("%(how)s, %(age)s") % {"how": how, "age": age}

    def _look(self, one: Evidence) -> str:
        words = {
            "day": day_in_words(one.taken_at),
            "how": CLASSES[one.klass],
            "who": self.names.get(one.by, ""),
            "source": one.source,
        }
        told = ", ".join(str(words[name]) for name in ("day", "how", "who", "source") if words[name])
        return told if one.shown == "pass" else _("%(told)s: it was not so") % {"told": told}

    def _exception(self, judgement: Judgement) -> str:
        held = self.exceptions.get(judgement.check.id.value)
        if held is None or judgement.exception is None:
            return ""
        return _("%(name)s answers for it until %(day)s: %(reason)s") % {
            "name": held.owner.name,
            "day": day_in_words(held.until),
            "reason": held.reason,
        }

    def _links(self, judgement: Judgement) -> Iterator[Offer]:
        check = judgement.check.id
        classes = classes_for(self.account, judgement)
        if EvidenceClass.ATTESTED in classes:
            yield self._link("attest", check, _("Attest it"))
        if EvidenceClass.IMPORTED in classes:
            yield self._link("bring", check, _("Bring a document"))
        if judgement.counts_as_failed:
            yield self._link("except", check, _("Ask for an exception"))
        if judgement.exception is not None and check.value in self.exceptions:
            held = self.exceptions[check.value]
            url = reverse("accounts:end_exception", args=[self.account.pk, held.pk])
            yield Offer(_("End the exception"), url, ends_something=True)

    def _link(self, slug: str, check: CheckId, words: str) -> Offer:
        return Offer(words, reverse(f"accounts:{slug}", args=[self.account.pk, check.value]))


def classes_for(account: Account, judgement: Judgement) -> frozenset[EvidenceClass]:
    """Kinds of evidence that a person can bring and that count for this check on this network."""
    if stands_in_for_books(judgement.check.id):
        return frozenset({EvidenceClass.ATTESTED})
    reading = judgement.check.readings.get(account.place)
    return reading.classes if reading and not judgement.check.own_data else frozenset()


def _newest(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda one: one.taken_at, reverse=True)[:NEWEST]


def _until(expires_at: dt.datetime | None, now: dt.datetime) -> str:
    if expires_at is None:
        return ""
    words = _("counts until %(day)s") if expires_at > now else _("too old since %(day)s")
    return words % {"day": day_in_words(expires_at)}
