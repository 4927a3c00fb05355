"""Acts on what belongs to an account: a line of its set-up list, a check, a grant, an exception."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.accounts.acts.opening import GRANTS_GIVEN, RULE_CHOSEN
from undersigned.accounts.posture.checks import BY_ID
from undersigned.accounts.posture.kinds import Check, CheckId, EvidenceClass
from undersigned.accounts.posture.setup import LINES
from undersigned.accounts.views import steps
from undersigned.accounts.views.acting import Asked, answer
from undersigned.accounts.views.coming_in import account_of, officer_of
from undersigned.accounts.views.steps import Step
from undersigned.accounts.views.wording import check_in_words
from undersigned.networks.names import Network
from undersigned.ui.components import Fact


@login_required
@require_http_methods(["GET", "POST"])
def close_line(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    officer = officer_of(request)
    account = account_of(officer, reference)
    line = next((one for one in LINES if one.number == number), None)
    if line is None:
        raise Http404
    asked = Asked(
        step=steps.CLOSE_LINE,
        by=officer,
        account=account,
        given={"number": number},
        drawn={"on_books": number in (GRANTS_GIVEN, RULE_CHOSEN)},
        heading=_("Close line %(number)d: %(account)s") % {"number": number, "account": account},
        says=str(line.says),
    )
    return answer(request, asked)


@login_required
@require_http_methods(["GET", "POST"])
def on_check(request: HttpRequest, reference: str, check: str, step: Step) -> HttpResponse:
    """Attesting a check, bringing a document for it, or asking for an exception from it."""
    officer = officer_of(request)
    account = account_of(officer, reference)
    known = _check(check)
    words = check_in_words(known.id)
    asked = Asked(
        step=step,
        by=officer,
        account=account,
        given={"check": known.id},
        drawn={"check": known.id},
        heading=f"{step.verb}: {words}, {account}",
        about=_about(known, account.place),
    )
    return answer(request, asked)


def _check(word: str) -> Check:
    if word not in CheckId.__members__:
        raise Http404
    return BY_ID[CheckId(word)]


def _about(check: Check, network: Network) -> tuple[Fact, ...]:
    reading = check.readings.get(network)
    ways = (
        [source.how for source in reading.sources if source.klass is not EvidenceClass.AUTOMATIC]
        if reading
        else []
    )
    looked_at = " ".join(str(way) for way in ways)
    facts = [Fact(_("Passes when"), check.passes_when), Fact(_("Why"), check.why)]
    return (*facts, *([Fact(_("What shows it"), looked_at)] if looked_at else []))


@login_required
@require_http_methods(["GET", "POST"])
def end_grant(request: HttpRequest, reference: str, grant: str) -> HttpResponse:
    officer = officer_of(request)
    account = account_of(officer, reference)
    held = get_object_or_404(account.grants.select_related("person"), pk=grant)
    asked = Asked(
        step=steps.END_GRANT,
        by=officer,
        account=account,
        subject=held,
        heading=_("End a grant: %(name)s, %(account)s") % {"name": held.person.name, "account": account},
        about=(Fact(_("Who"), held.person.name), Fact(_("As"), held.get_preset_display())),
    )
    return answer(request, asked)


@login_required
@require_http_methods(["GET", "POST"])
def end_exception(request: HttpRequest, reference: str, exception: str) -> HttpResponse:
    officer = officer_of(request)
    account = account_of(officer, reference)
    held = get_object_or_404(account.exceptions.select_related("owner"), pk=exception)
    check = check_in_words(CheckId(held.check_id))
    asked = Asked(
        step=steps.END_EXCEPTION,
        by=officer,
        account=account,
        subject=held,
        heading=_("End an exception: %(check)s, %(account)s") % {"check": check, "account": account},
        about=(Fact(_("Answers for it"), held.owner.name), Fact(_("Because"), held.reason)),
    )
    return answer(request, asked)
