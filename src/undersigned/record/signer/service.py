"""The signer as a process of its own, asked over a UNIX socket: one request a connection, one at a time."""

from __future__ import annotations

import socket
import socketserver
from collections.abc import Sequence
from pathlib import Path

from undersigned.record.add_checkpoint import LARGEST_REQUEST
from undersigned.record.remembered import State
from undersigned.record.signer.signing import Answer, answer
from undersigned.record.tlog.note import NoteSigner

SECONDS_A_REQUEST = 10


class Service(socketserver.UnixStreamServer):
    """Whoever may open the socket may ask; the permissions of its folder say who that is."""

    def __init__(self, path: Path, keys: Sequence[NoteSigner], state: State) -> None:
        self.keys, self.state = keys, state
        path.unlink(missing_ok=True)
        super().__init__(str(path), _Handler)
        path.chmod(0o660)


class _Handler(socketserver.StreamRequestHandler):
    server: Service
    timeout = SECONDS_A_REQUEST

    def handle(self) -> None:
        try:
            request = self.rfile.read(LARGEST_REQUEST + 1)
        except TimeoutError:
            return
        if len(request) > LARGEST_REQUEST:
            said = Answer(400, "a request longer than any is\n")
        else:
            said = answer(request, self.server.keys, self.server.state)
        self.wfile.write(said.encode())


def serve(path: Path, keys: Sequence[NoteSigner], state: State, *, first: bool = False) -> None:
    """Answer requests until the process is ended. Holds the lock on the state all the while.

    ``first``: the key is new and has signed nothing. Raises StateError when the state is not right, or in use.
    """
    with state.locked(patience=0):
        if first:
            state.begin()
        state.read()
        with Service(path, keys, state) as service:
            service.serve_forever()


def ask(path: Path, request: bytes) -> Answer:
    """Put a request to the signer at this socket. Raises OSError when it is not there, MalformedError for nonsense."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(SECONDS_A_REQUEST)
        line.connect(str(path))
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        with line.makefile("rb") as answered:
            return Answer.parse(answered.read())
