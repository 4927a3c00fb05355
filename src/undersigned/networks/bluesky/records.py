"""Records as the lexicons want them (``app.bsky.feed.post``, ``app.bsky.feed.threadgate``), and where they stand."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from undersigned.networks.bluesky import tid
from undersigned.networks.bluesky.line import Line
from undersigned.networks.bluesky.resolving import did_of
from undersigned.networks.faults import Later, Reason, Refused
from undersigned.networks.protocol import Access, Form, Staged

POST, GATE = "app.bsky.feed.post", "app.bsky.feed.threadgate"
URI = re.compile(
    r"at://(?P<repo>did:[a-z]+:[A-Za-z0-9._:%-]+)/(?P<collection>[A-Za-z0-9.-]+)/(?P<key>[\w.~:-]+)"
)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
KEY = "rkey"
"""Under this name what is staged holds the key, chosen before anything is sent."""

Record = Mapping[str, Any]


def parts(uri: str) -> tuple[str, str]:
    """Whose repository and which key. Raises Refused(CONTRACT) for what is no address of a record."""
    found = URI.fullmatch(uri)
    if not found:
        raise Refused(Reason.CONTRACT, f"{uri[:80]} is not the address of a record")
    return found["repo"], found["key"]


def name_of(medium_at: int, sha256: str) -> str:
    return f"blob.{medium_at}.{sha256}"


def post(line: Line, access: Access, form: Form, staged: Staged) -> Record:
    """The record to write. Its moment is the key's own, so that writing it twice writes the same bytes."""
    record: dict[str, Any] = {"$type": POST, "text": form.sent}
    record["createdAt"] = tid.written(tid.moment(staged[KEY]))
    whole = {
        "langs": [form.language] if LANGUAGE.fullmatch(form.language) else [],
        "facets": _facets(line, access, form),
        "embed": _embed(form, staged),
        "reply": reply(line, access, form.reply_to) if form.reply_to else None,
    }
    return record | {name: value for name, value in whole.items() if value}


def _facets(line: Line, access: Access, form: Form) -> list[dict[str, Any]]:
    """A name that nobody has stays plain text."""
    found: list[dict[str, Any]] = json.loads(str(form.extra.get("facets", "[]")))
    return [one for facet in found if (one := _complete(line, access, facet))]


def _complete(line: Line, access: Access, facet: dict[str, Any]) -> dict[str, Any] | None:
    feature = facet["features"][0]
    if "handle" not in feature:
        return facet
    try:
        did = did_of(line, access.server, feature["handle"])
    except Refused:
        return None
    return {**facet, "features": [{"$type": feature["$type"], "did": did}]}


def _embed(form: Form, staged: Staged) -> dict[str, Any] | None:
    if form.media:
        return {"$type": "app.bsky.embed.images", "images": _images(form, staged)}
    title = form.extra.get("card_title")
    if not title:
        return None
    card = {"uri": form.link, "title": title, "description": form.extra.get("card_description") or ""}
    return {"$type": "app.bsky.embed.external", "external": card}


def _images(form: Form, staged: Staged) -> list[dict[str, Any]]:
    names = [name_of(at, medium.sha256) for at, medium in enumerate(form.media)]
    if any(name not in staged for name in names):
        raise Refused(Reason.MEDIA, "a picture was not uploaded")
    return [
        {
            "image": json.loads(staged[name]),
            "alt": medium.alt,
            "aspectRatio": {"width": medium.width, "height": medium.height},
        }
        for name, medium in zip(names, form.media, strict=True)
    ]


def reply(line: Line, access: Access, uri: str) -> dict[str, Any]:
    """What a reply says of its place: the post that it answers, and the one at which the conversation began."""
    parent = existing(line, access, uri)
    itself = {"uri": str(parent["uri"]), "cid": str(parent["cid"])}
    value = parent.get("value") or {}
    return {"root": (value.get("reply") or {}).get("root") or itself, "parent": itself}


def existing(line: Line, access: Access, uri: str) -> Record:
    """A post with its ``cid`` and ``value``, ours or another's. Raises Refused(GONE)."""
    if parts(uri)[0] == access.account:
        found = one(line, access, POST, parts(uri)[1])
    else:
        body = line.ask(access, "GET", "app.bsky.feed.getPosts", query={"uris": uri}).object()
        first = next(iter(body.get("posts") or []), None)
        found = {**first, "value": first.get("record") or {}} if isinstance(first, dict) else None
    if found is None:
        raise Refused(Reason.GONE, uri)
    return found


def one(line: Line, access: Access, collection: str, key: str) -> Record | None:
    """A record of the account; None where the server says that there is none."""
    query = {"repo": access.account, "collection": collection, "rkey": key}
    try:
        body = line.ask(access, "GET", "com.atproto.repo.getRecord", query=query).object()
    except Refused as refused:
        if refused.reason is not Reason.GONE:
            raise
        return None
    if not body.get("uri") or not isinstance(body.get("value"), dict):
        raise Later("the answer names no record")
    return body


def raw(record: Record) -> str:
    """SHA-256 of the answer for this record."""
    return hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
