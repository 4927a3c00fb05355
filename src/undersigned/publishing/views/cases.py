"""What was noticed on a network that the city did not do through the system: the list, and one case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from undersigned.accounts.queries import history
from undersigned.accounts.queries.listing import visible_to
from undersigned.accounts.views.coming_in import officer_of
from undersigned.acts import Officer
from undersigned.publishing.models import Case, Sighting
from undersigned.publishing.states import CaseKind, CaseState
from undersigned.publishing.views import wording
from undersigned.publishing.views.coming_in import case_of
from undersigned.publishing.views.looking import Offer
from undersigned.publishing.views.steps import ON_CASES
from undersigned.ui.components import Fact, Standing
from undersigned.ui.listing import Column, Listing

COLUMNS = (
    Column("kind", gettext_lazy("What was noticed")),
    Column("account", gettext_lazy("Account")),
    Column("opened", gettext_lazy("Noticed")),
    Column("due", gettext_lazy("Due")),
    Column("standing", gettext_lazy("Standing")),
)
SHAPES = {
    CaseState.OPEN: Standing.WAITS,
    CaseState.INCIDENT: Standing.WRONG,
    CaseState.ADOPTED: Standing.WORKS,
    CaseState.EXPLAINED: Standing.WORKS,
    CaseState.REMOVED: Standing.ASLEEP,
}


@login_required
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    officer = officer_of(request)
    listing = Listing(request, _seen_by(officer), COLUMNS, order=("-opened_at", "pk"), offers_csv=False)
    rows = [(case, reverse("publishing:case", args=[case.pk]), *_standing(case)) for case in listing.rows]
    return render(request, "publishing/cases.html", {"listing": listing, "rows": rows})


def _seen_by(officer: Officer) -> QuerySet[Case]:
    seen = visible_to(officer).values("pk")
    return Case.objects.filter(account__in=seen).select_related("account")


def _standing(case: Case) -> tuple[Standing, str]:
    return SHAPES[CaseState(case.state)], capfirst(case.get_state_display())


@login_required
@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    officer = officer_of(request)
    found = case_of(officer, reference)
    shape, standing = _standing(found)
    offers = list(_offers(found, officer))
    main = next((offer for leads, offer in offers if leads), None)
    shown = {
        "case": found,
        "shape": shape,
        "standing": standing,
        "main": main,
        "quiet": [offer for _leads, offer in offers if offer is not main],
        "facts": list(_facts(found)),
        "acts": wording.timeline(history.of([found.pk], found.pk, 25)),
    }
    return render(request, "publishing/case.html", shown | _texts(found))


def _offers(found: Case, officer: Officer) -> Iterator[tuple[bool, Offer]]:
    for step in ON_CASES:
        if step.act.refusal(officer, found) is None and step.when(found):
            url = reverse(f"publishing:{step.name}", args=[found.pk])
            yield step.leads, Offer(step.verb, url, step.ends_something)


def _facts(found: Case) -> Iterator[Fact]:
    account_url = reverse("accounts:account", args=[found.account_id])
    yield Fact(_("Account"), found.account, url=account_url)
    if found.delivery:
        yield Fact(
            _("Our post"),
            found.delivery.post,
            url=reverse("publishing:post", args=[found.delivery.post_id]),
        )
    if found.words:
        yield Fact(_("What was noticed"), found.words)
    if found.claimed_by:
        yield Fact(_("Says that they posted it"), found.claimed_by.name)
    if found.settled_by:
        yield Fact(found.get_state_display(), found.settled_by.name, source=found.reason, at=found.settled_at)


def _texts(found: Case) -> dict[str, Any]:
    """Every version that was seen; where it is ours, what it should say stands beside the newest."""
    seen = list(
        Sighting.objects.filter(account_id=found.account_id, far_id=found.far_id).order_by("-version")[:20]
    )
    ours = ""
    if found.delivery and found.case_kind in (CaseKind.EDITED, CaseKind.DIFFERS):
        content = found.delivery.post.versions.get(number=found.delivery.number).says
        ours = content.on(found.account_id).text
    return {"seen": seen, "ours": ours, "newest": seen[0] if seen else None}
