"""The worked example of the record's design (section 17), byte for byte."""

from pathlib import Path

import pytest

from undersigned.record.audit import main
from undersigned.record.tlog import tiles
from undersigned.record.tlog.checkpoint import Checkpoint
from undersigned.record.tlog.cosignature import CosignatureSigner
from undersigned.record.tlog.encoding import encode_base64
from undersigned.record.tlog.keys import KeyRing
from undersigned.record.tlog.leaf import Leaf, Standing, canonical, commit, commit_state
from undersigned.record.tlog.note import NoteSigner, SignedNote
from undersigned.record.tlog.policy import Policy
from undersigned.record.tlog.proof import ProofFile
from undersigned.record.tlog.tree import leaf_hash, root_of

ORIGIN = "city.example/.well-known/undersigned/record"
LOG = NoteSigner.from_seed(ORIGIN, b"\x01" * 32)
WITNESS = CosignatureSigner.from_seed("clerk.city.example/witness", b"\x02" * 32)
WHO = {"person": "person:00000000000000000000000000000001", "name": "Zoë Fontaine"}
NOTE = "Approved as written"
STATE = {"text": "Café closed today", "state": "approved"}
POST = "post:0123456789abcdef"
ACT = "0f0e0d0c0b0a09080706050403020100"

ENTRIES = [
    (
        b'{"act":"record.open","by":{"task":"record.setup"},"c":{},'
        b'"fact":{"origin":"city.example/.well-known/undersigned/record"},'
        b'"id":"00000000000000000000000000000000","law":null,"obj":[],"t":1790000000,"v":1}'
    ),
    (
        b'{"act":"post.approve","by":{"as":"appointment:00000000000000aa",'
        b'"who":"As5OYyaXJmHyltdbnGX4t2z+kCPB+XiRs4slZ8zZTQ4="},'
        b'"c":{"note":"pSdQ3ZwCeQP2UnWG0hIm6i+vakMPfgvjjJXHWfztkYo="},'
        b'"fact":{"account":"account:00000000000000bb"},"id":"0f0e0d0c0b0a09080706050403020100","law":null,'
        b'"obj":[{"n":1,"o":"post:0123456789abcdef","st":"tfBO1om7LozxSWbcPkdyWovTiqegA+Wd/Dh3WfE6fMs="}],'
        b'"t":1790000060,"v":1}'
    ),
]
RECEIPT = """\
c2sp.org/tlog-proof@v1
index 1
XfY1fDxTBqtlTWMHkCVSjGhFfUIHcXJcogLBodeitZA=

city.example/.well-known/undersigned/record
2
reDoTp3lmxsf0z8FKIMSrsOIGMPBVw7apfGYZNyby4k=

— city.example/.well-known/undersigned/record \
dP2F3NgFeHiC/J76Oa9YgExGq8l2Hh+k8Gsox5RtZsGjY2OU2pwtPtpeEBwKnGeLbeKdjKHn9cIUVAT5Isr1C90inQ0=
— clerk.city.example/witness \
F8KvvgAAAABqsTvkSO+le20EqraDbguOH/IMDhePPVZKoyvDnJmd96dGkZxMYvskBbR414BAZ0pfp7/whOiaKODavzKjNMLP9n0sBA==
""".encode()
CHECKPOINT = RECEIPT.split(b"\n", 4)[4]


def test_values_in_canonical_form() -> None:
    assert canonical(WHO).decode() == (
        '{"name":"Zoë Fontaine","person":"person:00000000000000000000000000000001"}'
    )
    assert canonical(NOTE) == b'"Approved as written"'
    assert canonical({"sv": 1, "f": STATE}).decode() == (
        '{"f":{"state":"approved","text":"Café closed today"},"sv":1}'
    )


def test_the_entries() -> None:
    opening = Leaf(
        "record.open", {"task": "record.setup"}, {}, {"origin": ORIGIN}, "0" * 32, None, (), 1_790_000_000
    )
    approval = Leaf(
        act="post.approve",
        by={"who": commit("who", b"\x03" * 32, WHO), "as": "appointment:00000000000000aa"},
        commitments={"note": commit("note", b"\x04" * 32, NOTE)},
        facts={"account": "account:00000000000000bb"},
        id=ACT,
        law=None,
        objects=(Standing(POST, 1, commit_state(POST, b"\x05" * 32, 1, STATE)),),
        t=1_790_000_060,
    )

    assert [opening.encode(), approval.encode()] == ENTRIES


def test_the_leaf_hashes() -> None:
    assert [encode_base64(leaf_hash(entry)) for entry in ENTRIES] == [
        "XfY1fDxTBqtlTWMHkCVSjGhFfUIHcXJcogLBodeitZA=",
        "JousGWy7lfQ+ySbOV7HWKZ+wDCWCiuwK6G5L+w4roCU=",
    ]


def test_the_verifier_keys() -> None:
    assert LOG.key.vkey == (
        "city.example/.well-known/undersigned/record+74fd85dc+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
    )
    assert WITNESS.key.vkey == (
        "clerk.city.example/witness+17c2afbe+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"
    )


def test_the_checkpoint_and_the_receipt() -> None:
    text = Checkpoint(ORIGIN, 2, root_of(map(leaf_hash, ENTRIES))).text
    note = SignedNote(text, (LOG.sign(text), WITNESS.cosign(text, 1_790_000_100)))

    assert note.encode() == CHECKPOINT
    assert ProofFile(1, (leaf_hash(ENTRIES[0]),), note.encode()).encode() == RECEIPT


def test_what_was_written_is_read_again() -> None:
    proof = ProofFile.parse(RECEIPT)
    assert proof.encode() == RECEIPT
    assert proof.index == 1
    assert SignedNote.parse(proof.checkpoint).encode() == CHECKPOINT
    assert Checkpoint.parse(SignedNote.parse(CHECKPOINT).text).size == 2


@pytest.fixture
def export(tmp_path: Path) -> Path:
    files = {
        "checkpoint": CHECKPOINT,
        "keys": KeyRing.of([LOG.key, WITNESS.key]).encode(),
        "policy": f"log {LOG.key.vkey}\nwitness clerk {WITNESS.key.vkey}\nquorum clerk\n".encode(),
        "tile/0/000.p/2": b"".join(map(leaf_hash, ENTRIES)),
        "tile/entries/000.p/2": tiles.encode_bundle(ENTRIES),
        f"{ACT}.tlog-proof": RECEIPT,
        f"{ACT}.entry": ENTRIES[1],
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_the_auditor_finds_the_example_sound(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main([str(export), "--keys", str(export / "keys"), "--policy", str(export / "policy")])

    assert status == 0
    assert capsys.readouterr().out == (
        "OK size=2 root=reDoTp3lmxsf0z8FKIMSrsOIGMPBVw7apfGYZNyby4k= entries=2 kept=0 receipts=1 quorum=met\n"
    )


def test_keys_and_policy_of_the_example_are_read(export: Path) -> None:
    ring = KeyRing.parse((export / "keys").read_bytes())
    policy = Policy.parse((export / "policy").read_bytes())

    assert ring.origin == ORIGIN
    assert (ring.log_keys, ring.witness_keys) == ((LOG.key,), (WITNESS.key,))
    verified = SignedNote.parse(CHECKPOINT).verify(ring.keys)
    assert [each.time for each in verified] == [None, 1_790_000_100]
    assert policy.is_met([WITNESS.key.public])
    assert not policy.is_met([])
