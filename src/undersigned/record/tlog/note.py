"""Signed notes (C2SP signed-note): a text and the signatures under it."""

from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from undersigned.record.tlog.encoding import decode_base64, decode_text, encode_base64, shorten
from undersigned.record.tlog.refusals import MalformedError, SignatureError
from undersigned.record.tlog.vkey import ED25519, VerifierKey, check_name

LARGEST_NOTE = 1_000_000
"""Bytes."""
MOST_SIGNATURES = 100
_KEY_ID_BYTES = 4


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line, not yet checked."""

    name: str
    key_id: bytes
    signature: bytes

    @classmethod
    def parse(cls, line: str) -> "NoteSignature":
        """Read `— <name> <base64>`, without its line end. Raises MalformedError."""
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "—":
            raise MalformedError(f"not a signature line: {shorten(line)}")
        material = decode_base64(parts[2])
        if len(material) <= _KEY_ID_BYTES:
            raise MalformedError(f"a signature line without a signature: {shorten(line)}")
        return cls(check_name(parts[1]), material[:_KEY_ID_BYTES], material[_KEY_ID_BYTES:])

    @property
    def line(self) -> str:
        """The line as it stands in a note, with its line end."""
        return f"— {self.name} {encode_base64(self.key_id + self.signature)}\n"

    def is_by(self, key: VerifierKey) -> bool:
        return self.name == key.name and self.key_id == key.key_id


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that verified, with the key it verified under; `time` is that of a cosignature."""

    key: VerifierKey
    signature: NoteSignature
    time: int | None


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A note as read: its text (with its last line end) and its signature lines, in order."""

    text: bytes
    signatures: tuple[NoteSignature, ...]

    @classmethod
    def parse(cls, data: bytes) -> "SignedNote":
        """Read a note without checking signatures. Raises MalformedError."""
        if len(data) > LARGEST_NOTE:
            raise MalformedError(f"a note of {len(data)} bytes; at most {LARGEST_NOTE} are read")
        text, gap, below = decode_text(data).rpartition("\n\n")
        if not gap or not below:
            raise MalformedError("not a signed note: no empty line with signatures below it")
        lines = below[:-1].split("\n")
        if len(lines) > MOST_SIGNATURES:
            raise MalformedError(f"a note with {len(lines)} signatures; at most {MOST_SIGNATURES} are read")
        return cls((text + "\n").encode(), tuple(NoteSignature.parse(line) for line in lines))

    def encode(self) -> bytes:
        return self.text + b"\n" + "".join(each.line for each in self.signatures).encode()

    def with_lines(self, lines: str) -> "SignedNote":
        """The same note with signature lines added, each only once. Raises MalformedError."""
        added = [NoteSignature.parse(line) for line in lines.removesuffix("\n").split("\n")]
        return SignedNote(self.text, tuple(dict.fromkeys([*self.signatures, *added])))

    def verify(self, keys: Iterable[VerifierKey]) -> list[Verified]:
        """Check every line of a known key; lines of unknown keys are passed over.

        A line whose name and ID are known and which does not verify spoils the whole note: SignatureError.
        So does a note without one known good signature.
        """
        known = [key for key in keys if key.checkable]
        verified = [
            Verified(key, each, key.verify(self.text, each.signature))
            for each in self.signatures
            for key in known
            if each.is_by(key)
        ]
        if not verified:
            raise SignatureError("no signature of a known key")
        return verified


class NoteSigner:
    """A log's Ed25519 key, which signs note texts."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.key = VerifierKey(check_name(name), ED25519, private.public_key().public_bytes_raw())

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> "NoteSigner":
        """`seed` is the 32-byte private key of RFC 8032."""
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, text: bytes) -> NoteSignature:
        return NoteSignature(self.key.name, self.key.key_id, self._private.sign(text))
