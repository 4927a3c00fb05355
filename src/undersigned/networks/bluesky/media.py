"""Pictures before a post: blobs, which a server forgets when no record names them in time."""

from __future__ import annotations

import json

from undersigned.networks.bluesky import tid
from undersigned.networks.bluesky.line import Line
from undersigned.networks.bluesky.records import KEY, name_of
from undersigned.networks.faults import Later
from undersigned.networks.protocol import Access, Form, Medium, Staged

UPLOAD_SECONDS = 120.0


def staged(line: Line, access: Access, form: Form, so_far: Staged) -> Staged:
    """The post's key, chosen now and kept, and a reference to each picture."""
    kept = {KEY: tid.new(), **so_far}
    for at, medium in enumerate(form.media):
        name = name_of(at, medium.sha256)
        if name not in kept:
            kept[name] = _uploaded(line, access, medium)
    return kept


def _uploaded(line: Line, access: Access, medium: Medium) -> str:
    how = {"data": medium.octets(), "headers": {"content-type": medium.mime}, "read_seconds": UPLOAD_SECONDS}
    blob = line.ask(access, "POST", "com.atproto.repo.uploadBlob", **how).object().get("blob")
    if not isinstance(blob, dict) or not blob.get("ref"):
        raise Later("the answer names no picture")
    return json.dumps(blob, sort_keys=True)
