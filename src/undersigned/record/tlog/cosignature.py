"""Timestamped cosignatures of witnesses (C2SP tlog-cosignature, type 0x04)."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from undersigned.record.tlog.note import NoteSignature
from undersigned.record.tlog.vkey import COSIGNATURE, VerifierKey, check_name, cosigned_message


class CosignatureSigner:
    """A witness's key. What it signs does not name the witness, so every witness needs a key of its own."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.key = VerifierKey(check_name(name), COSIGNATURE, private.public_key().public_bytes_raw())

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> "CosignatureSigner":
        """`seed` is the 32-byte private key of RFC 8032."""
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed))

    def cosign(self, text: bytes, time: int) -> NoteSignature:
        """Sign a checkpoint's text as the largest consistent tree seen at `time` (POSIX seconds)."""
        signature = self._private.sign(cosigned_message(time, text))
        return NoteSignature(self.key.name, self.key.key_id, time.to_bytes(8, "big") + signature)
