"""Connections out of the building that reach no private address, wherever a name leads at the moment of the call.

The address is looked up once and the connection goes to exactly what was looked at, so that a name which answers
differently the second time (DNS rebinding) gains nothing. Hosts that an operator names in the settings may be private.
Redirects are never followed: where an answer points to is somebody else's choice.
"""

from __future__ import annotations

import socket
from collections.abc import Collection
from ipaddress import ip_address

from urllib3 import PoolManager, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0


class PrivateAddress(NewConnectionError):
    """The name leads to an address inside a network of somebody's own. Nothing was sent."""


def vetted(connection: HTTPConnection, host: str, port: int, allowed: Collection[str]) -> str:
    """The address to connect to. Raises PrivateAddress, or NewConnectionError when the name is not known."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as unknown:
        raise NewConnectionError(connection, f"{host} is not known: {unknown}") from unknown
    if f"{host}:{port}" in allowed:
        return str(found[0][4][0])
    for *_, where in found:
        if not ip_address(str(where[0]).partition("%")[0]).is_global:
            raise PrivateAddress(connection, f"{host} leads to a private address")
    return str(found[0][4][0])


def outward_pool(allowed: Collection[str] = (), *, at_once: int = 64) -> PoolManager:
    """A pool of connections, safe to share between threads. ``allowed`` holds ``host:port`` that may be private."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            asked, self._dns_host = self._dns_host, vetted(self, self._dns_host, self.port or 80, allowed)
            try:
                return super()._new_conn()
            finally:
                self._dns_host = asked

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            asked, self._dns_host = self._dns_host, vetted(self, self._dns_host, self.port or 443, allowed)
            try:
                return super()._new_conn()
            finally:
                self._dns_host = asked

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    pool = PoolManager(
        num_pools=32,
        maxsize=at_once,
        timeout=Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        retries=False,
    )
    pool.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return pool
