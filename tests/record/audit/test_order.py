"""Attacks on the order and number of entries."""

from pathlib import Path

from tests.record.audit.exports import CityLog, audit, files_of, signed, write, write_export

from undersigned.record.tlog import tiles
from undersigned.record.tlog.leaf import check
from undersigned.record.tlog.tree import leaf_hash

BUNDLE = "tile/entries/000.p/7"
TILE = "tile/0/000.p/7"


def write_coherently(export: Path, entries: list[bytes]) -> None:
    """Bundle and leaf hashes together, as one would who owns the machine but not the key."""
    write(export / BUNDLE, tiles.encode_bundle(entries))
    write(export / TILE, b"".join(map(leaf_hash, entries)))


def test_case_12_an_entry_deleted(export: Path, log: CityLog) -> None:
    entries = [*log.entries[:2], *log.entries[3:]]
    assert check(log.entries[2]).act == "post.approve", "the approval vanishes, what was published stays"
    write_coherently(export, entries)

    said = audit(export)

    assert {"ROOT", "COUNTER"} <= said.words
    assert "post:0000000000000000 goes from its act 1 to its act 3" in said.text()


def test_case_12_an_entry_deleted_and_another_put_in_at_the_end(export: Path, log: CityLog) -> None:
    log.enter("post.draft", on=["post:00000000000000ff"])
    write_coherently(export, [*log.entries[:2], *log.entries[3:]])

    said = audit(export)

    assert {"ROOT", "COUNTER"} <= said.words


def test_case_13_two_entries_swapped_with_their_leaf_hashes(export: Path, log: CityLog) -> None:
    entries = list(log.entries)
    entries[3], entries[4] = entries[4], entries[3]
    write_coherently(export, entries)

    said = audit(export)

    assert said.words == {"ROOT", "RECEIPT"}, "entries and hashes are genuine: only their order is not"


def test_case_14_an_entry_inserted_in_the_middle(export: Path, log: CityLog) -> None:
    log.enter("post.approve", on=["post:00000000000000ff"])
    slipped_in = log.entries.pop()
    entries = [*log.entries[:3], slipped_in, *log.entries[3:]]
    write_coherently(export, entries)

    assert {"ROOT", "BUNDLE"} <= audit(export).words

    write_coherently(export, entries[:7])
    assert "ROOT" in audit(export).words, "also when the last entry is dropped so that the number is right"


def test_case_14_surplus_bytes_behind_the_last_entry_of_a_bundle(export: Path, log: CityLog) -> None:
    log.enter("post.approve", on=["post:00000000000000ff"])
    write(export / BUNDLE, tiles.encode_bundle(log.entries))
    assert audit(export).words == {"BUNDLE"}

    write(export / BUNDLE, tiles.encode_bundle(log.entries[:7]) + b"\x00")
    assert audit(export).words == {"BUNDLE"}


def test_case_15_the_tail_of_the_bundle_cut_off(export: Path, log: CityLog) -> None:
    whole = (export / BUNDLE).read_bytes()
    write(export / BUNDLE, tiles.encode_bundle(log.entries[:6]))
    assert "BUNDLE" in audit(export).words

    write(export / BUNDLE, whole[:-1])
    assert "BUNDLE" in audit(export).words


def test_case_15_the_last_bundle_missing(long_export: Path) -> None:
    (long_export / "tile/entries/002.p/88").unlink()

    said = audit(long_export)

    assert "FAIL BUNDLE tile/entries/002.p/88: is not there: entries from 512 on are missing" in said.text()


def test_case_16_the_database_rolled_back_to_yesterday(tmp_path: Path, log: CityLog) -> None:
    export = write_export(tmp_path / "export", log.entries[:5])

    assert audit(export).status == 0, "yesterday's record is sound in itself"
    assert audit(export, kept=[signed(log.entries)]).words == {"ROLLBACK"}


def test_case_17_two_tiles_exchanged(long_export: Path) -> None:
    first, second = long_export / "tile/0/000", long_export / "tile/0/001"
    one, other = first.read_bytes(), second.read_bytes()
    write(first, other)
    write(second, one)

    said = audit(long_export)

    assert said.words == {"TILE"}, "every entry is right; a reader of proofs would get wrong ones"
    assert "FAIL TILE tile/0/000: its hash 0 " in said.text()
    assert "FAIL TILE tile/0/001: its hash 0 " in said.text()


def test_case_18_an_entry_doubled(export: Path, log: CityLog) -> None:
    entries = [*log.entries[:3], log.entries[2], *log.entries[3:6]]
    write_coherently(export, entries)

    said = audit(export)

    assert {"ROOT", "LEAF"} <= said.words
    assert f"the id {check(log.entries[2]).id} is already that of entry 2" in said.text()


def test_case_18_an_entry_doubled_before_it_was_signed(tmp_path: Path, log: CityLog) -> None:
    export = write_export(tmp_path / "export", [*log.entries, log.entries[6]])

    assert audit(export).words == {"LEAF", "COUNTER"}


def test_case_19_an_act_of_an_object_dropped_before_sequencing(tmp_path: Path, log: CityLog) -> None:
    export = write_export(tmp_path / "export", [*log.entries[:2], *log.entries[3:]])

    said = audit(export)

    assert said.words == {"COUNTER"}, "root and signature are good: the log never held the approval"
    assert "FAIL COUNTER tile/entries/000.p/6#2: post:0000000000000000 " in said.text()


def test_case_19_the_first_act_of_an_object_dropped_before_sequencing(tmp_path: Path, log: CityLog) -> None:
    export = write_export(tmp_path / "export", [log.entries[0], *log.entries[2:]])

    assert audit(export).words == {"COUNTER"}


def test_nothing_may_come_after_a_row_is_gone(tmp_path: Path, log: CityLog) -> None:
    log.enter("post.delete", gone=["post:0000000000000000"])
    assert audit(write_export(tmp_path / "before", log.entries)).status == 0

    log.enter("post.approve", on=["post:0000000000000000"])
    said = audit(write_export(tmp_path / "after", log.entries))

    assert said.words == {"COUNTER"}
    assert "was gone after its act 4, and yet here is its act 5" in said.text()


def test_counters_are_followed_from_one_process_to_the_next(tmp_path: Path) -> None:
    log = CityLog()
    log.enter("record.open", facts={"origin": "harrowfalls.example/.well-known/undersigned/record"})
    for number in range(30_000):
        log.enter("post.draft", on=[f"post:{number % 11_000:016x}"])
    export = write_export(tmp_path / "export", log.entries)
    assert audit(export).status == 0

    tampered = [*log.entries[:12_000], *log.entries[12_001:]]
    said = audit(write_export(tmp_path / "tampered", tampered))
    assert said.words == {"COUNTER"}
    assert "post:00000000000003e7 goes from its act 1 to its act 3" in said.text()


def test_files_of_an_export_are_those_that_its_size_implies(long_export: Path, long_log: CityLog) -> None:
    there = {path.relative_to(long_export).as_posix() for path in (long_export / "tile").rglob("*")}

    assert set(files_of(long_log.entries)) <= there
    assert {"tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"} <= there
