"""Beginning, correcting and ending an appointment."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.acts import Refused
from undersigned.people import acts, queries
from undersigned.people.forms import AppointmentForm, EndForm, OfficeForm, initial_of
from undersigned.people.models import Appointment
from undersigned.people.states import Office
from undersigned.people.views import access
from undersigned.ui import actid


@login_required
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin an appointment of this person."""
    officer = access.keeper(request)
    person = access.person_for(officer, reference)
    form = AppointmentForm(request.POST or None)
    if form.is_bound and form.is_valid():
        said = {**form.cleaned_data, "office": Office(form.cleaned_data["office"])}
        try:
            acts.begin_appointment.once(actid.read(request))(by=officer, person=person, **said)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("people:person", person.pk)
    return render(request, "people/appoint.html", {"form": form, "person": person})


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct an appointment, or let it last longer."""
    officer = access.keeper(request)
    held = access.open_appointment(reference)
    form = OfficeForm(request.POST or None, initial=initial_of(held))
    if form.is_bound and form.is_valid():
        try:
            acts.change_appointment.once(actid.read(request))(
                by=officer, appointment=held, **form.cleaned_data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Changed."))
            return redirect("people:person", held.person_id)
    return render(request, "people/appointment_change.html", {"form": form, "appointment": held})


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """End an appointment now, after saying what ends with it."""
    officer = access.keeper(request)
    held = access.open_appointment(reference)
    form = EndForm(request.POST or None, expected=held.person.name, label=_("Type the name of the person"))
    if form.is_bound and form.is_valid():
        try:
            acts.end_appointment.once(actid.read(request))(
                by=officer, appointment=held, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The appointment ended."))
            return redirect("people:person", held.person_id)
    return render(request, "people/appointment_end.html", {"form": form, **_what_ends(held)})


def _what_ends(held: Appointment) -> dict[str, object]:
    others = Appointment.objects.current().filter(person=held.person_id).exclude(pk=held.pk)
    return {
        "appointment": held,
        "person": held.person,
        "is_last": not others.exists(),
        "sessions": queries.open_sessions(held.person),
    }
