"""The emergency post: from here to the networks at once, by a duty officer, and reviewed by somebody else after."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.accounts.views.coming_in import officer_of
from undersigned.acts import Officer
from undersigned.acts.refusals import Refused
from undersigned.people.frame import city
from undersigned.publishing import acts
from undersigned.publishing.forms.emergency import EmergencyForm
from undersigned.ui import actid


@login_required
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    officer = acts.send_emergency.capable(officer_of(request), None)
    if not isinstance(officer, Officer):
        raise TypeError("a person sends it")
    form = EmergencyForm(request.POST or None, officer=officer)
    if request.method == "POST" and form.is_valid():
        try:
            post = acts.send_emergency.once(actid.read(request))(by=officer, **form.wants())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("It is on its way, without prior countersignature. Watch it arrive here.")
            )
            return redirect("publishing:post", post.pk)
    shown = {"form": form, "officer": officer, "holding": _holding_statement()}
    return render(request, "publishing/emergency.html", shown)


def _holding_statement() -> str:
    """For the city's own site while facts are still missing."""
    says = _(
        "%(city)s knows of what has happened and is working on it. Follow what the emergency services say. "
        "We publish here what we know as soon as we know it."
    )
    return says % {"city": city().name}
