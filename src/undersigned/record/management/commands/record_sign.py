"""``undersigned record sign``: the signer as a process of its own. It asks no database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from undersigned.record import keyfile
from undersigned.record.remembered import State, StateError
from undersigned.record.signer import service


class Command(BaseCommand):
    help = "Run the signer until it is ended. Exit status 2: it could not begin."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--key", type=Path, action="append", required=True, metavar="FILE", help="the log's key"
        )
        parser.add_argument("--state", type=Path, required=True, metavar="FILE", help="the signer's memory")
        parser.add_argument("--socket", type=Path, required=True, metavar="PATH", help="where it is asked")
        parser.add_argument(
            "--first-checkpoint", action="store_true", help="the key is new and has never signed; once only"
        )

    def handle(
        self, *args: Any, key: list[Path], state: Path, socket: Path, first_checkpoint: bool, **options: Any
    ) -> None:
        try:
            keys = [keyfile.read_log_key(path) for path in key]
            memory = State(state, key[0].with_name(f"{key[0].name}.mark"), keys[0].key.name)
            service.serve(socket, keys, memory, first=first_checkpoint)
        except (keyfile.KeyFileError, StateError, OSError) as why:
            raise CommandError(str(why), returncode=2) from why
