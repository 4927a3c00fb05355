"""``undersigned init --city NAME``: database, keys, and the first administrator's invitation."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from undersigned.people.messages import address_of
from undersigned.people.models import City
from undersigned.running import setup


class Command(BaseCommand):
    help = "Make database and keys, found the city, and invite its first administrator."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", required=True, help="the name of the city")
        parser.add_argument("--administrator", default="", help="name of the first administrator")
        parser.add_argument("--email", default="", help="where their invitation goes as well")
        parser.add_argument("--json", action="store_true")

    def handle(
        self, *args: Any, city: str, administrator: str, email: str, json: bool, **options: Any
    ) -> None:
        if not city.strip():
            raise CommandError(_("Give the city a name."), returncode=2)
        setup.make_home()
        setup.make_database()
        if City.objects.exists():
            raise CommandError(
                _("There is a city here already. Nothing was changed; undersigned doctor says how it stands.")
            )
        setup.found(city.strip())
        code = setup.invite_administrator(
            City.objects.get(), administrator or _("First administrator"), email or "administrator@localhost"
        )
        self._show(city, address_of(code), as_json=json)

    def _show(self, city: str, address: str, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"city": city, "invitation": address}))
            return
        self.stdout.write(_("%(city)s is founded and its record is open.") % {"city": city})
        self.stdout.write(_("The first administrator makes their sign-in here, within seven days:"))
        self.stdout.write(f"  {address}")
        self.stdout.write(_("Then start: undersigned serve, and beside it: undersigned worker"))
