"""What a network's client offers, and what a network cannot do."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from undersigned.networks.names import Network
from undersigned.networks.protocol.access import (
    Access,
    Application,
    Insider,
    Profile,
    SignedIn,
    SigningIn,
    Token,
)
from undersigned.networks.protocol.comments import Comments, Wish
from undersigned.networks.protocol.posts import (
    Form,
    Found,
    Published,
    Seen,
    Staged,
    Timeline,
    Trap,
    Variant,
    Weight,
)


class Can(StrEnum):
    """What a network can do. A client answers :class:`CannotHere` for what is not in its ``can``."""

    CONNECT = "connect"
    REFRESH = "refresh"
    PUBLISH = "publish"
    EDIT = "edit"
    DELETE = "delete"
    READ_TIMELINE = "read_timeline"
    READ_COMMENTS = "read_comments"
    ANSWER = "answer"
    HIDE = "hide"
    DELETE_COMMENT = "delete_comment"
    REPORT = "report"
    BLOCK = "block"
    READ_ACCESS = "read_access"
    READ_PROFILE = "read_profile"


class Client(Protocol):
    """One network. Every method may raise any of :mod:`undersigned.networks.faults`; none tries again by itself.

    ``keyed`` says that a post carries a key of our own by which repeating it is safe (Bluesky's record key,
    Instagram's container): an uncertain attempt is then settled by that key and not by comparing texts.
    """

    network: Network
    can: frozenset[Can]
    keyed: bool
    challenge: bool
    """PKCE is sent at sign-in: only where the network documents it for web applications."""
    single_use_refresh: bool
    """A refresh token is used up by one call; repeating it ends the whole family (X). Never sent twice."""

    # -- sign-in ------------------------------------------------------------------------------------------------
    def address_to_sign_in(self, application: Application, signing_in: SigningIn) -> str:
        """Where the person is sent, with state, exact return address, scopes and PKCE where documented."""

    def signed_in(self, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
        """Redeem the code, once, and read whose log-in it is and which accounts it opens."""

    def refreshed(self, application: Application, token: Token, server: str = "") -> Token:
        """A fresh token for an old one. :class:`Uncertain` when the answer was lost: the old refresh token may be
        used up. ``Refused(CONNECTION_LOST)`` when the network no longer takes it."""

    def revoked(self, application: Application, token: Token, server: str = "") -> None:
        """End the token at the network, where it offers that."""

    # -- before a post ------------------------------------------------------------------------------------------
    def rendered(self, variant: Variant) -> Form:
        """The exact form in which the variant would be sent. Pure: no call, no clock, no settings that change."""

    def weights(self, variant: Variant, server: str = "") -> tuple[Weight, ...]:
        """How long the text is by the network's own rule, for the live counters. Pure."""

    def traps(self, variant: Variant, server: str = "") -> tuple[Trap, ...]:
        """What the network would refuse or spoil: length, media, alternative text, characters. Pure."""

    # -- publishing ---------------------------------------------------------------------------------------------
    def staged(self, access: Access, form: Form, key: str, so_far: Staged) -> Staged:
        """Prepare what the creating call needs (uploads, alternative texts, container). Harmless to repeat:
        ``so_far`` is what an earlier attempt had prepared and is used again where it still counts."""

    def staged_without_media(self, form: Form, key: str) -> Staged:
        """What a post without media needs beforehand, chosen without any call (Bluesky's record key); else empty."""

    def published(self, access: Access, form: Form, key: str, staged: Staged) -> Published:
        """The one creating call. Raises Uncertain whenever the bytes left and no whole answer came."""

    def found(
        self, access: Access, form: Form, key: str, staged: Staged, *, since: datetime, after: str
    ) -> Found:
        """Read back after a doubt: posts that could be this one, not before ``since``, down to the watermark
        ``after`` (the newest id that was there before sending)."""

    def unstaged(self, access: Access, staged: Staged) -> None:
        """Take away what was prepared for an attempt that will not be made (staged photos), where that is possible."""

    # -- what is there ------------------------------------------------------------------------------------------
    def timeline(self, access: Access, *, after: str = "", most: int = 100) -> Timeline:
        """The account's own posts, newest first, down to ``after`` or ``most``; ``after=""`` reads the newest."""

    def post(self, access: Access, post: str) -> Seen | None:
        """One post as it stands now; None when the network says that it is not there."""

    def edited(self, access: Access, post: str, form: Form) -> None:
        """Change a published post's text, where the network can."""

    def deleted(self, access: Access, post: str) -> None:
        """Delete a post; already gone is done."""

    def comments(self, access: Access, *, post: str = "", after: str = "", most: int = 100) -> Comments:
        """Comments under one post, or (``post=""``) replies, mentions and visitors' posts of the account."""

    def moderated(self, access: Access, wish: Wish) -> str:
        """Do one deed about a comment or its author; answers the id of what was made (an answer's), else empty."""

    def insiders(self, access: Access) -> tuple[Insider, ...]:
        """Who may act on the account on the network itself, as far as it tells."""

    def profile(self, access: Access) -> Profile:
        """What the account shows of itself now."""

    def limits(self, server: str = "") -> tuple[tuple[str, int], ...]:
        """Limits by name as they are known now, read from the network where it offers that (Mastodon, Instagram)."""


@runtime_checkable
class Registering(Protocol):
    """A client of a network on which the city's application is registered with each server by itself (Mastodon)."""

    def registered(self, server: str, redirect: str) -> Application:
        """Register the application with this server (its base address), once; its secret is sealed by the caller."""


@runtime_checkable
class TakingPasswords(Protocol):
    """A client of a network without the dance: an app password of the account is given instead (Bluesky)."""

    def signed_in_by_password(self, handle: str, password: str) -> SignedIn:
        """Begin the one session of the account, and say under ``server`` where it lives."""
