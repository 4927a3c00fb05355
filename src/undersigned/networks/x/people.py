"""Who the account is, by X's ``users/me``. Delegates are readable nowhere."""

from __future__ import annotations

from typing import Any

from undersigned.networks.faults import Later
from undersigned.networks.protocol import Access, Profile
from undersigned.networks.x.line import Line

FIELDS = "created_at,description,entities,location,profile_image_url,protected,url,verified,verified_type"
READINGS = ("protected", "verified_type", "location", "created_at")


def who(line: Line, access: Access) -> Profile:
    """The account that the token belongs to."""
    body = line.ask(access, "GET", "/2/users/me", query={"user.fields": FIELDS}).object()
    data = body.get("data")
    if not isinstance(data, dict) or not data.get("id"):
        raise Later("the answer names no account")
    return _profile(data)


def _profile(data: dict[str, Any]) -> Profile:
    return Profile(
        id=str(data["id"]),
        handle=str(data.get("username", "")),
        name=str(data.get("name", "")),
        description=str(data.get("description", "")),
        url=_long_url(data),
        picture_url=str(data.get("profile_image_url", "")),
        verified=bool(data["verified"]) if "verified" in data else None,
        readings=tuple((name, str(data[name])) for name in READINGS if name in data),
    )


def _long_url(data: dict[str, Any]) -> str:
    """The web address that the account shows, which X gives as a short link beside the long one."""
    links = data.get("entities", {}).get("url", {}).get("urls", [])
    return next(
        (str(one["expanded_url"]) for one in links if one.get("expanded_url")), str(data.get("url", ""))
    )
