"""Builds exported folders for the auditor's tests: sound ones, and those that somebody tampered with."""

import contextlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from undersigned.record.audit import main
from undersigned.record.tlog import tiles, tree
from undersigned.record.tlog.checkpoint import Checkpoint
from undersigned.record.tlog.cosignature import CosignatureSigner
from undersigned.record.tlog.encoding import Digest
from undersigned.record.tlog.leaf import Fact, Json, Leaf, Standing, commit, commit_state
from undersigned.record.tlog.note import NoteSigner, SignedNote
from undersigned.record.tlog.proof import ProofFile

ORIGIN = "harrowfalls.example/.well-known/undersigned/record"
OPENED = 1_790_000_000
"""POSIX seconds of entry 0; each later act is a minute after the one before."""

LOG = NoteSigner.from_seed(ORIGIN, b"\x01" * 32)
CLERK = CosignatureSigner.from_seed("clerk.harrowfalls.example/witness", b"\x02" * 32)
AUDITOR = CosignatureSigner.from_seed("auditor.example/witness", b"\x03" * 32)
STRANGER = NoteSigner.from_seed(ORIGIN, b"\x09" * 32)
"""Somebody else's key, under the log's name."""

KEYS = f"{LOG.key.vkey}\n{CLERK.key.vkey}\n{AUDITOR.key.vkey}\n".encode()
POLICY = f"log {LOG.key.vkey}\nwitness clerk {CLERK.key.vkey}\nquorum clerk\n".encode()


def digest_of(*parts: object) -> bytes:
    """32 bytes that look random and are the same in every run."""
    return sha256(repr(parts).encode()).digest()


@dataclass
class CityLog:
    """The acts of Harrow Falls, entered one after another."""

    entries: list[bytes] = field(default_factory=list)
    secrets: dict[str, dict[str, tuple[bytes, Json]]] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)

    def enter(
        self,
        act: str,
        *,
        on: Sequence[str] = (),
        gone: Sequence[str] = (),
        facts: Mapping[str, Fact] | None = None,
        secret: Mapping[str, Json] | None = None,
        law: str | None = None,
        t: int | None = None,
        act_id: str | None = None,
    ) -> str:
        """Enter an act that changes the objects `on` and removes those `gone`; answers its id."""
        index = len(self.entries)
        act_id = act_id or digest_of("id", index).hex()[:32]
        opened = {name: (digest_of(index, name), value) for name, value in (secret or {}).items()}
        self.secrets[act_id] = opened
        leaf = Leaf(
            act=act,
            by=self._by(index, act, opened),
            commitments={name: commit(name, *opened[name]) for name in opened if name != "who"},
            facts=facts or {},
            id=act_id,
            law=law,
            objects=tuple(self._standing(reference, reference in gone) for reference in (*on, *gone)),
            t=OPENED + 60 * index if t is None else t,
        )
        self.entries.append(leaf.encode())
        return act_id

    def _by(self, index: int, act: str, opened: dict[str, tuple[bytes, Json]]) -> dict[str, str]:
        if act.startswith("record."):
            return {"task": act}
        opened["who"] = (digest_of(index, "who"), {"name": "Ada Quill", "person": f"person:{7:032x}"})
        return {"as": f"appointment:{1:016x}", "who": commit("who", *opened["who"])}

    def _standing(self, reference: str, gone: bool) -> Standing:
        n = self.counters[reference] = self.counters.get(reference, 0) + 1
        state = None if gone else commit_state(reference, digest_of(reference, n), 1, {"n": n})
        return Standing(reference, n, state)


def city_log(size: int) -> CityLog:
    """A log of `size` entries in which posts are drafted, approved and published in turn."""
    log = CityLog()
    log.enter("record.open", facts={"origin": ORIGIN})
    for index in range(1, size):
        post, step = f"post:{(index - 1) // 3:016x}", (index - 1) % 3
        act = ("post.draft", "post.approve", "post.publish")[step]
        log.enter(act, on=[post], facts={"account": f"account:{3:016x}"}, secret={"note": "As written"})
    return log


def root_of(entries: Sequence[bytes]) -> bytes:
    return tree.root_of(tree.leaf_hash(entry) for entry in entries)


def signed(
    entries: Sequence[bytes],
    *,
    by: NoteSigner = LOG,
    witnesses: Sequence[CosignatureSigner] = (CLERK,),
    at: int | None = None,
    origin: str = ORIGIN,
) -> bytes:
    """A checkpoint over the entries, signed, and cosigned a minute after the last act."""
    text = Checkpoint(origin, len(entries), tree.root_of(map(tree.leaf_hash, entries))).text
    seen = OPENED + 60 * len(entries) if at is None else at
    return SignedNote(text, (by.sign(text), *(each.cosign(text, seen) for each in witnesses))).encode()


def receipt(entries: Sequence[bytes], index: int, note: bytes) -> ProofFile:
    """The proof file of an entry in the tree of the note."""
    return ProofFile(index, tuple(path_of(entries, index)), note)


def path_of(entries: Sequence[bytes], index: int) -> list[Digest]:
    row = b"".join(map(tree.leaf_hash, entries))
    return tree.prove_inclusion(index, len(entries), tiles.HashReader(len(entries), _RowReader(row)))


@dataclass
class _RowReader:
    """Gives tiles out of the leaf hashes of a log of fewer than 65,536 entries."""

    row: bytes

    def __call__(self, level: int, number: int, width: int) -> bytes:
        start = number * tiles.WIDTH * 32
        if level == 0:
            return self.row[start : start + width * 32]
        full = (self.row[at : at + 8192] for at in range(0, len(self.row) - 8191, 8192))
        return b"".join(tiles.perfect_root(each) for each in full)[start : start + width * 32]


def write_export(path: Path, entries: Sequence[bytes], note: bytes | None = None) -> Path:
    """Write an export of the entries into `path`; with `note`, under that checkpoint."""
    for tile, data in files_of(entries).items():
        write(path / tile, data)
    write(path / "keys", KEYS)
    write(path / "policy", POLICY)
    write(path / "checkpoint", signed(entries) if note is None else note)
    return path


def files_of(entries: Sequence[bytes]) -> dict[str, bytes]:
    """Path → bytes of every tile and bundle."""
    rows = _RowReader(b"".join(map(tree.leaf_hash, entries)))
    found = {}
    for tile in tiles.tiles_of(len(entries)):
        start = tile.number * tiles.WIDTH
        found[tile.path] = (
            tiles.encode_bundle(entries[start : start + tile.width])
            if tile.level is None
            else rows(tile.level, tile.number, tile.width)
        )
    return found


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def write_act(path: Path, log: CityLog, act_id: str, note: bytes, *, disclosed: bool = True) -> None:
    """Write an act's receipt, entry and disclosed values into an export."""
    index = next(i for i, entry in enumerate(log.entries) if f'"id":"{act_id}"'.encode() in entry)
    write(path / f"{act_id}.tlog-proof", receipt(log.entries, index, note).encode())
    write(path / f"{act_id}.entry", log.entries[index])
    if disclosed:
        opened = {
            name: {"nonce": nonce.hex(), "value": value}
            for name, (nonce, value) in log.secrets[act_id].items()
        }
        text = json.dumps({"v": 1, "act": act_id, "open": opened}, ensure_ascii=False, indent=1)
        write(path / f"{act_id}.disclosed.json", f"{text}\n".encode())


@dataclass(frozen=True)
class Outcome:
    """What the auditor said."""

    status: int
    lines: tuple[str, ...]
    complaint: str

    @property
    def words(self) -> set[str]:
        """The words of its findings."""
        return {line.split(" ")[1] for line in self.lines if line.startswith("FAIL ")}

    def text(self) -> str:
        return "\n".join(self.lines)


def audit(
    path: Path,
    *more: str | Path,
    policy: bytes | None = POLICY,
    keys: bytes = KEYS,
    kept: Sequence[bytes] = (),
) -> Outcome:
    """Ask the auditor as a person does, with keys, policy and kept checkpoints from outside the folder."""
    brought = path.parent / f"{path.name}-brought"
    write(brought / "keys", keys)
    arguments: list[str | Path] = [path, "--keys", brought / "keys", *more]
    if policy is not None:
        write(brought / "policy", policy)
        arguments += ["--policy", brought / "policy"]
    for number, note in enumerate(kept):
        write(brought / f"kept-{number}", note)
        arguments += ["--kept", brought / f"kept-{number}"]
    return ask(*arguments)


def ask(*arguments: str | Path) -> Outcome:
    """Run the command with these words."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main([str(word) for word in arguments])
        except SystemExit as left:
            status = int(str(left.code))
    return Outcome(status, tuple(out.getvalue().splitlines()), err.getvalue())
