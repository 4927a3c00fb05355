"""The audit of a whole exported folder (section 10 of the record's design, outside)."""

from dataclasses import dataclass

from undersigned.record.audit.folder import Folder
from undersigned.record.audit.heads import Head, check_history, check_quorum, check_root, read_head
from undersigned.record.audit.log import Log
from undersigned.record.audit.own_acts import check_own_acts
from undersigned.record.audit.receipts import check_receipts, read_receipts
from undersigned.record.audit.report import Report, Word
from undersigned.record.audit.scan import collector_at_rest, scan_all
from undersigned.record.audit.tile_files import check_surplus, check_tiles
from undersigned.record.audit.times import check_times
from undersigned.record.tlog import tiles
from undersigned.record.tlog.encoding import encode_base64
from undersigned.record.tlog.keys import KeyRing
from undersigned.record.tlog.policy import Policy
from undersigned.record.tlog.refusals import MalformedError


@dataclass(frozen=True, slots=True)
class Trust:
    """What the auditor brought: keys, perhaps a policy, and checkpoints kept from other days."""

    keys: KeyRing
    policy: Policy | None
    kept: tuple[tuple[str, bytes], ...] = ()


@collector_at_rest()
def audit_folder(folder: Folder, trust: Trust, report: Report) -> str:
    """Check everything; answers the last line, which is only to be printed when the report is sound."""
    _check_published(folder, trust, report)
    latest = read_head("checkpoint", folder.read("checkpoint"), trust.keys, report)
    if latest is None:
        return ""
    log = _read_log(folder, latest.checkpoint.size, report)
    older = _read_older(folder, trust.keys, report)
    kept = _read_all(trust.kept, trust.keys, report)
    receipts = read_receipts(folder, trust.keys, trust.policy, report)
    rooted = check_root(log, latest, _check_tiles(folder, log, report), report)
    in_receipts = [head for _, head in receipts.values()]
    good = check_history(log, latest, [*older, *kept, *in_receipts], rooted, report)
    quorum = check_quorum(trust.policy, latest, [head for head in older if head in good], report)
    log.check_leaves(report)
    own = check_own_acts(log, trust.keys.origin, report)
    log.check_counters(report)
    check_times(log, own.corrections, _first_seen([latest, *good]), report)
    check_receipts(folder, log, own, receipts, report)
    signed = latest.checkpoint
    return (
        f"OK size={signed.size} root={encode_base64(signed.root)} entries={len(log.ids)}"
        f" kept={len(kept)} receipts={len(receipts)} quorum={quorum}"
    )


def _check_published(folder: Folder, trust: Trust, report: Report) -> None:
    """`keys` and `policy` of the folder are not trusted; but altered ones are a finding, and others a remark."""
    keys, policy = folder.read("keys"), folder.read("policy")
    try:
        if keys is not None and set(KeyRing.parse(keys).keys) != set(trust.keys.keys):
            report.note(Word.SIGNATURE, "keys", "are not the keys you brought; yours were used")
    except MalformedError as why:
        report.fail(Word.SIGNATURE, "keys", f"{why}; get it again (it was not used)")
    try:
        if policy is not None:
            Policy.parse(policy)
    except MalformedError as why:
        report.fail(Word.QUORUM, "policy", f"{why}; get it again (it was not used)")


def _read_log(folder: Folder, size: int, report: Report) -> Log:
    """Scan the bundles up to the first that is missing: a log may claim any size."""
    due = (size + tiles.WIDTH - 1) // tiles.WIDTH
    there = 0
    while there < due and folder.find(_bundle(there, size)):
        there += 1
    log = Log(folder, size, scan_all(folder, there, size))
    log.check_bundles(report)
    if there < due:
        what = f"is not there: entries from {there * tiles.WIDTH} on are missing; get it, or a sound export"
        report.fail(Word.BUNDLE, _bundle(there, size).path, what)
    return log


def _bundle(number: int, size: int) -> tiles.Tile:
    return tiles.Tile(None, number, tiles.width_at(0, number, size))


def _check_tiles(folder: Folder, log: Log, report: Report) -> int | None:
    check_surplus(folder, log.size, report)
    return check_tiles(folder, log, report) if log.complete else None


def _read_older(folder: Folder, keys: KeyRing, report: Report) -> list[Head]:
    found = []
    for name in folder.older_checkpoints():
        head = read_head(name, folder.read(name), keys, report)
        if head and name != f"checkpoints/{head.checkpoint.size}":
            report.fail(Word.SIGNATURE, name, f"holds a checkpoint of size {head.checkpoint.size}")
        elif head:
            found.append(head)
    return found


def _read_all(files: tuple[tuple[str, bytes], ...], keys: KeyRing, report: Report) -> list[Head]:
    heads = (read_head(where, data, keys, report) for where, data in files)
    return [head for head in heads if head]


def _first_seen(heads: list[Head]) -> dict[int, int]:
    """Size → the earliest moment at which a known witness had seen a checkpoint of that size."""
    seen: dict[int, int] = {}
    for head in heads:
        if head.first_seen is not None:
            size = head.checkpoint.size
            seen[size] = min(head.first_seen, seen.get(size, head.first_seen))
    return seen
