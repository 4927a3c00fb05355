"""Asking witnesses over HTTP for their cosignatures (C2SP tlog-witness), all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from undersigned.record.calling import Call, Reply, post_all
from undersigned.record.tlog.encoding import decode_decimal, shorten
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.trust import Witness

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
    calls = [Call(_address(witness), body(old), "text/plain") for witness, old in asked.items()]
    return [_heard(witness, reply) for witness, reply in zip(asked, post_all(calls), strict=True)]


def _address(witness: Witness) -> str:
    return f"{witness.url.rstrip('/')}/add-checkpoint"


def _heard(witness: Witness, reply: Reply) -> Heard:
    said = reply.body.decode("utf-8", "replace")
    match reply.status:
        case 0:
            return Heard(witness, why_not=reply.why_not)
        case HTTPStatus.OK:
            return Heard(witness, lines=said)
        case HTTPStatus.CONFLICT:
            return _corrected(witness, said)
        case status:
            return Heard(witness, why_not=f"refused with {status}: {shorten(said)}")


def _corrected(witness: Witness, said: str) -> Heard:
    try:
        return Heard(witness, last=decode_decimal(said.removesuffix("\n")))
    except MalformedError as why:
        return Heard(witness, why_not=str(why))
