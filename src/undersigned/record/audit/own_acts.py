"""The record's own acts: what they must say, and what the other checks need to know of them."""

from dataclasses import dataclass, field

from undersigned.record.audit.log import Log
from undersigned.record.audit.report import Report, Word
from undersigned.record.tlog import leaf
from undersigned.record.tlog.encoding import DIGEST_BYTES, decode_base64
from undersigned.record.tlog.leaf import Leaf
from undersigned.record.tlog.refusals import MalformedError

CITED = {"cites_origin", "cites_size", "cites_root"}
"""What `record.open` says of the record before it, if there was one."""


@dataclass(slots=True)
class OwnActs:
    """Erasures: (act id, field) → index of the act that erased it. Corrections: (index, first, last)."""

    erased: dict[tuple[str, str], int] = field(default_factory=dict)
    corrections: list[tuple[int, int, int]] = field(default_factory=list)


def check_own_acts(log: Log, origin: str, report: Report) -> OwnActs:
    """LEAF, as far as it concerns the acts whose names begin with `record.`."""
    found = OwnActs()
    if log.size and not (log.own and log.own[0][0] == 0):
        report.fail(Word.LEAF, log.where(0), "entry 0 is not record.open, with which every record begins")
    for index, entry in log.own:
        act = leaf.check(entry)
        try:
            _check(act, index, log, origin, found)
            _remark_what_it_follows(act, report)
        except MalformedError as why:
            report.fail(Word.LEAF, log.where(index), f"{act.act}: {why}")
    return found


def _check(act: Leaf, index: int, log: Log, origin: str, found: OwnActs) -> None:
    if index == 0 and act.act != "record.open":
        raise MalformedError("entry 0 must be record.open")
    match act.act:
        case "record.open":
            _check_open(act, index, origin)
        case "record.erase":
            _check_erase(act, index, log, found)
        case "record.correct_clock":
            found.corrections.append((index, *_range(act, index)))
        case "record.declare_loss":
            _range(act, index)
        case "record.rotate_key":
            _text(act, "key")


def _check_open(act: Leaf, index: int, origin: str) -> None:
    if index:
        raise MalformedError("a record is opened once, by entry 0")
    if act.facts.get("origin") != origin:
        raise MalformedError(f"it opens {act.facts.get('origin')!r}, and this is {origin!r}")

    if cited := CITED & set(act.facts):
        _check_cited(act, cited, origin)


def _check_cited(act: Leaf, cited: set[str], origin: str) -> None:
    """Who follows a record whose key was lost cites its last witnessed checkpoint, whole or not at all."""
    size = act.facts.get("cites_size")
    if cited != CITED or type(size) is not int or size < 1:
        raise MalformedError("it must cite origin, size and root of the record before it, or nothing")
    if _text(act, "cites_origin") == origin:
        raise MalformedError("it cites itself: a record that goes on is not opened anew")
    if len(decode_base64(_text(act, "cites_root"))) != DIGEST_BYTES:
        raise MalformedError("the root that it cites is none")


def _remark_what_it_follows(act: Leaf, report: Report) -> None:
    """Only who holds the older record can compare; the line says with what."""
    if act.act == "record.open" and "cites_origin" in act.facts:
        what = (
            f"this record follows {act.facts['cites_origin']} from its first {act.facts['cites_size']} entries on,"
            f" whose root is {act.facts['cites_root']}; hold that against its checkpoint that you or a witness kept"
        )
        report.note(Word.ORIGIN, "checkpoint", what)


def _check_erase(act: Leaf, index: int, log: Log, found: OwnActs) -> None:
    target = _text(act, "act")
    place = log.place(target)
    if act.law is None:
        raise MalformedError("an erasure must cite the law that asked for it")
    if place is None or place >= index:
        raise MalformedError(f"it erases act {target}, which is not entered before it")
    erased = leaf.check(log.entry(place))
    for name in _text(act, "fields").split(","):
        if name not in committed_fields(erased):
            raise MalformedError(f"it erases the field {name!r}, to which act {target} did not commit")
        found.erased.setdefault((target, name), index)


def committed_fields(act: Leaf) -> dict[str, str]:
    """Field → commitment, `who` of the actor among them."""
    who = {"who": act.by["who"]} if "who" in act.by else {}
    return {**act.commitments, **who}


def _range(act: Leaf, index: int) -> tuple[int, int]:
    first, last = act.facts.get("first"), act.facts.get("last")
    if type(first) is not int or type(last) is not int or not 0 <= first <= last < index:
        raise MalformedError(
            f"first and last must be indices of earlier entries, and are {first!r} and {last!r}"
        )
    return first, last


def _text(act: Leaf, name: str) -> str:
    value = act.facts.get(name)
    if not isinstance(value, str):
        raise MalformedError(f"the fact {name} is missing, or is not text")
    return value
