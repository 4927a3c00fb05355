"""The `keys` file: whose signatures an auditor, a witness or a reader of receipts knows."""

from dataclasses import dataclass

from undersigned.record.tlog.encoding import decode_text, shorten
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.tlog.vkey import COSIGNATURE, ED25519, VerifierKey


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of one log and of its witnesses."""

    origin: str
    keys: tuple[VerifierKey, ...]

    @classmethod
    def parse(cls, data: bytes) -> "KeyRing":
        """Read one vkey a line; `#` begins a comment line. Raises MalformedError.

        The same line twice is harmless, for the file may be put together from two people's copies.
        """
        lines = [line for line in decode_text(data)[:-1].split("\n") if line and not line.startswith("#")]
        return cls.of([_key(line) for line in lines])

    @classmethod
    def of(cls, keys: list[VerifierKey]) -> "KeyRing":
        """Raises MalformedError unless all log keys bear one name, which is the origin."""
        origins = {key.name for key in keys if key.kind == ED25519}
        if len(origins) != 1:
            raise MalformedError(
                f"the log keys must bear one name, the origin; found {sorted(origins) or 'no log key'}"
            )
        ring = cls(origins.pop(), tuple(dict.fromkeys(keys)))
        if {key.public for key in ring.log_keys} & {key.public for key in ring.witness_keys}:
            raise MalformedError(
                "one public key is both the log's and a witness's; the log cannot witness itself"
            )
        return ring

    @property
    def log_keys(self) -> tuple[VerifierKey, ...]:
        return tuple(key for key in self.keys if key.name == self.origin and key.kind != COSIGNATURE)

    @property
    def witness_keys(self) -> tuple[VerifierKey, ...]:
        """Keys of type 0x04, and those of type 0x06 which do not bear the origin."""
        return tuple(key for key in self.keys if key not in self.log_keys)

    def encode(self) -> bytes:
        blocks = [("log", self.log_keys), ("witness", self.witness_keys)]
        return "".join(
            f"# {title}\n" + "".join(f"{key.vkey}\n" for key in keys) for title, keys in blocks if keys
        ).encode()


def _key(line: str) -> VerifierKey:
    try:
        return VerifierKey.parse(line)
    except MalformedError as why:
        raise MalformedError(f"line {shorten(line)}: {why}") from why
