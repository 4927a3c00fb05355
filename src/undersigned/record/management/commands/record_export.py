"""``undersigned record export --to DIR``: the record as files that anybody can check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from undersigned.record import checkpoints, setup, trust
from undersigned.record.export import ALL, ExportRefused, export
from undersigned.record.signer.door import SignerUnreachable
from undersigned.record.tlog.encoding import encode_base64
from undersigned.record.tlog.refusals import MalformedError


class Command(BaseCommand):
    help = "Write the record as files that anybody can check. Exit status: 0 done, 1 refused, 2 could not be asked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", type=Path, required=True, metavar="DIR", help="the folder; continued if it exists"
        )
        parser.add_argument("--receipts", nargs="+", default=[], metavar="ID", help="acts, or the word all")
        parser.add_argument("--json", action="store_true", help="print one object")

    def handle(self, *args: Any, to: Path, receipts: list[str], json: bool, **options: Any) -> None:
        _sign_first(self)
        try:
            done = export(to, ALL if receipts == [ALL] else receipts)
        except ExportRefused as why:
            raise CommandError(str(why), returncode=1) from why
        except (OSError, trust.NoPolicy, MalformedError) as why:
            raise CommandError(f"The export could not be written: {why}", returncode=2) from why
        said = {"size": done.size, "root": encode_base64(done.root), "files": done.files}
        self.stdout.write(_as_json(said) if json else "size={size} root={root} files={files}".format(**said))


def _as_json(said: dict[str, Any]) -> str:
    return json.dumps(said)


def _sign_first(command: BaseCommand) -> None:
    """What was done up to now shall be in it; without the signer, what it signed last is."""
    try:
        checkpoints.make_if_grown()
    except (SignerUnreachable, checkpoints.Alarm) as why:
        command.stderr.write(f"No new checkpoint was signed: {why}")
    except (setup.NotOpened, trust.NoPolicy, MalformedError) as why:
        raise CommandError(str(why), returncode=2) from why
