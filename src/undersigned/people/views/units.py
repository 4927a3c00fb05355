"""The units of the city as a tree with their heads."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.acts import Refused
from undersigned.people import acts, queries
from undersigned.people.forms import CloseForm, NewUnitForm, UnitForm
from undersigned.people.models import Appointment
from undersigned.people.states import Office, UnitKind
from undersigned.people.views import access
from undersigned.ui import actid


@login_required
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The whole tree; or only the units that nobody heads."""
    officer = access.colleague(request)
    headless = request.GET.get("show") == "no_head"
    context = {
        "tree": [] if headless else queries.unit_tree(),
        "headless": list(queries.without_head().order_by("name")) if headless else [],
        "show": "no_head" if headless else "",
        "keeps": queries.keeps_people(officer),
    }
    return render(request, "people/units.html", context)


@login_required
@require_safe
def unit(request: HttpRequest, reference: str) -> HttpResponse:
    officer = access.colleague(request)
    found = access.unit(reference)
    heads = Appointment.objects.current().filter(unit=found, office=Office.UNIT_HEAD)
    context = {
        "unit": found,
        "heads": list(heads.select_related("person").order_by("acting", "begins_on")),
        "below": list(found.children.filter(closed_on__isnull=True).order_by("name")),
        "keeps": queries.keeps_people(officer),
    }
    return render(request, "people/unit.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    officer = access.keeper(request)
    form = NewUnitForm(request.POST or None, initial={"parent": request.GET.get("below", "")})
    if form.is_bound and form.is_valid():
        said = {**form.cleaned_data, "unit_kind": UnitKind(form.cleaned_data["unit_kind"])}
        try:
            made = acts.add_unit.once(actid.read(request))(by=officer, **said)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("people:unit", made.pk)
    return render(request, "people/unit_form.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    officer = access.keeper(request)
    found = access.unit(reference)
    initial = {name: getattr(found, name) for name in UnitForm.base_fields}
    form = UnitForm(request.POST or None, but=found, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            acts.change_unit.once(actid.read(request))(by=officer, unit=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Changed."))
            return redirect("people:unit", found.pk)
    return render(request, "people/unit_form.html", {"form": form, "unit": found})


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a unit in which nobody holds an appointment any more."""
    officer = access.keeper(request)
    found = access.unit(reference)
    form = CloseForm(request.POST or None, expected=found.name, label=_("Type the name of the unit"))
    if form.is_bound and form.is_valid():
        try:
            acts.close_unit.once(actid.read(request))(
                by=officer, unit=found, closed_on=form.cleaned_data["closed_on"]
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The unit was closed."))
            return redirect("people:units")
    return render(request, "people/unit_close.html", {"form": form, "unit": found})
