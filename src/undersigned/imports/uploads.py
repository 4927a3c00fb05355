"""No upload is kept that is larger than any import may be: what goes beyond is read and thrown away."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class NoLargerThanAllowed(FileUploadHandler):
    """Stands before the handlers that keep what comes; they hear nothing more of a file once it is too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.LARGEST_IMPORT_BYTES:
            if self.request is not None:
                self.request.undersigned_too_large = True  # type: ignore[attr-defined] # ours
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        return None


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was thrown away for its size."""
    return request.method == "POST" and bool(request.POST) and hasattr(request, "undersigned_too_large")
