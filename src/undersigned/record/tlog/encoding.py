"""Strict decoding: one value has one spelling, so that a changed byte never means the same."""

import base64
import binascii
from typing import NewType

from undersigned.record.tlog.refusals import MalformedError

Digest = NewType("Digest", bytes)
"""32 bytes of SHA-256."""

DIGEST_BYTES = 32
LARGEST = 2**63 - 1
"""Sizes, indices and times above this are refused everywhere, before any arithmetic."""


def digest(data: bytes) -> Digest:
    """Take 32 bytes as a hash. Raises MalformedError for any other length."""
    if len(data) != DIGEST_BYTES:
        raise MalformedError(f"a hash has 32 bytes, this one has {len(data)}")
    return Digest(data)


def encode_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str) -> bytes:
    """Decode padded base64 (RFC 4648 section 4); refuse white space, a missing pad and stray last bits."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as why:
        raise MalformedError(f"not base64: {shorten(text)}") from why
    if encode_base64(data) != text:
        raise MalformedError(f"base64 that is not in its one canonical spelling: {shorten(text)}")
    return data


def decode_digest(text: str) -> Digest:
    return digest(decode_base64(text))


def decode_decimal(text: str) -> int:
    """Read ASCII digits without sign or leading zero, at most 2^63 - 1. Raises MalformedError."""
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or (text[0] == "0" and text != "0"):
        raise MalformedError(f"not a plain decimal number: {shorten(text)}")
    number = int(text)
    if number > LARGEST:
        raise MalformedError(f"a number above 2^63 - 1: {text}")
    return number


def decode_text(data: bytes) -> str:
    """Read a text file: UTF-8, no byte order mark, no control character but the line end, last line ended."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as why:
        raise MalformedError(f"not UTF-8 at byte {why.start}") from why
    if text.startswith("\ufeff"):
        raise MalformedError("begins with a byte order mark")
    for character in set(text):
        if character < " " and character != "\n":
            raise MalformedError(f"a control character (0x{ord(character):02x}) at {text.index(character)}")
    if not text.endswith("\n"):
        raise MalformedError("the last line does not end with a line end")
    return text


def shorten(text: str) -> str:
    """Quote what was found so that a message stays one line, whatever the file holds."""
    return ascii(text if len(text) <= 60 else text[:57] + "...")
