"""Leaves: what one act leaves in the record for ever, and the commitments to what it does not show."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any, cast

from undersigned.record.tlog import grammar
from undersigned.record.tlog.encoding import encode_base64
from undersigned.record.tlog.refusals import LeafError, MalformedError

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]
"""What may be committed to: JSON without floats."""
Fact = bool | int | str

NONCE_BYTES = 32
MOST_OBJECTS = 24
LARGEST_WRITTEN = 4_096
"""Bytes; the format allows more, we write no more."""

NOT_A_LEAF = "not a canonical leaf: a key, value, character or order which the grammar does not know"

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_COMMIT = b"undersigned/commit/v1"
_STATE = b"undersigned/state/v1"
_TEXT = re.compile(grammar.TEXT)


@dataclass(frozen=True, slots=True)
class Standing:
    """A governed object as an act left it: `state` is None when the row is gone, `n` counts from 1."""

    reference: str
    n: int
    state: str | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """The parts of a leaf. `by` has the keys `as` and `who`, or `task` alone."""

    act: str
    by: Mapping[str, str]
    commitments: Mapping[str, str]
    facts: Mapping[str, Fact]
    id: str
    law: str | None
    objects: tuple[Standing, ...]
    t: int

    def encode(self) -> bytes:
        """The entry's bytes. Raises LeafError when they would not be of the grammar."""
        data = canonical(
            {
                "act": self.act,
                "by": self.by,
                "c": self.commitments,
                "fact": self.facts,
                "id": self.id,
                "law": self.law,
                "obj": [
                    {"n": each.n, "o": each.reference, "st": each.state}
                    for each in sorted(self.objects, key=lambda each: each.reference)
                ],
                "t": self.t,
                "v": 1,
            }
        )
        match(data)
        return data


def canonical(value: Json) -> bytes:
    """Canonical JSON. Raises MalformedError for floats, integers beyond ±(2^53 - 1), keys not strings."""
    _check_value(value)
    try:
        return _ENCODER.encode(value).encode()
    except UnicodeEncodeError as why:
        raise MalformedError("text with half a surrogate pair has no canonical form") from why


_PLAIN = frozenset({str, bool, type(None)})


def _check_value(value: object) -> None:
    """Refuse what has no canonical form. Plain values are told by their type first: a leaf has dozens of them."""
    kind = type(value)
    if kind in _PLAIN:
        return
    if kind is dict:
        for key, inner in cast(dict[object, object], value).items():
            if type(key) is not str:
                raise MalformedError(f"the key {key!r} is not a string")
            if type(inner) not in _PLAIN:
                _check_value(inner)
    elif isinstance(value, int):
        if abs(value) > grammar.LARGEST_INTEGER:
            raise MalformedError(f"the integer {value} is beyond 2^53 - 1")
    elif isinstance(value, list | tuple):
        for inner in value:
            _check_value(inner)
    elif not isinstance(value, str):
        raise MalformedError(f"a {kind.__name__} has no canonical form")


def commit(field: str, nonce: bytes, value: Json) -> str:
    """Commit to a field's value under 32 fresh random bytes, so that equal values do not look equal."""
    return _hashed(_COMMIT, field, nonce, value)


def commit_state(reference: str, nonce: bytes, version: int, fields: Mapping[str, Json]) -> str:
    """Commit to the state of a governed object; `version` is that of its list of governed fields."""
    return _hashed(_STATE, reference, nonce, {"sv": version, "f": dict(fields)})


def _hashed(purpose: bytes, name: str, nonce: bytes, value: Json) -> str:
    if len(nonce) != NONCE_BYTES:
        raise MalformedError(f"a nonce has 32 bytes, this one has {len(nonce)}")
    parts = (purpose, b"\x00", name.encode(), b"\x00", nonce, canonical(value))
    return encode_base64(sha256(b"".join(parts)).digest())


def is_fact_text(text: str) -> bool:
    """Whether a string is of the fact alphabet: no space, `@`, quote or backslash, 1 to 256 characters."""
    return _TEXT.fullmatch(text) is not None


def match(entry: bytes) -> re.Match[bytes]:
    """Check an entry against the grammar to the byte; groups as in `grammar.LEAF`. Raises LeafError."""
    found = grammar.LEAF.fullmatch(entry)
    if found is None:
        raise LeafError(NOT_A_LEAF)
    check_order(found)
    return found


def check_order(found: re.Match[bytes]) -> None:
    """Refuse a matched entry whose fields or objects do not rise strictly: unsorted, or one twice. Raises LeafError."""
    for where, names in (
        ("c", grammar.KEYS.findall(found[1] or b"")),
        ("fact", grammar.KEYS.findall(found[3] or b"")),
        ("obj", [reference for _, reference, _ in objects_of(found)]),
    ):
        for one, other in pairwise(names):
            if one >= other:
                raise LeafError(f"{other.decode()} is twice in {where}, or stands behind {one.decode()}")


def objects_of(found: re.Match[bytes]) -> list[tuple[bytes, bytes, bytes]]:
    """The objects of a matched entry: n, reference, state commitment or null."""
    return [(found[6], found[7], found[8]), *grammar.OBJECTS.findall(found[9])] if found[7] else []


def check(entry: bytes) -> Leaf:
    """Read an entry, refusing whatever is not of the grammar. Raises LeafError."""
    match(entry)
    parts = cast(dict[str, object], json.loads(entry))
    return Leaf(
        act=cast(str, parts["act"]),
        by=cast(dict[str, str], parts["by"]),
        commitments=cast(dict[str, str], parts["c"]),
        facts=cast(dict[str, Fact], parts["fact"]),
        id=cast(str, parts["id"]),
        law=cast(str | None, parts["law"]),
        objects=tuple(
            Standing(each["o"], each["n"], each["st"]) for each in cast(list[dict[str, Any]], parts["obj"])
        ),
        t=cast(int, parts["t"]),
    )
