"""Attacks on receipts, in a folder and alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.record.audit.exports import (
    CLERK,
    KEYS,
    OPENED,
    POLICY,
    STRANGER,
    CityLog,
    Outcome,
    ask,
    audit,
    city_log,
    receipt,
    signed,
    write,
    write_act,
    write_export,
)

from undersigned.record.tlog.encoding import Digest, encode_base64
from undersigned.record.tlog.proof import ProofFile
from undersigned.record.tlog.tree import leaf_hash


def act_of(log: CityLog, index: int) -> str:
    return list(log.secrets)[index]


def alone(path: Path, act_id: str, *more: str | Path, policy: bytes | None = POLICY) -> Outcome:
    """Ask for one receipt, offline, with keys and policy from elsewhere."""
    write(path.parent / "my-keys", KEYS)
    words: list[str | Path] = [path / f"{act_id}.tlog-proof", "--entry", path / f"{act_id}.entry"]
    if policy is not None:
        write(path.parent / "my-policy", policy)
        words += ["--policy", path.parent / "my-policy"]
    return ask(*words, "--keys", path.parent / "my-keys", *more)


def refused_both_ways(export: Path, act_id: str, proof: bytes) -> None:
    """In its folder and alone, the receipt is refused with the word RECEIPT and no other."""
    write(export / f"{act_id}.tlog-proof", proof)
    assert audit(export).words == {"RECEIPT"}
    assert alone(export, act_id).words == {"RECEIPT"}


def proof_of(export: Path, act_id: str) -> ProofFile:
    return ProofFile.parse((export / f"{act_id}.tlog-proof").read_bytes())


def test_a_receipt_alone_is_checked_offline(export: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)

    said = alone(export, act_id, "--disclosed", export / f"{act_id}.disclosed.json")

    assert said.status == 0
    assert said.lines[-1].endswith(" entries=1 kept=0 receipts=1 quorum=met")


def test_fields_that_were_not_disclosed_are_listed_as_closed(export: Path, log: CityLog) -> None:
    said = alone(export, act_of(log, 3), policy=None)

    assert said.status == 0
    assert [line.split(": ")[1] for line in said.lines[:-1]] == ["note is closed", "who is closed"]
    assert said.lines[-1].endswith("quorum=none (not witnessed)")


def test_an_erased_field_is_listed_with_the_act_that_erased_it(tmp_path: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)
    log.enter("record.erase", facts={"act": act_id, "fields": "note,who"}, law="gdpr-17.1.b")
    log.secrets[act_id] = {}
    export = write_export(tmp_path / "export", log.entries)
    write_act(export, log, act_id, signed(log.entries))

    said = audit(export)

    assert said.status == 0
    assert f"NOTE RECEIPT {act_id}.disclosed.json: note is erased by #7" in said.lines
    assert f"NOTE RECEIPT {act_id}.disclosed.json: who is erased by #7" in said.lines


def test_case_38_the_index_of_a_receipt_altered(export: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)

    refused_both_ways(export, act_id, replace(proof_of(export, act_id), index=2).encode())
    refused_both_ways(export, act_id, replace(proof_of(export, act_id), index=7).encode())


def test_case_38_the_index_of_an_equal_leaf_elsewhere(tmp_path: Path, log: CityLog) -> None:
    log.entries.append(log.entries[3])
    note, act_id = signed(log.entries), act_of(log, 3)
    export = write_export(tmp_path / "export", log.entries)
    write_act(export, log, act_id, note)
    write(export / f"{act_id}.tlog-proof", receipt(log.entries, 7, note).encode())

    assert alone(export, act_id).status == 0, "the path is true, for the leaf does stand there too"
    assert f"FAIL RECEIPT {act_id}.tlog-proof: says entry 7, and the act is entry 3" in audit(export).lines


def test_case_38_the_receipt_of_another_act(export: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)

    refused_both_ways(export, act_id, receipt(log.entries, 4, signed(log.entries)).encode())


def test_case_39_one_hash_of_the_path_altered(export: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)
    genuine = proof_of(export, act_id)
    for at in range(len(genuine.hashes)):
        hashes = list(genuine.hashes)
        hashes[at] = Digest(bytes([hashes[at][0] ^ 1]) + hashes[at][1:])
        refused_both_ways(export, act_id, replace(genuine, hashes=tuple(hashes)).encode())


def test_case_40_a_path_too_long_too_short_or_empty(export: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)
    genuine = proof_of(export, act_id)
    for hashes in (
        (*genuine.hashes, Digest(bytes(32))),
        (Digest(bytes(32)), *genuine.hashes),
        genuine.hashes[:-1],
        genuine.hashes[1:],
        (),
        genuine.hashes * 25,
    ):
        refused_both_ways(export, act_id, replace(genuine, hashes=hashes).encode())


@pytest.mark.parametrize("length", [1, 31, 33])
def test_case_40_a_hash_of_another_length(export: Path, log: CityLog, length: int) -> None:
    act_id = act_of(log, 3)
    genuine = proof_of(export, act_id)
    line = encode_base64(genuine.hashes[0]).encode()
    refused_both_ways(
        export, act_id, genuine.encode().replace(line, encode_base64(bytes(length)).encode(), 1)
    )


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("another version", b"@v1", b"@v2"),
        ("a leading zero", b"index 3", b"index 03"),
        ("two indices", b"index 3\n", b"index 3\nindex 3\n"),
        ("a space behind", b"index 3\n", b"index 3 \n"),
        ("extra data behind the index", b"index 3\n", b"index 3\nextra AAAA\n"),
        ("CRLF", b"\n", b"\r\n"),
        ("no index", b"index 3\n", b""),
    ],
)
def test_case_34_a_proof_file_of_another_form(
    export: Path, log: CityLog, what: str, old: bytes, new: bytes
) -> None:
    act_id = act_of(log, 3)
    refused_both_ways(
        export, act_id, proof_of(export, act_id).encode().replace(old, new, -1 if what == "CRLF" else 1)
    )


def test_extra_data_of_a_receipt_is_accepted_and_not_believed(export: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)
    write(export / f"{act_id}.tlog-proof", replace(proof_of(export, act_id), extra=b"trust me").encode())

    assert audit(export).status == 0
    assert alone(export, act_id).status == 0


def test_case_42_an_inner_node_offered_as_a_leaf(export: Path, log: CityLog) -> None:
    """Second preimage: the two leaf hashes below a node, as if they were an entry, with the path from that node."""
    act_id = act_of(log, 3)
    leaves = [leaf_hash(entry) for entry in log.entries]
    genuine = proof_of(export, act_id)
    write(export / f"{act_id}.entry", leaves[2] + leaves[3])
    shorter = replace(genuine, index=1, hashes=genuine.hashes[1:])
    write(export / f"{act_id}.tlog-proof", shorter.encode())

    said = alone(export, act_id)

    assert said.words == {"RECEIPT", "LEAF"}, (
        "the prefix 0x00 or 0x01 makes a leaf's hash differ from a node's"
    )


def test_case_43_a_receipt_whose_checkpoint_lacks_the_quorum(export: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)
    note = signed(log.entries, witnesses=())
    write(export / f"{act_id}.tlog-proof", receipt(log.entries, 3, note).encode())

    assert audit(export).words == {"QUORUM"}
    assert alone(export, act_id).words == {"QUORUM"}
    assert alone(export, act_id, policy=None).status == 0


def test_case_43_a_receipt_of_another_history(export: Path, log: CityLog) -> None:
    other = city_log(7)
    other.entries[1] = other.entries[1].replace(b"post.draft", b"post.adopt")
    act_id = act_of(log, 3)
    write_act(export, other, act_id, signed(other.entries))

    assert alone(export, act_id).status == 0, "signed, cosigned, and the path is true"
    assert audit(export).words == {"FORK"}


def test_a_receipt_with_a_larger_checkpoint_than_the_folder_is_a_rollback(export: Path, log: CityLog) -> None:
    larger = city_log(9)
    write_act(export, larger, act_of(log, 3), signed(larger.entries))

    assert "ROLLBACK" in audit(export).words


def test_a_receipt_against_an_older_checkpoint_stays_valid(tmp_path: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)
    export = write_export(tmp_path / "export", log.entries)
    write(export / f"{act_id}.tlog-proof", receipt(log.entries[:5], 3, signed(log.entries[:5])).encode())

    assert audit(export).status == 0


def test_a_receipt_signed_by_a_stranger_is_refused(export: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)
    note = signed(log.entries, by=STRANGER)
    write(export / f"{act_id}.tlog-proof", receipt(log.entries, 3, note).encode())

    assert audit(export).words == {"SIGNATURE"}
    assert alone(export, act_id).words == {"SIGNATURE"}


def test_a_receipt_of_an_act_that_is_not_in_the_log_is_refused(export: Path, log: CityLog) -> None:
    unknown = "f" * 32
    write(export / f"{unknown}.tlog-proof", receipt(log.entries, 3, signed(log.entries)).encode())

    assert audit(export).words == {"RECEIPT"}


def test_an_entry_file_that_differs_from_the_log_is_refused(export: Path, log: CityLog) -> None:
    write(export / f"{act_of(log, 3)}.entry", log.entries[3].replace(b"publish", b"retract"))

    assert audit(export).words == {"RECEIPT"}
    assert alone(export, act_of(log, 3)).words == {"RECEIPT"}


def test_a_receipt_named_after_another_act_is_refused(export: Path, log: CityLog) -> None:
    act_id, other = act_of(log, 3), "e" * 32
    write(export / f"{other}.tlog-proof", (export / f"{act_id}.tlog-proof").read_bytes())
    write(export / f"{other}.entry", log.entries[3])

    assert alone(export, other).words == {"RECEIPT"}


def test_a_receipt_whose_entry_is_dated_after_its_witness_is_refused(tmp_path: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)
    export = tmp_path / "export"
    write_act(export, log, act_id, signed(log.entries, at=OPENED + 180 - 301))

    assert alone(export, act_id).words == {"TIME"}


def test_receipts_without_a_witness_key_need_no_policy(tmp_path: Path, log: CityLog) -> None:
    act_id = act_of(log, 3)
    write_act(tmp_path / "export", log, act_id, signed(log.entries, witnesses=(CLERK,)))

    assert alone(tmp_path / "export", act_id, policy=None).status == 0
