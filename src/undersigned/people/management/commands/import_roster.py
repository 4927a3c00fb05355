"""``undersigned import roster FILE --as-of DATE``: bring a list of people."""

from __future__ import annotations

import json as text_of
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from undersigned.acts import Refused, System
from undersigned.imports import keeping
from undersigned.imports.columns import Mapping, MappingRefused
from undersigned.imports.models import Subject
from undersigned.imports.sheets import Unreadable
from undersigned.people import rostering
from undersigned.people.acts import roster
from undersigned.people.roster.plan import Plan
from undersigned.people.roster.planning import NoNames
from undersigned.people.roster.questions import Answers, NotAnAnswer

NOTHING = {"read": 0, "matched": 0, "joined": 0, "left": 0, "ambiguous": 0}


class Command(BaseCommand):
    help = "Bring a list of people (CSV, XLSX, JSON, …). What is ambiguous is asked and never guessed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--as-of", type=date.fromisoformat, required=True, metavar="DATE", help="2026-01-31"
        )
        parser.add_argument("--full", action="store_true", help="everybody is in it: who is missing has left")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--confirm-leavers", type=int, metavar="N", help="yes, N people leave")
        parser.add_argument("--map", type=Path, dest="told", metavar="FILE", help="which column means what")
        parser.add_argument(
            "--answers", type=Path, metavar="FILE", help="JSON: question or question:item → answer"
        )
        parser.add_argument("--json", action="store_true", help="print one object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in filter(None, [options["file"], options["told"], options["answers"]]):
            if not path.is_file():
                raise CommandError(_("There is no file %(path)s.") % {"path": path}, returncode=2)
        try:
            made = self._prepare(options)
            summary = made.plan.to_json() if options["dry_run"] else self._apply(made, options)
        except (Unreadable, MappingRefused, NoNames, NotAnAnswer, Refused) as refused:
            if options["json"]:
                told = NOTHING | {"problems": [{"row": None, "field": None, "what": str(refused)}]}
                self.stdout.write(text_of.dumps(told, ensure_ascii=False))
            raise CommandError(str(refused)) from refused
        self._show(summary, made.plan, options)

    def _prepare(self, options: dict[str, Any]) -> rostering.Prepared:
        return rostering.prepared(
            options["file"],
            as_of=options["as_of"],
            full=options["full"],
            mapping=_mapping(options["told"]),
            answers=_answers(options["answers"]),
            progress=self._tell(_("read")),
        )

    def _apply(self, made: rostering.Prepared, options: dict[str, Any]) -> dict[str, Any]:
        applied = roster.apply(
            by=System("command.import_roster"),
            plan=made.plan,
            confirmed_leavers=options["confirm_leavers"],
            progress=self._tell(_("applied")),
        )
        keeping.keep(Subject.ROSTER, made.mapping)
        told = made.plan.to_json()
        refused = [{"row": one.row, "field": one.field, "what": one.what} for one in applied.problems]
        return told | {
            "joined": applied.joined,
            "left": applied.left,
            "problems": [*told["problems"], *refused],
        }

    def _tell(self, verb: str) -> Any:
        """Progress for whoever watches a terminal."""

        def tell(done: int, total: int | None) -> None:
            if sys.stderr.isatty():
                self.stderr.write(f"\r{verb}: {done} / {total or '…'}", ending="" if done != total else "\n")

        return tell

    def _show(self, summary: dict[str, Any], plan: Plan, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(text_of.dumps(summary, ensure_ascii=False))
            return
        words = _(
            "%(read)d rows read: %(matched)d known, %(joined)d joined, %(left)d left, %(ambiguous)d to be asked."
        )
        self.stdout.write(words % summary)
        for notice in plan.notices:
            self.stdout.write(notice)
        for question in plan.questions:
            choices = ", ".join(question.choices)
            self.stdout.write(f"? {question.kind} ({len(question.items)}): {question.sentence} [{choices}]")
        for problem in summary["problems"]:
            where = _("row %(row)s") % problem if problem["row"] else _("the file")
            self.stdout.write(f"  {where}: {problem['what']}")
        if plan.brake:
            said = _("%(count)d people would leave. To go on: --confirm-leavers %(count)d")
            self.stdout.write(said % {"count": plan.brake.leaving})
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written: this was a trial."))


def _mapping(path: Path | None) -> Mapping | None:
    return rostering.read_mapping(path.read_text(encoding="utf-8-sig")) if path else None


def _answers(path: Path | None) -> Answers | None:
    return Answers(text_of.loads(path.read_text(encoding="utf-8-sig"))) if path else None
