"""A person's page, and making somebody known."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.acts import Refused
from undersigned.people import acts
from undersigned.people.forms import PersonForm
from undersigned.people.states import PersonClass
from undersigned.people.views import access, showing
from undersigned.ui import actid


@login_required
@require_safe
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """What somebody holds: appointments, what other rooms add, sign-in, acts."""
    officer = access.colleague(request)
    found = access.person_for(officer, reference)
    return render(request, "people/person.html", showing.person_page(officer, found))


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Make somebody known; their first appointment is asked for next."""
    officer = access.keeper(request)
    form = PersonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        said = {**form.cleaned_data, "person_class": PersonClass(form.cleaned_data["person_class"])}
        try:
            made = acts.add_person.once(actid.read(request))(by=officer, **said)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("people:appoint", made.pk)
    return render(request, "people/person_form.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct what is known of somebody."""
    officer = access.keeper(request)
    found = access.person_for(officer, reference)
    form = PersonForm(request.POST or None, but=found, initial=showing.particulars(found))
    if form.is_bound and form.is_valid():
        try:
            acts.change_person.once(actid.read(request))(by=officer, person=found, **form.changed_from(found))
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Changed."))
            return redirect("people:person", found.pk)
    return render(request, "people/person_form.html", {"form": form, "person": found})
