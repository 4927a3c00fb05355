"""The four steps: which there are, where one is, and back to any of them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from undersigned.acts.refusals import Words
from undersigned.imports.models import ImportRun
from undersigned.imports.views import access

STEPS = (
    ("file", _("File")),
    ("columns", _("Columns")),
    ("questions", _("Problems and questions")),
    ("changes", _("What will change")),
)

StepView = Callable[[HttpRequest, ImportRun], HttpResponse]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``url`` is empty while one cannot go there yet."""

    number: int
    label: Words
    url: str
    current: bool


def steps(here: str, run: ImportRun | None) -> list[Step]:
    return [
        Step(number, label, _url(name, run), name == here)
        for number, (name, label) in enumerate(STEPS, start=1)
    ]


def _url(name: str, run: ImportRun | None) -> str:
    if run is None or (name in ("questions", "changes") and not run.mapping):
        return ""
    return reverse(f"imports:{name}" if name != "file" else "imports:file_again", args=[run.pk])


def in_steps(view: StepView) -> Callable[[HttpRequest, int], HttpResponse]:
    """Fetch the run whose step this is; past its steps there is only the page of the run itself."""

    @functools.wraps(view)
    def stepped(request: HttpRequest, run: int) -> HttpResponse:
        try:
            return view(request, access.own_run(request, run))
        except access.Elsewhere:
            return redirect("imports:run", run)

    return stepped
