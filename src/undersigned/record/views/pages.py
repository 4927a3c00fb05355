"""The record for people: what stands in it, one act, its receipt, and how to check it all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.acts import Officer, Refused
from undersigned.record import acts, queries, rules
from undersigned.record.forms import EraseForm, RepudiateForm, SearchForm
from undersigned.record.listed import listed
from undersigned.record.models import Entry
from undersigned.record.outlook import Outlook
from undersigned.record.telling import Told
from undersigned.ui import actid
from undersigned.ui.listing import Column, Listing

COLUMNS = (
    Column("at", gettext_lazy("When")),
    Column("act", gettext_lazy("What was done")),
    Column("by", gettext_lazy("In which capacity")),
    Column("seq", gettext_lazy("Entry"), kind="number"),
)
BY_PLACE = ("-seq",)
BY_TIME = ("-t", "-seq")
"""The newest first in either order; one day is read along the index of times, where it need not be sorted."""
KINDS = {
    "tlog-proof": "text/plain; charset=utf-8",
    "entry": "application/json",
    "disclosed.json": "application/json",
}


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """How the record stands, and what was done, the newest first."""
    reader = _reader(request)
    order = BY_TIME if request.GET.get("day_day") else BY_PLACE
    listing = Listing(
        request, Entry.objects.all(), COLUMNS, order=order, filters=SearchForm, offers_csv=False
    )
    context = {"listing": listing, "rows": listed(listing.rows, reader), "outlook": Outlook()}
    return _page(request, "record/record.html", context)


@require_safe
def act(request: HttpRequest, act_id: str) -> HttpResponse:
    told = _told(request, act_id)
    return _page(request, "record/act.html", {"told": told, "may_erase": rules.may_erase(told.reader)})


@require_safe
def how_to_verify(request: HttpRequest) -> HttpResponse:
    return _page(request, "record/how_to_verify.html", {"outlook": Outlook()})


@require_safe
def receipt(request: HttpRequest, act_id: str) -> HttpResponse:
    """The three files in one."""
    told = _told(request, act_id)
    data = told.receipt.archive(None if told.may_know else ())
    return _download(data, "application/zip", f"{act_id}.zip")


@require_safe
def receipt_file(request: HttpRequest, act_id: str, kind: str) -> HttpResponse:
    told = _told(request, act_id)
    match kind:
        case "tlog-proof":
            data = told.receipt.proof()
        case "entry":
            data = told.receipt.entry
        case _:
            data = told.receipt.disclosed(None if told.may_know else ())
    if data is None:
        raise Http404
    return _download(data, KINDS[kind], f"{act_id}.{kind}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def repudiate(request: HttpRequest, act_id: str) -> HttpResponse:
    """Say that an act in one's own name was not one's own."""
    told = _told(request, act_id)
    if told.reader is None or not told.is_own:
        raise Http404
    form = RepudiateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.repudiate.once(actid.read(request))(by=told.reader, target=act_id, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("It is in the record that you did not do this. Tell IT security as well.")
            )
            return redirect("record:act", act_id)
    return _page(request, "record/repudiate.html", {"told": told, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, act_id: str) -> HttpResponse:
    """Erase what an act commits to; the leaf stays."""
    told = _told(request, act_id)
    if told.reader is None or not rules.may_erase(told.reader):
        raise Http404
    form = EraseForm(request.POST or None, erasable=told.erasable)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            acts.erase.once(actid.read(request))(
                by=told.reader, target=act_id, fields=chosen["fields_to_erase"], law=chosen["law"]
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Erased. The act and its proof stand as before."))
            return redirect("record:act", act_id)
    return _page(request, "record/erase.html", {"told": told, "form": form})


def _reader(request: HttpRequest) -> Officer | None:
    found = getattr(request, "actor", None)
    return found if found else None


def _told(request: HttpRequest, act_id: str) -> Told:
    found = queries.receipt(act_id)
    if found is None:
        raise Http404
    return Told(found, _reader(request))


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Everybody may read; whoever is signed in keeps their own frame around it, and nobody else keeps what they see.

    For others no form changes anything, so no cookie that guards forms is set.
    """
    if not request.user.is_authenticated:
        return render(request, template, {**context, "around": "ui/public.html", "csrf_token": ""})
    response = render(request, template, {**context, "around": "ui/base.html"})
    response["Cache-Control"] = "private, no-store"
    return response


def _download(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
