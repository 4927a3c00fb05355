"""What a countersignature of a post binds: the digest of canonical JSON over exactly what will be sent, where and when.

In it: texts as they will be sent, media bytes in their order with their alternative texts, targets, window, what it
answers, the rule that asked, the author's capacity, and the version of each renderer. Not in it: purpose, topic, tags.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from undersigned.accounts.models import Account
from undersigned.networks.protocol import Form
from undersigned.publishing import approval
from undersigned.publishing.models import Post
from undersigned.publishing.variants import forms_of, plain
from undersigned.record.tlog.leaf import canonical

VERSION = 1
EMERGENCY = "emergency"
"""Stands for the rule of a post that nobody countersigned beforehand."""


def bound(post: Post, accounts: Sequence[Account]) -> str:
    """The canonical JSON that this version of the post binds, as text."""
    content = post.version.says
    forms = forms_of(content, accounts)
    whole: dict[str, Any] = {
        "v": VERSION,
        "post": post.pk,
        "version": post.number,
        "variants": [
            _variant(account, forms[account.pk]) for account in sorted(accounts, key=lambda one: one.pk)
        ],
        "not_before": _moment(post.not_before),
        "not_after": _moment(post.not_after),
        "emergency": post.emergency,
        "author_capacity": post.capacity_id,
        "rule": EMERGENCY if post.emergency else approval.rules_of(accounts),
    }
    return canonical(whole).decode()


def _variant(account: Account, form: Form) -> dict[str, Any]:
    return {
        "account": account.pk,
        "network": account.network,
        "network_id": account.network_id,
        "text": form.sent,
        "language": form.language,
        "link": form.link,
        "reply_to": form.reply_to,
        "media": [{"sha256": one.sha256, "mime": one.mime, "alt": one.alt} for one in form.media],
        "extra": plain(form.extra),
        "renderer": form.renderer,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
