"""What can be brought, what was brought, and the first step: the file."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.imports import files, uploads
from undersigned.imports.forms import FileForm
from undersigned.imports.models import ImportRun
from undersigned.imports.row import Unreadable
from undersigned.imports.rows_of import sheet_of
from undersigned.imports.subjects import Importer
from undersigned.imports.views import access
from undersigned.imports.views.stepping import in_steps, steps
from undersigned.ui.listing import Column, Listing

COLUMNS = (
    Column("file", _("File")),
    Column("what", _("Holds")),
    Column("by", _("Brought by")),
    Column("when", _("Brought on")),
    Column("state", _("Where it stands")),
)


@login_required
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """What this person may bring, and what came of earlier files."""
    who = access.officer(request)
    kinds = access.kinds_for(who)
    if not kinds:
        raise Http404
    runs = access.runs_for(who).defer("preview", "report", "answers", "mapping")
    listing = Listing(request, runs, COLUMNS, order=("-pk",), offers_csv=False)
    return render(request, "imports/list.html", {"kinds": kinds, "listing": listing})


@login_required
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, subject: str) -> HttpResponse:
    """Bring a file."""
    kind = access.kind_for(request, subject)
    form = kind.form(*_sent(request), too_large=uploads.was_too_large(request))
    if form.is_bound and form.is_valid():
        run = ImportRun(subject=subject, brought_by_id=cast(int, request.user.pk))
        if _take(run, form):
            return redirect("imports:columns", run.pk)
    return _page(request, kind, form)


@login_required
@require_http_methods(["GET", "POST"])
@in_steps
def file_again(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Back at the first step: bring the file corrected, or say something else about it."""
    kind = access.kind_for(request, run.subject)
    form = kind.form(
        *_sent(request), has_file=True, too_large=uploads.was_too_large(request), initial=run.options
    )
    if form.is_bound and form.is_valid() and _take(run, form):
        return redirect("imports:columns", run.pk)
    return _page(request, kind, form, run)


def _sent(request: HttpRequest) -> tuple[object, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _take(run: ImportRun, form: FileForm) -> bool:
    """Keep what was brought, if it can be read; else say why beside the file, and keep nothing of it."""
    before = run.file_digest
    upload: UploadedFile[Any] | None = form.cleaned_data["file"]
    if upload is not None:
        run.file_name = (upload.name or "")[-255:]
        run.file_digest, run.file_bytes = files.keep(upload)
    try:
        sheet_of(run)
    except Unreadable as refused:
        form.add_error("file", str(refused))
        files.let_go(run.file_digest)
        return False
    run.options, run.preview = form.options(), {}
    run.save()
    if before not in ("", run.file_digest):
        files.let_go(before)
    return True


def _page(request: HttpRequest, kind: Importer, form: FileForm, run: ImportRun | None = None) -> HttpResponse:
    context = {"kind": kind, "form": form, "run": run, "steps": steps("file", run)}
    return render(request, "imports/file.html", context)
