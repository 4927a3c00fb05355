"""``undersigned backup --to FOLDER``: copy everything that is needed to go on elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from undersigned.running import backup


class Command(BaseCommand):
    help = "Copy database and media, and on request the keys, into a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
        parser.add_argument("--with-keys", action="store_true", help="keys too: keep such a copy under lock")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = backup.make(options["to"], keys=options["with_keys"])
        except backup.BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps({"record_size": made.size, "files": made.files}))
        else:
            said = _(
                "%(size)d entries of the record and everything else are in %(folder)s (%(files)d files)."
            )
            self.stdout.write(said % {"size": made.size, "files": made.files, "folder": options["to"]})
