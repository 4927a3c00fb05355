"""Signed notes, keys and cosignatures. What spoils a checkpoint is tested with the auditor; here is the rest."""

import pytest

from undersigned.record.tlog.checkpoint import Checkpoint
from undersigned.record.tlog.cosignature import CosignatureSigner
from undersigned.record.tlog.encoding import encode_base64
from undersigned.record.tlog.keys import KeyRing
from undersigned.record.tlog.note import NoteSigner, SignedNote
from undersigned.record.tlog.policy import Policy
from undersigned.record.tlog.refusals import MalformedError, SignatureError
from undersigned.record.tlog.vkey import ML_DSA_44, VerifierKey

LOG = NoteSigner.from_seed("log.example", b"\x01" * 32)
WITNESS = CosignatureSigner.from_seed("witness.example", b"\x02" * 32)
TEXT = b"first\n\nthird, after an empty line\n"
LATER = VerifierKey("log.example", ML_DSA_44, bytes(1312))


def test_a_note_is_read_as_it_was_written() -> None:
    note = SignedNote(TEXT, (LOG.sign(TEXT), WITNESS.cosign(TEXT, 5)))
    read = SignedNote.parse(note.encode())

    assert read == note
    assert read.text == TEXT, "the text ends before the last empty line"
    assert [each.time for each in read.verify([LOG.key, WITNESS.key])] == [None, 5]


def test_lines_are_added_once() -> None:
    note = SignedNote(TEXT, (LOG.sign(TEXT),))
    line = WITNESS.cosign(TEXT, 5).line

    assert note.with_lines(line + line).encode() == note.encode() + line.encode()
    with pytest.raises(MalformedError):
        note.with_lines("not a line\n")


def test_a_note_without_a_known_signature_is_refused() -> None:
    note = SignedNote(TEXT, (LOG.sign(TEXT),))

    for keys in ([], [WITNESS.key], [NoteSigner.from_seed("other.example", b"\x01" * 32).key]):
        with pytest.raises(SignatureError):
            note.verify(keys)


def test_a_signature_over_another_text_is_refused() -> None:
    with pytest.raises(SignatureError):
        SignedNote(TEXT, (LOG.sign(b"other\n"),)).verify([LOG.key])
    with pytest.raises(SignatureError):
        SignedNote(TEXT, (WITNESS.cosign(b"other\n", 5),)).verify([WITNESS.key])


@pytest.mark.parametrize(
    "data", [b"text\n", b"text\n\n", b"\n\n", b"text\n\nno signature\n", b"text\n\n\xe2\x80\x94 a\n"]
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError):
        SignedNote.parse(data)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\nb", "a\x1fb"])
def test_key_names_with_spaces_or_plus_signs_are_refused(name: str) -> None:
    with pytest.raises(MalformedError):
        NoteSigner.from_seed(name, b"\x01" * 32)
    with pytest.raises(MalformedError):
        CosignatureSigner.from_seed(name, b"\x01" * 32)


def test_a_verifier_key_is_read_as_it_was_written() -> None:
    for key in (LOG.key, WITNESS.key, LATER):
        assert VerifierKey.parse(key.vkey) == key


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "log.example",
        LOG.key.vkey.replace("+", "-"),
        LOG.key.vkey.replace("log.", "lag."),
        LOG.key.vkey.replace(LOG.key.key_id.hex(), LOG.key.key_id.hex().upper()),
        LOG.key.vkey[:-4],
        f"log.example+00000000+{encode_base64(bytes([1]) + bytes(31))}",
        f"log.example+00000000+{encode_base64(bytes([2]) + bytes(32))}",
        "log.example+00000000+",
    ],
)
def test_a_verifier_key_of_another_form_is_refused(vkey: str) -> None:
    with pytest.raises(MalformedError):
        VerifierKey.parse(vkey)


def test_base64_of_a_key_may_hold_a_plus_sign() -> None:
    key = next(
        signer.key
        for signer in (NoteSigner.from_seed("log.example", bytes([n]) * 32) for n in range(256))
        if "+" in signer.key.vkey.split("+", 2)[2]
    )

    assert VerifierKey.parse(key.vkey) == key


def test_a_key_of_a_later_algorithm_breaks_nobody() -> None:
    ring = KeyRing.parse(f"{LOG.key.vkey}\n{LATER.vkey}\n{WITNESS.key.vkey}\n".encode())
    assert ring.log_keys == (LOG.key, LATER)
    assert ring.witness_keys == (WITNESS.key,)

    signed = LOG.sign(TEXT)
    later = type(signed)(LATER.name, LATER.key_id, bytes(2420))
    assert len(SignedNote(TEXT, (later, signed)).verify(ring.keys)) == 1
    with pytest.raises(SignatureError):
        SignedNote(TEXT, (later,)).verify(ring.keys)


def test_a_witness_with_a_later_algorithm_may_stand_in_a_policy() -> None:
    later = VerifierKey("witness.example", ML_DSA_44, bytes(1312))
    policy = Policy.parse(f"log {LATER.vkey}\nwitness w {WITNESS.key.vkey}\nquorum w\n".encode())

    assert policy.is_met([WITNESS.key.public])
    with pytest.raises(MalformedError):
        Policy.parse(f"log {LATER.vkey}\nwitness w {later.vkey}\nquorum w\n".encode())


def test_a_policy_of_32_logs_witnesses_and_groups_is_read() -> None:
    logs = [NoteSigner.from_seed(f"l{n}.example", bytes([n]) * 32).key for n in range(32)]
    witnesses = [CosignatureSigner.from_seed(f"w{n}.example", bytes([n + 100]) * 32).key for n in range(32)]
    lines = [f"log {key.vkey}" for key in logs]
    lines += [f"witness w{n} {key.vkey}" for n, key in enumerate(witnesses)]
    lines += [f"group g{n} any w{n}" for n in range(31)]
    lines += [f"group all 20 w31 {' '.join(f'g{n}' for n in range(31))}", "quorum all"]
    policy = Policy.parse("".join(f"{line}\n" for line in lines).encode())

    assert policy.is_met([key.public for key in witnesses[12:]])
    assert not policy.is_met([key.public for key in witnesses[13:]])


def test_a_checkpoint_has_three_lines() -> None:
    root = encode_base64(bytes(32))
    assert Checkpoint.parse(f"log.example\n9\n{root}\n".encode()).text == f"log.example\n9\n{root}\n".encode()
    for text in (
        f"log.example\n9\n{root}",
        f"\n9\n{root}\n",
        f"log.example\n9\n{root}\nmore\n",
        "log.example\n9\n",
    ):
        with pytest.raises(MalformedError):
            Checkpoint.parse(text.encode())
