"""X (API v2, specification 2.167), as the city's software speaks with it.

X lets software neither change a post nor read who has access, says of no post who made it, and takes no key against
doubles: a doubt is settled by reading the timeline down to the newest post that was there before.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime

from django.utils.translation import gettext as _

from undersigned.networks.faults import CannotHere, Later, Reason, Refused, Uncertain
from undersigned.networks.names import Network
from undersigned.networks.protocol import (
    Access,
    Application,
    Can,
    Client,
    Comments,
    Form,
    Found,
    Insider,
    Profile,
    Published,
    Seen,
    SignedIn,
    SigningIn,
    Staged,
    Timeline,
    Token,
    Trap,
    Variant,
    Weight,
    Wish,
)
from undersigned.networks.x import comments, media, people, reading, text, traps
from undersigned.networks.x import signing_in as dance
from undersigned.networks.x.line import Addresses, Line, configured

REPLY_SETTINGS = frozenset({"following", "mentionedUsers", "subscribers", "verified"})
PRICE_MILLS, PRICE_MILLS_WITH_LINK = 15, 200
"""Thousandths of a US dollar for one post (vendor's price list, 2026)."""


class X:
    """One line to X; keeps nothing else."""

    network = Network.X
    keyed = False
    challenge = True
    single_use_refresh = True
    can = frozenset(Can) - {Can.EDIT, Can.DELETE_COMMENT, Can.REPORT, Can.BLOCK, Can.READ_ACCESS}

    def __init__(self, addresses: Addresses) -> None:
        self._line = Line(addresses)

    def address_to_sign_in(self, application: Application, signing_in: SigningIn) -> str:
        return dance.address(self._line, application, signing_in)

    def signed_in(self, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
        return dance.redeemed(self._line, application, signing_in, code)

    def refreshed(self, application: Application, token: Token, server: str = "") -> Token:
        return dance.refreshed(self._line, application, token)

    def revoked(self, application: Application, token: Token, server: str = "") -> None:
        dance.revoked(self._line, application, token)

    def rendered(self, variant: Variant) -> Form:
        sent = _as_sent(variant)
        setting = variant.options.get("reply_settings", "")
        extra = {"reply_settings": setting} if setting in REPLY_SETTINGS else {}
        return Form(
            sent,
            text.as_shown(sent),
            "x/1",
            media=variant.media,
            link=variant.link,
            language=variant.language,
            reply_to=variant.reply_to,
            extra=extra,
        )

    def weights(self, variant: Variant, server: str = "") -> tuple[Weight, ...]:
        return (traps.weight(_as_sent(variant)),)

    def traps(self, variant: Variant, server: str = "") -> tuple[Trap, ...]:
        return traps.traps(variant, _as_sent(variant))

    def staged(self, access: Access, form: Form, key: str, so_far: Staged) -> Staged:
        return media.staged(self._line, access, form, so_far)

    def staged_without_media(self, form: Form, key: str) -> Staged:
        return {}

    def published(self, access: Access, form: Form, key: str, staged: Staged) -> Published:
        try:
            body = self._line.create(access, "POST", "/2/tweets", value=_body(form, staged)).object()
        except Refused as refused:
            addressed = form.reply_to or text.MENTION.search(form.sent)
            raise (comments.not_here(refused) if addressed else refused) from refused
        made = (body.get("data") or {}).get("id")
        if not made:
            raise Uncertain("the answer holds no id")
        return Published(str(made), f"https://x.com/i/status/{made}")

    def found(
        self, access: Access, form: Form, key: str, staged: Staged, *, since: datetime, after: str
    ) -> Found:
        return reading.found(self._line, access, form, since, after)

    def unstaged(self, access: Access, staged: Staged) -> None:
        """Uploads that no post names end by themselves after 24 hours; X has no call to end them before."""

    def timeline(self, access: Access, *, after: str = "", most: int = 100) -> Timeline:
        return reading.timeline(self._line, access, after, most)

    def post(self, access: Access, post: str) -> Seen | None:
        return reading.one(self._line, access, post)

    def edited(self, access: Access, post: str, form: Form) -> None:
        raise CannotHere(
            _("X does not let software change a post."),
            instead=_("Correct it by a reply, or delete it and post it anew."),
        )

    def deleted(self, access: Access, post: str) -> None:
        try:
            body = self._line.ask(access, "DELETE", f"/2/tweets/{post}").object()
        except Refused as refused:
            if refused.reason is not Reason.GONE:
                raise
            return
        if (body.get("data") or {}).get("deleted") is not True:
            raise Later("the answer does not say that it is deleted")

    def comments(self, access: Access, *, post: str = "", after: str = "", most: int = 100) -> Comments:
        return comments.comments(self._line, access, post, after, most)

    def moderated(self, access: Access, wish: Wish) -> str:
        return comments.moderated(self._line, access, wish)

    def insiders(self, access: Access) -> tuple[Insider, ...]:
        raise CannotHere(
            _("X does not tell software who has access to an account."),
            instead=_("Open the list of delegates on X, enter who is there, and sign it."),
        )

    def profile(self, access: Access) -> Profile:
        return people.who(self._line, access)

    def limits(self, server: str = "") -> tuple[tuple[str, int], ...]:
        return (
            ("characters", text.MOST),
            ("link", text.LINK_WEIGHT),
            ("media", traps.MOST_PICTURES),
            ("alternative_text", traps.MOST_ALT),
            ("price_mills", PRICE_MILLS),
            ("price_mills_with_link", PRICE_MILLS_WITH_LINK),
        )


def make() -> Client:
    return X(configured())


def _as_sent(variant: Variant) -> str:
    """NFC, without blanks at the ends, as X itself stores it; a link that the text lacks comes on a line of its own."""
    whole = unicodedata.normalize("NFC", variant.text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if variant.link and variant.link not in whole:
        whole = f"{whole}\n{variant.link}".strip()
    return whole


def _body(form: Form, staged: Staged) -> dict[str, object]:
    """X refuses any field that its contract does not name, and an empty one too."""
    uploads = media.uploads(form, staged)
    parts = {
        "text": form.sent,
        "media": {"media_ids": uploads} if uploads else None,
        "reply": {"in_reply_to_tweet_id": form.reply_to} if form.reply_to else None,
        "reply_settings": form.extra.get("reply_settings"),
    }
    return {name: value for name, value in parts.items() if value}
