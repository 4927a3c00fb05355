"""``undersigned restore FOLDER``: go on from a backup in an empty installation."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from undersigned.running import restore, setup


class Command(BaseCommand):
    help = (
        "Fill an empty installation from a backup, and bring back newer entries from an export of the record."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--export", type=Path, metavar="FOLDER", help="the latest export of the record")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        setup.make_home()
        try:
            done = restore.restore(options["folder"], options["export"])
        except restore.RestoreRefused as refused:
            raise CommandError(str(refused)) from refused
        setup.make_database()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(done)))
            return
        said = _("%(size)d entries restored, %(returned)d brought back, %(erased)d values erased again.")
        self.stdout.write(said % asdict(done))
        self.stdout.write(_("Now run: undersigned record verify --state"))
