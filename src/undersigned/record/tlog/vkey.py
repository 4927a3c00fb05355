"""Verifier keys of C2SP signed notes, and what each type of key signs."""

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from undersigned.record.tlog.encoding import LARGEST, decode_base64, encode_base64, shorten
from undersigned.record.tlog.refusals import MalformedError, SignatureError

ED25519 = 0x01
"""A log's key: Ed25519 over the text."""
COSIGNATURE = 0x04
"""A witness's key: Ed25519 over time and text."""
ML_DSA_44 = 0x06
"""Keys of this type are read and kept; their signatures are ignored until this version can check them."""

_PUBLIC_BYTES = {ED25519: 32, COSIGNATURE: 32, ML_DSA_44: 1312}
_TIME_BYTES = 8
_SIGNATURE_BYTES = 64


def check_name(name: str) -> str:
    """Refuse a key name that is empty or has a Unicode space, a plus or a control character."""
    if not name or any(each.isspace() or each == "+" or each < " " for each in name):
        raise MalformedError(f"a key name may not be empty nor hold spaces or plus signs: {shorten(name)}")
    return name


def cosigned_message(time: int, text: bytes) -> bytes:
    """What a witness signs (C2SP tlog-cosignature): POSIX seconds and the note text with its line end."""
    return b"cosignature/v1\ntime %d\n" % time + text


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> "VerifierKey":
        """Read `<name>+<8 hex>+<base64>`; the ID is recomputed and must be equal. Raises MalformedError."""
        parts = vkey.split("+", 2)
        if len(parts) != 3:
            raise MalformedError(f"not a verifier key: {shorten(vkey)}")
        material = decode_base64(parts[2])
        if not material or _PUBLIC_BYTES.get(material[0]) != len(material) - 1:
            raise MalformedError(f"a verifier key of unknown type or wrong length: {shorten(vkey)}")
        key = cls(check_name(parts[0]), material[0], material[1:])
        if key.key_id.hex() != parts[1]:
            raise MalformedError(
                f"the key ID {shorten(parts[1])} is not that of the key, which is {key.key_id.hex()}"
            )
        return key

    @property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(bytes([self.kind]) + self.public)}"

    @property
    def checkable(self) -> bool:
        """Whether this version can check the signatures of such a key."""
        return self.kind in (ED25519, COSIGNATURE)

    def verify(self, text: bytes, signature: bytes) -> int | None:
        """Check a signature over a note text; answer the time of a cosignature. Raises SignatureError."""
        time, message, signed = None, text, signature
        if self.kind == COSIGNATURE:
            time, signed = split_cosignature(signature)
            message = cosigned_message(time, text)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signed, message)
        except (InvalidSignature, ValueError) as why:
            raise SignatureError(
                f"the signature of {self.name} ({self.key_id.hex()}) does not verify"
            ) from why
        return time


def split_cosignature(signature: bytes) -> tuple[int, bytes]:
    """Take a cosignature's 72 bytes apart: POSIX seconds, Ed25519 signature. Raises SignatureError."""
    if len(signature) != _TIME_BYTES + _SIGNATURE_BYTES:
        raise SignatureError(f"a cosignature has 72 bytes, this one has {len(signature)}")
    time = int.from_bytes(signature[:_TIME_BYTES], "big")
    if time > LARGEST:
        raise SignatureError("a cosignature with a time above 2^63 - 1")
    return time, signature[_TIME_BYTES:]
