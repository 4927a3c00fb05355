"""``undersigned import accounts FILE``: bring a list of accounts into the register."""

from __future__ import annotations

import json as text_of
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from undersigned.accounts.acts import importing
from undersigned.accounts.queries.importing import Prepared, prepared
from undersigned.accounts.register.columns import read_mapping
from undersigned.acts import System
from undersigned.imports import keeping
from undersigned.imports.columns import Mapping, MappingRefused
from undersigned.imports.models import Subject
from undersigned.imports.sheets import Unreadable

NOTHING = {"read": 0, "created": 0, "changed": 0, "unchanged": 0, "gone": 0, "duplicates": 0}


class Command(BaseCommand):
    help = "Bring a list of accounts (CSV, TSV, XLSX, YAML, JSON) into the register. Nothing is dropped silently."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument(
            "--map", type=Path, dest="told", metavar="FILE", help="a file that says which column means what"
        )
        parser.add_argument("--json", action="store_true", help="print one object and nothing else")

    def handle(
        self,
        *args: Any,
        file: Path,
        dry_run: bool,
        told: Path | None,
        json: bool,
        **options: Any,
    ) -> None:
        for path in filter(None, [file, told]):
            if not path.is_file():
                raise CommandError(_("There is no file %(path)s.") % {"path": path}, returncode=2)
        try:
            found = prepared(file, mapping=_mapping(told))
        except (Unreadable, MappingRefused) as refused:
            self._refuse(str(refused), json=json)
            raise CommandError(str(refused)) from refused
        summary = found.plan.summary() if dry_run else self._apply(found)
        self._show(summary, found, dry_run=dry_run, json=json)
        if not (summary["created"] or summary["changed"] or summary["unchanged"]):
            raise CommandError(_("No account could be read from this file. Nothing was changed."))

    def _apply(self, found: Prepared) -> dict[str, Any]:
        progress = self._tell if sys.stderr.isatty() else None
        applied = importing.apply(
            by=System("command.import_accounts"), plan=found.plan, file=found.file, progress=progress
        )
        keeping.keep(Subject.ACCOUNTS, found.mapping)
        return applied.summary(found.plan)

    def _tell(self, done: int, count: int) -> None:
        self.stderr.write(f"\r{done} / {count}", ending="" if done < count else "\n")

    def _refuse(self, what: str, *, json: bool) -> None:
        if json:
            told = NOTHING | {"problems": [{"row": None, "field": None, "what": what}]}
            self.stdout.write(text_of.dumps(told, ensure_ascii=False))

    def _show(self, summary: dict[str, Any], found: Prepared, *, dry_run: bool, json: bool) -> None:
        if json:
            self.stdout.write(text_of.dumps(summary, ensure_ascii=False))
            return
        for column in found.mapping.columns:
            self.stdout.write(f"  {column.name} → {column.field or _('not read')}")
        words = _(
            "%(read)d rows read: %(created)d accounts new, %(changed)d changed, %(unchanged)d as they were, "
            "%(gone)d no longer listed (to be confirmed), %(duplicates)d listed twice."
        )
        self.stdout.write(words % summary)
        for problem in summary["problems"]:
            self.stdout.write(_in_words(problem))
        if dry_run:
            self.stdout.write(_("Nothing was written: this was a trial."))


def _mapping(path: Path | None) -> Mapping | None:
    if path is None:
        return None
    try:
        return read_mapping(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise MappingRefused(_("The mapping is not in UTF-8. Save it as UTF-8.")) from error


def _in_words(problem: dict[str, Any]) -> str:
    row = _("row %(row)s") % {"row": problem["row"]} if problem["row"] else _("the file")
    where = f"{row}, {problem['field']}" if problem["field"] else row
    return f"  {where}: {problem['what']}"
