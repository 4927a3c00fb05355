"""The witness over HTTP: ``POST …/add-checkpoint`` and ``GET …/<SHA-256 of the origin>/checkpoint``."""

from __future__ import annotations

import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from undersigned.record.add_checkpoint import LARGEST_REQUEST
from undersigned.record.remembered import StateError
from undersigned.record.witness.cosigning import PLAIN, Said, Witness

SECONDS_A_REQUEST = 10
_LAST = re.compile(r".*/([0-9a-f]{64})/checkpoint")


class Service(ThreadingHTTPServer):
    """Answers for one witness."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], witness: Witness) -> None:
        super().__init__(address, _Handler)
        self.witness = witness


class _Handler(BaseHTTPRequestHandler):
    server: Service
    timeout = SECONDS_A_REQUEST

    def do_POST(self) -> None:
        if not self.path.endswith("/add-checkpoint"):
            self._say(Said(HTTPStatus.NOT_FOUND, "only add-checkpoint is posted here\n"))
            return
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch("[0-9]{1,8}", length) or int(length) > LARGEST_REQUEST:
            self._say(Said(HTTPStatus.BAD_REQUEST, "the length of the request is missing, or too large\n"))
            return
        try:
            self._say(self.server.witness.add_checkpoint(self.rfile.read(int(length))))
        except StateError as why:
            self._say(Said(HTTPStatus.SERVICE_UNAVAILABLE, f"{why}\n"))

    def do_GET(self) -> None:
        asked = _LAST.fullmatch(self.path)
        try:
            note = self.server.witness.last(asked[1]) if asked else None
        except StateError as why:
            self._say(Said(HTTPStatus.SERVICE_UNAVAILABLE, f"{why}\n"))
            return
        if note is None:
            self._say(Said(HTTPStatus.NOT_FOUND, "nothing was cosigned under that name\n"))
        else:
            self._say(Said(HTTPStatus.OK, note.decode()))

    def _say(self, said: Said) -> None:
        body = said.body.encode()
        self.send_response(said.status)
        self.send_header("Content-Type", said.content_type or PLAIN)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Addresses of those who ask are nobody's business."""
