"""The audit of one receipt, offline, without the log."""

import re
from pathlib import PurePath

from undersigned.record.audit.disclosure import check_disclosed, remark_closed
from undersigned.record.audit.heads import Head
from undersigned.record.audit.own_acts import committed_fields
from undersigned.record.audit.receipts import check_path, read_receipt
from undersigned.record.audit.report import Report, Word
from undersigned.record.audit.times import TOLERANCE
from undersigned.record.audit.whole import Trust
from undersigned.record.tlog import leaf
from undersigned.record.tlog.encoding import encode_base64
from undersigned.record.tlog.policy import NONE
from undersigned.record.tlog.refusals import LeafError
from undersigned.record.tlog.tree import leaf_hash

_ACT_ID = re.compile("[0-9a-f]{32}")


def audit_receipt(
    name: str, proof: bytes, entry: bytes, disclosed: bytes | None, trust: Trust, report: Report
) -> str:
    """Check one receipt; answers the last line, which is only to be printed when the report is sound."""
    receipt = read_receipt(name, proof, trust.keys, trust.policy, report)
    if receipt:
        check_path(receipt, leaf_hash(entry), report)
    _check_entry(name, entry, disclosed, receipt[1] if receipt else None, report)
    if receipt is None:
        return ""
    signed = receipt[1].checkpoint
    witnessed = trust.policy is not None and trust.policy.quorum != NONE
    return (
        f"OK size={signed.size} root={encode_base64(signed.root)} entries=1 kept=0 receipts=1"
        f" quorum={'met' if witnessed else 'none (not witnessed)'}"
    )


def _check_entry(name: str, entry: bytes, disclosed: bytes | None, head: Head | None, report: Report) -> None:
    try:
        act = leaf.check(entry)
    except LeafError as why:
        report.fail(Word.LEAF, name, f"the entry is {why}")
        return
    stem = PurePath(name).name.removesuffix(".tlog-proof")
    if _ACT_ID.fullmatch(stem) and stem != act.id:
        report.fail(Word.RECEIPT, name, f"is named after another act; the entry is that of {act.id}")
    if head and head.first_seen is not None and act.t > head.first_seen + TOLERANCE:
        what = f"its time {act.t} is after {head.first_seen}, when a witness had already seen it"
        report.fail(Word.TIME, name, what)
    if disclosed is None:
        remark_closed(name, committed_fields(act), {}, {}, report)
    else:
        check_disclosed(name, disclosed, act, {}, report)
