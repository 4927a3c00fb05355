"""One value has one spelling."""

import pytest

from undersigned.record.tlog.encoding import decode_base64, decode_decimal, decode_digest, decode_text
from undersigned.record.tlog.refusals import MalformedError


def test_base64_is_read_only_as_it_is_written() -> None:
    assert decode_base64("AAE=") == b"\x00\x01"
    for text in ("AAE", "AAF=", "AAE==", "AAE=\n", " AAE=", "AA E=", "AAE=AAE=", "AA-_", "ÀAE=", "A", "="):
        with pytest.raises(MalformedError):
            decode_base64(text)


def test_a_hash_has_32_bytes() -> None:
    assert decode_digest("A" * 43 + "=") == bytes(32)
    for text in ("A" * 40, "A" * 44, ""):
        with pytest.raises(MalformedError):
            decode_digest(text)


def test_decimals_are_plain_digits_up_to_2_to_the_63_minus_1() -> None:
    assert [decode_decimal(text) for text in ("0", "7", "10", "9223372036854775807")] == [0, 7, 10, 2**63 - 1]
    for text in (
        "",
        "00",
        "07",
        "+7",
        "-7",
        " 7",
        "7 ",
        "7\n",
        "1_0",
        "٧",
        "²",
        "0x7",
        "9223372036854775808",
        "1" * 99,
    ):
        with pytest.raises(MalformedError):
            decode_decimal(text)


def test_text_files_are_utf_8_without_mark_with_every_line_ended() -> None:
    assert decode_text("né\n\n".encode()) == "né\n\n"
    for data in (
        b"",
        b"a",
        b"a\r\n",
        b"a\x00\n",
        b"a\tb\n",
        b"\xff\n",
        b"\xef\xbb\xbfa\n",
        b"\xed\xa0\x80\n",
    ):
        with pytest.raises(MalformedError):
            decode_text(data)
