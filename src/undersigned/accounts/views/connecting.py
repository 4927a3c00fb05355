"""Connecting an account to its network: to the network, back from it, and ending it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from undersigned.accounts import acts
from undersigned.accounts.connecting import flow
from undersigned.accounts.forms.connecting import AppPasswordForm
from undersigned.accounts.models import Account
from undersigned.accounts.queries import connecting as connections
from undersigned.accounts.views import steps
from undersigned.accounts.views.acting import Asked, answer
from undersigned.accounts.views.coming_in import account_of, officer_of
from undersigned.acts import Officer
from undersigned.acts.refusals import Refused
from undersigned.networks.names import Network
from undersigned.people.middleware import actor
from undersigned.ui import actid
from undersigned.ui.components import Fact


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def connect(request: HttpRequest, reference: str) -> HttpResponse:
    """What will happen; then the way to the network, or the form for an app password. Raises Refused."""
    officer = officer_of(request)
    account = account_of(officer, reference)
    if not flow.can_connect(account):
        raise Http404
    refusal = acts.authorise.refusal(officer, account)
    if refusal:
        raise refusal
    if flow.takes_password(account):
        return _by_password(request, officer, account)
    address = flow.begin(officer, account, _session(request)) if request.method == "POST" else ""
    return render(request, "accounts/connect.html", _shown(account) | {"address": address})


def _by_password(request: HttpRequest, officer: Officer, account: Account) -> HttpResponse:
    form = AppPasswordForm(request.POST if request.method == "POST" else None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            flow.by_password(officer, account, **form.given(), act_id=actid.read(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            return _connected(request, account)
    return render(request, "accounts/connect.html", _shown(account) | {"form": form})


@never_cache
@require_GET
def come_back(request: HttpRequest, network: str) -> HttpResponse:
    """From the network. Whatever comes of it is told on a page whose address holds no code: addresses are printed.

    Who is not signed in any more begins again, for the code must not wait in another address either.
    """
    officer = actor(request)
    if officer is None:
        return redirect(settings.LOGIN_URL)
    said = {name: request.GET.get(name, "") for name in ("state", "code", "error")}
    try:
        connection = flow.answered(officer, _network(network), _session(request), said)
    except Refused as refused:
        messages.error(request, str(refused))
        begun_for = flow.begun_for(officer, said["state"])
        return redirect("accounts:account", begun_for) if begun_for else redirect("accounts:list")
    return _connected(request, connection.account)


def _network(word: str) -> Network:
    try:
        return Network(word)
    except ValueError:
        raise Http404 from None


def _session(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _connected(request: HttpRequest, account: Account) -> HttpResponse:
    messages.success(
        request, _("The account is connected to %(network)s.") % {"network": account.place.label}
    )
    return redirect("accounts:account", account.pk)


def _shown(account: Account) -> dict[str, object]:
    return {
        "account": account,
        "network": account.place.label,
        "before": connections.connection_of(account),
        "back": reverse("accounts:account", args=[account.pk]),
    }


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, reference: str, connection: str) -> HttpResponse:
    officer = officer_of(request)
    account = account_of(officer, reference)
    held = get_object_or_404(connections.standing(), account=account, pk=connection)
    asked = Asked(
        step=steps.END_CONNECTION,
        by=officer,
        account=account,
        subject=held,
        heading=_("End the connection: %(account)s") % {"account": account},
        about=(
            Fact(_("Hangs on the log-in of"), held.holder_name),
            Fact(_("Connected by"), held.authorised_by.name),
        ),
    )
    return answer(request, asked)
