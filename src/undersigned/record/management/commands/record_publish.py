"""``undersigned record publish``: sign and publish a checkpoint now; take in what witnesses sent by mail."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from undersigned.record import checkpoints, heads, setup, trust
from undersigned.record.models import Checkpoint
from undersigned.record.signer.door import SignerUnreachable
from undersigned.record.tlog.refusals import MalformedError


class Command(BaseCommand):
    help = "Sign and publish a checkpoint now. Exit status: 0 done, 1 refused, 2 could not be asked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--cosignature",
            type=Path,
            metavar="FILE",
            help="a witness's line, as it came by mail (- reads standard input)",
        )
        parser.add_argument("--size", type=int, help="which checkpoint the line is of, if not the newest")

    def handle(self, *args: Any, cosignature: Path | None, size: int | None, **options: Any) -> None:
        try:
            if cosignature:
                self._add(cosignature, size)
            else:
                checkpoints.make_if_grown()
        except (SignerUnreachable, checkpoints.Alarm) as why:
            raise CommandError(str(why), returncode=1) from why
        except (setup.NotOpened, trust.NoPolicy, MalformedError, OSError) as why:
            raise CommandError(str(why), returncode=2) from why
        self._show()

    def _add(self, file: Path, size: int | None) -> None:
        lines = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        found = Checkpoint.objects.filter(**({"size": size} if size else {})).order_by("-size").first()
        if found is None:
            raise CommandError("There is no checkpoint of that size.", returncode=1)
        if not checkpoints.add_cosignatures(found, lines):
            raise CommandError(
                f"No line of {file} is a new cosignature of a known witness over {found.size} entries. "
                "Nothing was kept.",
                returncode=1,
            )
        checkpoints.tend()

    def _show(self) -> None:
        latest = heads.latest_published()
        if latest is None:
            self.stdout.write("Signed, and waiting for the witnesses.")
            return
        self.stdout.write(heads.note(latest).decode(), ending="")
