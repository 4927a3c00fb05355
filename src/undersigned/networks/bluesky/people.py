"""What the account's own server tells of it: its app passwords, its session and its profile record."""

from __future__ import annotations

from typing import Any

from undersigned.networks.bluesky import records
from undersigned.networks.bluesky.line import Line
from undersigned.networks.protocol import Access, Insider, Profile

PROFILE = "app.bsky.actor.profile"
READINGS = {"emailConfirmed": "email_confirmed", "emailAuthFactor": "email_factor", "active": "active"}


def insiders(line: Line, access: Access) -> tuple[Insider, ...]:
    """App passwords: names and dates, not people. Who knows the one password of the account is readable nowhere."""
    body = line.ask(access, "GET", "com.atproto.server.listAppPasswords").object()
    return tuple(_insider(one) for one in body.get("passwords") or [])


def _insider(one: dict[str, Any]) -> Insider:
    name, since = str(one.get("name", "")), str(one.get("createdAt", ""))
    return Insider(name, name, "app password", ("messages",) if one.get("privileged") else (), since)


def profile(line: Line, access: Access) -> Profile:
    session = line.ask(access, "GET", "com.atproto.server.getSession").object()
    record = records.one(line, access, PROFILE, "self")
    value: dict[str, Any] = dict((record or {}).get("value") or {})
    handle = str(session.get("handle", ""))
    return Profile(
        id=access.account,
        handle=handle,
        name=str(value.get("displayName") or handle),
        description=str(value.get("description", "")),
        url=str(value.get("website") or f"https://bsky.app/profile/{access.account}"),
        picture_url=_picture(line, access, value),
        readings=tuple((name, str(session[said])) for said, name in READINGS.items() if said in session),
    )


def _picture(line: Line, access: Access, value: dict[str, Any]) -> str:
    blob = ((value.get("avatar") or {}).get("ref") or {}).get("$link")
    address = line.at(access.server, "com.atproto.sync.getBlob")
    return f"{address}?did={access.account}&cid={blob}" if blob else ""
