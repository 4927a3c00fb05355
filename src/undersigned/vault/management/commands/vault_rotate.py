"""``undersigned vault rotate``: seal with a new key from now on, and seal anew what the vault holds."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from undersigned.vault import keeping, sealing


class Command(BaseCommand):
    help = "Make a new key, seal with it from now on, and seal anew what the vault holds. Older keys stay."

    def handle(self, *args: Any, **options: Any) -> None:
        if not sealing.key_names():
            raise CommandError(
                _(
                    "There is no %(file)s here. Bring it back from your backup; for a new city run: undersigned init"
                )
                % {"file": sealing.key_file()}
            )
        name = sealing.add_key()
        said = _(
            "%(name)s seals from now on; %(count)d secrets were sealed anew. Keep the older keys in the file: second "
            "factors are still sealed with them. Back up %(file)s now."
        )
        self.stdout.write(said % {"name": name, "count": keeping.seal_anew(), "file": sealing.key_file()})
