"""What the pages show of a run, in the values that their components take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts.refusals import Words
from undersigned.imports.columns import Column
from undersigned.imports.columns import Mapping as Columns
from undersigned.imports.forms import ColumnsForm
from undersigned.imports.models import ImportRun, RunState
from undersigned.imports.planning import importer
from undersigned.imports.preview import Example, Preview
from undersigned.imports.subjects import Count, Importer
from undersigned.imports.views.stepping import steps
from undersigned.ui.components import Figure, Progress, Standing

SHOWN_AT_ONCE = 10
"""As the template shows."""

STANDS = {
    "adds": Standing.WORKS,
    "changes": Standing.WAITS,
    "ends": Standing.WRONG,
    "keeps": None,
    "waits": Standing.ASLEEP,
}


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the file beside its samples and the control that says what it means."""

    column: Column
    control: BoundField
    remark: str

    @property
    def doubtful(self) -> bool:
        return self.column.field is not None and not self.column.is_sure


def column_rows(kind: Importer, columns: Columns, form: ColumnsForm) -> list[ColumnRow]:
    remarks = kind.remarks(columns)
    return [
        ColumnRow(column, form[f"column_{at}"], remarks.get(column.name, ""))
        for at, column in enumerate(columns.columns)
    ]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of which some cases, or all at once, were answered already."""

    key: str
    sentence: Words
    count: int
    for_all: bool


def answered(run: ImportRun) -> list[Answered]:
    kind = importer(run)
    counts = Counter(key.partition(":")[0] for key in run.answers)
    return [Answered(key, kind.sentence(key), count, key in run.answers) for key, count in counts.items()]


@dataclass(frozen=True, slots=True)
class Shown:
    """Things that would change in one way: the first of them, and how many more there are."""

    count: Count
    standing: Standing | None
    total: int
    examples: Sequence[Example]

    @property
    def more(self) -> int:
        """Those that are not among the examples."""
        return self.total - len(self.examples)

    @property
    def further(self) -> int:
        """Examples that are folded away."""
        return len(self.examples) - SHOWN_AT_ONCE


def changes(run: ImportRun, preview: Preview) -> dict[str, object]:
    """The strip of numbers, and below it the things themselves, those that end first."""
    kind = importer(run)
    examples = {group.count: group.examples for group in preview.groups}
    groups = [
        Shown(count, STANDS[count.does], preview.counts[count.name], examples[count.name])
        for count in kind.counts
        if count.name in examples
    ]
    groups.sort(key=lambda group: group.count.does != "ends")
    return {
        "run": run,
        "kind": kind,
        "preview": preview,
        "groups": groups,
        "figures": figures(kind, preview.counts),
    }


def figures(kind: Importer, counts: Mapping[str, int]) -> list[Figure]:
    """The numbers in the order of their importer. A nought has no colour: nothing works and nothing is wrong."""
    return [
        Figure(count.label, counts[count.name], standing=STANDS[count.does] if counts[count.name] else None)
        for count in kind.counts
        if count.name in counts and (counts[count.name] or not count.rare)
    ]


def reading(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """How far the worker is with a large file; asked again until the page itself can be shown."""
    state = Progress(
        what=_("Reading the file and setting it against what is known"),
        done=run.done,
        total=run.total or 0,
        started_at=run.started_at or timezone.now(),
        poll_url=request.path,
    )
    return _progress(request, run, state)


def applying(request: HttpRequest, run: ImportRun) -> HttpResponse:
    begun = run.state == RunState.APPLYING and run.total is not None
    state = Progress(
        what=_("Applying the changes") if begun else _("Waiting for the worker to begin"),
        done=run.done if begun else 0,
        total=run.total or 0,
        started_at=run.started_at or timezone.now(),
        poll_url=request.path,
    )
    return _progress(request, run, state)


def _progress(request: HttpRequest, run: ImportRun, state: Progress) -> HttpResponse:
    part = is_poll(request)
    template = "imports/progress_only.html" if part else "imports/progress.html"
    return render(request, template, {"run": run, "state": state})


def is_poll(request: HttpRequest) -> bool:
    """Whether the page's own script asks how far it is, and not a person for the page."""
    return bool(request.headers.get("HX-Request"))


def whole(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """A page that is ready at last: the script that asked for progress loads it whole."""
    if is_poll(request):
        response["HX-Refresh"] = "true"
    return response


def cannot_be_read(request: HttpRequest, run: ImportRun, why: Exception) -> HttpResponse:
    """The file turned out not to be what it was taken for: which row, and what to do."""
    context = {"run": run, "why": str(why), "steps": steps("", run)}
    return whole(render(request, "imports/cannot_be_read.html", context), request)
