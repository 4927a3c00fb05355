"""An account: trust it, or mend it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from undersigned.accounts.models import Account
from undersigned.accounts.posture.scoring import NOT_JUDGED, Standing
from undersigned.accounts.queries.asking import requests_on
from undersigned.accounts.queries.likeness import twins
from undersigned.accounts.queries.looking import look
from undersigned.accounts.states import FINAL, PUBLIC, AccountState
from undersigned.accounts.views import about
from undersigned.accounts.views.checks import check_groups
from undersigned.accounts.views.coming_in import account_of, officer_of, way_to
from undersigned.accounts.views.connected import connected
from undersigned.accounts.views.offering import offers
from undersigned.accounts.views.shown import grant_rows, request_rows
from undersigned.accounts.views.wording import shape_of, state_in_words
from undersigned.acts import Officer


@login_required
@require_safe
def account(request: HttpRequest, reference: str) -> HttpResponse:
    officer = officer_of(request)
    return render(request, "accounts/account.html", _shown(account_of(officer, reference), officer))


def _shown(account: Account, officer: Officer) -> dict[str, Any]:
    looked = look(account)
    standing = looked.score.standing if account.state not in FINAL else None
    waiting = requests_on(account, officer)
    offered = offers(officer, looked, [one.act for one in waiting])
    return {
        "account": account,
        "looked": looked,
        "shape": shape_of(account.state, standing),
        "standing": state_in_words(account.state, standing),
        "is_red": standing is Standing.RED,
        "is_judged": account.state not in NOT_JUDGED,
        "next": about.happens_next(looked),
        "offers": offered,
        "proves": officer.second_factor,
        "second_factor_url": way_to("people:second_factor"),
        "waiting": request_rows(waiting),
        "keepers": about.keepers(looked, officer),
        "checks": check_groups(looked, may_attest=offered.attests) if account.state not in NOT_JUDGED else [],
        "shows_setup": account.state in (AccountState.APPROVED, AccountState.SETTING_UP),
        "grants": grant_rows(looked, officer),
        "connected": connected(account, officer),
        "posts": about.posts(looked),
        "twins": twins(account, officer) if account.state not in FINAL else [],
        "entry": about.entry(account),
        "source": about.source(account),
        "acts": about.timeline(account),
        "public_url": way_to("public:account", account.pk) if account.state in PUBLIC else "",
    }
