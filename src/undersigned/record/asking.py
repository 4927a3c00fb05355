"""Asking witnesses over HTTP for their cosignatures (C2SP tlog-witness), all of them at once."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus

from undersigned.record.tlog.encoding import decode_decimal, shorten
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.trust import Witness

SECONDS = 10
LARGEST_ANSWER = 100_000
SIZE_TYPE = "text/x.tlog.size"

Body = Callable[[int], bytes]
"""Size that a witness cosigned last → the request which leads from there to the new checkpoint."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a witness answered: its lines; or the size it cosigned last, if we thought of another; or why neither."""

    witness: Witness
    lines: str = ""
    last: int | None = None
    why_not: str = ""


def ask_all(asked: Mapping[Witness, int], size: int, body: Body) -> list[Heard]:
    """Ask each witness, from the size that it is thought to have cosigned last, and again if it corrects us.

    ``body`` is called in this thread alone, for it reads the database.
    """
    heard = _ask_at_once(asked, body)
    again = {one.witness: one.last for one in heard if one.last is not None and one.last <= size}
    corrected = {one.witness: one for one in _ask_at_once(again, body)}
    return [corrected.get(one.witness, one) for one in heard]


def _ask_at_once(asked: Mapping[Witness, int], body: Body) -> list[Heard]:
    requests = [(witness, body(old)) for witness, old in asked.items()]
    if not requests:
        return []
    with ThreadPoolExecutor(max_workers=min(16, len(requests))) as pool:
        return list(pool.map(lambda one: _post(*one), requests))


def _post(witness: Witness, body: bytes) -> Heard:
    address = f"{witness.url.rstrip('/')}/add-checkpoint"
    if not address.startswith(("http://", "https://")):
        return Heard(witness, why_not=f"{address} is not an address of the web")
    request = urllib.request.Request(address, data=body, headers={"Content-Type": "text/plain"})  # noqa: S310 - checked
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
            return Heard(witness, lines=answer.read(LARGEST_ANSWER).decode("utf-8", "replace"))
    except urllib.error.HTTPError as refusal:
        return _refused(witness, refusal)
    except (OSError, ValueError) as why:
        return Heard(witness, why_not=f"no answer: {why}")


def _refused(witness: Witness, refusal: urllib.error.HTTPError) -> Heard:
    with refusal:
        said = refusal.read(LARGEST_ANSWER).decode("utf-8", "replace")
    if refusal.code == HTTPStatus.CONFLICT:
        try:
            return Heard(witness, last=decode_decimal(said.removesuffix("\n")))
        except MalformedError as why:
            return Heard(witness, why_not=str(why))
    return Heard(witness, why_not=f"refused with {refusal.code}: {shorten(said)}")
