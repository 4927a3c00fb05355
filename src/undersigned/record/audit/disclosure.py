"""COMMITMENT: the values shown beside a receipt are those to which the act committed."""

import json
import re
from collections.abc import Mapping
from typing import Any

from undersigned.record.audit.own_acts import committed_fields
from undersigned.record.audit.report import Report, Word
from undersigned.record.tlog.leaf import NONCE_BYTES, Leaf, commit
from undersigned.record.tlog.refusals import MalformedError

_NONCE = re.compile(f"[0-9a-f]{{{2 * NONCE_BYTES}}}")
_UPPER_ESCAPE = re.compile(r"\\u[0-9a-f]{0,3}[A-F]")


def check_disclosed(where: str, data: bytes, act: Leaf, erased: Mapping[str, int], report: Report) -> None:
    """Recompute each disclosed field's commitment and list the fields that stay closed.

    `erased`: field → index of the `record.erase` which took its value away.
    """
    try:
        opened = _parse(data, act.id)
    except MalformedError as why:
        report.fail(Word.COMMITMENT, where, f"{why}; ask again for what this act discloses")
        return
    fields = committed_fields(act)
    for name, (nonce, value) in opened.items():
        _check_field(where, name, fields, nonce, value, report)
    remark_closed(where, fields, opened, erased, report)


def remark_closed(
    where: str,
    fields: Mapping[str, str],
    opened: Mapping[str, object],
    erased: Mapping[str, int],
    report: Report,
) -> None:
    for name in sorted(set(fields) - set(opened)):
        state = f"erased by #{erased[name]}" if name in erased else "closed"
        report.note(Word.RECEIPT, where, f"{name} is {state}")


def _check_field(
    where: str, name: str, fields: Mapping[str, str], nonce: bytes, value: Any, report: Report
) -> None:
    if name not in fields:
        report.fail(Word.COMMITMENT, where, f"the act did not commit to a field {name!r}")
        return
    try:
        good = commit(name, nonce, value) == fields[name]
    except MalformedError as why:
        report.fail(Word.COMMITMENT, where, f"{name}: {why}")
        return
    if not good:
        what = f"{name} with this value and nonce is not what the act committed to"
        report.fail(Word.COMMITMENT, where, what)


def _parse(data: bytes, act_id: str) -> dict[str, tuple[bytes, Any]]:
    """Read the file strictly: no key twice, no float, one spelling. Raises MalformedError."""
    parts = _exactly(_load(data), {"v", "act", "open"})
    if type(parts["v"]) is not int or parts["v"] != 1:
        raise MalformedError("not version 1 of the format")
    if parts["act"] != act_id:
        raise MalformedError(f"it is of the act {parts['act']!r}, and not of {act_id}")
    if not isinstance(parts["open"], dict):
        raise MalformedError("`open` is not an object")
    return {name: _opened(name, field) for name, field in parts["open"].items()}


def _opened(name: str, field: object) -> tuple[bytes, Any]:
    parts = _exactly(field, {"nonce", "value"})
    if not isinstance(parts["nonce"], str) or not _NONCE.fullmatch(parts["nonce"]):
        raise MalformedError(f"the nonce of {name!r} is not 64 lower-case hexadecimal digits")
    return bytes.fromhex(parts["nonce"]), parts["value"]


def _exactly(value: object, names: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != names:
        raise MalformedError(f"an object with exactly {', '.join(sorted(names))} was expected")
    return value


def _load(data: bytes) -> object:
    try:
        text = data.decode("utf-8")
        if "\r" in text or _UPPER_ESCAPE.search(text.replace("\\\\", "")):
            raise MalformedError("a carriage return, or an escape with capitals: not as it was written")
        return json.loads(
            text, object_pairs_hook=_once, parse_float=_refuse, parse_constant=_refuse, parse_int=_integer
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as why:
        raise MalformedError(f"not JSON: {why}") from why


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MalformedError("a key stands twice in one object")
    return found


def _integer(text: str) -> int:
    if text == "-0" or len(text) > 17:
        raise MalformedError(f"the number {text[:20]} has no canonical form")
    return int(text)


def _refuse(text: str) -> object:
    raise MalformedError(f"the number {text[:20]} has no canonical form")
