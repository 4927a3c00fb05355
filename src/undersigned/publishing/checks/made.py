"""Making the checks of a draft, and refusing what a check blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account
from undersigned.acts.actor import Officer
from undersigned.acts.refusals import Unfit
from undersigned.networks.protocol import Blocks, Variant
from undersigned.publishing import variants
from undersigned.publishing.content import Content
from undersigned.publishing.models import Medium, Post


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: its id, what it does, and a sentence; about one account, or the whole post."""

    check: str
    level: Blocks
    words: str
    account: Account | None = None

    @property
    def key(self) -> str:
        """What is ticked: a warning is let stand for exactly what it said about."""
        return f"{self.check}:{self.account.pk if self.account else ''}"


@dataclass(frozen=True, slots=True)
class Inspection:
    """A draft with everything that the checks look at."""

    content: Content
    accounts: Sequence[Account]
    author: Officer
    not_before: datetime | None
    not_after: datetime | None
    topic: str = ""
    post: Post | None = None
    media: Mapping[str, Medium] = field(default_factory=dict)
    now: datetime = field(default_factory=timezone.now)

    def variant(self, account: Account) -> Variant:
        return variants.variant_of(self.content, account.pk, self.media)

    @property
    def goes_out(self) -> datetime:
        return max(self.not_before or self.now, self.now)


Check = Callable[[Inspection], Iterator[Finding]]

EMERGENCY_BLOCKS = frozenset({"D01", "D04", "D11", "D16"})
"""What holds up an emergency post too: the network would refuse it, or everything is stopped."""


def inspection_of(post: Post, accounts: Sequence[Account], author: Officer) -> Inspection:
    content = post.version.says
    return Inspection(
        content,
        accounts,
        author,
        post.not_before,
        post.not_after,
        post.topic,
        post,
        variants.media_of(content),
    )


def findings(look: Inspection) -> list[Finding]:
    """Everything that the checks find, what blocks first."""
    from undersigned.publishing.checks import content, standing

    order = list(Blocks)
    found = [one for check in (*content.CHECKS, *standing.CHECKS) for one in check(look)]
    return sorted(found, key=lambda one: (order.index(one.level), one.check))


def must_pass(
    post: Post,
    accounts: Sequence[Account],
    author: Officer,
    ticked: Sequence[str],
    *,
    emergency: bool = False,
) -> None:
    """Refuse what blocks, and warnings that nobody has ticked."""
    found = findings(inspection_of(post, accounts, author))
    blocking = [
        one
        for one in found
        if one.level is Blocks.BLOCKS and (not emergency or one.check in EMERGENCY_BLOCKS)
    ]
    if blocking:
        raise Unfit(
            " ".join(_said(one) for one in blocking),
            rule=blocking[0].check.lower(),
            do=_("The draft is kept as it is; mend it and hand it in again."),
        )
    unticked = [one for one in found if one.level is Blocks.WARNS and one.key not in ticked]
    if unticked and not emergency:
        raise Unfit(
            _("Tick that you have read these warnings: %(what)s") % {"what": " ".join(map(_said, unticked))},
            rule="warnings_read",
            field="ticked",
            do=_("The draft is kept as it is."),
        )


def _said(one: Finding) -> str:
    return f"{one.account}: {one.words}" if one.account else one.words
