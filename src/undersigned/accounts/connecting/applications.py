"""The city's application: entered by an operator for each network, or registered with each server by itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from undersigned.accounts.models import Account, Connection, ServerApplication
from undersigned.acts.refusals import Unfit
from undersigned.networks.clients import client_of
from undersigned.networks.configuration import application_of, setting
from undersigned.networks.names import Network
from undersigned.networks.protocol import Application, Client, Registering
from undersigned.people.states import Office
from undersigned.vault import keeping

SECRET = "application"  # noqa: S105 - what it is for, not what it is


def application_for(connection: Connection) -> Application:
    """The one through which this connection was made. Empty where the network needs none (Bluesky)."""
    if isinstance(client_of(connection.account.place), Registering):
        kept = ServerApplication.objects.filter(server=connection.server).first()
        return _opened(kept) if kept else Application("")
    return application_of(connection.account.place) or Application("")


def application_at(account: Account, client: Client, server: str, redirect: str) -> Application:
    """The one to connect this account through; registered now where the server does not know the city yet.

    Raises Unfit where an operator has to enter it first, and whatever registering raises.
    """
    if isinstance(client, Registering):
        return _registered(client, server, redirect)
    found = application_of(account.place)
    if found is None:
        raise Unfit(
            _("The city has no application with %(network)s yet, so nobody can connect an account there.")
            % {"network": account.place.label},
            rule="an_application",
            helps=[Office.ADMINISTRATOR],
            do=_("An administrator registers one with the network and enters its number and secret."),
        )
    return found


def _registered(client: Registering, server: str, redirect: str) -> Application:
    kept = ServerApplication.objects.filter(server=server, redirect=redirect).first()
    if kept:
        return _opened(kept)
    made = client.registered(server, redirect)
    row, _made = ServerApplication.objects.update_or_create(
        server=server, defaults={"client_id": made.client_id, "redirect": redirect}
    )
    keeping.keep(row.holder, SECRET, made.client_secret)
    return made


def _opened(row: ServerApplication) -> Application:
    return Application(row.client_id, keeping.opened(row.holder, SECRET))


def server_of(account: Account) -> str:
    """The base address of the account's own server, where its network has many; else empty.

    One that an operator has named in the settings is spoken with at the address given there.
    """
    if account.place is not Network.MASTODON:
        return ""
    host = account.key.rpartition("@")[2]
    named = [base for base in setting(Network.MASTODON, "servers").split(",") if base]
    return next(
        (base for base in named if host in (urlsplit(base).netloc, urlsplit(base).hostname)),
        f"https://{host}",
    )
