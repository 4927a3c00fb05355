"""``undersigned manage record_clock``: say that entries bear a wrong time, so that acts go on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from undersigned.acts import Refused, System
from undersigned.record import acts


class Command(BaseCommand):
    help = (
        "Say that the entries from first to last bear a wrong time. Acts go on, and every auditor prints it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--first", type=int, required=True, metavar="N", help="the first entry with a wrong time"
        )
        parser.add_argument("--last", type=int, required=True, metavar="N", help="the last")

    def handle(self, *args: Any, first: int, last: int, **options: Any) -> None:
        try:
            acts.correct_clock(by=System("record.clock"), first=first, last=last)
        except Refused as refused:
            raise CommandError(str(refused), returncode=1) from refused
