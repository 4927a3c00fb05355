"""The pages by which a person comes in: the invitation, and the second factor they are led to."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.acts import Officer, Refused
from undersigned.acts.directory import directory
from undersigned.people import acts
from undersigned.people.acts.invitations import digest_of
from undersigned.people.middleware import actor
from undersigned.people.models import Invitation, InvitationState, User
from undersigned.people.signin import sign_in
from undersigned.ui import actid
from undersigned.ui.components import Fact
from undersigned.ui.forms import PlainForm


class PasswordForm(PlainForm):
    """A first password; what makes one good is judged by the act."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. Several words are better than tricks."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, code: str) -> HttpResponse:
    """Turn an invitation into a sign-in, and lead its owner to the second factor."""
    invitation = Invitation.objects.filter(
        code_digest=digest_of(code), state=InvitationState.SENT, expires_at__gt=timezone.now()
    ).first()
    if invitation is None:
        return render(request, "people/lapsed.html", status=404)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _let_in(request, invitation, form.cleaned_data["password"])
        except Refused as refused:
            form.refuse(refused)
    return render(request, "people/welcome.html", {"form": form, "invitation": invitation})


def _let_in(request: HttpRequest, invitation: Invitation, password: str) -> HttpResponse:
    person = invitation.person
    by = directory().officer(person.pk) or Officer(person.pk, person.name, person.person_class)
    acts.accept_invitation.once(actid.read(request))(by=by, invitation=invitation, password=password)
    sign_in(request, person.user)
    return redirect("people:second_factor")


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    return render(request, "people/second_factor.html")


@login_required
@require_safe
def address_is_given(request: HttpRequest) -> HttpResponse:
    """Stands before the library's page of addresses, where whoever sat at an open session could add one of their
    own, unproved, and have the password sent to it."""
    messages.info(
        request,
        _("Your address is the one to which your invitation went; it is not changed here."),
    )
    return redirect("people:me")


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What the product knows of the person who is signed in."""
    who = actor(request)
    user = cast(User, request.user)
    capacities = "; ".join(dict.fromkeys(one.label for one in who.capacities)) if who else ""
    facts = [
        Fact(_("Name"), user.person.name),
        Fact(_("E-mail address"), user.email),
        Fact(_("Appointments today"), capacities or _("none: you can look, but not act")),
    ]
    return render(request, "people/me.html", {"facts": facts})
