"""The whole verification: the auditor's checks on the tables, then those of the inside."""

from __future__ import annotations

import json

from undersigned.record import heads, trust
from undersigned.record.audit.heads import Head, check_history, check_quorum, read_head
from undersigned.record.audit.log import Log
from undersigned.record.audit.own_acts import check_own_acts
from undersigned.record.audit.report import Report, Word
from undersigned.record.audit.scan import Slice, scan
from undersigned.record.audit.tile_files import check_surplus, check_tiles
from undersigned.record.audit.times import check_times
from undersigned.record.models import Checkpoint, Entry
from undersigned.record.tlog import tiles
from undersigned.record.tlog.encoding import encode_base64
from undersigned.record.verify.entries import judge_closed, recount
from undersigned.record.verify.moment import one_moment
from undersigned.record.verify.rows import check_rows
from undersigned.record.verify.signer import check_signer
from undersigned.record.verify.stamps import check_stamps
from undersigned.record.verify.tables import Tables
from undersigned.record.verify.tallies import check_head, check_intake, check_objects, check_orphans


def verify(report: Report, *, state: bool = False) -> str:
    """Check everything; answers the last line, which is only to be printed when the report is sound.

    ``state``: also every governed row. Must stand outside a transaction. Raises NoPolicy and MalformedError when the
    keys cannot be read: then nothing was asked.
    """
    ring = trust.keys()
    check_signer(report)
    with one_moment():
        log = _read_log(report)
        altered = _check_tiles(log, report)
        found = _read_heads(report)
        newest = found[-1] if found else None
        good = _check_heads(log, found, altered, report)
        log.check_leaves(report)
        own = check_own_acts(log, ring.origin, report)
        log.check_counters(report)
        check_times(log, own.corrections, _first_seen(good, check_stamps(report)), report)
        lost = _losses(log)
        counted = recount(log.size, own.erased, report)
        judge_closed(counted.closed, own.erased, lost, report)
        check_orphans(report)
        check_head(log, report)
        check_objects(counted, report)
        check_intake(report)
        compared = check_rows(counted.objects, lost, report) if state else None
        quorum = check_quorum(trust.policy(), newest, found[:-1], report) if newest else "none (not signed)"
    root = encode_base64(log.root_at(log.size)) if log.complete else "unknown"
    rows = "" if compared is None else f" rows={compared}"
    return f"OK size={log.size} root={root} entries={len(log.ids)} kept={len(found)} receipts=0{rows} quorum={quorum}"


def _read_log(report: Report) -> Log:
    last = Entry.objects.order_by("-seq").values_list("seq", flat=True).first()
    size = 0 if last is None else last + 1
    folder = Tables(size)
    bundles = (size + tiles.WIDTH - 1) // tiles.WIDTH
    log = Log(folder, size, [scan(Slice(folder, 0, bundles, size))])
    log.check_bundles(report)
    return log


def _check_tiles(log: Log, report: Report) -> int | None:
    """TILE. Answers the first entry whose kept hash is not its own, for ROOT to name."""
    folder = Tables(log.size)
    check_surplus(folder, log.size, report)
    return check_tiles(folder, log, report) if log.complete else None


def _read_heads(report: Report) -> list[Head]:
    """SIGNATURE and ORIGIN of every checkpoint, smallest first; its columns must be those of its note."""
    ring = trust.keys()
    found = []
    for row in Checkpoint.objects.order_by("size"):
        where = f"checkpoint {row.size}"
        head = read_head(where, heads.note(row), ring, report)
        if head and (head.checkpoint.size, head.checkpoint.root) != (row.size, bytes(row.root)):
            report.fail(Word.SIGNATURE, where, "its columns are not those of the note that was signed")
        elif head:
            found.append(head)
    return found


def _check_heads(log: Log, found: list[Head], altered: int | None, report: Report) -> list[Head]:
    """ROOT, ROLLBACK and FORK. Answers the heads that are of this history."""
    if not found:
        return []
    newest = found[-1]
    rooted = _check_newest(log, newest, altered, report)
    good = check_history(log, newest, found[:-1], rooted, report)
    return [*good, newest] if rooted else good


def _check_newest(log: Log, newest: Head, altered: int | None, report: Report) -> bool:
    size, root = newest.checkpoint.size, newest.checkpoint.root
    if size > log.size:
        what = f"is of {size} entries, and there are {log.size}: entries that were signed have vanished"
        report.fail(Word.ROLLBACK, newest.where, what)
        return False
    if log.complete and log.root_at(size) == root:
        return True
    where = newest.where if altered is None else f"entry #{altered}"
    what = (
        f"the entries do not give the root {encode_base64(root)} that was signed for the first {size} of them"
    )
    report.fail(Word.ROOT, where, what)
    return False


def _first_seen(found: list[Head], stamped: dict[int, int]) -> dict[int, int]:
    """Size → the earliest moment at which a known witness or the time authority had seen a checkpoint of that size."""
    seen: dict[int, int] = {}
    for head in found:
        size = head.checkpoint.size
        moments = [moment for moment in (head.first_seen, stamped.get(size)) if moment is not None]
        if moments:
            seen[size] = min(moments)
    return seen


def _losses(log: Log) -> list[tuple[int, int, int]]:
    """Index, first and last of each declaration that values were lost in a restore."""
    found = []
    for index, entry in log.own:
        said = json.loads(entry)
        first, last = said["fact"].get("first"), said["fact"].get("last")
        if said["act"] == "record.declare_loss" and isinstance(first, int) and isinstance(last, int):
            found.append((index, first, last))
    return found
