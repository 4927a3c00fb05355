"""RECEIPT: one entry's place in a signed tree, as a proof file says it."""

from undersigned.record.audit.disclosure import check_disclosed
from undersigned.record.audit.folder import Folder
from undersigned.record.audit.heads import Head, read_head
from undersigned.record.audit.log import Log
from undersigned.record.audit.own_acts import OwnActs
from undersigned.record.audit.report import Report, Word
from undersigned.record.tlog import leaf
from undersigned.record.tlog.encoding import Digest
from undersigned.record.tlog.keys import KeyRing
from undersigned.record.tlog.policy import Policy
from undersigned.record.tlog.proof import ProofFile
from undersigned.record.tlog.refusals import MalformedError, ProofError
from undersigned.record.tlog.tree import verify_inclusion

Receipt = tuple[ProofFile, Head]


def read_receipt(
    where: str, data: bytes | None, keys: KeyRing, policy: Policy | None, report: Report
) -> Receipt | None:
    """Read a proof file and its checkpoint, which always needs the quorum."""
    try:
        proof = ProofFile.parse(data or b"")
    except MalformedError as why:
        report.fail(Word.RECEIPT, where, f"{why}; ask for the receipt again")
        return None
    head = read_head(where, proof.checkpoint, keys, report)
    if head is None:
        return None
    if policy is not None and not head.satisfies(policy):
        what = "its checkpoint does not satisfy the policy; ask for a receipt of a witnessed checkpoint"
        report.fail(Word.QUORUM, where, what)
    return proof, head


def check_path(receipt: Receipt, hashed: Digest, report: Report) -> None:
    """Whether the path leads from an entry's hash to the root of the receipt's checkpoint."""
    proof, head = receipt
    signed = head.checkpoint
    try:
        verify_inclusion(
            index=proof.index, size=signed.size, leaf=hashed, proof=proof.hashes, root=signed.root
        )
    except (ProofError, MalformedError) as why:
        report.fail(Word.RECEIPT, head.where, f"{why}: it does not prove this entry")


def read_receipts(folder: Folder, keys: KeyRing, policy: Policy | None, report: Report) -> dict[str, Receipt]:
    """Every receipt named after an act, by act id."""
    found = {}
    for act_id, kinds in folder.acts().items():
        if "tlog-proof" in kinds:
            where = f"{act_id}.tlog-proof"
            if receipt := read_receipt(where, folder.read(where), keys, policy, report):
                found[act_id] = receipt
    return found


def check_receipts(
    folder: Folder, log: Log, own: OwnActs, receipts: dict[str, Receipt], report: Report
) -> None:
    """Compare receipts, entries and disclosed values with the log. They need not be there."""
    for act_id, kinds in folder.acts().items():
        place = log.place(act_id)
        if place is None:
            report.fail(Word.RECEIPT, f"{act_id}.{min(kinds)}", "no act with this id is in the log")
            continue
        if act_id in receipts:
            _check_place(receipts[act_id], place, log, report)
        if "entry" in kinds and folder.read(f"{act_id}.entry") != log.entry(place):
            report.fail(Word.RECEIPT, f"{act_id}.entry", f"is not entry {place} of the log, byte for byte")
        if "disclosed.json" in kinds:
            _check_disclosed(folder, log, own, act_id, place, report)


def _check_place(receipt: Receipt, place: int, log: Log, report: Report) -> None:
    proof, head = receipt
    if proof.index != place:
        report.fail(Word.RECEIPT, head.where, f"says entry {proof.index}, and the act is entry {place}")
    check_path(receipt, log.leaf_at(place), report)


def _check_disclosed(folder: Folder, log: Log, own: OwnActs, act_id: str, place: int, report: Report) -> None:
    where = f"{act_id}.disclosed.json"
    erased = {name: index for (target, name), index in own.erased.items() if target == act_id}
    check_disclosed(where, folder.read(where) or b"", leaf.check(log.entry(place)), erased, report)
