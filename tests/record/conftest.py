"""A record that is open, with keys of its own, and witnesses who can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from pytest_django.fixtures import Settings

from undersigned.record import checkpoints, setup, trust
from undersigned.record.keyfile import read_log_key
from undersigned.record.models import Checkpoint
from undersigned.record.remembered import State
from undersigned.record.tlog.cosignature import CosignatureSigner
from undersigned.record.tlog.note import NoteSigner
from undersigned.record.witness.cosigning import Witness
from undersigned.record.witness.service import Service

DOMAIN = "city.example"


@dataclass
class Opened:
    """The record of an invented city, in a trial: its signer is embedded."""

    keys: Path
    origin: str

    @property
    def key(self) -> NoteSigner:
        return read_log_key(self.keys / "log.key")

    @property
    def signer_state(self) -> Path:
        return self.keys / "log.state"

    def checkpoint(self) -> Checkpoint:
        """Sign and publish the present head."""
        made = checkpoints.make_if_grown()
        assert made is not None, "the record did not grow"
        return Checkpoint.objects.get(size=made.size)

    def trust(self, *names: str, needed: int, witnesses: list[Neighbour]) -> None:
        """Write the policy as an administrator does."""
        lines = [f"log {self.key.key.vkey}\n"]
        lines += [f"witness {one.name} {one.vkey} {one.url}\n" for one in witnesses]
        lines += [f"group w {needed} {' '.join(names)}\n", "quorum w\n"]
        trust.policy_file().write_text("".join(lines))


@dataclass
class Neighbour:
    """A witness that answers over HTTP as long as the test lasts."""

    name: str
    service: Service
    witness: Witness

    @property
    def vkey(self) -> str:
        return self.witness.key.key.vkey

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.service.server_address[1]}"

    def stop(self) -> None:
        self.service.shutdown()
        self.service.server_close()


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS = tmp_path / "keys"
    settings.DOMAIN = DOMAIN
    settings.RECORD_SIGNER = ""
    settings.RECORD_WITNESSES = []
    return tmp_path / "keys"


@pytest.fixture
def opened(transactional_db: None, keys: Path) -> Opened:
    return Opened(keys, setup.begin(DOMAIN))


@pytest.fixture
def neighbour(opened: Opened, tmp_path: Path) -> Iterator[Callable[[str], Neighbour]]:
    made: list[Neighbour] = []

    def make(name: str) -> Neighbour:
        seed = name.encode().ljust(32, b".")
        state = State(tmp_path / f"{name}.state", tmp_path / f"{name}.mark", opened.origin)
        state.begin()
        witness = Witness(
            CosignatureSigner.from_seed(f"{name}.example/witness", seed), [opened.key.key], state
        )
        service = Service(("127.0.0.1", 0), witness)
        Thread(target=service.serve_forever, args=[0.02], daemon=True).start()
        made.append(Neighbour(name, service, witness))
        return made[-1]

    yield make
    for one in made:
        one.stop()
