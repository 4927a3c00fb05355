"""Merkle proofs made by others: 98 of inclusion and 98 of consistency, good and spoiled."""

import base64
import json
from pathlib import Path
from typing import Any

from tests.acceptance.record.vectors import vectors

from undersigned.record.tlog.encoding import Digest
from undersigned.record.tlog.refusals import RecordError
from undersigned.record.tlog.tree import verify_consistency, verify_inclusion

AT_LEAST = 98


def cases(folder: str) -> list[tuple[Path, dict[str, Any]]]:
    found = sorted((vectors() / folder).rglob("*.json"))
    assert len(found) >= AT_LEAST, f"only {len(found)} vectors in {folder}"
    return [(path, json.loads(path.read_text(encoding="utf-8"))) for path in found]


def hashed(text: str) -> Digest:
    """A hash of a vector, which may be spoiled, so its length is not checked here."""
    return Digest(base64.b64decode(text))


def path_of(case: dict[str, Any]) -> list[Digest]:
    return [hashed(each) for each in case["proof"] or []]


def accepts_inclusion(case: dict[str, Any]) -> bool:
    try:
        verify_inclusion(
            index=case["leafIdx"],
            size=case["treeSize"],
            leaf=hashed(case["leafHash"]),
            proof=path_of(case),
            root=hashed(case["root"]),
        )
    except RecordError:
        return False
    return True


def accepts_consistency(case: dict[str, Any]) -> bool:
    try:
        verify_consistency(
            old=case["size1"],
            size=case["size2"],
            old_root=hashed(case["root1"]),
            root=hashed(case["root2"]),
            proof=path_of(case),
        )
    except RecordError:
        return False
    return True


def test_every_inclusion_vector_is_accepted_or_refused_as_it_says() -> None:
    wrong = [path.name for path, case in cases("inclusion") if accepts_inclusion(case) == case["wantErr"]]

    assert wrong == []


def test_every_consistency_vector_is_accepted_or_refused_as_it_says() -> None:
    wrong = [path.name for path, case in cases("consistency") if accepts_consistency(case) == case["wantErr"]]

    assert wrong == []


def test_the_vectors_hold_good_proofs_and_spoiled_ones() -> None:
    for folder in ("inclusion", "consistency"):
        assert {case["wantErr"] for _, case in cases(folder)} == {True, False}
