"""Every component in every state, on pages that exist only for looking and for tests (never in a city's instance)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from undersigned.acts.refusals import NotPermitted
from undersigned.ui import components as c
from undersigned.ui.forms import ConfirmForm, DayField, FilterForm, PlainForm
from undersigned.ui.listing import Column, Listing

DIGEST = "9f2c41d07be5a86613f0c2d4ab9e77105c3d8f64e21b0a97d3c6f58812e4b0aa"
LONG = "The Office of the Commissioner for Parks, Recreation, Libraries and Neighbourhood Celebrations"


def components(request: HttpRequest) -> HttpResponse:
    messages.success(
        request, "The grant was approved. Mara Lindqvist can post on The Esplanade until 30 June 2027."
    )
    messages.warning(request, "Two rows of the file need an answer before the import can go on.")
    messages.error(
        request, "The network did not answer. Nothing was posted; it will be tried again at 14:05."
    )
    return render(request, "ui/showcase/components.html", _everything())


def _everything() -> dict[str, object]:
    now = timezone.now()
    return {
        "facts": _facts(now),
        "acts": _acts(now),
        "duties": _duties(timezone.localdate()),
        "refusal": _refusal(),
        "changes": _changes(),
        "figures": _figures(),
        "bars": _bars(),
        "running": _progress(now),
        "finished": replace(_progress(now), done=2000, finished=True),
        "digest": DIGEST,
        "today": timezone.localdate(),
        "now": now,
        "long": LONG,
        "old_text": "The pool at Riverside is closed on Monday for cleaning. Swim at Northgate instead.",
        "new_text": "The pool at Riverside is closed on Monday and Tuesday for repairs. Swim at Northgate instead.",
    }


def _facts(now: dt.datetime) -> list[c.Fact]:
    return [
        c.Fact("Handle", "@harrowfalls", "register of accounts", now - dt.timedelta(days=400), "#fact"),
        c.Fact("Steward", "Mara Lindqvist, communications adviser", "head of communications", now),
        c.Fact("Owning unit", LONG, "import of 6 December 2024"),
        c.Fact("Deputy"),
    ]


def _acts(now: dt.datetime) -> list[c.TimelineAct]:
    return [
        c.TimelineAct(
            now,
            "Approved the opening of The Esplanade on Instagram",
            "Ingrid Solberg",
            "head of communications",
            countersigned_by="Tomas Achebe, city manager",
            receipt_url="#receipt",
            digest=DIGEST,
            url="#act",
        ),
        c.TimelineAct(
            now - dt.timedelta(days=3),
            "Asked to open an account",
            "Mara Lindqvist",
            "communications adviser",
            detail="For the summer programme on the esplanade. Retires on 30 September 2027.",
        ),
        c.TimelineAct(now - dt.timedelta(days=9), "Marked as dormant", "Undersigned", "sweep of 1 March"),
    ]


def _duties(today: dt.date) -> list[c.DutyRow]:
    return [
        c.DutyRow(
            "Name a steward",
            "Arena on Facebook",
            "#a",
            today - dt.timedelta(days=12),
            "Name",
            "#n",
        ),
        c.DutyRow(
            "Countersign a grant", "Mara Lindqvist, until 30 June 2027", "#b", today, "Countersign", "#c"
        ),
        c.DutyRow(
            "Confirm that you read the social media policy",
            "Version 3",
            "#p",
            today + dt.timedelta(days=1),
            "Confirm",
            post_url="#post",
        ),
        c.DutyRow("Review who may post", LONG, "#d", today + dt.timedelta(days=40), "Review", "#r"),
    ]


def _refusal() -> c.Refusal:
    return c.Refusal(
        why="You asked for this grant, so you cannot countersign it.",
        rule="one_approver_who_is_not_the_author",
        helps=("Ingrid Solberg, head of communications", "Tomas Achebe, city manager"),
        do="Ask one of them to countersign it. It waits on their desk already.",
        kept="Your request of 3 March stands as it is.",
    )


def _changes() -> list[c.Change]:
    return [
        c.Change("Steward", "Pieter Vandermolen", "Mara Lindqvist"),
        c.Change("Deputy", "", "Joon Akintola"),
        c.Change("Ends", "31 December 2025", ""),
    ]


def _figures() -> list[c.Figure]:
    return [
        c.Figure("Live", 1204, "#live", c.Standing.WORKS),
        c.Figure("Waiting", 3, "#waiting", c.Standing.WAITS),
        c.Figure("Red", 41, "#red", c.Standing.WRONG),
        c.Figure("Dormant", 17, "#dormant", c.Standing.ASLEEP),
    ]


def _bars() -> list[c.Bar]:
    works, waits, wrong, asleep = c.Standing
    return [
        c.Bar("Communications", [(works, 12), (waits, 2), (wrong, 1), (asleep, 0)], "#u1"),
        c.Bar("Parks and recreation", [(works, 5), (waits, 0), (wrong, 4), (asleep, 3)], "#u2"),
        c.Bar(LONG, [(works, 0), (waits, 1), (wrong, 0), (asleep, 2)]),
        c.Bar("Fire service", [(works, 1), (waits, 0), (wrong, 0), (asleep, 0)]),
    ]


def _progress(now: dt.datetime) -> c.Progress:
    return c.Progress(
        what="Reading the roster",
        done=840,
        total=2000,
        started_at=now - dt.timedelta(seconds=60),
        poll_url=reverse("ui:showcase_progress"),
    )


class ExampleForm(PlainForm):
    groups = (
        ("Who", ("person", "unit", "note")),
        ("What and until when", ("may", "capacity", "ends_on", "file")),
    )

    person = forms.CharField(label="Name", max_length=200, help_text="As the personnel system writes it.")
    unit = forms.ChoiceField(label="Unit", choices=[("", "Choose"), ("a", "Parks"), ("b", LONG)])
    note = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    may = forms.MultipleChoiceField(
        label="May",
        choices=[("write", "Write posts"), ("approve", "Approve posts"), ("answer", "Answer comments")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose what the work needs and no more.",
    )
    capacity = forms.ChoiceField(
        label="Capacity", choices=[("s", "Steward"), ("d", "Deputy")], widget=forms.RadioSelect
    )
    ends_on = DayField(label="Ends on", help_text="A grant always ends. For example 30 6 2027.")
    file = forms.FileField(label="Letter of the unit head", required=False)
    seats = forms.IntegerField(label="How many", min_value=1)
    secret = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    read = forms.BooleanField(label="I have read what this person may do")


def form(request: HttpRequest) -> HttpResponse:
    bound = ExampleForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if bound.is_bound and bound.is_valid():
        return redirect("ui:showcase_form")
    return render(request, "ui/showcase/form.html", {"form": bound})


class ExampleFilters(FilterForm):
    app = forms.CharField(label="Room", required=False)
    model = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "All kinds"), ("person", "Person"), ("none", "None of these")],
    )

    def narrow(self, rows: QuerySet[ContentType]) -> QuerySet[ContentType]:
        if app := self.cleaned_data["app"]:
            rows = rows.filter(app_label__contains=app)
        return rows.filter(model=self.cleaned_data["model"]) if self.cleaned_data["model"] else rows


COLUMNS = (
    Column("model", "Kind", sort=("model",)),
    Column("room", "Room", sort=("app_label", "model")),
    Column("standing", "Standing"),
    Column("number", "Number", sort=("pk",), kind="number"),
)


def listing(request: HttpRequest) -> HttpResponseBase:
    rows = Listing(
        request, ContentType.objects.all(), COLUMNS, order=("model", "pk"), filters=ExampleFilters, size=8
    )
    if rows.wants_csv:
        return rows.csv("kinds", cells=lambda kind: (kind.model, kind.app_label, "works", kind.pk))
    return render(request, "ui/showcase/list.html", {"listing": rows})


def progress(request: HttpRequest) -> HttpResponse:
    state = replace(_progress(timezone.now()), done=1650)
    template = (
        "ui/showcase/progress.html"
        if "HX-Request" not in request.headers
        else "ui/showcase/progress_only.html"
    )
    return render(request, template, {"state": state})


def confirm(request: HttpRequest) -> HttpResponse:
    bound = ConfirmForm(request.POST or None, expected="37", label="Type the number of people who leave")
    return render(request, "ui/showcase/confirm.html", {"form": bound})


def public(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/showcase/public.html")


def refused(request: HttpRequest) -> HttpResponse:
    raise NotPermitted(
        "You look after no account of this unit, so you cannot end this grant.",
        rule="steward_or_head_of_communications",
        helps=("head_of_communications",),
        do="Ask the steward of the account.",
    )


urlpatterns = [
    path("showcase/", components, name="showcase"),
    path("showcase/form/", form, name="showcase_form"),
    path("showcase/list/", listing, name="showcase_list"),
    path("showcase/progress/", progress, name="showcase_progress"),
    path("showcase/confirm/", confirm, name="showcase_confirm"),
    path("showcase/public/", public, name="showcase_public"),
    path("showcase/refused/", refused, name="showcase_refused"),
]
