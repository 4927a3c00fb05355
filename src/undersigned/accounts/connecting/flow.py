"""From an account's page to its network and back (RFC 6749 and RFC 9700; networks' rules, section 1.3).

An attempt is good for one answer within ten minutes, in the session and by the person that began it, and for the
account it was begun for. Whatever else comes back is refused; what was obtained by then is given back.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts import acts
from undersigned.accounts.connecting import places, revoking
from undersigned.accounts.connecting.applications import application_at, server_of
from undersigned.accounts.models import Account, Connection, SignInAttempt
from undersigned.acts import Officer
from undersigned.acts.refusals import Refused, Unfit
from undersigned.networks import faults
from undersigned.networks.clients import client_of, spoken_with
from undersigned.networks.names import Network
from undersigned.networks.oauth import new_signing_in
from undersigned.networks.protocol import (
    Application,
    Can,
    Client,
    Place,
    SignedIn,
    SigningIn,
    TakingPasswords,
)
from undersigned.people.states import Office
from undersigned.vault import keeping

logger = logging.getLogger("undersigned.accounts")

LASTS = timedelta(minutes=10)
VERIFIER = "verifier"


def can_connect(account: Account) -> bool:
    """Is there an interface on this account's network through which the city could act?"""
    return spoken_with(account.place) and Can.CONNECT in client_of(account.place).can


def takes_password(account: Account) -> bool:
    """Is an app password given instead of going to the network and back?"""
    return isinstance(client_of(account.place), TakingPasswords)


def begin(officer: Officer, account: Account, session: str) -> str:
    """The address at the network to which the person goes. Raises Refused, and Unfit with what is missing."""
    refusal = acts.authorise.refusal(officer, account)
    if refusal:
        raise refusal
    sweep()
    client, redirect = client_of(account.place), _redirect(account.place)
    signing_in = new_signing_in(redirect, challenge=client.challenge, server=server_of(account))
    application = _application(account, client, signing_in)
    attempt = SignInAttempt.objects.create(
        state_digest=_digest(signing_in.state),
        account=account,
        person_id=officer.person,
        session_digest=_digest(session),
        redirect=redirect,
        server=signing_in.server,
    )
    keeping.keep(attempt.holder, VERIFIER, signing_in.verifier)
    return client.address_to_sign_in(application, signing_in)


def answered(officer: Officer, network: Network, session: str, said: Mapping[str, str]) -> Connection:
    """What the network sent the person back with. Raises Refused; then nothing was kept."""
    state = said.get("state", "")
    attempt = _used(officer, network, session, state)
    verifier = keeping.opened(attempt.holder, VERIFIER)
    keeping.destroy(attempt.holder)
    code = said.get("code", "")
    if not code:
        raise _not_allowed(network, said.get("error", ""))
    signing_in = SigningIn(state, attempt.redirect, verifier, attempt.server)
    client = client_of(network)
    application = _application(attempt.account, client, signing_in)
    signed_in = _redeemed(network, lambda: client.signed_in(application, signing_in, code))
    asked = _scopes(client.address_to_sign_in(application, signing_in))
    return _kept(officer, attempt.account, signed_in, application, asked, act_id=attempt.state_digest[:32])


def begun_for(officer: Officer, state: str) -> str:
    """The account for which this person began the attempt; empty where they began none."""
    found = SignInAttempt.objects.filter(pk=_digest(state), person_id=officer.person)
    return found.values_list("account_id", flat=True).first() or ""


def by_password(officer: Officer, account: Account, handle: str, password: str, act_id: str) -> Connection:
    """Connect with an app password. It is used once, for the session's tokens, and not kept. Raises Refused."""
    refusal = acts.authorise.refusal(officer, account)
    if refusal:
        raise refusal
    client = client_of(account.place)
    if not isinstance(client, TakingPasswords):
        raise TypeError(f"{account.place} takes no app password")
    signed_in = _redeemed(account.place, lambda: client.signed_in_by_password(handle, password))
    return _kept(officer, account, signed_in, Application(""), (), act_id=act_id)


def sweep() -> int:
    """Destroy what attempts that came to nothing have left; answers how many there were."""
    late = SignInAttempt.objects.filter(made_at__lt=timezone.now() - 6 * LASTS)
    for attempt in late:
        keeping.destroy(attempt.holder)
    return late.delete()[0]


def _used(officer: Officer, network: Network, session: str, state: str) -> SignInAttempt:
    """The attempt that this answer belongs to. It is used up now, whoever brings it, whatever comes of it."""
    attempts = SignInAttempt.objects.filter(pk=_digest(state))
    first = attempts.filter(used_at=None).update(used_at=timezone.now())
    attempt = attempts.select_related("account").first()
    if attempt is None or not _is_theirs(attempt, officer, network, session):
        raise _refused(
            "an_attempt_of_this_session",
            _("This answer of %(network)s belongs to nothing that you began in this session."),
            network,
        )
    if not first:
        raise _refused("an_answer_is_used_once", _("This answer of %(network)s was used already."), network)
    if attempt.made_at < timezone.now() - LASTS:
        keeping.destroy(attempt.holder)
        raise _refused(
            "within_ten_minutes", _("This answer of %(network)s came more than ten minutes late."), network
        )
    return attempt


def _is_theirs(attempt: SignInAttempt, officer: Officer, network: Network, session: str) -> bool:
    return (attempt.person_id, attempt.session_digest, attempt.account.place) == (
        officer.person,
        _digest(session),
        network,
    )


def _not_allowed(network: Network, error: str) -> Unfit:
    if error == "access_denied":
        return _refused("allowed_there", _("You did not allow it at %(network)s."), network)
    return _refused("allowed_there", _("%(network)s sent you back without allowing it."), network)


def _redeemed(network: Network, redeem: Callable[[], SignedIn]) -> SignedIn:
    """Raises Unfit with what the network's answer comes to. A code is good once, so it is never sent twice."""
    try:
        return redeem()
    except faults.OperatorsDuty as whole:
        raise _refused(
            "an_application",
            _("%(network)s does not take the city’s application: an administrator has to look at it."),
            network,
            helps=[Office.ADMINISTRATOR],
        ) from whole
    except (faults.Refused, faults.TokenExpired) as no:
        raise _refused("taken_there", _("%(network)s did not take this sign-in."), network) from no
    except (faults.Later, faults.Uncertain) as silent:
        raise _refused("an_answer", _("%(network)s did not answer as it should."), network) from silent


def _kept(
    officer: Officer,
    account: Account,
    signed_in: SignedIn,
    application: Application,
    asked: Sequence[str],
    *,
    act_id: str,
) -> Connection:
    """Enter it, if it opens the account that was asked for; else give back what was obtained."""
    server = signed_in.server or server_of(account)
    try:
        return acts.authorise.once(act_id)(
            by=officer,
            account=account,
            signed_in=signed_in,
            place=places.the_one(account, signed_in.places) or _other(signed_in),
            asked=asked,
            server=server,
            application=application.client_id,
        )
    except Refused:
        _given_back(account, application, signed_in, server)
        raise


def _other(signed_in: SignedIn) -> Place:
    """What the sign-in opens instead: the act says so, and refuses."""
    return next(iter(signed_in.places), Place("", "", signed_in.holder.name))


def _given_back(account: Account, application: Application, signed_in: SignedIn, server: str) -> None:
    """Unless the same log-in carries another account of the city: some networks would end that too."""
    if revoking.hangs_on(account.network, signed_in.holder, application.client_id):
        return
    try:
        client_of(account.place).revoked(application, signed_in.token, server)
    except faults.NetworkFault as fault:
        logger.warning("connection.not_given_back", extra={"task": type(fault).__name__})


def _application(account: Account, client: Client, signing_in: SigningIn) -> Application:
    try:
        return application_at(account, client, signing_in.server, signing_in.redirect)
    except faults.NetworkFault as silent:
        raise _refused("an_answer", _("%(network)s did not answer as it should."), account.place) from silent


def _redirect(network: Network) -> str:
    """The exact address that is registered with the network."""
    return f"{settings.BASE_ADDRESS}{reverse('accounts:connect_answer', args=[network.value])}"


def _scopes(address: str) -> tuple[str, ...]:
    """The scopes that were asked for, as the address to sign in says them."""
    said = parse_qs(urlsplit(address).query).get("scope", [""])[0]
    return tuple(said.replace(",", " ").split())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refused(rule: str, says: str, network: Network, *, helps: Sequence[str] = ()) -> Unfit:
    return Unfit(
        says % {"network": network.label},
        rule=rule,
        helps=helps,
        do=_("Begin again from the account’s page. Nothing was kept."),
    )
