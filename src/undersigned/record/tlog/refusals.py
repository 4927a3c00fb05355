"""Why bytes were refused. One type for each thing a caller can do something about."""


class RecordError(ValueError):
    """Bytes that must not be accepted; the message says what is wrong with them."""


class MalformedError(RecordError):
    """The bytes are not of the format: ask whoever sent them for the unaltered file."""


class ProofError(RecordError):
    """A proof is well formed and does not prove what it should."""


class SignatureError(RecordError):
    """A known key's signature does not verify, or none of a known key is there."""


class LeafError(RecordError):
    """An entry is not of the grammar of a leaf."""
