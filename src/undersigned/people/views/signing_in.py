"""Letting somebody in, and out: invitations and sessions."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.acts import Refused
from undersigned.people import acts, queries
from undersigned.people.forms import InviteForm
from undersigned.people.views import access
from undersigned.ui import actid


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, reference: str) -> HttpResponse:
    """Invite somebody to make a sign-in; an earlier invitation lapses."""
    officer = access.keeper(request)
    person = access.person_for(officer, reference)
    form = InviteForm(request.POST or None, initial={"email": person.email})
    if form.is_bound and form.is_valid():
        try:
            acts.send_invitation.once(actid.read(request))(
                by=officer, person=person, code=secrets.token_urlsafe(32), **form.cleaned_data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The invitation is on its way. It can be taken up for seven days."))
            return redirect("people:person", person.pk)
    return render(request, "people/invite.html", {"form": form, "person": person})


@login_required
@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an open invitation back."""
    officer = access.keeper(request)
    found = access.invitation(reference)
    acts.withdraw_invitation.once(actid.read(request))(by=officer, invitation=found)
    messages.success(request, _("The invitation was taken back. Its code opens nothing."))
    return redirect("people:person", found.person_id)


@login_required
@require_POST
def end_sessions(request: HttpRequest, reference: str) -> HttpResponse:
    """End every session of this person. Whoever may not is told why."""
    officer = access.colleague(request)
    person = access.person_for(officer, reference)
    count = queries.open_sessions(person)
    acts.end_sessions.once(actid.read(request))(by=officer, person=person)
    said = ngettext("%(count)d session was ended.", "%(count)d sessions were ended.", count)
    messages.success(request, said % {"count": count})
    return redirect("people:person", person.pk)
