"""One account as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from undersigned.accounts.models import (
    Account,
    AccountReview,
    Grant,
    LookalikeCase,
    PostureException,
    SetupLine,
)
from undersigned.accounts.posture import dormancy
from undersigned.accounts.posture.dormancy import Dormancy
from undersigned.accounts.posture.judging import Judgement, judge_all
from undersigned.accounts.posture.scoring import Score
from undersigned.accounts.posture.setup import LINES, SetUpLine
from undersigned.accounts.queries import posture
from undersigned.accounts.queries.listing import visible_to
from undersigned.accounts.states import CaseState
from undersigned.acts import Officer


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the set-up list, and how it was closed; None while it is open."""

    line: SetUpLine
    closed: SetupLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Everything an account's page shows, in a number of questions that does not depend on how much there is."""

    account: Account
    score: Score
    judgements: tuple[Judgement, ...]
    dormancy: Dormancy
    missing: tuple[str, ...]
    steward_here: bool
    deputy_here: bool
    grants: list[Grant]
    exceptions: list[PostureException]
    reviews: list[AccountReview]
    setup: list[Line]
    lookalikes: list[LookalikeCase]

    @property
    def failed(self) -> tuple[Judgement, ...]:
        """What counts as failed, the worst first."""
        failed = (one for one in self.judgements if one.counts_as_failed)
        return tuple(sorted(failed, key=lambda one: -one.weight))

    @property
    def setup_open(self) -> list[SetUpLine]:
        """Lines that keep the account from opening."""
        return [one.line for one in self.setup if one.closed is None and one.line.blocks]


def account_for(officer: Officer, reference: str) -> Account | None:
    """The account, if this person may see it; else None, so that nobody learns that it exists."""
    found = visible_to(officer).filter(pk=reference)
    return found.select_related(
        "unit", "steward", "deputy", "requested_by", "assented_by", "confirmed_by"
    ).first()


def look(account: Account, now: datetime | None = None) -> Looked:
    """Gather what the page of an account shows."""
    now = now or timezone.now()
    known = posture.known([account], now)[account.pk]
    judgements = judge_all(known, now)
    keepers = known.facts.keepers
    closed = {one.number: one for one in account.setup_lines.select_related("closed_by")}
    return Looked(
        account=account,
        score=posture.score_of(account, judgements),
        judgements=judgements,
        dormancy=dormancy.assess(known.facts.posts, now),
        missing=posture.missing_fields(account),
        steward_here=bool(keepers and keepers.steward and keepers.steward not in keepers.left),
        deputy_here=bool(keepers and keepers.deputy and keepers.deputy not in keepers.left),
        grants=list(grants_on(account)),
        exceptions=list(
            account.exceptions.filter(ended_at=None, until__gt=now).select_related(
                "owner", "countersigned_by"
            )
        ),
        reviews=list(account.reviews.select_related("reviewed_by").order_by("-reviewed_on", "-pk")[:5]),
        setup=[Line(line, closed.get(line.number)) for line in LINES],
        lookalikes=list(
            account.lookalikes.filter(state__in=[CaseState.OPEN, CaseState.REPORTED]).order_by("reported_at")
        ),
    )


def grants_on(account: Account) -> list[Grant]:
    """Who may do what today, and until when."""
    current = Grant.objects.current().filter(account=account)
    return list(current.select_related("person", "given_by", "countersigned_by").order_by("ends_on", "pk"))


def grants_of(person: str) -> list[Grant]:
    """What one person may do today, and until when."""
    current = Grant.objects.current().filter(person_id=person)
    return list(current.select_related("account", "given_by").order_by("ends_on", "pk"))
