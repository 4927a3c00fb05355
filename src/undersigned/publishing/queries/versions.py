"""What changed between the version that somebody saw last and the one that is before them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account
from undersigned.publishing import variants
from undersigned.publishing.models import Post, PostVersion
from undersigned.ui.components import Change
from undersigned.ui.words import time_in_words


@dataclass(frozen=True, slots=True)
class Rewording:
    """One account whose text is another now."""

    account: Account
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Since:
    """``signed`` says that the person had put their name under the earlier version."""

    earlier: PostVersion
    signed: bool
    rewordings: list[Rewording]
    changes: list[Change]


def since_last_seen(post: Post, person: str, accounts: list[Account]) -> Since | None:
    """Against the version this person signed last, else the one handed in before; None where there was none."""
    before = post.versions.filter(number__lt=post.number).exclude(digest="").order_by("-number")
    signed = post.assents.filter(person_id=person, number__lt=post.number).values("number")
    own = before.filter(number__in=signed).first()
    earlier = own or before.first()
    if earlier is None:
        return None
    present = post.version
    return Since(
        earlier=earlier,
        signed=own is not None,
        rewordings=_rewordings(earlier, present, accounts),
        changes=_changes(earlier, present),
    )


def _rewordings(earlier: PostVersion, present: PostVersion, accounts: list[Account]) -> list[Rewording]:
    old, new = variants.forms_of(earlier.says, accounts), variants.forms_of(present.says, accounts)
    return [
        Rewording(one, old[one.pk].shown, new[one.pk].shown)
        for one in accounts
        if old[one.pk].shown != new[one.pk].shown
    ]


def _changes(earlier: PostVersion, present: PostVersion) -> list[Change]:
    old, new = json.loads(earlier.bound), json.loads(present.bound)
    lines = (
        (_("Goes out at"), _time(old["not_before"]), _time(new["not_before"])),
        (_("And never after"), _time(old["not_after"]), _time(new["not_after"])),
        (_("Accounts"), _accounts(old), _accounts(new)),
        (_("Links"), _each(old, "link"), _each(new, "link")),
        (_("Languages"), _each(old, "language"), _each(new, "language")),
        (_("Pictures and their words"), _pictures(old), _pictures(new)),
    )
    return [Change(label, before, after) for label, before, after in lines if before != after]


def _time(kept: str | None) -> str:
    moment = parse_datetime(kept) if kept else None
    return time_in_words(moment) if moment else _("left open")


def _accounts(bound: dict[str, Any]) -> str:
    names = Account.objects.filter(pk__in=[one["account"] for one in bound["variants"]]).order_by("pk")
    return ", ".join(map(str, names))


def _each(bound: dict[str, Any], name: str) -> str:
    return ", ".join(sorted({one[name] for one in bound["variants"] if one[name]})) or _("none")


def _pictures(bound: dict[str, Any]) -> str:
    shown = [f"{one['sha256'][:8]} “{one['alt']}”" for one in _media(bound)]
    return "; ".join(shown) or _("none")


def _media(bound: dict[str, Any]) -> list[dict[str, Any]]:
    return list(bound["variants"][0]["media"]) if bound["variants"] else []
