"""Look-alike cases: who sees which."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from undersigned.accounts.models import LookalikeCase
from undersigned.accounts.queries.listing import sees_all
from undersigned.accounts.queries.listing import visible_to as accounts_visible_to
from undersigned.acts import Officer


def visible_to(officer: Officer) -> QuerySet[LookalikeCase]:
    """All cases for whoever works on the whole register; else what one reported, and what resembles one's accounts.

    A case may name a private person's account, and be harmless.
    """
    rows = LookalikeCase.objects.select_related("resembles", "reported_by", "decided_by", "account")
    if sees_all(officer):
        return rows
    theirs = accounts_visible_to(officer).values("pk")
    return rows.filter(Q(reported_by_id=officer.person) | Q(resembles_id__in=theirs))


def case_for(officer: Officer, reference: str) -> LookalikeCase | None:
    """The case, if this person may see it; else None, as if there were none."""
    return visible_to(officer).filter(pk=reference).first()
