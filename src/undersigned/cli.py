"""The command line: ``undersigned WORDS …``. Other programs rely on these words and their exit statuses.

0 done · 1 refused, or a finding · 2 wrong use.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

COMMANDS: dict[tuple[str, ...], tuple[str, str]] = {
    ("init",): ("init", "make database, keys and the first administrator's invitation"),
    ("import", "accounts"): ("import_accounts", "bring a list of accounts into the register"),
    ("import", "roster"): ("import_roster", "bring a list of people"),
    ("audit",): ("audit", "report how the accounts stand"),
    ("record", "export"): ("record_export", "write the record as files that anybody can check"),
    ("record", "verify"): ("record_verify", "check the record, and with --state every row against it"),
    ("record", "witness"): ("", "cosign another record's checkpoints"),
    ("record", "sign"): ("record_sign", "run the signer"),
    ("record", "publish"): ("record_publish", "sign and publish a checkpoint now"),
    ("record", "key"): ("record_key", "make or announce a key of the record"),
    ("vault", "rotate"): ("vault_rotate", "seal with a new key from now on"),
    ("backup",): ("backup", "copy everything that is needed to go on elsewhere"),
    ("restore",): ("restore", "go on from a backup"),
    ("serve",): ("serve", "answer web browsers"),
    ("worker",): ("worker", "do what leaves the building and what comes round"),
    ("doctor",): ("doctor", "say what is missing"),
    ("acts",): ("acts", "print the book of acts"),
    ("demo",): ("demo", "make the invented city and show it"),
    ("manage",): ("", "run one of Django's own commands"),
}


def main(argv: Sequence[str] | None = None) -> None:
    words = list(sys.argv[1:] if argv is None else argv)
    found = next((n for n in (2, 1) if tuple(words[:n]) in COMMANDS), 0)
    if not found:
        helped = not words or words[0] in {"-h", "--help", "help"}
        _usage(sys.stdout if helped else sys.stderr)
        sys.exit(0 if helped and words else 2)
    command, rest = tuple(words[:found]), words[found:]
    if command == ("record", "witness"):
        from undersigned.record import witness

        sys.exit(witness.main(rest))
    _django(rest if command == ("manage",) else [COMMANDS[command][0], *rest])


def _usage(out: object) -> None:
    lines = ["usage: undersigned COMMAND …", ""]
    lines += [f"  {' '.join(words):16}  {says}" for words, (_, says) in COMMANDS.items()]
    print("\n".join(lines), file=out)  # type: ignore[call-overload] # a stream of text


def _django(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undersigned.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["undersigned", *arguments])
    except ImproperlyConfigured as wrong:
        print(f"undersigned: {wrong}", file=sys.stderr)  # noqa: T201 - this is the program's output
        sys.exit(2)
