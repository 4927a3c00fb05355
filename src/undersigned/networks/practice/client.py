"""The practice network's client. It talks with the wall's own functions in the same database instead of a far side;
whatever goes wrong there, somebody has chosen on the wall's page. It takes no key against doubles, as most networks
do not: a doubt is settled by reading."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from undersigned.networks.faults import CannotHere, Reason, Refused
from undersigned.networks.names import Network
from undersigned.networks.oauth import sign_in_address
from undersigned.networks.practice import failing, permission, reading, traps
from undersigned.networks.practice import wall as walls
from undersigned.networks.practice.models import Wall, WallComment, WallPicture
from undersigned.networks.protocol import (
    Access,
    Application,
    Can,
    Client,
    Comments,
    Deed,
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


class Practice:
    """Keeps nothing."""

    network = Network.PRACTICE
    keyed = False
    challenge = True
    single_use_refresh = False
    can = frozenset(Can) - {Can.REPORT, Can.BLOCK}

    def address_to_sign_in(self, application: Application, signing_in: SigningIn) -> str:
        base = f"{settings.BASE_ADDRESS}{reverse('practice:allow')}"
        return sign_in_address(base, application, signing_in, permission.SCOPES)

    def signed_in(self, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
        kept, token = permission.redeemed(application, signing_in, code)
        wall = kept.wall
        return SignedIn(token, Holder(f"keeper:{wall.handle}", _keeper(wall)), (_place(wall),))

    def refreshed(self, application: Application, token: Token, server: str = "") -> Token:
        return permission.refreshed(application, token)

    def revoked(self, application: Application, token: Token, server: str = "") -> None:
        permission.withdrawn(token)

    def rendered(self, variant: Variant) -> Form:
        text = _as_sent(variant)
        return Form(text, text, "practice/1", variant.media, variant.link, variant.language, variant.reply_to)

    def weights(self, variant: Variant, server: str = "") -> tuple[Weight, ...]:
        return (traps.weight(_as_sent(variant)),)

    def traps(self, variant: Variant, server: str = "") -> tuple[Trap, ...]:
        return tuple(traps.traps(variant, _as_sent(variant)))

    def staged(self, access: Access, form: Form, key: str, so_far: Staged) -> Staged:
        wall, made = permission.wall_of(access), dict(so_far)
        for number, medium in enumerate(form.media):
            name = f"picture{number}"
            if not WallPicture.objects.filter(pk=made.get(name) or 0, wall=wall, post=None).exists():
                if medium.mime not in traps.MIMES:
                    raise Refused(Reason.MEDIA, medium.mime)
                picture = WallPicture.objects.create(
                    wall=wall, mime=medium.mime, alt=medium.alt, octets=medium.octets()
                )
                made[name] = str(picture.pk)
        return made

    def staged_without_media(self, form: Form, key: str) -> Staged:
        return {}

    def published(self, access: Access, form: Form, key: str, staged: Staged) -> Published:
        wall = permission.wall_of(access)
        if traps.weight(form.sent).used > traps.MOST:
            raise Refused(Reason.TOO_LONG)
        chosen = failing.taken(wall)
        failing.before(chosen, wall)
        post = walls.sent(
            wall,
            form.sent,
            application=access.application.client_id,
            language=form.language,
            reply_to=form.reply_to,
            pictures=[staged[f"picture{number}"] for number in range(len(form.media))],
        )
        failing.after(chosen)
        return Published(str(post.pk), reading.url_of(post))

    def found(
        self, access: Access, form: Form, key: str, staged: Staged, *, since: datetime, after: str
    ) -> Found:
        return reading.found(permission.wall_of(access), access.application.client_id, since, after)

    def unstaged(self, access: Access, staged: Staged) -> None:
        wall = permission.wall_of(access)
        WallPicture.objects.filter(pk__in=list(staged.values()), wall=wall, post=None).delete()

    def timeline(self, access: Access, *, after: str = "", most: int = 100) -> Timeline:
        return reading.timeline(permission.wall_of(access), after, most)

    def post(self, access: Access, post: str) -> Seen | None:
        found = walls.find(permission.wall_of(access), post)
        return reading.seen(found) if found else None

    def edited(self, access: Access, post: str, form: Form) -> None:
        found = walls.find(permission.wall_of(access), post)
        if found is None:
            raise Refused(Reason.GONE, post)
        walls.changed(found, form.sent)

    def deleted(self, access: Access, post: str) -> None:
        found = walls.find(permission.wall_of(access), post)
        if found:
            found.delete()

    def comments(self, access: Access, *, post: str = "", after: str = "", most: int = 100) -> Comments:
        wall = permission.wall_of(access)
        if post and walls.find(wall, post) is None:
            raise Refused(Reason.GONE, post)
        return reading.comments(wall, post, after, most)

    def moderated(self, access: Access, wish: Wish) -> str:
        return _moderated(permission.wall_of(access), wish)

    def insiders(self, access: Access) -> tuple[Insider, ...]:
        wall = permission.wall_of(access)
        return (Insider(f"keeper:{wall.handle}", _keeper(wall), "keeper", may=permission.SCOPES),)

    def profile(self, access: Access) -> Profile:
        wall = permission.wall_of(access)
        place = _place(wall)
        return Profile(place.id, place.handle, place.name, wall.description, place.url)

    def limits(self, server: str = "") -> tuple[tuple[str, int], ...]:
        return (
            ("characters", traps.MOST),
            ("media", traps.MOST_PICTURES),
            ("alternative_text", traps.MOST_ALT),
        )


def make() -> Client:
    return Practice()


def _moderated(wall: Wall, wish: Wish) -> str:
    if wish.deed is Deed.ANSWER:
        return _answered(wall, wish)
    comment = _comment(wall, wish.remark)
    if wish.deed is Deed.DELETE:
        if comment:
            comment.delete()
        return ""
    if wish.deed not in {Deed.HIDE, Deed.SHOW}:
        raise CannotHere(
            _("A practice wall does not know that."), instead=_("Hide the comment, or delete it.")
        )
    if comment is None:
        raise Refused(Reason.GONE, wish.remark)
    WallComment.objects.filter(pk=comment.pk).update(hidden=wish.deed is Deed.HIDE)
    return ""


def _answered(wall: Wall, wish: Wish) -> str:
    to = _comment(wall, wish.remark) if wish.remark else walls.find(wall, wish.post)
    if to is None:
        raise Refused(Reason.GONE, wish.remark or wish.post)
    chosen = failing.taken(wall)
    failing.before(chosen, wall)
    made = walls.answered(to, wish.text)
    failing.after(chosen)
    return str(made.pk)


def _comment(wall: Wall, number: str) -> WallComment | None:
    return walls.comments_of(wall).filter(pk=int(number) if number.isdigit() else 0).first()


def _place(wall: Wall) -> Place:
    url = f"{settings.BASE_ADDRESS}{reverse('practice:wall', reading.OWN_ADDRESSES, [wall.handle])}"
    return Place(str(wall.pk), wall.handle, wall.name, url)


def _keeper(wall: Wall) -> str:
    return _("Keeper of %(handle)s") % {"handle": wall.handle}


def _as_sent(variant: Variant) -> str:
    """NFC with ``\\n`` line ends; a link that the text lacks comes on a line of its own."""
    whole = unicodedata.normalize("NFC", variant.text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if variant.link and variant.link not in whole:
        whole = f"{whole}\n{variant.link}".strip()
    return whole
