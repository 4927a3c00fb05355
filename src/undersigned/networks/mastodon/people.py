"""What the account shows of itself. An account has one password, so who knows it is readable nowhere."""

from __future__ import annotations

from typing import Any

from undersigned.networks.mastodon.line import Line
from undersigned.networks.mastodon.signing_in import account, handle_of
from undersigned.networks.mastodon.text import of_html
from undersigned.networks.protocol import Access, Profile


def profile(line: Line, access: Access) -> Profile:
    me = account(line, access)
    source = me.get("source") or {}
    fields = [one for one in me.get("fields") or [] if isinstance(one, dict)]
    return Profile(
        id=str(me["id"]),
        handle=handle_of(me),
        name=str(me.get("display_name", "")),
        description=str(source.get("note") or of_html(str(me.get("note", "")))),
        url=next((found for one in fields if (found := _address(one))), str(me.get("url", ""))),
        picture_url=str(me.get("avatar", "")),
        verified=any(one.get("verified_at") for one in fields) if fields else None,
        readings=(("locked", str(me.get("locked", ""))), ("bot", str(me.get("bot", "")))),
    )


def _address(field: dict[str, Any]) -> str:
    """The web address that a field of the profile holds, else nothing."""
    said = of_html(str(field.get("value", "")))
    return said if said.startswith(("https://", "http://")) else ""
