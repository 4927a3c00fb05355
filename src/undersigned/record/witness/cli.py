"""``undersigned record witness``: over HTTP with ``--listen``, else one request from standard input."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from undersigned.record import keyfile
from undersigned.record.add_checkpoint import LARGEST_REQUEST
from undersigned.record.remembered import State, StateError
from undersigned.record.tlog.cosignature import CosignatureSigner
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.tlog.vkey import COSIGNATURE, VerifierKey
from undersigned.record.witness.cosigning import Witness
from undersigned.record.witness.service import Service

COSIGNED, REFUSED, NOT_ASKED = 0, 1, 2


class UsageError(Exception):
    """The witness cannot begin: something on its command line is not as it must be."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the witness. Exit status: 0 cosigned, 1 refused, 2 could not be asked."""
    options = _parser().parse_args(argv)
    try:
        logs = _logs(options.log)
        state = State(options.state, options.key.with_name(f"{options.key.name}.mark"), logs[0].name)
        with state.locked(patience=0):
            witness = Witness(_key(options, state), logs, state)
            state.read()
            return _serve(witness, options.listen) if options.listen else _answer_one(witness)
    except (UsageError, keyfile.KeyFileError, StateError, OSError) as why:
        print(f"undersigned record witness: {why}", file=sys.stderr)  # noqa: T201 - the command's answer
        return NOT_ASKED


def _logs(vkeys: list[str]) -> list[VerifierKey]:
    try:
        keys = [VerifierKey.parse(each) for each in vkeys]
    except MalformedError as why:
        raise UsageError(f"--log: {why}") from why
    if len({key.name for key in keys}) != 1:
        raise UsageError("--log: all keys must be of one log; run another witness for another log")
    return keys


def _key(options: argparse.Namespace, state: State) -> CosignatureSigner:
    """The key; with ``--new`` made together with its memory, and with ``--last`` told what it cosigned last."""
    if options.new:
        state.begin()
        keyfile.make(options.key, options.new, COSIGNATURE)
    if options.last:
        state.tell(options.last.read_bytes())
    key = keyfile.read_witness_key(options.key)
    if options.new:
        print(key.key.vkey, file=sys.stderr)  # noqa: T201 - for the policies of those who trust it
    return key


def _serve(witness: Witness, listen: str) -> int:
    found = re.fullmatch(r"(.+):([0-9]{1,5})", listen)
    if not found:
        raise UsageError("--listen: give host and port, such as 127.0.0.1:8100")
    with Service((found[1].strip("[]"), int(found[2])), witness) as service:
        service.serve_forever()
    return COSIGNED


def _answer_one(witness: Witness) -> int:
    said = witness.add_checkpoint(sys.stdin.buffer.read(LARGEST_REQUEST + 1))
    if said.status == HTTPStatus.OK:
        sys.stdout.buffer.write(said.body.encode())
        return COSIGNED
    print(f"refused ({said.status.value}): {said.body.strip()}", file=sys.stderr)  # noqa: T201 - the command's answer
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="undersigned record witness",
        description="Cosign the checkpoints of another record, if they continue what was cosigned before.",
        epilog="Exit status: 0 cosigned, 1 refused, 2 could not be asked.",
    )
    parser.add_argument("--state", type=Path, required=True, metavar="FILE", help="the witness's memory")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="the witness's private key")
    parser.add_argument("--log", action="append", required=True, metavar="VKEY", help="the log's key")
    parser.add_argument("--listen", metavar="HOST:PORT", help="answer over HTTP until ended")
    parser.add_argument("--new", metavar="NAME", help="make key and memory first; prints the key for others")
    parser.add_argument(
        "--last", type=Path, metavar="FILE", help="the checkpoint cosigned last, if the memory was lost"
    )
    return parser
