"""Media before a post: uploads, their processing and their descriptions (vendor's documentation on media upload).

An upload lives 24 hours and may be named in one later post, so that preparing is harmless to repeat.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from undersigned.networks.calling import Answer
from undersigned.networks.faults import Later, Reason, Refused
from undersigned.networks.protocol import Access, Form, Medium, Staged
from undersigned.networks.x.line import Line
from undersigned.networks.x.traps import kind_of

SEGMENT = 4_000_000
LIFE_SECONDS = 86_400
SPARE_SECONDS = 600
"""An upload that would end within ten minutes is made anew."""

PATIENCE_SECONDS = 60.0
"""How long a worker waits for a video; after that the attempt goes back into the queue."""


def staged(line: Line, access: Access, form: Form, so_far: Staged) -> Staged:
    """Ids of the uploads in order, each described. What ``so_far`` holds is used again while it lives."""
    kept = dict(so_far)
    for at, medium in enumerate(form.media):
        name, described = f"media.{at}.{medium.sha256}", f"alt.{at}.{_digest(medium.alt)}"
        if not _lives(kept.get(name, "")):
            kept[name] = _uploaded(line, access, medium)
            kept.pop(described, None)
        upload = kept[name].partition(" ")[0]
        if medium.alt and kept.get(described) != upload:
            _describe(line, access, upload, medium.alt)
            kept[described] = upload
    return kept


def uploads(form: Form, staged: Staged) -> list[str]:
    """The ids to name in the creating call. Raises Refused(MEDIA) where one is missing."""
    names = [f"media.{at}.{medium.sha256}" for at, medium in enumerate(form.media)]
    if any(name not in staged for name in names):
        raise Refused(Reason.MEDIA, "a picture was not uploaded")
    return [staged[name].partition(" ")[0] for name in names]


def _digest(alt: str) -> str:
    return hashlib.sha256(alt.encode()).hexdigest()[:16]


def _lives(upload: str) -> bool:
    until = upload.partition(" ")[2]
    return until.isdigit() and int(until) > time.time() + SPARE_SECONDS


def _uploaded(line: Line, access: Access, medium: Medium) -> str:
    data = (_in_one if kind_of(medium) == "picture" else _in_segments)(line, access, medium)
    life = data.get("expires_after_secs")
    return f"{data['id']} {int(time.time()) + (life if isinstance(life, int) else LIFE_SECONDS)}"


def _in_one(line: Line, access: Access, medium: Medium) -> Mapping[str, Any]:
    parts = {"media": ("picture", medium.octets(), medium.mime), "media_category": "tweet_image"}
    return _data(line.ask(access, "POST", "/2/media/upload", parts=parts))


def _in_segments(line: Line, access: Access, medium: Medium) -> Mapping[str, Any]:
    category = "tweet_gif" if kind_of(medium) == "gif" else "tweet_video"
    octets = medium.octets()
    start = {"media_category": category, "media_type": medium.mime, "total_bytes": len(octets)}
    upload = _data(line.ask(access, "POST", "/2/media/upload/initialize", value=start))["id"]
    for at, segment in enumerate(_segments(octets)):
        parts = {"media": ("segment", segment, "application/octet-stream"), "segment_index": str(at)}
        line.ask(access, "POST", f"/2/media/upload/{upload}/append", parts=parts)
    return _processed(line, access, _data(line.ask(access, "POST", f"/2/media/upload/{upload}/finalize")))


def _segments(octets: bytes) -> Iterator[bytes]:
    return (octets[at : at + SEGMENT] for at in range(0, len(octets), SEGMENT))


def _processed(line: Line, access: Access, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Wait as X says (``check_after_secs``) until the upload can be named in a post."""
    until = time.monotonic() + PATIENCE_SECONDS
    while (state := (about := data.get("processing_info") or {}).get("state", "succeeded")) != "succeeded":
        pause = max(1, int(about.get("check_after_secs", 1)))
        if state == "failed":
            raise Refused(Reason.MEDIA, str(about.get("error", {}).get("message", "the file was not taken")))
        if time.monotonic() + pause > until:
            raise Later(
                "the video is still being prepared", until=datetime.now(UTC) + timedelta(seconds=pause)
            )
        time.sleep(pause)
        query = {"media_id": str(data["id"]), "command": "STATUS"}
        data = _data(line.ask(access, "GET", "/2/media/upload", query=query))
    return data


def _describe(line: Line, access: Access, upload: str, alt: str) -> None:
    value = {"id": upload, "metadata": {"alt_text": {"text": alt}}}
    line.ask(access, "POST", "/2/media/metadata", value=value)


def _data(answer: Answer) -> Mapping[str, Any]:
    data = answer.object().get("data")
    if not isinstance(data, dict) or not data.get("id"):
        raise Later("the answer names no upload")
    return data
