"""``undersigned acts``: the book of acts."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from undersigned.acts import pages


class Command(BaseCommand):
    help = "Print the book of acts: who may do what, from which states, and what is recorded."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true")
        form.add_argument("--markdown", action="store_true")

    def handle(self, *args: Any, json: bool, markdown: bool, **options: Any) -> None:
        if json:
            self.stdout.write(as_json())
        else:
            self.stdout.write(pages.as_markdown() if markdown else pages.as_text())


def as_json() -> str:
    return json.dumps({"acts": [pages.row(declared) for declared in pages.entries()]}, ensure_ascii=False)
