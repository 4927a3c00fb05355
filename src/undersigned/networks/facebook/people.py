"""Who may act on a page on Facebook itself, and what the page shows of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from undersigned.networks.facebook.line import Item, Line
from undersigned.networks.facebook.signing_in import debugged
from undersigned.networks.faults import CannotHere, Later, Reason, Refused
from undersigned.networks.protocol import Access, Application, Insider, Profile, Token

PAGE_FIELDS = (
    "id,name,username,about,description,website,phone,category,link,is_published,verification_status,"
    "picture{url}"
)
READINGS = ("website", "phone", "category", "is_published", "verification_status")
ADMIN = frozenset({"MANAGE", "PROFILE_PLUS_FULL_CONTROL", "PROFILE_PLUS_MANAGE"})


def insiders(line: Line, access: Access) -> tuple[Insider, ...]:
    """People with a role of their own on the page, and those assigned to it through the portfolio that owns it: the
    first list leaves the second out (vendor's reference of ``roles``)."""
    portfolio = line.at.business or _owner(line, access)
    own = [_insider(item, "") for item in _roles(line, access)]
    return (*own, *(_insider(item, portfolio) for item in _assigned(line, access, portfolio)))


def profile(line: Line, access: Access) -> Profile:
    item = line.browse(access, access.account, {"fields": PAGE_FIELDS}).object()
    if not item.get("id"):
        raise Later("the answer names no page")
    said = [(name, _plain(item[name])) for name in READINGS if name in item]
    return Profile(
        id=str(item["id"]),
        handle=str(item.get("username", "")),
        name=str(item.get("name", "")),
        description=str(item.get("description") or item.get("about") or ""),
        url=str(item.get("link", "")),
        picture_url=str(((item.get("picture") or {}).get("data") or {}).get("url", "")),
        verified=_verified(item),
        readings=(*said, *of_token(debugged(line, access))),
    )


def ended(line: Line, application: Application, token: Token) -> None:
    """Take the application away from the person whose token it is; with it end the tokens of all their pages.

    A page's token cannot do that of itself: the application asks for its person, whom ``debug_token`` names.
    """
    access = Access("", token, application)
    about = debugged(line, access)
    if about.get("is_valid") is not True:
        return
    if about.get("type") == "USER":
        line.ask(access, "DELETE", "me/permissions")
        return
    ours = Token(f"{application.client_id}|{application.client_secret}")
    line.ask(Access("", ours, application), "DELETE", f"{about.get('user_id')}/permissions")


def _roles(line: Line, access: Access) -> Iterator[Item]:
    query = {"fields": "id,name,tasks,role,is_active"}
    return line.listed(access, f"{access.account}/roles", query)


def _assigned(line: Line, access: Access, portfolio: str) -> Iterator[Item]:
    if not portfolio:
        return iter(())
    query = {"fields": "id,name,tasks,user_type", "business": portfolio}
    return line.listed(access, f"{access.account}/assigned_users", query)


def _owner(line: Line, access: Access) -> str:
    """The portfolio that owns the page, empty where none does. Raises CannotHere where it is not told, since a list
    without its people would look whole."""
    try:
        item = line.browse(access, access.account, {"fields": "id,business{id}"}).object()
    except Refused as refused:
        if refused.reason is not Reason.PERMISSION:
            raise
        raise CannotHere(
            _("Facebook tells the people of a business portfolio only to who knows its number."),
            instead=_("Enter the portfolio's number in the settings, or enter who is there and sign it."),
        ) from refused
    return str((item.get("business") or {}).get("id", ""))


def _insider(item: Item, portfolio: str) -> Insider:
    tasks = tuple(sorted(str(task) for task in item.get("tasks") or ()))
    role = "admin" if ADMIN & set(tasks) else str(item.get("role") or "").lower() or "assigned"
    state = "inactive" if item.get("is_active") is False else "portfolio" if portfolio else "active"
    return Insider(str(item["id"]), str(item.get("name", "")), role, tasks, state)


def of_token(about: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Whether the token lives, what it may, on what, and when it ends; ``0`` is the network's word for never."""
    yield "token_valid", _plain(about.get("is_valid") is True)
    yield "token_type", str(about.get("type", ""))
    yield "scopes", " ".join(sorted(str(one) for one in about.get("scopes") or ()))
    for name in ("expires_at", "data_access_expires_at"):
        if about.get(name) is not None:
            yield name, _moment(about[name])
    targets = {str(t) for one in about.get("granular_scopes") or () for t in one.get("target_ids") or ()}
    yield "targets", " ".join(sorted(targets))


def _moment(seconds: object) -> str:
    return datetime.fromtimestamp(int(str(seconds)), UTC).isoformat() if seconds else "never"


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _verified(item: Item) -> bool | None:
    said = item.get("verification_status")
    return None if said is None else said in {"blue_verified", "gray_verified"}
