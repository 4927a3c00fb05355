"""Posts of the invented city at each stage of their life, made by acts alone, on a wall of the tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from tests.accounts.stages import Stages, address, fresh
from tests.cast import Cast
from tests.publishing.wall import Wall
from undersigned.accounts import acts as accounts
from undersigned.accounts.models import Account, Connection
from undersigned.accounts.permissions import Preset
from undersigned.accounts.states import ApprovalRule
from undersigned.acts import Officer
from undersigned.dispatch import engine
from undersigned.dispatch.models import Dispatch
from undersigned.networks.names import Network
from undersigned.networks.protocol import Holder, Place, SignedIn, Token
from undersigned.people.models import Person, User
from undersigned.publishing import acts
from undersigned.publishing.content import Content
from undersigned.publishing.models import Delivery, Post


@dataclass
class Desk:
    """Writes, countersigns and sends, with the right person each time."""

    cast: Cast
    wall: Wall
    handle: str = "harrowfalls"
    network: Network = Network.X

    def __post_init__(self) -> None:
        self.stages = Stages(self.cast)
        self._account: Account | None = None

    @property
    def account(self) -> Account:
        """A live account with an author, an approver, a publisher and a connection."""
        if self._account is None:
            account = self.stages.live(address=address(self.handle, self.network))
            self.stages.grant(account, "Paula Sender", Preset.PUBLISHER)
            self.connected(account)
            self._account = fresh(account)
        return self._account

    def connected(self, account: Account) -> Connection:
        signed_in = SignedIn(Token("open sesame", "open again"), Holder("7", "The wall’s keeper"), ())
        return accounts.authorise(
            by=self.stages.steward,
            account=fresh(account),
            signed_in=signed_in,
            place=Place(account.network_id or "4711", account.handle, account.handle),
            asked=("post",),
            server="",
            application="of the tests",
        )

    @property
    def author(self) -> Officer:
        return self.cast.as_officer(self.stages.employee("Abel Scribe"))

    @property
    def approver(self) -> Officer:
        return self.cast.as_officer(self.stages.employee("Petra Nodd"))

    @property
    def publisher(self) -> Officer:
        return self.cast.as_officer(self.stages.employee("Paula Sender"))

    def duty_officer(self, name: str = "Dorian Night") -> Person:
        """Somebody with a passkey and a grant for emergencies on the account."""
        person = self.stages.employee(name)
        user = User.objects.create_user("night@city.example", person=person)
        Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
        self.stages.grant(self.account, name, Preset.DUTY_OFFICER)
        return person

    def content(self, text: str = "The rink opens at nine.", **more: Any) -> Content:
        return Content(text=text, **{"accounts": (self.account.pk,)} | more)

    def draft(self, text: str = "The rink opens at nine.", **heads: Any) -> Post:
        return acts.draft(by=self.author, content=self.content(text), **heads)

    def submitted(self, text: str = "The rink opens at nine.", **heads: Any) -> Post:
        post = self.draft(text, **heads)
        return acts.submit(by=self.author, post=post, ticked=self.warnings(post))

    def warnings(self, post: Post) -> list[str]:
        """Every warning there is, as if it had been ticked."""
        from undersigned.publishing import checks, rules

        look = checks.inspection_of(post, rules.accounts_of(post), self.author)
        return [one.key for one in checks.findings(look)]

    def approved(self, text: str = "The rink opens at nine.", **heads: Any) -> Post:
        post = self.submitted(text, **heads)
        return acts.approve(by=self.approver, post=post, digest=post.digest)

    def scheduled(self, text: str = "The rink opens at nine.", **heads: Any) -> Post:
        post = self.approved(text, **heads)
        return acts.schedule(by=self.publisher, post=post, digest=post.digest)

    def delivery(self, post: Post) -> Delivery:
        return Delivery.objects.select_related("account", "post").get(post=post, number=post.number)

    def run(self) -> None:
        """Do everything that is due."""
        engine.inline().run_dry()

    def hurry(self, seconds: float = 0) -> None:
        """Let what waits be due now; ``seconds`` ago it was sent."""
        Dispatch.objects.update(due_at=timezone.now(), lease_until=None)

    def set_rule(self, rule: ApprovalRule) -> None:
        accounts.change(by=self.stages.steward, account=fresh(self.account), approval_rule=rule)
        self._account = fresh(self.account)


def soon(minutes: int = 5) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)
