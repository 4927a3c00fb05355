"""Two accounts on the practice network speak: one post is out, one waits for a name, one is not finished."""

from __future__ import annotations

import io

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.conf import settings
from PIL import Image, ImageOps

from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Preset
from undersigned.accounts.posture.setup import LINES
from undersigned.accounts.states import ApprovalRule
from undersigned.acts import together
from undersigned.demo.chapters.since_then import approve, ask_for, grant
from undersigned.demo.invented import COMMUNICATIONS, ESPLANADE, Role
from undersigned.demo.town import Town
from undersigned.networks.clients import client_of
from undersigned.networks.configuration import application_of
from undersigned.networks.names import Network
from undersigned.networks.oauth import new_signing_in
from undersigned.networks.practice import permission, wall
from undersigned.networks.practice.models import Wall
from undersigned.networks.protocol import Application
from undersigned.publishing import acts as posts
from undersigned.publishing import checks, media, rules
from undersigned.publishing.content import Content, Picture
from undersigned.publishing.models import Post

R = Role

OUT = "The falls are in flood this week, and worth a walk. The lower path stays closed until Friday."
WAITING = "Story time moves to Thursdays at ten, from next week on. Bring a cushion."
BEGUN = "The reading club meets on"
TONIGHT = "A few seats are left for tonight’s concert. The doors open at seven."


def tell(town: Town) -> None:
    with together():
        city = _opened(
            town, "harrowfalls", unit=COMMUNICATIONS, head=R.HEAD_OF_COMMUNICATIONS, steward=R.COMMUNICATIONS,
            deputy=R.WEB_EDITOR, purpose="What the city says, where nobody outside hears it",
            speakers=(R.LIBRARY_STEWARD, R.CLERK, R.TRANSIT_STEWARD),
        )  # fmt: skip
        esplanade = _opened(
            town, "theesplanade", unit=ESPLANADE, head=R.ESPLANADE_ACTING, steward=R.ESPLANADE_STEWARD,
            deputy=R.TICKETING, purpose="What is on tonight, where nobody outside hears it",
            speakers=(R.LEISURE_HEAD, R.COMMUNICATIONS, R.LIBRARY_STEWARD),
        )  # fmt: skip
    _published(town, city)
    _handed_in(town, city, WAITING, author=R.LIBRARY_STEWARD)
    _handed_in(town, esplanade, TONIGHT, author=R.LEISURE_HEAD)
    _written(town, city, BEGUN, author=R.LIBRARY_STEWARD)


def somebody_comments() -> None:
    """A follower answers what is out."""
    post = wall.posts_of(Wall.objects.get(handle="harrowfalls")).first()
    if post and not post.comments.all():
        wall.commented(post, "falls_walker", "Is the upper path safe with a pram?")


def _opened(
    town: Town, handle: str, *, unit: str, head: Role, steward: Role, deputy: Role, purpose: str,
    speakers: tuple[Role, Role, Role],
) -> Account:  # fmt: skip
    """Asked for, approved, set up, opened and connected; with an author, an approver and a publisher."""
    place = wall.opened(handle, f"{unit}, on a practice wall")
    account = ask_for(
        town, Network.PRACTICE, handle, unit=town.unit(unit), steward=steward, deputy=deputy, purpose=purpose
    )
    account = approve(town, account, head)
    by = town.officer(steward)
    account = acts.begin_setup(by=by, account=account, network_id=str(place.pk), url=account.url)
    acts.change(by=by, account=account, approval_rule=ApprovalRule.ONE_OF)
    for person, preset in zip(speakers, (Preset.AUTHOR, Preset.APPROVER, Preset.PUBLISHER), strict=True):
        grant(town, account, person, preset, by=steward, signer=head, days=300)
    for line in LINES:
        acts.close_line(by=by, account=account, number=line.number, note="Tried on the practice network.")
    town.countersigned(acts.open_account, by=R.HEAD_OF_COMMUNICATIONS, signers=[R.SECURITY], account=account)
    account = Account.objects.get(pk=account.pk)
    _connected(town, account, place, steward)
    return account


def _connected(town: Town, account: Account, place: Wall, steward: Role) -> None:
    """As its steward would: to the network, yes, and back."""
    client = client_of(Network.PRACTICE)
    application = application_of(Network.PRACTICE) or Application("")
    signing_in = new_signing_in(f"{settings.BASE_ADDRESS}/", challenge=client.challenge)
    challenge = create_s256_code_challenge(signing_in.verifier)  # type: ignore[no-untyped-call] # its stubs
    code = permission.allowed(place, application.client_id, signing_in.redirect, challenge)
    signed_in = client.signed_in(application, signing_in, code)
    acts.authorise(
        by=town.officer(steward),
        account=account,
        signed_in=signed_in,
        place=signed_in.places[0],
        asked=permission.SCOPES,
        server="",
        application=application.client_id,
    )


def _written(
    town: Town, account: Account, text: str, *, author: Role, pictures: tuple[Picture, ...] = ()
) -> Post:
    content = Content(text=text, accounts=(account.pk,), pictures=pictures)
    return posts.draft(by=town.officer(author), content=content)


def _handed_in(
    town: Town, account: Account, text: str, *, author: Role, pictures: tuple[Picture, ...] = ()
) -> Post:
    """Written and handed in, with every warning ticked that there was."""
    post, by = _written(town, account, text, author=author, pictures=pictures), town.officer(author)
    warnings = checks.findings(checks.inspection_of(post, rules.accounts_of(post), by))
    return posts.submit(by=by, post=post, ticked=[one.key for one in warnings])


def _published(town: Town, account: Account) -> None:
    """Approved and set on its way; it leaves when the city is made."""
    medium = posts.add_medium(by=town.officer(R.LIBRARY_STEWARD), cleaned=media.clean(_falling_water()))
    picture = Picture(medium.pk, "White water falls past dark rocks into a green pool.")
    post = _handed_in(town, account, OUT, author=R.LIBRARY_STEWARD, pictures=(picture,))
    posts.approve(by=town.officer(R.CLERK), post=post, digest=post.digest)
    posts.schedule(by=town.officer(R.TRANSIT_STEWARD), post=post, digest=post.digest)


def _falling_water() -> bytes:
    """A picture of 560 by 320 points, painted here: light above, green below."""
    painted = ImageOps.colorize(
        Image.linear_gradient("L").resize((560, 320)), black="#f4fbff", white="#0f4f45", mid="#6fb7c4"
    )
    written = io.BytesIO()
    painted.save(written, "PNG")
    return written.getvalue()
