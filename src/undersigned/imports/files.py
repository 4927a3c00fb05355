"""The files that were brought, each under the SHA-256 of its bytes, until no import needs it any more."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.utils import timezone

from undersigned.imports.models import ImportRun, RunState

UNFINISHED = timedelta(days=14)
"""After so long an import that nobody finished is forgotten, with its file."""
HALF_WRITTEN = timedelta(hours=1)


def folder() -> Path:
    """Readable by this installation's owner alone: rosters and lists of accounts are nobody else's business."""
    path = Path(settings.MEDIA_ROOT) / "imports"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(digest: str) -> Path:
    return folder() / digest


def keep(upload: UploadedFile[Any]) -> tuple[str, int]:
    """Write an upload under its digest, whole or not at all; answers with the digest (hex) and the size in bytes."""
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder(), prefix="half-", delete=False) as file:
        for chunk in upload.chunks():
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path_of(digest.hexdigest()))
    return digest.hexdigest(), size


def let_go(digest: str) -> None:
    """Delete a file unless another import still needs it."""
    if not _needing().filter(file_digest=digest).exists():
        path_of(digest).unlink(missing_ok=True)


def _needing() -> QuerySet[ImportRun]:
    """The imports that are not over: one that was stopped may be taken up again for a while."""
    stopped_long_ago = Q(state=RunState.STOPPED, beat_at__lt=timezone.now() - UNFINISHED)
    return ImportRun.objects.exclude(Q(state=RunState.APPLIED) | stopped_long_ago)


def forget_unfinished() -> int:
    """Forget imports that nobody finished, and delete every file that no import needs; answers with how many."""
    since = timezone.now() - UNFINISHED
    ImportRun.objects.filter(state=RunState.BROUGHT, brought_at__lt=since).delete()
    needed = set(_needing().values_list("file_digest", flat=True))
    return _delete(path for path in folder().iterdir() if path.name not in needed and _is_settled(path))


def _is_settled(path: Path) -> bool:
    """Not one that is just being written, whose import does not stand in the database yet."""
    return timezone.now().timestamp() - path.stat().st_mtime > HALF_WRITTEN.total_seconds()


def _delete(paths: Iterable[Path]) -> int:
    deleted = 0
    for path in list(paths):
        path.unlink(missing_ok=True)
        deleted += 1
    return deleted
