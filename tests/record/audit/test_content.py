"""Attacks on what an entry says. Each test first shows what was falsified, then that the auditor names it."""

import json
from pathlib import Path

from tests.record.audit.exports import (
    CityLog,
    audit,
    files_of,
    receipt,
    root_of,
    signed,
    write,
    write_export,
)

from undersigned.record.tlog import tiles
from undersigned.record.tlog.encoding import encode_base64
from undersigned.record.tlog.leaf import check
from undersigned.record.tlog.tree import leaf_hash

BUNDLE = "tile/entries/000.p/7"


def forged(entries: list[bytes], index: int = 2) -> list[bytes]:
    """The same log, in which the approval was given by another office."""
    altered = entries[index].replace(b"appointment:0000000000000001", b"appointment:0000000000000002")
    assert altered != entries[index]
    assert check(altered).by["as"] != check(entries[index]).by["as"]
    return [*entries[:index], altered, *entries[index + 1 :]]


def test_an_untouched_export_is_sound(export: Path, log: CityLog) -> None:
    said = audit(export, kept=[signed(log.entries[:4])])

    assert said.status == 0
    assert said.lines[-1].startswith("OK size=7 root=")
    assert said.lines[-1].endswith(" entries=7 kept=1 receipts=1 quorum=met")


def test_case_01_one_byte_of_an_entry_edited(export: Path, log: CityLog) -> None:
    write(export / BUNDLE, tiles.encode_bundle(forged(log.entries)))

    said = audit(export)

    assert said.status == 1
    assert "ROOT" in said.words
    assert f"FAIL ROOT {BUNDLE}#2: " in said.text()


def test_case_02_entry_and_leaf_hash_rewritten_together(export: Path, log: CityLog) -> None:
    entries = forged(log.entries)
    write(export / BUNDLE, tiles.encode_bundle(entries))
    write(export / "tile/0/000.p/7", b"".join(map(leaf_hash, entries)))

    said = audit(export)

    assert said.words == {"ROOT"}, "the stored leaf hash agrees with the forged entry, and is not believed"


def test_case_03_everything_rewritten_coherently_but_the_signature(
    long_export: Path, long_log: CityLog
) -> None:
    entries = forged(long_log.entries)
    for path, data in files_of(entries).items():
        write(long_export / path, data)

    said = audit(long_export)

    assert said.words == {"ROOT"}, "all tiles agree with one another; only the signed root does not"


def test_case_04_rewritten_and_signed_again_with_the_real_key_passes_without_a_kept_checkpoint(
    tmp_path: Path, log: CityLog
) -> None:
    seen_before = signed(log.entries[:5])
    export = write_export(tmp_path / "export", forged(log.entries))

    assert audit(export).status == 0, "who kept nothing cannot know"

    said = audit(export, kept=[seen_before])
    assert said.words == {"FORK"}
    proofs = [line for line in said.lines if "proof to keep" in line]
    kept = [json.loads(line.split("proof to keep: ")[1]).encode() for line in proofs]
    assert kept == [(export / "checkpoint").read_bytes(), seen_before]


def test_case_04_an_older_checkpoint_left_in_the_folder_names_the_fork_too(
    tmp_path: Path, log: CityLog
) -> None:
    export = write_export(tmp_path / "export", forged(log.entries))
    write(export / "checkpoints/5", signed(log.entries[:5]))

    assert audit(export).words == {"FORK"}


def test_case_04_a_receipt_in_the_folder_names_the_fork_too(tmp_path: Path, log: CityLog) -> None:
    export = write_export(tmp_path / "export", forged(log.entries))
    act_id = list(log.secrets)[4]
    write(export / f"{act_id}.tlog-proof", receipt(log.entries, 4, signed(log.entries)).encode())

    assert "FORK" in audit(export).words


def test_case_07_a_disclosed_value_swapped_for_another(export: Path, log: CityLog) -> None:
    disclosed = export / f"{list(log.secrets)[3]}.disclosed.json"
    text = disclosed.read_text()
    assert '"value": "As written"' in text
    disclosed.write_text(text.replace("As written", "As amended"))

    said = audit(export)

    assert said.words == {"COMMITMENT"}
    assert f"FAIL COMMITMENT {disclosed.name}: note " in said.text()


def test_case_08_a_nonce_swapped_for_that_of_another_field(export: Path, log: CityLog) -> None:
    disclosed = export / f"{list(log.secrets)[3]}.disclosed.json"
    parts = json.loads(disclosed.read_text())
    opened = parts["open"]
    opened["note"]["nonce"], opened["who"]["nonce"] = opened["who"]["nonce"], opened["note"]["nonce"]
    disclosed.write_text(json.dumps(parts))

    said = audit(export)

    assert said.words == {"COMMITMENT"}
    assert len([line for line in said.lines if line.startswith("FAIL")]) == 2


def test_the_root_that_was_signed_is_told_beside_the_one_the_entries_give(export: Path, log: CityLog) -> None:
    write(export / BUNDLE, tiles.encode_bundle(forged(log.entries)))

    said = audit(export)

    assert encode_base64(root_of(log.entries)) in said.text()
    assert encode_base64(root_of(forged(log.entries))) in said.text()
