"""How the rest of the product reaches the signer: over its socket, or, in a trial, within the same process."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.conf import settings

from undersigned.record import keyfile
from undersigned.record.remembered import State, StateError
from undersigned.record.signer import service
from undersigned.record.signer.signing import Answer, answer
from undersigned.record.tlog.note import NoteSigner
from undersigned.record.tlog.refusals import MalformedError


class SignerUnreachable(Exception):
    """The signer gave no answer; nothing was signed. Entries wait for the next checkpoint."""


class Signer(Protocol):
    def ask(self, request: bytes) -> Answer:
        """Put an add-checkpoint request. Raises SignerUnreachable."""


class Apart:
    """A process of its own, with its own user: the way to run it for real."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask(self, request: bytes) -> Answer:
        try:
            return service.ask(self._path, request)
        except (OSError, MalformedError) as why:
            raise SignerUnreachable(f"the signer at {self._path} did not answer: {why}") from why


class Embedded:
    """Keys and memory in this installation's own folder: whoever owns the server can sign. For trials."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def key_file(self) -> Path:
        return self._folder / "log.key"

    def keys(self) -> list[NoteSigner]:
        """The log's key, and during a rotation the next one."""
        return [keyfile.read_log_key(path) for path in sorted(self._folder.glob("log*.key"))]

    def state(self, origin: str) -> State:
        return State(self._folder / "log.state", self._folder / "log.mark", origin)

    def make(self, origin: str) -> NoteSigner:
        """The key of this origin, made together with its memory if it is new. Raises KeyFileError and StateError."""
        if not self.key_file.exists():
            self._begin(self.state(origin))
            keyfile.make(self.key_file, origin)
        return keyfile.read_log_key(self.key_file)

    def _begin(self, state: State) -> None:
        """The memory comes before the key: a key without one never signs."""
        if state.path.exists() and state.read().size:
            raise StateError(f"{state.path} remembers signatures, and their key {self.key_file} is not there")
        state.path.parent.mkdir(parents=True, exist_ok=True)
        state.forget()

    def ask(self, request: bytes) -> Answer:
        try:
            keys = self.keys()
            if not keys:
                raise SignerUnreachable(f"there is no key in {self._folder}; make one, or start the signer")
            state = self.state(keys[0].key.name)
            with state.locked():
                return answer(request, keys, state)
        except (keyfile.KeyFileError, StateError) as why:
            raise SignerUnreachable(str(why)) from why


def is_embedded() -> bool:
    return not settings.RECORD_SIGNER


def signer() -> Signer:
    return Embedded(settings.KEYS) if is_embedded() else Apart(Path(settings.RECORD_SIGNER))
