"""Private keys in files, each in one line as Go's ``note`` package writes them, so that other tools can read them.

``PRIVATE+KEY+<name>+<8 hex of the key ID>+<base64(type byte || seed)>``; readable for their owner alone.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from undersigned.record.tlog.cosignature import CosignatureSigner
from undersigned.record.tlog.encoding import decode_base64, encode_base64
from undersigned.record.tlog.note import NoteSigner
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.tlog.vkey import COSIGNATURE, ED25519

_START = "PRIVATE+KEY+"
_SEED_BYTES = 32
Key = NoteSigner | CosignatureSigner
_SIGNERS: dict[int, type[Key]] = {ED25519: NoteSigner, COSIGNATURE: CosignatureSigner}


class KeyFileError(Exception):
    """The file is not there, is not a key, or is a key of another sort than is needed here."""


def make(path: Path, name: str, kind: int = ED25519) -> Key:
    """Make a fresh key and keep it. Raises KeyFileError when the file is there already: a key is never overwritten."""
    seed = Ed25519PrivateKey.generate().private_bytes_raw()
    signer = _SIGNERS[kind].from_seed(name, seed)
    public = signer.key
    line = f"{_START}{public.name}+{public.key_id.hex()}+{encode_base64(bytes([kind]) + seed)}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as why:
        raise KeyFileError(f"{path} is there already; a key is never overwritten") from why
    with os.fdopen(descriptor, "w") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    return signer


def read_log_key(path: Path) -> NoteSigner:
    """The key with which a log signs. Raises KeyFileError."""
    key = _read(path)
    if not isinstance(key, NoteSigner):
        raise KeyFileError(f"{path} holds a witness's key, and a log's is needed here")
    return key


def read_witness_key(path: Path) -> CosignatureSigner:
    """The key with which a witness cosigns. Raises KeyFileError."""
    key = _read(path)
    if not isinstance(key, CosignatureSigner):
        raise KeyFileError(f"{path} holds a log's key, and a witness's is needed here")
    return key


def _read(path: Path) -> Key:
    try:
        return _parse(path.read_text(encoding="utf-8").removesuffix("\n"))
    except (OSError, UnicodeDecodeError, MalformedError) as why:
        raise KeyFileError(f"{path} cannot be read as a key: {why}") from why


def _parse(line: str) -> Key:
    parts = line.removeprefix(_START).split("+", 2)
    if not line.startswith(_START) or len(parts) != 3:
        raise MalformedError("it is not one line that begins with PRIVATE+KEY+")
    kind, seed = (material := decode_base64(parts[2]))[:1], material[1:]
    if len(seed) != _SEED_BYTES or int.from_bytes(kind, "big") not in _SIGNERS:
        raise MalformedError("it is of a type that this version does not know")
    signer = _SIGNERS[kind[0]].from_seed(parts[0], seed)
    if signer.key.key_id.hex() != parts[1]:
        raise MalformedError("its key ID is not that of the key")
    return signer
