"""Media before a post (Mastodon documentation, "media"): 202 means that the server is still at it, and its address
answers 206 until the file can be attached."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime, timedelta

from undersigned.networks.calling import Answer
from undersigned.networks.faults import Later, Reason, Refused
from undersigned.networks.mastodon.line import Line
from undersigned.networks.protocol import Access, Form, Medium, Staged

PATIENCE_SECONDS = 60.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.25, 4.0
UPLOAD_SECONDS = 120.0


def staged(line: Line, access: Access, form: Form, so_far: Staged) -> Staged:
    """Ids of the uploads in order, each with its description and ready to be attached."""
    kept = dict(so_far)
    for at, medium in enumerate(form.media):
        if not kept.get(name := _name(at, medium)):
            kept[name] = _uploaded(line, access, medium)
    return kept


def uploads(form: Form, staged: Staged) -> list[str]:
    """The ids to name in the creating call. Raises Refused(MEDIA) where one is missing."""
    names = [_name(at, medium) for at, medium in enumerate(form.media)]
    if any(name not in staged for name in names):
        raise Refused(Reason.MEDIA, "a picture was not uploaded")
    return [staged[name] for name in names]


def unstaged(line: Line, access: Access, staged: Staged) -> None:
    """Take uploads away that no post will show. Servers without that call forget them by themselves."""
    for name, upload in staged.items():
        try:
            if name.startswith("media."):
                line.ask(access, "DELETE", f"/api/v1/media/{upload}")
        except Refused as refused:
            if refused.reason is not Reason.GONE:
                raise


def _name(at: int, medium: Medium) -> str:
    return f"media.{at}.{medium.sha256}.{hashlib.sha256(medium.alt.encode()).hexdigest()[:16]}"


def _uploaded(line: Line, access: Access, medium: Medium) -> str:
    parts = {"file": (f"file.{medium.mime.partition('/')[2]}", medium.octets(), medium.mime)}
    whole = {**parts, **({"description": medium.alt} if medium.alt else {})}
    answer = line.ask(access, "POST", "/api/v2/media", parts=whole, read_seconds=UPLOAD_SECONDS)
    upload = str(answer.object().get("id") or "")
    if not upload:
        raise Later("the answer names no upload")
    if answer.status == 202:
        _wait(line, access, upload)
    return upload


def _wait(line: Line, access: Access, upload: str) -> None:
    until, pause = time.monotonic() + PATIENCE_SECONDS, FIRST_PAUSE_SECONDS
    while _processed(line, access, upload).status == 206:
        if time.monotonic() + pause > until:
            again = datetime.now(UTC) + timedelta(seconds=30)
            raise Later("the server is still preparing the file", until=again)
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)


def _processed(line: Line, access: Access, upload: str) -> Answer:
    try:
        return line.ask(access, "GET", f"/api/v1/media/{upload}")
    except Refused as refused:
        if refused.reason is Reason.CONTRACT:
            raise Refused(Reason.MEDIA, refused.words) from refused
        raise
