"""Connecting an account to its network's interface, losing that, and ending it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts import rules
from undersigned.accounts.connecting import places, revoking, tokens
from undersigned.accounts.models import Account, Connection, Liveness
from undersigned.accounts.states import FINAL, ConnectionState
from undersigned.acts import Act, Actor, Fact, Officer, act, say
from undersigned.acts.refusals import Unfit, WrongState
from undersigned.networks.protocol import Place, SignedIn, Token
from undersigned.vault import keeping
from undersigned.vault.models import Secret


@act(
    Act.CONNECTION_AUTHORISE,
    may=rules.administers,
    on=Account,
    makes=Connection,
    facts={"account": Fact.REFERENCE, "network": Fact.WORD, "scopes": Fact.COUNT},
    commits=["holder", "network_id", "scopes_given"],
)
def authorise(
    *,
    by: Actor,
    account: Account,
    signed_in: SignedIn,
    place: Place,
    asked: Sequence[str],
    server: str,
    application: str,
) -> Connection:
    """Let the city act on the account through its network. The tokens are sealed, bound to the connection's row.

    An earlier connection of the account ends with it; it must have been to the same account on the network.
    """
    if not isinstance(by, Officer) or by.capacity is None:
        raise TypeError("a person connects an account")
    _refuse_another_account(account, place)
    token = place.token or _shared(signed_in)
    for earlier in account.connections.exclude(state=ConnectionState.ENDED):
        token = _continuing(earlier, token, signed_in, application)
        _end(earlier, _("connected anew"))
    connection = Connection(
        account=account,
        application=application[:200],
        server=server,
        network_id=place.id,
        holder_id=signed_in.holder.id[:200],
        holder_name=signed_in.holder.name[:200],
        authorised_by_id=by.person,
        capacity_id=by.capacity.reference,
        asked=" ".join(asked)[:500],
        given=" ".join(token.scopes)[:500],
        obtained_at=timezone.now(),
        ends_at=tokens.ends_at(token),
        state_since=timezone.now(),
    )
    connection.save(force_insert=True)
    _begin(connection, token)
    if not account.network_id:
        account.network_id = place.id[:128]
        account.save(update_fields=["network_id"])
    say(account=account, network=account.network, scopes=len(token.scopes))
    say(holder=signed_in.holder.id, network_id=place.id, scopes_given=list(token.scopes))
    return connection


def _shared(signed_in: SignedIn) -> Token:
    """The token of the sign-in itself, where the network gives no account a token of its own."""
    if not any(place.token for place in signed_in.places):
        return signed_in.token
    raise Unfit(
        _("%(name)s may see this account there, and may not act on it.") % {"name": signed_in.holder.name},
        rule="a_token_of_its_own",
        do=_("Sign in to the network as somebody who may act on this account. Nothing was kept."),
    )


def _begin(connection: Connection, token: Token) -> None:
    keeping.keep(connection.pk, tokens.TOKENS, tokens.written(token))
    Liveness.objects.create(
        connection=connection,
        access_since=connection.obtained_at,
        access_until=token.expires_at,
        ends_at=connection.ends_at,
        last_good_at=connection.obtained_at,
    )


def _continuing(earlier: Connection, token: Token, signed_in: SignedIn, application: str) -> Token:
    """Some networks give a refresh token at the first sign-in alone: then the earlier one stays in use."""
    same = (earlier.holder_id, earlier.application) == (signed_in.holder.id[:200], application[:200])
    if token.refresh or not same or earlier.state != ConnectionState.LIVE:
        return token
    try:
        before = tokens.read(keeping.opened(earlier.pk, tokens.TOKENS))
    except Secret.DoesNotExist:
        return token
    return Token(token.access, before.refresh, token.expires_at, before.refresh_until, token.scopes)


@act(
    Act.CONNECTION_LOSE,
    may=rules.is_system,
    on=Connection,
    facts={"account": Fact.REFERENCE},
    commits=["reason"],
)
def lose(*, by: Actor, connection: Connection, reason: str) -> Connection:
    """The network no longer takes it: steward and deputy are asked to connect it anew."""
    connection.state_since, connection.reason = timezone.now(), reason[:400]
    connection.save(update_fields=["state_since", "reason"])
    say(account=connection.account_id)
    return connection


@act(
    Act.CONNECTION_END,
    may=rules.administers | rules.is_system,
    on=Connection,
    facts={"account": Fact.REFERENCE},
    commits=["reason"],
)
def end_connection(*, by: Actor, connection: Connection, reason: str) -> Connection:
    """End it: its tokens are destroyed here, and the network is told. What was published stays."""
    reason = reason.strip()
    if not reason:
        raise Unfit(_("Say why it ends."), rule="a_reason", field="reason", do=_("Nothing was changed."))
    revoking.later(connection)
    _end(connection, reason)
    say(account=connection.account_id)
    return connection


def _end(connection: Connection, reason: str) -> None:
    """A refresh that is under way loses its lease, so that it writes nothing any more."""
    connection.state, connection.state_since = ConnectionState.ENDED, timezone.now()
    connection.reason = reason[:400]
    connection.save(update_fields=["state", "state_since", "reason"])
    Liveness.objects.filter(connection=connection).update(lease="", lease_until=None)
    keeping.destroy(connection.pk, tokens.TOKENS)


def _refuse_another_account(account: Account, place: Place) -> None:
    if account.state in FINAL:
        raise WrongState(
            _("Nothing is done on this account any more."), rule="not_put_away", do=_("Nothing was kept.")
        )
    if not places.is_the(account, place):
        raise Unfit(
            _("That sign-in opens %(other)s, which is not the account that was asked for.")
            % {"other": place.name or place.handle or place.id},
            rule="same_account",
            do=_("Sign in to the network as somebody who may act on this account. Nothing was kept."),
        )
