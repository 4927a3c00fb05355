"""A network of the tests: it keeps posts in memory, shows what it is told to show, and fails as it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone

from undersigned.networks.counting import graphemes
from undersigned.networks.faults import CannotHere, NetworkFault, Uncertain
from undersigned.networks.names import Network
from undersigned.networks.protocol import (
    Access,
    Application,
    Can,
    Comments,
    Form,
    Found,
    Holder,
    Insider,
    Place,
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

MOST = 280


@dataclass
class Wall:
    """``fails`` are raised one after the other instead of publishing; ``drops`` answers are lost after the deed."""

    network: Network = Network.X
    can: frozenset[Can] = frozenset(Can)
    keyed: bool = False
    challenge: bool = True
    single_use_refresh: bool = True
    renderer: str = "wall/1"
    posts: list[Seen] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    fails: list[NetworkFault] = field(default_factory=list)
    drops: int = 0
    blind: int = 0
    on_publish: Callable[[], None] | None = None
    keys: list[str] = field(default_factory=list)
    """Record keys in the order in which they are chosen, for a network that takes one."""

    sent_under: list[str] = field(default_factory=list)

    def address_to_sign_in(self, application: Application, signing_in: SigningIn) -> str:
        return f"https://wall.example/allow?state={signing_in.state}"

    def signed_in(self, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
        return SignedIn(
            Token(f"access-{code}", f"refresh-{code}"), Holder("7", "The wall’s keeper"), self.places
        )

    @property
    def places(self) -> tuple[Place, ...]:
        return (Place("4711", "harrowfalls", "Harrow Falls"),)

    def refreshed(self, application: Application, token: Token, server: str = "") -> Token:
        self.calls.append("refresh")
        return Token(f"{token.access}+", f"{token.refresh}+")

    def revoked(self, application: Application, token: Token, server: str = "") -> None:
        self.calls.append("revoke")

    def rendered(self, variant: Variant) -> Form:
        return Form(variant.text, variant.text, self.renderer, variant.media, variant.link, variant.language)

    def weights(self, variant: Variant, server: str = "") -> tuple[Weight, ...]:
        return (Weight("characters", graphemes(variant.text), MOST),)

    def traps(self, variant: Variant, server: str = "") -> tuple[Trap, ...]:
        over = graphemes(variant.text) - MOST
        return (Trap("D01", f"{over} characters too long."),) if over > 0 else ()

    def staged(self, access: Access, form: Form, key: str, so_far: Staged) -> Staged:
        self.calls.append("stage")
        return {**so_far, **{f"media{n}": one.sha256[:8] for n, one in enumerate(form.media)}}

    def staged_without_media(self, form: Form, key: str) -> Staged:
        return {"rkey": self.keys.pop(0)} if self.keys else {}

    def published(self, access: Access, form: Form, key: str, staged: Staged) -> Published:
        self.calls.append("publish")
        self.sent_under.append(staged.get("rkey", ""))
        if self.on_publish:
            self.on_publish()
        if self.fails:
            raise self.fails.pop(0)
        seen = self.native(form.shown, media=len(form.media), ours=True)
        if self.drops:
            self.drops -= 1
            raise Uncertain("the connection was cut")
        return Published(seen.id, seen.url)

    def native(
        self, text: str, *, media: int = 0, ours: bool | None = None, made_at: datetime | None = None
    ) -> Seen:
        """Somebody posts on the wall itself."""
        number = str(len(self.posts) + 1)
        url = f"https://wall.example/{number}"
        seen = Seen(
            number, text, made_at or timezone.now(), url, media=media, ours=ours, raw=number.zfill(64)
        )
        self.posts.append(seen)
        return seen

    def found(
        self, access: Access, form: Form, key: str, staged: Staged, *, since: datetime, after: str
    ) -> Found:
        self.calls.append("find")
        if self.blind:
            self.blind -= 1
            return Found((), complete=False)
        return Found(tuple(one for one in reversed(self.posts) if one.made_at >= since), complete=True)

    def unstaged(self, access: Access, staged: Staged) -> None:
        self.calls.append("unstage")

    def timeline(self, access: Access, *, after: str = "", most: int = 100) -> Timeline:
        self.calls.append("timeline")
        newer = [one for one in self.posts if one.visible and int(one.id) > int(after or 0)]
        shown = tuple(reversed(newer))[:most]
        return Timeline(shown, len(newer) <= most, shown[0].id if shown else after)

    def post(self, access: Access, post: str) -> Seen | None:
        return next((one for one in self.posts if one.id == post and one.visible), None)

    def change(self, post: str, **fields: object) -> None:
        self.posts = [replace(one, **fields) if one.id == post else one for one in self.posts]

    def edited(self, access: Access, post: str, form: Form) -> None:
        self.change(post, text=form.shown)

    def deleted(self, access: Access, post: str) -> None:
        self.change(post, visible=False)

    def comments(self, access: Access, *, post: str = "", after: str = "", most: int = 100) -> Comments:
        return Comments((), complete=True)

    def moderated(self, access: Access, wish: Wish) -> str:
        raise CannotHere("not on this wall")

    def insiders(self, access: Access) -> tuple[Insider, ...]:
        return ()

    def profile(self, access: Access) -> Profile:
        return Profile("4711", "harrowfalls", "Harrow Falls")

    def limits(self, server: str = "") -> tuple[tuple[str, int], ...]:
        return (("characters", MOST),)
