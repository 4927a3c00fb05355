"""``undersigned record verify [--state]``: check the record from the inside."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from undersigned.record import trust
from undersigned.record.audit.report import Report
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.verify import verify


class Command(BaseCommand):
    help = "Check the record from the inside. Exit status: 0 sound, 1 a finding, 2 could not be asked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--state", action="store_true", help="compare every governed row as well")

    def handle(self, *args: Any, state: bool, **options: Any) -> None:
        report = Report()
        try:
            last = verify(report, state=state)
        except (trust.NoPolicy, MalformedError, DatabaseError) as why:
            raise CommandError(f"The record could not be asked: {why}", returncode=2) from why
        for line in [*report.lines(), *([last] if report.sound else [])]:
            self.stdout.write(line)
        if not report.sound:
            sys.exit(1)
