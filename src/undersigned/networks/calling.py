"""One call to a network, and what its end means (section 1.1 of the networks' rules).

Two doors, because they are different facts: :meth:`Caller.create` for what must not be done twice, and
:meth:`Caller.ask` for what may be repeated. Which of the two a call is decides what a lost answer means.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from urllib3 import BaseHTTPResponse, Timeout, encode_multipart_formdata
from urllib3.exceptions import (
    ConnectTimeoutError,
    EmptyPoolError,
    HTTPError,
    LocationValueError,
    NewConnectionError,
    SSLError,
)

from undersigned.networks.faults import Later, NetworkFault, TokenExpired, Uncertain
from undersigned.networks.outward import CONNECT_SECONDS, READ_SECONDS, outward_pool

MOST_OCTETS = 16_000_000
"""An answer longer than this is not the contract's."""

Part = tuple[str, bytes, str]
"""A file of a form: its name, bytes and media type."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON. Raises ValueError where it is none."""
        return json.loads(self.body)

    def object(self) -> dict[str, Any]:
        """The body as a JSON object; an empty one where it is something else."""
        try:
            found = self.json()
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


Explain = Callable[[Answer], NetworkFault | None]
"""A network's own error words: what an answer that is not 2xx means, or None to leave it to the general rule."""


class Caller:
    """Calls one network. ``bases`` are its configured addresses; only they may be private. Safe between threads."""

    def __init__(self, bases: tuple[str, ...], explain: Explain, *, at_once: int = 64) -> None:
        self._explain = explain
        self._pool = outward_pool(frozenset(filter(None, map(host_and_port, bases))), at_once=at_once)

    def create(self, method: str, url: str, **how: Any) -> Answer:
        """A call that makes something. A lost answer or a fault after sending raises Uncertain."""
        return self._call(method, url, Uncertain, **how)

    def ask(self, method: str, url: str, **how: Any) -> Answer:
        """A call that may be repeated. Whatever came between raises Later."""
        return self._call(method, url, Later, **how)

    def _call(self, method: str, url: str, in_doubt: type[Uncertain | Later], **how: Any) -> Answer:
        try:
            answer = self._sent(method, url, **how)
        except (NewConnectionError, ConnectTimeoutError, EmptyPoolError, LocationValueError) as unreachable:
            raise Later(type(unreachable).__name__) from unreachable
        except SSLError as untrusted:
            raise (Later if _before_sending(untrusted) else in_doubt)(type(untrusted).__name__) from untrusted
        except HTTPError as broken:
            raise in_doubt(type(broken).__name__) from broken
        if 200 <= answer.status < 300:
            return answer
        raise self._explain(answer) or general(answer, in_doubt)

    def _sent(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        parts: Mapping[str, str | Part] | None = None,
        data: bytes | None = None,
        value: object = None,
        read_seconds: float = READ_SECONDS,
    ) -> Answer:
        body, kind = _body(form, parts, data, value)
        whole = {**({"content-type": kind} if kind else {}), "accept": "application/json", **(headers or {})}
        response = self._pool.request(
            method,
            f"{url}?{urlencode(query)}" if query else url,
            body=body,
            headers=whole,
            redirect=False,
            preload_content=False,
            timeout=Timeout(connect=CONNECT_SECONDS, read=read_seconds),
        )
        return _whole(response)


def _body(
    form: Mapping[str, str] | None, parts: Mapping[str, str | Part] | None, data: bytes | None, value: object
) -> tuple[bytes | None, str]:
    if form is not None:
        return urlencode(form).encode(), "application/x-www-form-urlencoded"
    if parts is not None:
        return encode_multipart_formdata(dict(parts))
    if value is not None:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), "application/json"
    return data, "application/octet-stream" if data is not None else ""


def _whole(response: BaseHTTPResponse) -> Answer:
    """The answer to its last byte; raises urllib3's HTTPError where it ends before that, or goes on too long."""
    try:
        body = response.read(MOST_OCTETS + 1)
        if len(body) > MOST_OCTETS:
            raise HTTPError("the answer is longer than any answer of the contract")
        response.drain_conn()
    finally:
        response.release_conn()
    return Answer(response.status, {k.lower(): v for k, v in response.headers.items()}, body)


def _before_sending(untrusted: SSLError) -> bool:
    """A certificate that is refused ends the handshake, before any byte of the request."""
    return bool(untrusted.args) and isinstance(untrusted.args[0], ssl.SSLCertVerificationError)


def general(answer: Answer, in_doubt: type[Uncertain | Later]) -> NetworkFault:
    """The rule for answers that the network's own words do not explain."""
    if answer.status == 401:
        return TokenExpired("401")
    if answer.status == 429:
        return Later("429", until=retry_after(answer))
    return in_doubt(f"the network answered {answer.status}")


def retry_after(answer: Answer, now: datetime | None = None) -> datetime | None:
    """What ``Retry-After`` says (RFC 9110, section 10.2.3): seconds or a date; None where it is missing or neither."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit() and len(said) < 8:
        return (now or datetime.now(UTC)) + timedelta(seconds=int(said))
    try:
        found = parsedate_to_datetime(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def host_and_port(base: str) -> str:
    """``host:port`` of a base address, with the port that its scheme implies."""
    parts = urlsplit(base)
    if not parts.hostname:
        return ""
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
