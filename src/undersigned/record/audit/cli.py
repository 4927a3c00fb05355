"""`undersigned-audit`: check an exported record, or one receipt, without trusting where it came from."""

import argparse
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import TypeVar

from undersigned.record.audit.folder import Folder, read_file
from undersigned.record.audit.report import Report
from undersigned.record.audit.single import audit_receipt
from undersigned.record.audit.whole import Trust, audit_folder
from undersigned.record.tlog.keys import KeyRing
from undersigned.record.tlog.policy import Policy
from undersigned.record.tlog.refusals import MalformedError

T = TypeVar("T")

SOUND, FINDING, NOT_ASKED = 0, 1, 2


class UsageError(Exception):
    """The question cannot be put: a file that the auditor brought is missing or unreadable."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the auditor. Exit status: 0 sound, 1 a finding, 2 could not be asked."""
    options = _parser().parse_args(argv)
    report = Report()
    try:
        last = _audit(options, report)
    except (UsageError, OSError, BrokenExecutor) as why:
        print(f"undersigned-audit: {why}", file=sys.stderr)  # noqa: T201 - the command's answer
        return NOT_ASKED
    for line in [*report.lines(), *([last] if report.sound else [])]:
        print(line)  # noqa: T201 - the command's answer
    return SOUND if report.sound else FINDING


def _audit(options: argparse.Namespace, report: Report) -> str:
    trust = _trust(options)
    target: Path = options.target
    if target.is_dir():
        if options.entry or options.disclosed:
            raise UsageError("--entry and --disclosed go with a receipt, not with a folder")
        return audit_folder(Folder(target), trust, report)
    if not options.entry or options.kept:
        raise UsageError(f"{target} is not a folder; a receipt needs --entry, and takes no --kept")
    disclosed = _brought(options.disclosed) if options.disclosed else None
    return audit_receipt(str(target), _brought(target), _brought(options.entry), disclosed, trust, report)


def _trust(options: argparse.Namespace) -> Trust:
    """Read what the auditor brought. Raises UsageError."""
    keys = _read(options.keys, KeyRing.parse)
    policy = _read(options.policy, Policy.parse) if options.policy else None
    for key in policy.keys if policy else ():
        if key not in keys.keys:
            raise UsageError(f"{options.policy}: the key {key.vkey} is not in {options.keys}; add it there")
    return Trust(keys, policy, tuple((str(path), _brought(path)) for path in options.kept))


def _read(path: Path, parse: Callable[[bytes], T]) -> T:
    try:
        return parse(_brought(path))
    except MalformedError as why:
        raise UsageError(f"{path}: {why}") from why


def _brought(path: Path) -> bytes:
    try:
        data = read_file(str(path))
    except OSError as why:
        raise UsageError(f"{path} cannot be read: {why.strerror}") from why
    if data is None:
        raise UsageError(f"{path} is not there")
    return data


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="undersigned-audit",
        description="Check an exported record, or one receipt, without trusting where it came from.",
        epilog="Exit status: 0 sound, 1 a finding, 2 could not be asked.",
    )
    parser.add_argument("target", metavar="DIR", type=Path, help="an exported folder, or a .tlog-proof file")
    parser.add_argument("--keys", type=Path, required=True, metavar="FILE", help="keys that you trust")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="which witnesses together you believe")
    parser.add_argument(
        "--kept",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help="checkpoints kept from other days",
    )
    parser.add_argument("--entry", type=Path, metavar="FILE", help="with a receipt: the entry's bytes")
    parser.add_argument("--disclosed", type=Path, metavar="FILE", help="with a receipt: disclosed values")
    return parser
