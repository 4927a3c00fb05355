"""Requesting an account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.accounts import acts
from undersigned.accounts.forms.entering import RequestForm
from undersigned.accounts.views.coming_in import officer_of
from undersigned.acts.refusals import Unfit
from undersigned.ui import actid


@login_required
@require_http_methods(["GET", "POST"])
def request_account(request: HttpRequest) -> HttpResponse:
    """Ask for an account before it is opened. Nothing is published by it."""
    officer = officer_of(request)
    form = RequestForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            account = acts.request.once(actid.read(request))(by=officer, **form.wants())
        except Unfit as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The account is requested. The head of its unit is asked to assent."))
            return redirect("accounts:account", account.pk)
    if refusal := acts.request.refusal(officer):
        raise refusal
    return render(request, "accounts/request.html", {"form": form})
