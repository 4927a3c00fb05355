"""``undersigned audit``: how the accounts stand, as text, JSON, CSV or PDF."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from undersigned.accounts.queries.auditing import audit_report
from undersigned.accounts.report import AuditReport, as_csv, as_json, as_pdf, as_text
from undersigned.people.frame import city

FORMATS = ("text", "json", "csv", "pdf")


class Command(BaseCommand):
    help = "Report how the accounts stand: who answers for each, which checks fail, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument(
            "--json", action="store_const", const="json", dest="format", help="the same as --format json"
        )
        parser.add_argument("--output", type=Path, help="the file to write; without it, standard output")

    def handle(self, *args: Any, format: str, output: Path | None, **options: Any) -> None:  # noqa: A002 - the option's own name
        if output is not None and not output.parent.is_dir():
            raise CommandError(_("There is no folder %(path)s.") % {"path": output.parent}, returncode=2)
        if format == "pdf" and output is None and sys.stdout.isatty():
            raise CommandError(_("A PDF is written to a file: name it with --output."), returncode=2)
        written = _written(audit_report(), format)
        if output is not None:
            output.write_bytes(written)
        elif format == "pdf":
            sys.stdout.buffer.write(written)
        else:
            self.stdout.write(written.decode(), ending="")


def _written(report: AuditReport, form: str) -> bytes:
    if form == "pdf":
        return as_pdf(report, colour=city().colour)
    as_words = {"text": as_text, "json": as_json, "csv": as_csv}[form]
    return as_words(report).encode()
