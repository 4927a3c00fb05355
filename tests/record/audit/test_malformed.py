"""Case 34: files that a lax parser would accept and that mean, or could be made to mean, something else."""

from pathlib import Path

import pytest
from tests.record.audit.exports import CLERK, KEYS, LOG, POLICY, CityLog, audit, signed, write

from undersigned.record.tlog.cosignature import CosignatureSigner
from undersigned.record.tlog.encoding import encode_base64
from undersigned.record.tlog.note import NoteSigner, SignedNote


def with_text(text: bytes) -> bytes:
    """A note over any text, truly signed by the log and the clerk."""
    return SignedNote(text, (LOG.sign(text), CLERK.cosign(text, 1_790_000_420))).encode()


def witnesses(count: int) -> tuple[CosignatureSigner, ...]:
    return tuple(
        CosignatureSigner.from_seed(f"w{number}.example", bytes([20 + number // 250, number % 250]) * 16)
        for number in range(count)
    )


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("a leading zero", b"\n7\n", b"\n07\n"),
        ("a sign", b"\n7\n", b"\n+7\n"),
        ("a minus", b"\n7\n", b"\n-7\n"),
        ("an underscore, which int() accepts", b"\n7\n", b"\n0_7\n"),
        ("a digit of another script, which int() accepts", b"\n7\n", "\n٧\n".encode()),
        ("a space", b"\n7\n", b"\n7 \n"),
        ("a size of 2^63", b"\n7\n", b"\n9223372036854775808\n"),
        ("a size of 20 digits", b"\n7\n", b"\n10000000000000000007\n"),
        ("an extension line", b"\n7\n", b"\n7\n\n"),
        ("no pad", b"=\n", b"\n"),
        ("a space in the base64", b"=\n", b"= \n"),
    ],
)
def test_case_34_a_checkpoint_with_something_else_in_its_text_even_if_signed(
    export: Path, log: CityLog, what: str, old: bytes, new: bytes
) -> None:
    text = SignedNote.parse(signed(log.entries)).text
    write(export / "checkpoint", with_text(text.replace(old, new)))

    assert audit(export).words == {"SIGNATURE"}, what


def test_case_34_an_extension_line_signed_by_the_log(export: Path, log: CityLog) -> None:
    write(export / "checkpoint", with_text(SignedNote.parse(signed(log.entries)).text + b"extra\n"))

    assert audit(export).words == {"SIGNATURE"}


def test_case_34_base64_with_stray_bits_in_its_last_character(export: Path, log: CityLog) -> None:
    text = SignedNote.parse(signed(log.entries)).text
    last = text[-3:-2]
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    stray = alphabet[alphabet.index(last) + 1 : alphabet.index(last) + 2]
    write(export / "checkpoint", with_text(text[:-3] + stray + b"=\n"))

    assert audit(export).words == {"SIGNATURE"}, "a lax decoder reads the same root"


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("CRLF", b"\n", b"\r\n"),
        ("a NUL", b"harrow", b"harrow\x00"),
        ("invalid UTF-8", b"harrow", b"harr\xf6w"),
        ("a byte order mark", b"harrow", b"\xef\xbb\xbfharrow"),
        ("a hyphen for the dash", "— harrow".encode(), b"- harrow"),
        ("two spaces", "— harrow".encode(), "—  harrow".encode()),
    ],
)
def test_case_34_a_note_of_another_form(export: Path, what: str, old: bytes, new: bytes) -> None:
    note = (export / "checkpoint").read_bytes()
    assert old in note
    write(export / "checkpoint", note.replace(old, new, -1 if what == "CRLF" else 1))

    said = audit(export)

    assert said.status == 1
    assert said.words <= {"SIGNATURE", "ORIGIN"}, what


def test_case_34_a_note_without_its_last_line_end(export: Path) -> None:
    write(export / "checkpoint", (export / "checkpoint").read_bytes()[:-1])

    assert audit(export).words == {"SIGNATURE"}


def test_case_34_seventeen_good_signatures_are_accepted(export: Path, log: CityLog) -> None:
    write(export / "checkpoint", signed(log.entries, witnesses=(CLERK, *witnesses(15))))
    keys = KEYS + "".join(f"{each.key.vkey}\n" for each in witnesses(15)).encode()

    assert audit(export, keys=keys).status == 0


def test_case_34_more_than_a_hundred_signatures_are_refused(export: Path, log: CityLog) -> None:
    write(export / "checkpoint", signed(log.entries, witnesses=(CLERK, *witnesses(98))))
    assert audit(export).status == 0

    write(export / "checkpoint", signed(log.entries, witnesses=(CLERK, *witnesses(99))))
    assert audit(export).words == {"SIGNATURE"}


def test_case_34_a_note_of_more_than_a_megabyte_is_refused(export: Path) -> None:
    note = (export / "checkpoint").read_bytes()
    write(export / "checkpoint", note + f"— far.example {encode_base64(bytes(750_000))}\n".encode())

    assert audit(export).words == {"SIGNATURE"}


def test_case_34_an_unknown_signature_is_passed_over(export: Path, log: CityLog) -> None:
    write(export / "checkpoint", signed(log.entries, witnesses=(CLERK, *witnesses(1))))

    said = audit(export)

    assert said.status == 0
    assert "NOTE SIGNATURE checkpoint: the line of 'w0.example' " in said.text()


def test_case_34_a_known_bad_signature_beside_a_known_good_one_spoils_the_note(export: Path) -> None:
    note = SignedNote.parse((export / "checkpoint").read_bytes())
    log_line, clerk_line = note.signatures
    bad = type(log_line)(log_line.name, log_line.key_id, bytes(64))
    write(export / "checkpoint", SignedNote(note.text, (log_line, clerk_line, bad)).encode())

    assert audit(export).words == {"SIGNATURE"}


def test_case_34_a_cosignature_of_another_length_spoils_the_note(export: Path) -> None:
    note = SignedNote.parse((export / "checkpoint").read_bytes())
    log_line, clerk_line = note.signatures
    short = type(clerk_line)(clerk_line.name, clerk_line.key_id, clerk_line.signature[:-1])
    write(export / "checkpoint", SignedNote(note.text, (log_line, short)).encode())

    assert audit(export).words == {"SIGNATURE"}


def test_a_checkpoint_of_size_0_is_refused_even_if_signed(export: Path) -> None:
    root = encode_base64(bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
    write(export / "checkpoint", with_text(f"{LOG.key.name}\n0\n{root}\n".encode()))

    assert audit(export).words == {"SIGNATURE"}


def test_a_log_that_claims_an_absurd_size_is_answered_at_once(export: Path) -> None:
    text = SignedNote.parse((export / "checkpoint").read_bytes()).text
    write(export / "checkpoint", with_text(text.replace(b"\n7\n", b"\n9223372036854775807\n")))

    assert {"BUNDLE", "ROOT"} <= audit(export).words


@pytest.mark.parametrize(
    ("what", "keys"),
    [
        ("no log key", f"{CLERK.key.vkey}\n".encode()),
        ("log keys of two names", KEYS + NoteSigner.from_seed("b.example", b"\x08" * 32).key.vkey.encode() + b"\n"),
        ("one key for log and witness", LOG.key.vkey.encode() + b"\n" + CosignatureSigner.from_seed(
            "w.example", b"\x01" * 32).key.vkey.encode() + b"\n"),
        ("a wrong key ID", KEYS.replace(b"+", b"+0", 1)),
        ("no last line end", KEYS[:-1]),
        ("a space behind a key", KEYS.replace(b"\n", b" \n", 1)),
        ("CRLF", KEYS.replace(b"\n", b"\r\n")),
        ("nothing", b""),
    ],
)  # fmt: skip
def test_case_34_unreadable_keys_cannot_be_asked(export: Path, what: str, keys: bytes) -> None:
    said = audit(export, keys=keys, policy=None)

    assert said.status == 2, what
    assert said.lines == ()
    assert said.complaint.startswith("undersigned-audit: ")


@pytest.mark.parametrize(
    ("what", "policy"),
    [
        ("no quorum", POLICY.replace(b"quorum clerk\n", b"")),
        ("two quorums", POLICY + b"quorum none\n"),
        ("a name that is not above", POLICY.replace(b"quorum clerk", b"quorum auditor")),
        ("a name twice", POLICY.replace(b"quorum", f"witness clerk {LOG.key.vkey}\nquorum".encode())),
        ("a group of more than it has", POLICY.replace(b"quorum clerk", b"group g 2 clerk\nquorum g")),
        ("a group of none", POLICY.replace(b"quorum clerk", b"group g 0 clerk\nquorum g")),
        ("a member twice", POLICY.replace(b"quorum clerk", b"group g 1 clerk clerk\nquorum g")),
        ("a group without members", POLICY.replace(b"quorum clerk", b"group g all\nquorum g")),
        ("none as a member", POLICY.replace(b"quorum clerk", b"group g any none\nquorum g")),
        ("none as a name", POLICY.replace(b"witness clerk", b"witness none")),
        ("a log key for a witness", POLICY.replace(CLERK.key.vkey.encode(), LOG.key.vkey.encode())),
        ("an unknown line", POLICY + b"trust everybody\n"),
        ("a key not brought", POLICY.replace(CLERK.key.vkey.encode(), witnesses(1)[0].key.vkey.encode())),
    ],
)
def test_case_34_unreadable_policies_cannot_be_asked(export: Path, what: str, policy: bytes) -> None:
    said = audit(export, policy=policy)

    assert said.status == 2, what
    assert said.lines == ()


def test_a_policy_may_have_comments_tabs_empty_lines_and_addresses(export: Path) -> None:
    policy = (
        f"# of Harrow Falls\n\n  log\t{LOG.key.vkey}  https://harrowfalls.example/\n"
        f"witness clerk {CLERK.key.vkey} https://clerk.example/\n\t# one is enough\ngroup g any clerk\nquorum g\n"
    )

    assert audit(export, policy=policy.encode()).lines[-1].endswith("quorum=met")


def test_altered_keys_or_policy_in_the_folder_are_findings_though_they_are_not_used(export: Path) -> None:
    write(export / "keys", KEYS.replace(b"harrow", b"herrow", 1))
    assert audit(export).words == {"SIGNATURE"}

    write(export / "keys", KEYS)
    write(export / "policy", POLICY.replace(b"quorum", b"quarum"))
    assert audit(export).words == {"QUORUM"}


def test_other_keys_in_the_folder_than_those_brought_are_remarked(export: Path) -> None:
    write(export / "keys", f"{LOG.key.vkey}\n".encode())

    said = audit(export)

    assert said.status == 0
    assert "NOTE SIGNATURE keys: are not the keys you brought; yours were used" in said.lines
