"""Witnesses that answer with junk, drop by drop, or by sending us elsewhere hold nobody up."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from threading import Event, Thread
from time import monotonic

import pytest
from pytest_django.fixtures import Settings
from tests.record.conftest import Neighbour, Opened
from tests.record.test_publishing import grow_to

from undersigned.record import calling, checkpoints, heads
from undersigned.record.models import Cosignature

pytestmark = pytest.mark.django_db(transaction=True)

Answers = Callable[[socket.socket, Event], None]


@pytest.fixture
def answering(settings: Settings) -> Iterator[Callable[[Answers], None]]:
    """Have another witness asked whose every answer is this."""
    doors: list[socket.socket] = []
    over = Event()

    def serve(door: socket.socket, answers: Answers) -> None:
        while not over.is_set():
            try:
                line, _ = door.accept()
            except OSError:
                return
            with line:
                line.recv(65536)
                answers(line, over)

    def begin(answers: Answers) -> None:
        door = socket.create_server(("127.0.0.1", 0))
        doors.append(door)
        Thread(target=serve, args=[door, answers], daemon=True).start()
        settings.RECORD_WITNESSES = [f"http://127.0.0.1:{door.getsockname()[1]}"]

    yield begin
    over.set()
    for door in doors:
        door.close()


def says(data: bytes) -> Answers:
    return lambda line, _over: line.sendall(data)


def drips(line: socket.socket, over: Event) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n")
    while not over.wait(0.1):
        try:
            line.sendall(b"x")
        except OSError:
            return


JUNK = {
    "no HTTP at all": b"\x00\xff\x00 not a status line\r\n\r\n",
    "a body cut short": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nx",
    "a refusal cut short": b"HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
    "too many headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    "no line of a witness": b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\xff\xfe\x00\n",
    "a size that is none": b"HTTP/1.1 409 Conflict\r\nContent-Length: 3\r\n\r\n-1\n",
    "nothing": b"",
}


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_from_one_witness_does_not_keep_the_checkpoint_from_the_others(
    opened: Opened,
    neighbour: Callable[[str], Neighbour],
    answering: Callable[[Answers], None],
    junk: bytes,
) -> None:
    clerk = neighbour("clerk")
    opened.trust("clerk", needed=1, witnesses=[clerk])
    answering(says(junk))
    grow_to(5)
    made = opened.checkpoint()
    assert heads.is_witnessed(made)
    assert made.published_at is not None


def test_a_witness_that_answers_drop_by_drop_is_not_waited_for_nor_asked_twice_at_once(
    opened: Opened, answering: Callable[[Answers], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[float] = []

    def dripping(line: socket.socket, over: Event) -> None:
        begun.append(monotonic())
        drips(line, over)

    monkeypatch.setattr(calling, "ALTOGETHER", 1)
    answering(dripping)
    grow_to(5)
    start = monotonic()
    opened.checkpoint()
    checkpoints.tend()
    assert monotonic() - start < 5
    assert len(begun) == 1


def test_a_witness_cannot_send_us_to_another_address(
    opened: Opened, answering: Callable[[Answers], None], neighbour: Callable[[str], Neighbour]
) -> None:
    inner = socket.create_server(("127.0.0.1", 0))
    inner.settimeout(0.3)
    where = f"http://127.0.0.1:{inner.getsockname()[1]}/"
    answering(says(f"HTTP/1.1 302 Found\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n".encode()))
    grow_to(5)
    opened.checkpoint()
    with inner, pytest.raises(TimeoutError):
        inner.accept()
    assert not Cosignature.objects.exists()
