"""Sealing: AES-GCM-SIV (RFC 8452) with the place as associated data, so that a sealed text opens in no other place.

The keys lie in one file beside the database, readable by its owner alone; each sealed text names its key. A new key is
put first and seals from then on; the older ones still open what they sealed, until it is sealed anew.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.conf import settings

KEY_FILE = "vault.keys"
NONCE = 12

EARLIER_FILE, EARLIER = "signin.key", "signin"
"""The one key of installations made before there was a vault. What it sealed named no key, and still opens."""


class CannotOpen(Exception):
    """The sealed text is another place's, was changed, or its key is not here any more."""


def seal(text: str, place: str) -> str:
    """Encrypt for one place. Raises FileNotFoundError without keys."""
    name, key = _ring()[0]
    nonce = os.urandom(NONCE)
    sealed = AESGCMSIV(key).encrypt(nonce, text.encode(), _bound(name, place))
    return f"{name}.{base64.b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, place: str) -> str:
    """What was sealed for this place. Raises CannotOpen, which holds nothing of it, and FileNotFoundError."""
    name, named, rest = sealed.rpartition(".")
    key = dict(_ring()).get(name if named else EARLIER)
    if key is None:
        raise CannotOpen(f"the key {name[:16]!r} is not in {KEY_FILE}")
    bound = _bound(name, place) if named else place.encode()
    try:
        raw = base64.b64decode(rest, validate=True)
        return AESGCMSIV(key).decrypt(raw[:NONCE], raw[NONCE:], bound).decode()
    except (InvalidTag, binascii.Error, ValueError):
        raise CannotOpen(f"what was sealed does not belong to {place}, or was changed") from None


def _bound(name: str, place: str) -> bytes:
    return f"undersigned/1 {name} {place}".encode()


def key_of(sealed: str) -> str:
    """The name of the key that seals this."""
    name, named, _ = sealed.rpartition(".")
    return name if named else EARLIER


def key_file() -> Path:
    return Path(settings.KEYS) / KEY_FILE


def key_names() -> list[str]:
    """The names of all keys that are here, the one that seals first; none where there is no file."""
    try:
        return [name for name, _ in _ring()]
    except FileNotFoundError:
        return []


def _ring() -> list[tuple[str, bytes]]:
    """Names and keys, the one that seals first. Raises FileNotFoundError without one."""
    earlier = Path(settings.KEYS) / EARLIER_FILE
    pairs = [(EARLIER, earlier.read_bytes())] if earlier.exists() else []
    if pairs and not key_file().exists():
        return pairs
    lines = (line.split(" ") for line in key_file().read_text().split("\n") if line)
    return [*((name, base64.b64decode(key)) for name, key in lines), *pairs]


def make_keys() -> None:
    """Make the first key, readable by its owner alone; what is there is left as it is."""
    if not key_file().exists():
        _write([_new_key()])


def add_key() -> str:
    """Put a new key first; answers its name. What older keys sealed still opens."""
    fresh = _new_key()
    older = key_file().read_text().split("\n") if key_file().exists() else []
    _write([fresh, *older])
    return fresh.partition(" ")[0]


def _new_key() -> str:
    return f"k{secrets.token_hex(4)} {base64.b64encode(AESGCMSIV.generate_key(256)).decode()}"


def _write(lines: list[str]) -> None:
    """Whole or not at all: a half-written ring would open nothing."""
    path = key_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("\n".join(line for line in lines if line) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
