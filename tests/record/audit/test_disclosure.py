"""Disclosed values: read strictly, so that nothing but what was committed to can be shown."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.record.audit.exports import CityLog, audit, write


@pytest.fixture
def disclosed(export: Path, log: CityLog) -> Path:
    return export / f"{list(log.secrets)[3]}.disclosed.json"


def refused(disclosed: Path, data: bytes) -> None:
    write(disclosed, data)
    assert audit(disclosed.parent).words == {"COMMITMENT"}


def altered(disclosed: Path, **parts: Any) -> bytes:
    return json.dumps({**json.loads(disclosed.read_text()), **parts}).encode()


def test_spacing_and_order_of_the_file_do_not_matter(disclosed: Path) -> None:
    parts = json.loads(disclosed.read_text())
    write(disclosed, json.dumps(dict(reversed(parts.items()))).encode())

    assert audit(disclosed.parent).status == 0


@pytest.mark.parametrize(
    "parts",
    [
        {"v": 2},
        {"v": True},
        {"v": "1"},
        {"act": "0" * 32},
        {"open": []},
        {"open": None},
        {"more": 1},
        {"open": {"note": {"nonce": "A" * 64, "value": 1}}},
        {"open": {"note": {"nonce": "a" * 63, "value": 1}}},
        {"open": {"note": {"nonce": 1, "value": 1}}},
        {"open": {"note": {"value": 1}}},
        {"open": {"note": {"nonce": "a" * 64, "value": 1.5}}},
        {"open": {"note": {"nonce": "a" * 64, "value": float("nan")}}},
        {"open": {"note": {"nonce": "a" * 64, "value": 2**53}}},
        {"open": {"note": {"nonce": "a" * 64, "value": 10**400}}},
        {"open": {"note": {"nonce": "a" * 64, "value": "\ud800"}}},
        {"open": {"other": {"nonce": "a" * 64, "value": "x"}}},
    ],
)
def test_a_disclosure_of_another_form_is_refused(disclosed: Path, parts: dict[str, Any]) -> None:
    refused(disclosed, altered(disclosed, **parts))


def test_a_disclosure_that_is_not_json_is_refused(disclosed: Path) -> None:
    whole = disclosed.read_bytes()
    for data in (
        b"",
        b"\xff",
        whole[:-4],
        b"\xef\xbb\xbf" + whole,
        whole.replace(b"\n", b"\r\n"),
        b"[" * 100_000,
    ):
        refused(disclosed, data)


def test_a_key_that_stands_twice_is_refused(disclosed: Path) -> None:
    refused(disclosed, disclosed.read_bytes().replace(b'"v": 1', b'"v": 1, "v": 1'))


def test_two_spellings_of_one_value_are_refused(disclosed: Path) -> None:
    text = disclosed.read_text()
    write(disclosed, text.replace("As written", "As \\u0077ritten").encode())
    assert audit(disclosed.parent).status == 0, "an escape as JSON writers make them is only a spelling"

    refused(disclosed, text.replace("As written", "As \\u006Eot written").encode())
    refused(disclosed, text.replace('"v": 1', '"v": 1, "w": -0').encode())
