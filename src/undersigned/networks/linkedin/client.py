"""Organisation pages on LinkedIn, as the city's software speaks with them.

No key keeps a post from being made twice; but the network itself refuses the same words twice, and names the first
post.
"""

from __future__ import annotations

from datetime import datetime

from undersigned.networks.linkedin import comments, people, posts, reading, text
from undersigned.networks.linkedin import signing_in as dance
from undersigned.networks.linkedin.line import Addresses, Line, configured
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


class LinkedIn:
    """One line to LinkedIn; keeps nothing else."""

    network = Network.LINKEDIN
    keyed = False
    challenge = False
    single_use_refresh = False
    can = frozenset(Can) - {Can.HIDE, Can.REPORT, Can.BLOCK}

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
        return text.rendered(variant)

    def weights(self, variant: Variant, server: str = "") -> tuple[Weight, ...]:
        return (text.weight(text.rendered(variant).sent),)

    def traps(self, variant: Variant, server: str = "") -> tuple[Trap, ...]:
        return text.traps(variant)

    def staged(self, access: Access, form: Form, key: str, so_far: Staged) -> Staged:
        return posts.staged(self._line, access, form, so_far)

    def staged_without_media(self, form: Form, key: str) -> Staged:
        return {}

    def published(self, access: Access, form: Form, key: str, staged: Staged) -> Published:
        return posts.published(self._line, access, form, staged)

    def found(
        self, access: Access, form: Form, key: str, staged: Staged, *, since: datetime, after: str
    ) -> Found:
        return reading.found(self._line, access, form, since, after)

    def unstaged(self, access: Access, staged: Staged) -> None:
        """Pictures that no post shows are seen by nobody there, and no call of the network takes them away."""

    def timeline(self, access: Access, *, after: str = "", most: int = 100) -> Timeline:
        return reading.timeline(self._line, access, after, most)

    def post(self, access: Access, post: str) -> Seen | None:
        return reading.one(self._line, access, post)

    def edited(self, access: Access, post: str, form: Form) -> None:
        posts.edited(self._line, access, post, form)

    def deleted(self, access: Access, post: str) -> None:
        posts.deleted(self._line, access, post)

    def comments(self, access: Access, *, post: str = "", after: str = "", most: int = 100) -> Comments:
        return comments.comments(self._line, access, post, after, most)

    def moderated(self, access: Access, wish: Wish) -> str:
        return comments.moderated(self._line, access, wish)

    def insiders(self, access: Access) -> tuple[Insider, ...]:
        return people.insiders(self._line, access)

    def profile(self, access: Access) -> Profile:
        return people.profile(self._line, access)

    def limits(self, server: str = "") -> tuple[tuple[str, int], ...]:
        return (("characters", text.MOST), ("media", text.MOST_PICTURES), ("description", text.MOST_ALT))


def make() -> Client:
    return LinkedIn(configured())
