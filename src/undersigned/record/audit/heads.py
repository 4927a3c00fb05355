"""Checkpoints: whose they are, whether witnesses make the quorum, and whether they are one history."""

import json
from dataclasses import dataclass

from undersigned.record.audit.log import Log
from undersigned.record.audit.report import Report, Word
from undersigned.record.tlog.checkpoint import Checkpoint, origin_of
from undersigned.record.tlog.encoding import encode_base64, shorten
from undersigned.record.tlog.keys import KeyRing
from undersigned.record.tlog.note import SignedNote, Verified
from undersigned.record.tlog.policy import NONE, Policy
from undersigned.record.tlog.refusals import MalformedError, SignatureError


@dataclass(frozen=True, slots=True)
class Head:
    """A checkpoint whose signatures are good; `where` is the file it was read from."""

    where: str
    note: SignedNote
    checkpoint: Checkpoint
    verified: tuple[Verified, ...]

    @property
    def cosigners(self) -> set[bytes]:
        """Public keys of the witnesses that cosigned, each once however many lines it has."""
        return {each.key.public for each in self.verified if each.time is not None}

    @property
    def first_seen(self) -> int | None:
        """The earliest cosignature's time, in POSIX seconds."""
        return min((each.time for each in self.verified if each.time is not None), default=None)

    def satisfies(self, policy: Policy) -> bool:
        """Whether a log of the policy signed, and witnesses make its quorum."""
        by_log = not policy.logs or any(each.key in policy.logs for each in self.verified)
        return by_log and policy.is_met(self.cosigners)


def read_head(where: str, data: bytes | None, keys: KeyRing, report: Report) -> Head | None:
    """SIGNATURE and ORIGIN. None, and a finding, when the checkpoint is not to be believed."""
    if data is None:
        report.fail(Word.SIGNATURE, where, "is not there; without it nothing can be checked")
        return None
    try:
        note = SignedNote.parse(data)
        origin = origin_of(note.text)
        if origin != keys.origin:
            report.fail(Word.ORIGIN, where, f"is of the log {origin!r}, and the keys are of {keys.origin!r}")
            return None
        head = Head(where, note, Checkpoint.parse(note.text), tuple(note.verify(keys.keys)))
        _check_signed(head, keys)
    except (MalformedError, SignatureError) as why:
        report.fail(Word.SIGNATURE, where, f"{why}; get it again, or keys that were in force then")
        return None
    _remark_unknown(head, report)
    return head


def _check_signed(head: Head, keys: KeyRing) -> None:
    if not any(each.key in keys.log_keys for each in head.verified):
        raise SignatureError("it is not signed by the log")
    if head.checkpoint.size == 0:
        raise MalformedError("a checkpoint of size 0 is never signed")


def _remark_unknown(head: Head, report: Report) -> None:
    good = {each.signature for each in head.verified}
    for each in head.note.signatures:
        if each not in good:
            what = f"the line of {shorten(each.name)} ({each.key_id.hex()}) was passed over: not a key you brought"
            report.note(Word.SIGNATURE, head.where, what)


def check_root(log: Log, latest: Head, altered: int | None, report: Report) -> bool:
    """ROOT, from the entries alone. `altered`: the first entry which does not have the hash of its tile."""
    if not log.complete:
        report.fail(Word.ROOT, "checkpoint", f"entries are missing: the root of {log.size} cannot be reached")
        return False
    root = log.root_at(log.size)
    if root == latest.checkpoint.root:
        return True
    where = "checkpoint" if altered is None else log.where(altered)
    signed = encode_base64(latest.checkpoint.root)
    report.fail(
        Word.ROOT,
        where,
        f"the entries give the root {encode_base64(root)}, and the log signed {signed}: entries were altered"
        " after they were signed; ask the log for the entries it signed",
    )
    return False


def check_history(log: Log, latest: Head, others: list[Head], rooted: bool, report: Report) -> list[Head]:
    """ROLLBACK and FORK. Answers the heads that are of this history. `rooted`: whether ROOT holds."""
    good = [head for head in others if _is_of_history(log, latest, head, rooted, report)]
    ahead: dict[int, Head] = {log.size: latest}
    for head in others:
        same = ahead.setdefault(head.checkpoint.size, head)
        if head.checkpoint.size > log.size and same.checkpoint.root != head.checkpoint.root:
            _report_fork(same, head, report)
    return good


def _is_of_history(log: Log, latest: Head, head: Head, rooted: bool, report: Report) -> bool:
    size, root = head.checkpoint.size, head.checkpoint.root
    if size > log.size:
        what = f"is of {size} entries, the folder of {log.size} only: entries that were signed have vanished"
        report.fail(Word.ROLLBACK, head.where, what)
        return False
    if size == log.size:
        if root != latest.checkpoint.root:
            _report_fork(latest, head, report)
        return root == latest.checkpoint.root
    if not log.complete:
        return False
    if root != log.root_at(size):
        if rooted:
            _report_fork(latest, head, report)
        else:
            report.fail(Word.ROOT, head.where, f"the first {size} entries do not give the root it signed")
        return False
    return True


def _report_fork(one: Head, other: Head, report: Report) -> None:
    what = (
        f"is signed by the log and is not of one history with {one.where}: the log showed two different records;"
        " keep both files and make it known"
    )
    report.fail(Word.FORK, other.where, what)
    for head in (one, other):
        report.note(Word.FORK, head.where, f"proof to keep: {json.dumps(head.note.encode().decode())}")


def check_quorum(policy: Policy | None, latest: Head, older: list[Head], report: Report) -> str:
    """QUORUM of `checkpoint`. Answers what the last line says of it."""
    if policy is None or (policy.quorum == NONE and latest.satisfies(policy)):
        return "none (not witnessed)"
    if latest.satisfies(policy):
        return "met"
    size = max((head.checkpoint.size for head in older if head.satisfies(policy)), default=None)
    if size is None:
        what = "the policy is not satisfied, nor by any older checkpoint; ask the witnesses what they saw"
        report.fail(Word.QUORUM, latest.where, what)
        return "not met"
    waiting = latest.checkpoint.size - size
    report.note(Word.QUORUM, latest.where, f"the last {waiting} entries are not yet witnessed")
    return f"not met ({waiting} entries not yet witnessed)"
