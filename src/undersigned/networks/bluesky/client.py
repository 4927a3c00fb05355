"""Bluesky (AT Protocol), as the city's software speaks with it.

There is no dance: an app password of the account is given once. A post is a record under a key of our own, chosen
before anything is sent, so that writing it again is harmless and a doubt is settled by that key alone.
"""

from __future__ import annotations

import json
from datetime import datetime

from django.utils.translation import gettext as _

from undersigned.networks.bluesky import comments, media, people, reading, records, text, tid
from undersigned.networks.bluesky import signing_in as sessions
from undersigned.networks.bluesky import traps as bounds
from undersigned.networks.bluesky.line import Addresses, Line, configured
from undersigned.networks.faults import CannotHere, Reason, Refused, Uncertain
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


class Bluesky:
    """One line to Bluesky; keeps nothing else."""

    network = Network.BLUESKY
    keyed = True
    challenge = False
    single_use_refresh = False
    can = frozenset(Can) - {Can.EDIT, Can.DELETE_COMMENT, Can.REPORT, Can.BLOCK}

    def __init__(self, addresses: Addresses) -> None:
        self._line = Line(addresses)

    def signed_in_by_password(self, handle: str, password: str) -> SignedIn:
        return sessions.begun(self._line, handle, password)

    def address_to_sign_in(self, application: Application, signing_in: SigningIn) -> str:
        raise _no_dance()

    def signed_in(self, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
        raise _no_dance()

    def refreshed(self, application: Application, token: Token, server: str = "") -> Token:
        return sessions.refreshed(self._line, token, server)

    def revoked(self, application: Application, token: Token, server: str = "") -> None:
        """Ends the session. The app password itself is taken away on Bluesky, by a person."""
        sessions.ended(self._line, token, server)

    def rendered(self, variant: Variant) -> Form:
        sent, title = text.as_sent(variant), text.card_title(variant)
        card = {"card_title": title, "card_description": variant.options.get("card_description", "").strip()}
        return Form(
            sent,
            sent,
            "bluesky/1",
            media=variant.media,
            link=variant.link,
            language=variant.language,
            reply_to=variant.reply_to,
            extra={"facets": json.dumps(text.facets(sent), ensure_ascii=False), **(card if title else {})},
        )

    def weights(self, variant: Variant, server: str = "") -> tuple[Weight, ...]:
        return text.weights(text.as_sent(variant))

    def traps(self, variant: Variant, server: str = "") -> tuple[Trap, ...]:
        return tuple(bounds.traps(variant, text.as_sent(variant)))

    def staged(self, access: Access, form: Form, key: str, so_far: Staged) -> Staged:
        return media.staged(self._line, access, form, so_far)

    def staged_without_media(self, form: Form, key: str) -> Staged:
        return {records.KEY: tid.new()}

    def published(self, access: Access, form: Form, key: str, staged: Staged) -> Published:
        if records.KEY not in staged:
            raise Refused(Reason.CONTRACT, "no key was chosen for the record")
        record = records.post(self._line, access, form, staged)
        made = str(
            self._line.put(access, records.POST, staged[records.KEY], record).object().get("uri") or ""
        )
        if made != f"at://{access.account}/{records.POST}/{staged[records.KEY]}":
            raise Uncertain("the answer does not name the record that was written")
        return Published(made, reading.page_of(access.account, staged[records.KEY]))

    def found(
        self, access: Access, form: Form, key: str, staged: Staged, *, since: datetime, after: str
    ) -> Found:
        return reading.found(self._line, access, staged)

    def unstaged(self, access: Access, staged: Staged) -> None:
        """Pictures that no record names are forgotten by the server; it has no call to take them away before."""

    def timeline(self, access: Access, *, after: str = "", most: int = 100) -> Timeline:
        return reading.timeline(self._line, access, after, most)

    def post(self, access: Access, post: str) -> Seen | None:
        return reading.one(self._line, access, post)

    def edited(self, access: Access, post: str, form: Form) -> None:
        raise CannotHere(
            _("On Bluesky a changed post would not show that it was changed."),
            instead=_("Correct it by a reply, or delete it and post it anew."),
        )

    def deleted(self, access: Access, post: str) -> None:
        """Deleting what is not there is done, too."""
        repo, key = records.parts(post)
        value = {"repo": repo, "collection": records.POST, "rkey": key}
        self._line.ask(access, "POST", "com.atproto.repo.deleteRecord", value=value)

    def comments(self, access: Access, *, post: str = "", after: str = "", most: int = 100) -> Comments:
        return comments.comments(self._line, access, post, after, most)

    def moderated(self, access: Access, wish: Wish) -> str:
        return comments.moderated(self._line, access, wish)

    def insiders(self, access: Access) -> tuple[Insider, ...]:
        return people.insiders(self._line, access)

    def profile(self, access: Access) -> Profile:
        return people.profile(self._line, access)

    def limits(self, server: str = "") -> tuple[tuple[str, int], ...]:
        return (
            ("characters", text.MOST_GRAPHEMES),
            ("bytes", text.MOST_OCTETS),
            ("media", bounds.MOST_PICTURES),
            ("picture_octets", bounds.MOST_OCTETS),
        )


def make() -> Client:
    return Bluesky(configured())


def _no_dance() -> CannotHere:
    return CannotHere(
        _("Bluesky is connected by an app password."),
        instead=_("Enter the account's handle and an app password."),
    )
