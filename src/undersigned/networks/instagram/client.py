"""Instagram's professional accounts (Graph v26.0), as the city's software speaks with them.

Pictures only, as JPEG from a public address; no post can be changed, none deleted for certain, and no people are
listed. The container is the key against doubles.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from undersigned.networks.facebook import people as of_pages
from undersigned.networks.facebook import signing_in as dance
from undersigned.networks.facebook.line import Addresses, Line, configured
from undersigned.networks.faults import CannotHere, Reason, Refused
from undersigned.networks.instagram import comments, containers, people, reading, text
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


class Instagram:
    """One line to the Graph; keeps nothing else."""

    network = Network.INSTAGRAM
    keyed = True
    challenge = False
    single_use_refresh = False
    can = frozenset(Can) - {Can.REFRESH, Can.EDIT, Can.DELETE, Can.REPORT, Can.BLOCK, Can.READ_ACCESS}

    def __init__(self, addresses: Addresses) -> None:
        self._line = Line(addresses)

    def address_to_sign_in(self, application: Application, signing_in: SigningIn) -> str:
        return dance.address(self._line, application, signing_in, people.SCOPES)

    def signed_in(self, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
        return people.signed_in(self._line, application, signing_in, code)

    def refreshed(self, application: Application, token: Token, server: str = "") -> Token:
        raise Refused(Reason.CONNECTION_LOST, "a page's token cannot be refreshed; connect the account anew")

    def revoked(self, application: Application, token: Token, server: str = "") -> None:
        of_pages.ended(self._line, application, token)

    def rendered(self, variant: Variant) -> Form:
        return text.rendered(variant)

    def weights(self, variant: Variant, server: str = "") -> tuple[Weight, ...]:
        return text.weights(text.rendered(variant).sent)

    def traps(self, variant: Variant, server: str = "") -> tuple[Trap, ...]:
        return text.traps(variant)

    def staged(self, access: Access, form: Form, key: str, so_far: Staged) -> Staged:
        return containers.staged(self._line, access, form, so_far)

    def staged_without_media(self, form: Form, key: str) -> Staged:
        return {}

    def published(self, access: Access, form: Form, key: str, staged: Staged) -> Published:
        return containers.published(self._line, access, form, staged)

    def found(
        self, access: Access, form: Form, key: str, staged: Staged, *, since: datetime, after: str
    ) -> Found:
        return containers.found(self._line, access, form, staged, since, after)

    def unstaged(self, access: Access, staged: Staged) -> None:
        """Containers that are not published end by themselves after 24 hours; nothing ends them before."""

    def timeline(self, access: Access, *, after: str = "", most: int = 100) -> Timeline:
        return reading.timeline(self._line, access, after, most)

    def post(self, access: Access, post: str) -> Seen | None:
        return reading.one(self._line, access, post)

    def edited(self, access: Access, post: str, form: Form) -> None:
        raise CannotHere(
            _("Instagram does not let software change a post."), instead=_("Change it in the app, by hand.")
        )

    def deleted(self, access: Access, post: str) -> None:
        raise CannotHere(
            _("Instagram does not let software delete a post for certain."),
            instead=_("Delete it in the app, by hand, and say so here."),
        )

    def comments(self, access: Access, *, post: str = "", after: str = "", most: int = 100) -> Comments:
        return comments.comments(self._line, access, post, after, most)

    def moderated(self, access: Access, wish: Wish) -> str:
        return comments.moderated(self._line, access, wish)

    def insiders(self, access: Access) -> tuple[Insider, ...]:
        raise CannotHere(
            _("Instagram does not tell software who has access to an account."),
            instead=_("Read who has access to its Facebook page, and sign who knows the account's password."),
        )

    def profile(self, access: Access) -> Profile:
        return people.profile(self._line, access)

    def limits(self, server: str = "") -> tuple[tuple[str, int], ...]:
        return (
            ("characters", text.MOST),
            ("hashtags", text.MOST_HASHTAGS),
            ("mentions", text.MOST_MENTIONS),
            ("media", text.MOST_MEDIA),
            ("alternative_text", text.MOST_ALT),
        )


def make() -> Client:
    return Instagram(configured())
