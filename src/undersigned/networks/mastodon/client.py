"""Mastodon, and servers that speak its client API, as the city's software speaks with them.

Every account lives on a server of its own, with which the application is registered by itself. The key sent with a
post keeps it from being made twice for an hour, but other servers ignore it: a doubt is settled by reading.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from django.utils.translation import gettext as _

from undersigned.networks.faults import CannotHere, Reason, Refused, Uncertain
from undersigned.networks.mastodon import comments, media, people, reading, text
from undersigned.networks.mastodon import limits as bounds
from undersigned.networks.mastodon import signing_in as dance
from undersigned.networks.mastodon.line import Line, named
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

VISIBILITIES = frozenset({"public", "unlisted", "private"})
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


class Mastodon:
    """One line to all servers, and what each last said of its limits."""

    network = Network.MASTODON
    keyed = False
    challenge = True
    single_use_refresh = False
    can = frozenset(Can) - {Can.REFRESH, Can.HIDE, Can.DELETE_COMMENT, Can.READ_ACCESS}

    def __init__(self, servers: tuple[str, ...] = ()) -> None:
        self._line = Line(servers)
        self._limits: dict[str, bounds.Limits] = {}

    def registered(self, server: str, redirect: str) -> Application:
        return dance.registered(self._line, server, redirect)

    def address_to_sign_in(self, application: Application, signing_in: SigningIn) -> str:
        return dance.address(self._line, application, signing_in)

    def signed_in(self, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
        return dance.redeemed(self._line, application, signing_in, code)

    def refreshed(self, application: Application, token: Token, server: str = "") -> Token:
        raise Refused(Reason.CONNECTION_LOST, "Mastodon gives nothing to refresh with")

    def revoked(self, application: Application, token: Token, server: str = "") -> None:
        dance.revoked(self._line, application, token, server)

    def rendered(self, variant: Variant) -> Form:
        sent = _as_sent(variant)
        return Form(
            sent,
            text.canonical(sent),
            "mastodon/1",
            media=variant.media,
            link=variant.link,
            language=variant.language,
            reply_to=variant.reply_to,
            extra=_extra(variant),
        )

    def weights(self, variant: Variant, server: str = "") -> tuple[Weight, ...]:
        return (bounds.weight(_as_sent(variant), _warning(variant), self._known(server)),)

    def traps(self, variant: Variant, server: str = "") -> tuple[Trap, ...]:
        known = self._known(server)
        return tuple(bounds.traps(variant, self.weights(variant, server)[0], _as_sent(variant), known))

    def staged(self, access: Access, form: Form, key: str, so_far: Staged) -> Staged:
        return media.staged(self._line, access, form, so_far)

    def staged_without_media(self, form: Form, key: str) -> Staged:
        return {}

    def published(self, access: Access, form: Form, key: str, staged: Staged) -> Published:
        headers = {"idempotency-key": key}
        body = self._line.create(access, "/api/v1/statuses", _body(form, staged), headers).object()
        if not body.get("id"):
            raise Uncertain("the answer holds no id")
        return Published(str(body["id"]), str(body.get("url") or ""))

    def found(
        self, access: Access, form: Form, key: str, staged: Staged, *, since: datetime, after: str
    ) -> Found:
        return reading.found(self._line, access, form, since, after)

    def unstaged(self, access: Access, staged: Staged) -> None:
        media.unstaged(self._line, access, staged)

    def timeline(self, access: Access, *, after: str = "", most: int = 100) -> Timeline:
        return reading.timeline(self._line, access, after, most)

    def post(self, access: Access, post: str) -> Seen | None:
        return reading.one(self._line, access, post)

    def edited(self, access: Access, post: str, form: Form) -> None:
        """Pictures that are not named again would be taken away, so what is there is named."""
        now = reading.status(self._line, access, post)
        if now is None:
            raise Refused(Reason.GONE, post)
        kept: dict[str, object] = {
            "media_ids": [str(one["id"]) for one in now.get("media_attachments") or []]
        }
        kept |= {"spoiler_text": now.get("spoiler_text") or "", "sensitive": bool(now.get("sensitive"))}
        body = {name: value for name, value in _body(form, {}, pictures=False).items() if name in CHANGED}
        self._line.ask(access, "PUT", f"/api/v1/statuses/{post}", value={**kept, **body})

    def deleted(self, access: Access, post: str) -> None:
        try:
            self._line.ask(access, "DELETE", f"/api/v1/statuses/{post}")
        except Refused as refused:
            if refused.reason is not Reason.GONE:
                raise

    def comments(self, access: Access, *, post: str = "", after: str = "", most: int = 100) -> Comments:
        return comments.comments(self._line, access, post, after, most)

    def moderated(self, access: Access, wish: Wish) -> str:
        return comments.moderated(self._line, access, wish)

    def insiders(self, access: Access) -> tuple[Insider, ...]:
        raise CannotHere(
            _("An account on Mastodon has one password, and the server does not tell who knows it."),
            instead=_("Enter who knows the password, and sign it."),
        )

    def profile(self, access: Access) -> Profile:
        return people.profile(self._line, access)

    def limits(self, server: str = "") -> tuple[tuple[str, int], ...]:
        """Read from the server, and remembered for the counters and checks of its accounts."""
        if server:
            self._limits[server] = bounds.read(self._line, server)
        return self._known(server).named()

    def _known(self, server: str) -> bounds.Limits:
        return self._limits.get(server) or bounds.Limits()


CHANGED = frozenset({"status", "language", "spoiler_text", "sensitive"})


def make() -> Client:
    return Mastodon(named())


def _as_sent(variant: Variant) -> str:
    """NFC, without blanks at the ends; a link that the text lacks comes on a line of its own."""
    whole = unicodedata.normalize("NFC", variant.text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if variant.link and variant.link not in whole:
        whole = f"{whole}\n{variant.link}".strip()
    return whole


def _warning(variant: Variant) -> str:
    return unicodedata.normalize("NFC", variant.options.get("content_warning", "")).strip()


def _extra(variant: Variant) -> dict[str, object]:
    visibility, warning = variant.options.get("visibility", ""), _warning(variant)
    chosen = visibility if visibility in VISIBILITIES else "public"
    return {"visibility": chosen, **({"spoiler_text": warning} if warning else {})}


def _body(form: Form, staged: Staged, *, pictures: bool = True) -> dict[str, object]:
    parts: dict[str, object] = {
        "status": form.sent,
        "media_ids": media.uploads(form, staged) if pictures else [],
        "visibility": form.extra.get("visibility"),
        "spoiler_text": form.extra.get("spoiler_text"),
        "language": form.language if LANGUAGE.fullmatch(form.language) else "",
        "in_reply_to_id": form.reply_to,
    }
    return {name: value for name, value in parts.items() if value or name == "status"}
