"""``undersigned doctor``: say what is missing."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from undersigned.running import state


class Command(BaseCommand):
    help = "Look at everything this installation needs and say what is missing."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = state.examine()
        if options["json"]:
            rows = [
                {"what": one.what, "well": one.well, "do": "" if one.well else one.do} for one in findings
            ]
            self.stdout.write(json.dumps({"findings": rows, "well": all(one.well for one in findings)}))
        else:
            for one in findings:
                self.stdout.write(f"{_('well') if one.well else _('WANTING'):8} {one.what}")
                if not one.well:
                    self.stdout.write(f"         {one.do}")
        if not all(one.well for one in findings):
            raise CommandError(_("Something is missing; see above."))
