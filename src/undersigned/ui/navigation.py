"""The row of rooms. Each room registers its own entry from its AppConfig.ready(); nobody lists them all.

navigation.register(Entry(room="accounts", label=_("Accounts"), route="accounts:list", order=20, may=...))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from undersigned.ui.words import Words

May = Callable[[HttpRequest], bool]


def everyone(request: HttpRequest) -> bool:
    return True


def signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


@dataclass(frozen=True)
class Entry:
    """One room in the row. ``room`` is the URL namespace that makes it the current one.

    Orders: Desk 10, Accounts 20, Posts 30, Conversations 40, People 50, Policies 60, Record 70.
    ``public`` entries make the row that people see who are not signed in.
    """

    room: str
    label: Words
    route: str
    order: int
    may: May = signed_in
    public: bool = False


@dataclass(frozen=True)
class Link:
    label: Words
    url: str
    current: bool


_entries: dict[tuple[str, bool], Entry] = {}


def register(entry: Entry) -> None:
    """Registering the same room again replaces its entry, so that ready() may run twice."""
    _entries[entry.room, entry.public] = entry


def rooms_for(request: HttpRequest, *, public: bool) -> list[Link]:
    """The entries this person may enter, in order."""
    here = request.resolver_match.namespace.split(":")[0] if request.resolver_match else ""
    entries = sorted(_entries.values(), key=lambda entry: (entry.order, entry.room))
    return [
        Link(label=entry.label, url=reverse(entry.route), current=entry.room == here)
        for entry in entries
        if entry.public is public and entry.may(request)
    ]
