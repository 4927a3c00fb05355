"""Attacks on checkpoints: their text, their signatures, their witnesses."""

from pathlib import Path

from tests.record.audit.exports import (
    AUDITOR,
    CLERK,
    KEYS,
    LOG,
    ORIGIN,
    POLICY,
    STRANGER,
    CityLog,
    audit,
    city_log,
    signed,
    write,
    write_export,
)

from undersigned.record.tlog.cosignature import CosignatureSigner
from undersigned.record.tlog.note import NoteSigner, SignedNote

BOTH = (
    f"witness clerk {CLERK.key.vkey}\nwitness auditor {AUDITOR.key.vkey}\n"
    "group both all clerk auditor\nquorum both\n"
).encode()


def other_history(size: int) -> CityLog:
    """A log that differs from `city_log` in entry 1."""
    log = city_log(size)
    log.entries[1] = log.entries[1].replace(b"post.draft", b"post.adopt")
    return log


def test_case_20_the_size_of_the_checkpoint_edited(export: Path) -> None:
    note = (export / "checkpoint").read_bytes()
    write(export / "checkpoint", note.replace(b"\n7\n", b"\n6\n"))

    assert audit(export).words == {"SIGNATURE"}


def test_case_20_a_size_with_a_leading_zero_signed_by_the_log(export: Path) -> None:
    text = SignedNote.parse((export / "checkpoint").read_bytes()).text.replace(b"\n7\n", b"\n07\n")
    write(export / "checkpoint", SignedNote(text, (LOG.sign(text),)).encode())

    assert audit(export, policy=None).words == {"SIGNATURE"}


def test_case_21_the_root_edited_to_that_of_forged_entries(tmp_path: Path, log: CityLog) -> None:
    forged = other_history(7).entries
    export = write_export(tmp_path / "export", forged)
    genuine = SignedNote.parse(signed(log.entries))
    write(
        export / "checkpoint", SignedNote(SignedNote.parse(signed(forged)).text, genuine.signatures).encode()
    )

    assert audit(export).words == {"SIGNATURE"}, "root and entries agree; the signatures are of another root"


def test_case_22_log_signature_removed_and_cosignatures_left(export: Path) -> None:
    note = SignedNote.parse((export / "checkpoint").read_bytes())
    write(export / "checkpoint", SignedNote(note.text, note.signatures[1:]).encode())

    said = audit(export)

    assert said.words == {"SIGNATURE"}
    assert "it is not signed by the log" in said.text()


def test_case_23_signed_with_another_key_of_the_same_name(tmp_path: Path) -> None:
    forged = other_history(7).entries
    export = write_export(tmp_path / "export", forged, signed(forged, by=STRANGER))
    strangers_keys = KEYS.replace(LOG.key.vkey.encode(), STRANGER.key.vkey.encode())
    write(export / "keys", strangers_keys)

    assert audit(export, keys=strangers_keys, policy=None).status == 0, (
        "who believes the folder's keys is lost"
    )
    assert audit(export).words == {"SIGNATURE"}


def test_case_24_origin_renamed(export: Path) -> None:
    note = (export / "checkpoint").read_bytes()
    write(export / "checkpoint", note.replace(b"harrowfalls", b"arrowhfalls", 1))

    assert audit(export).words == {"ORIGIN"}


def test_case_24_origin_renamed_and_signed_again(tmp_path: Path, log: CityLog) -> None:
    renamed = ORIGIN.replace("harrowfalls", "harrow-falls")
    impostor = NoteSigner.from_seed(renamed, b"\x01" * 32)
    export = write_export(tmp_path / "export", log.entries, signed(log.entries, by=impostor, origin=renamed))
    impostors_keys = f"{impostor.key.vkey}\n{CLERK.key.vkey}\n".encode()

    assert audit(export).words == {"ORIGIN"}
    assert audit(export, keys=impostors_keys, policy=None).words == {"LEAF"}, (
        "entry 0 tells whose record it is"
    )


def test_case_24_another_log_that_signs_with_our_key(tmp_path: Path, log: CityLog) -> None:
    export = write_export(
        tmp_path / "export", log.entries, signed(log.entries, origin="other.example/record")
    )

    assert audit(export).words == {"ORIGIN"}


def test_case_25_a_split_view_of_equal_size_signed_by_the_real_key(tmp_path: Path, log: CityLog) -> None:
    export = write_export(tmp_path / "export", other_history(7).entries)

    assert audit(export).status == 0, "this half of the split view is sound in itself"
    assert audit(export, kept=[signed(log.entries)]).words == {"FORK"}


def test_case_26_a_larger_fork(tmp_path: Path, log: CityLog) -> None:
    export = write_export(tmp_path / "export", other_history(9).entries)

    assert audit(export).status == 0, "it grew, as a record should"
    assert audit(export, kept=[signed(log.entries)]).words == {"FORK"}


def test_case_26_two_kept_checkpoints_that_are_both_larger_name_the_fork(export: Path) -> None:
    kept = [signed(city_log(9).entries), signed(other_history(9).entries)]

    assert audit(export, kept=kept).words == {"ROLLBACK", "FORK"}


def test_case_29_a_cosignature_removed(export: Path, log: CityLog) -> None:
    write(export / "checkpoint", signed(log.entries, witnesses=()))

    assert audit(export, policy=None).status == 0, "without a policy nobody asks for witnesses"
    assert audit(export).words == {"QUORUM"}


def test_case_29_the_time_of_a_cosignature_changed(export: Path) -> None:
    note = SignedNote.parse((export / "checkpoint").read_bytes())
    clerk = note.signatures[1]
    later = (int.from_bytes(clerk.signature[:8], "big") + 3600).to_bytes(8, "big")
    moved = type(clerk)(clerk.name, clerk.key_id, later + clerk.signature[8:])
    write(export / "checkpoint", SignedNote(note.text, (note.signatures[0], moved)).encode())

    assert audit(export).words == {"SIGNATURE"}


def test_case_30_two_lines_of_one_key_do_not_count_twice(export: Path, log: CityLog) -> None:
    text = SignedNote.parse(signed(log.entries)).text
    twice = (LOG.sign(text), CLERK.cosign(text, 1_790_000_420), CLERK.cosign(text, 1_790_000_421))
    write(export / "checkpoint", SignedNote(text, twice).encode())

    assert "QUORUM" in audit(export, policy=BOTH).words


def test_case_30_two_names_of_one_key_do_not_count_twice(export: Path, log: CityLog) -> None:
    alias = CosignatureSigner.from_seed("deputy.harrowfalls.example/witness", b"\x02" * 32)
    write(export / "checkpoint", signed(log.entries, witnesses=(CLERK, alias)))
    keys = KEYS + f"{alias.key.vkey}\n".encode()

    assert "QUORUM" in audit(export, keys=keys, policy=BOTH).words
    assert audit(export, keys=keys).status == 0, "for the one witness that it is, it counts"


def test_case_30_a_policy_that_names_one_key_twice_is_not_asked(export: Path) -> None:
    alias = CosignatureSigner.from_seed("deputy.harrowfalls.example/witness", b"\x02" * 32)
    policy = BOTH.replace(AUDITOR.key.vkey.encode(), alias.key.vkey.encode())

    said = audit(export, keys=KEYS + f"{alias.key.vkey}\n".encode(), policy=policy)

    assert said.status == 2
    assert "line 2: the public key of" in said.complaint


def test_a_line_under_another_name_of_a_known_key_counts_for_that_witness(export: Path, log: CityLog) -> None:
    alias = CosignatureSigner.from_seed("deputy.harrowfalls.example/witness", b"\x02" * 32)
    write(export / "checkpoint", signed(log.entries, witnesses=(alias,)))

    said = audit(export, keys=KEYS + f"{alias.key.vkey}\n".encode())

    assert said.lines[-1].endswith("quorum=met")


def test_an_older_witnessed_checkpoint_makes_the_missing_quorum_a_remark(
    tmp_path: Path, log: CityLog
) -> None:
    export = write_export(tmp_path / "export", log.entries, signed(log.entries, witnesses=()))
    write(export / "checkpoints/4", signed(log.entries[:4]))

    said = audit(export)

    assert said.status == 0
    assert "NOTE QUORUM checkpoint: the last 3 entries are not yet witnessed" in said.lines
    assert said.lines[-1].endswith("quorum=not met (3 entries not yet witnessed)")


def test_an_older_checkpoint_of_another_history_does_not_stand_in_for_the_quorum(
    tmp_path: Path, log: CityLog
) -> None:
    export = write_export(tmp_path / "export", log.entries, signed(log.entries, witnesses=()))
    write(export / "checkpoints/4", signed(other_history(4).entries))

    assert audit(export).words == {"FORK", "QUORUM"}


def test_a_checkpoint_by_a_log_key_that_the_policy_does_not_name_lacks_the_quorum(export: Path) -> None:
    policy = POLICY.replace(LOG.key.vkey.encode(), STRANGER.key.vkey.encode())

    assert audit(export, keys=KEYS + f"{STRANGER.key.vkey}\n".encode(), policy=policy).words == {
        "QUORUM",
    }


def test_an_older_checkpoint_under_a_wrong_name_is_refused(export: Path, log: CityLog) -> None:
    write(export / "checkpoints/5", signed(log.entries[:4]))

    assert audit(export).words == {"SIGNATURE"}


def test_a_checkpoint_that_is_not_there_is_a_finding(export: Path) -> None:
    (export / "checkpoint").unlink()

    said = audit(export)

    assert said.status == 1
    assert said.words == {"SIGNATURE"}


def test_without_a_policy_the_last_line_says_that_nothing_is_witnessed(export: Path) -> None:
    assert audit(export, policy=None).lines[-1].endswith("quorum=none (not witnessed)")
    assert audit(export, policy=b"quorum none\n").lines[-1].endswith("quorum=none (not witnessed)")


def test_during_a_rotation_each_key_alone_verifies(tmp_path: Path, log: CityLog) -> None:
    log.enter("record.rotate_key", facts={"key": STRANGER.key.vkey})
    text = SignedNote.parse(signed(log.entries)).text
    both = SignedNote(text, (LOG.sign(text), STRANGER.sign(text), CLERK.cosign(text, 1_790_000_500))).encode()
    export = write_export(tmp_path / "export", log.entries, both)

    for key in (LOG.key, STRANGER.key):
        said = audit(export, keys=f"{key.vkey}\n".encode(), policy=None)
        assert said.status == 0
        assert "was passed over: not a key you brought" in said.text()
