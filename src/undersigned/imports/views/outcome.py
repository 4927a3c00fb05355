"""A run after its steps: how far it is, and the report to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from undersigned.imports import planning
from undersigned.imports.models import ImportRun, RunState
from undersigned.imports.preview import alike
from undersigned.imports.row import Problem
from undersigned.imports.rows_of import cells_of
from undersigned.imports.views import access, showing
from undersigned.ui import spreadsheet
from undersigned.ui.components import Fact


@login_required
@require_safe
def run(request: HttpRequest, run: int) -> HttpResponse:
    """Where this import stands: its progress, its report, or why it stopped."""
    found = access.run_for(request, run)
    if found.state == RunState.BROUGHT:
        return redirect("imports:changes" if found.mapping else "imports:columns", found.pk)
    if found.state in (RunState.WAITING, RunState.APPLYING):
        return showing.applying(request, found)
    template = "imports/stopped.html" if found.state == RunState.STOPPED else "imports/report.html"
    return showing.whole(render(request, template, _report(request, found)), request)


def _report(request: HttpRequest, found: ImportRun) -> dict[str, object]:
    kind, report = planning.importer(found), found.report
    problems = [Problem(one["row"], one["field"], one["what"]) for one in report.get("problems", ())]
    return {
        "run": found,
        "kind": kind,
        "report": report,
        "figures": showing.figures(kind, report.get("counts", {})),
        "problems": alike(problems),
        "problem_count": len(problems) + report.get("unlisted", 0),
        "facts": _facts(found),
        "is_mine": found.brought_by_id == request.user.pk,
    }


def _facts(found: ImportRun) -> list[Fact]:
    who = found.brought_by.person.name
    return [
        Fact(_("File"), found.file_name),
        Fact(_("SHA-256 of the file"), found.file_digest),
        Fact(_("Brought by"), who, at=found.brought_at),
        Fact(_("Applied in the name of"), who, at=found.started_at),
        Fact(_("Number of the act in the record"), found.act_id, url=_act(found)),
    ]


def _act(found: ImportRun) -> str:
    return reverse("record:act", args=[found.act_id]) if found.act_id else ""


@login_required
@require_safe
def problems(request: HttpRequest, run: int) -> HttpResponseBase:
    """Every problem with its row as it came, for correction."""
    found = access.run_for(request, run)
    told = list(found.report.get("problems", ())) or _of_the_preview(found)
    columns = list(dict.fromkeys(name for one in told for name in one["cells"]))
    header = [_("Row"), _("Column"), _("What to do"), *columns]
    return spreadsheet.csv_response(f"{found.subject}-problems", header, _lines(told, columns))


def _of_the_preview(found: ImportRun) -> list[dict[str, Any]]:
    kept = found.preview.get("preview", {}).get("problems", ())
    cells = cells_of(found, {one["row"] for one in kept if one["row"] is not None})
    return [one | {"cells": cells.get(one["row"], {})} for one in kept]


def _lines(told: Iterable[dict[str, Any]], columns: list[str]) -> Iterator[list[object]]:
    for one in told:
        yield [one["row"], one["field"], one["what"], *(one["cells"].get(name, "") for name in columns)]
