"""Steps two to four: the columns, the problems and questions, and what will change."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.imports import applying, files, planning
from undersigned.imports.columns import MappingRefused
from undersigned.imports.forms import AnswersForm, ColumnsForm
from undersigned.imports.models import ImportRun
from undersigned.imports.preview import Preview, alike
from undersigned.imports.proposing import Proposal, proposal
from undersigned.imports.row import Unreadable
from undersigned.imports.views import access, showing
from undersigned.imports.views.stepping import StepView, in_steps, steps
from undersigned.ui import actid
from undersigned.ui.forms import ConfirmForm


@login_required
@require_http_methods(["GET", "POST"])
@in_steps
def columns(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Say what each column means; it was guessed, or remembered."""
    kind = planning.importer(run)
    try:
        proposed = proposal(run)
    except Unreadable as refused:
        return showing.cannot_be_read(request, run, refused)
    form = ColumnsForm(request.POST or None, columns=proposed.columns, meanings=kind.meanings())
    if form.is_bound and form.is_valid() and _fits(form, run):
        return redirect("imports:questions", run.pk)
    return render(request, "imports/columns.html", _columns_page(run, proposed, form))


def _fits(form: ColumnsForm, run: ImportRun) -> bool:
    """Keep the columns if one can go on with them; else say what is wrong with them."""
    kind = planning.importer(run)
    form.take_once({name for name, meaning in kind.vocabulary.items() if not meaning.several})
    if form.errors:
        return False
    try:
        kind.check(form.mapping)
    except MappingRefused as refused:
        form.add_error(None, str(refused))
        return False
    run.mapping = form.mapping.to_json()
    run.save(update_fields=["mapping"])
    return True


def _columns_page(run: ImportRun, proposed: Proposal, form: ColumnsForm) -> dict[str, object]:
    return {
        "run": run,
        "form": form,
        "proposed": proposed,
        "rows": showing.column_rows(planning.importer(run), proposed.columns, form),
        "steps": steps("columns", run),
    }


def planned(view: StepView) -> StepView:
    """The columns must be said first; and while the worker still reads the file, its progress is shown."""

    @functools.wraps(view)
    def shown_if_ready(request: HttpRequest, run: ImportRun) -> HttpResponse:
        if not run.mapping:
            return redirect("imports:columns", run.pk)
        try:
            if planning.preview_of(run) is None:
                return showing.reading(request, run)
        except planning.CannotBeRead as refused:
            return showing.cannot_be_read(request, run, refused)
        return showing.whole(view(request, run), request)

    return shown_if_ready


@login_required
@require_http_methods(["GET", "POST"])
@in_steps
@planned
def questions(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """What is wrong, grouped, and what must be asked, once for all alike."""
    if forget := request.POST.get("forget"):
        return _ask_again(run, forget)
    preview = _preview(run)
    form = AnswersForm(request.POST or None, questions=preview.questions)
    if form.is_bound and form.is_valid():
        _remember(run, form.answers)
        stays = request.POST.get("go") == "stay"
        return redirect("imports:questions" if stays else "imports:changes", run.pk)
    context = {
        "run": run,
        "form": form,
        "preview": preview,
        "problems": alike(preview.problems),
        "answered": showing.answered(run),
        "steps": steps("questions", run),
    }
    return render(request, "imports/questions.html", context)


def _preview(run: ImportRun) -> Preview:
    """There is one: the step was shown only when it was worked out."""
    found = planning.preview_of(run)
    if found is None:
        raise access.Elsewhere
    return found


def _remember(run: ImportRun, answers: Mapping[str, str]) -> None:
    run.answers = {**run.answers, **answers}
    run.save(update_fields=["answers"])


def _ask_again(run: ImportRun, question: str) -> HttpResponse:
    """Take back every answer to one question."""
    run.answers = {key: value for key, value in run.answers.items() if key.partition(":")[0] != question}
    run.save(update_fields=["answers"])
    return redirect("imports:questions", run.pk)


@login_required
@require_http_methods(["GET", "POST"])
@in_steps
@planned
def changes(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """What will change, with numbers; pressing the button puts one's name under it."""
    preview = _preview(run)
    form = _brake(request, preview)
    if request.method == "POST" and (form is None or form.is_valid()):
        if request.POST.get("shown") == shown(preview):
            return _begin(request, run, preview)
        messages.warning(request, _("This changed since you looked. Nothing was applied: look again."))
    context = showing.changes(run, preview) | {"form": form, "shown": shown(preview)}
    return render(request, "imports/changes.html", context | {"steps": steps("changes", run)})


def _brake(request: HttpRequest, preview: Preview) -> ConfirmForm | None:
    if preview.brake is None:
        return None
    return ConfirmForm(
        request.POST or None,
        expected=str(preview.brake.leaving),
        label=_("Type the number of people who leave"),
    )


def shown(preview: Preview) -> str:
    """One word for the numbers that a page shows, so that nobody's name gets under others."""
    leaving = preview.brake.leaving if preview.brake else None
    said = json.dumps([dict(preview.counts), leaving], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _begin(request: HttpRequest, run: ImportRun, preview: Preview) -> HttpResponse:
    applying.begin(
        by=access.officer(request),
        run=run,
        preview=preview,
        act_id=actid.read(request),
        leavers=preview.brake.leaving if preview.brake else None,
    )
    return redirect("imports:run", run.pk)


@login_required
@require_POST
@in_steps
def discard(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Forget a file that was brought and under which nobody put their name."""
    if run.act_id:
        return redirect("imports:run", run.pk)
    run.delete()
    files.let_go(run.file_digest)
    messages.success(request, _("The file was deleted. It had changed nothing."))
    return redirect("imports:list")
