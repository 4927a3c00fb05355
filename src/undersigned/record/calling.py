"""Calls to the other parties of the record, witnesses and time authorities: none can hold up or mislead the others.

Whoever is called may be hostile or broken. They get a time that dripping bytes do not stretch, an answer of limited
length, and are not followed to another address.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from threading import Thread
from time import monotonic
from typing import IO

STEP = 10
"""Seconds for each step of a call."""
ALTOGETHER = 30
"""Seconds after which nobody is waited for any longer."""
LARGEST_ANSWER = 100_000


@dataclass(frozen=True, slots=True)
class Call:
    address: str
    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Reply:
    """``status`` is 0 where there was no answer; then ``why_not`` says why."""

    status: int = 0
    body: bytes = b""
    why_not: str = ""


class _StayHere(urllib.request.HTTPRedirectHandler):
    """An answer that sends us elsewhere is an answer."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


_opener = urllib.request.build_opener(_StayHere)
_unfinished: dict[str, _Running] = {}
"""Address → a call that was given up and has not ended: no second one is begun beside it.

Its late reply is to the earlier request, and is judged as any other: it bears no line over the new one."""


class _Running(Thread):
    def __init__(self, call: Call) -> None:
        super().__init__(daemon=True)
        self._call = call
        self.reply = Reply(why_not=f"no whole answer within {ALTOGETHER} seconds")

    def run(self) -> None:
        self.reply = _post(self._call)


def post_all(calls: Sequence[Call]) -> list[Reply]:
    """All at once; answers in the order of the calls, after ``ALTOGETHER`` seconds at the latest."""
    running = [_begin(call) for call in calls]
    until = monotonic() + ALTOGETHER
    for one in running:
        one.join(max(0.0, until - monotonic()))
    return [one.reply for one in running]


def _begin(call: Call) -> _Running:
    before = _unfinished.get(call.address)
    if before is not None and before.is_alive():
        return before
    _unfinished[call.address] = running = _Running(call)
    running.start()
    return running


def _post(call: Call) -> Reply:
    if not call.address.startswith(("http://", "https://")):
        return Reply(why_not=f"{call.address} is not an address of the web")
    kind = {"Content-Type": call.content_type}
    try:
        request = urllib.request.Request(call.address, call.body, kind)  # noqa: S310 - checked above
        with _opener.open(request, timeout=STEP) as answer:
            return Reply(answer.status, answer.read(LARGEST_ANSWER))
    except urllib.error.HTTPError as refusal:
        return _refused(refusal)
    except (OSError, ValueError, HTTPException) as why:
        return Reply(why_not=f"no answer: {why}")


def _refused(refusal: urllib.error.HTTPError) -> Reply:
    try:
        with refusal:
            return Reply(refusal.code, refusal.read(LARGEST_ANSWER))
    except (OSError, ValueError, HTTPException) as why:
        return Reply(why_not=f"refused with {refusal.code}, and then no answer: {why}")
