"""``undersigned record key``: make a key, show the keys, change the log's key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from undersigned.record import keyfile, rotation, setup, trust
from undersigned.record.tlog.refusals import MalformedError


class Command(BaseCommand):
    help = "Make a key, show the keys, or change the log's key. Exit status: 0 done, 1 refused, 2 could not be asked."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="new|show|rotate|retire|remind")
        new = what.add_parser(
            "new", help="make a key for a signer that stands apart, and print what others trust"
        )
        new.add_argument("--file", type=Path, required=True, help="where the private key is kept")
        new.add_argument("--origin", help="the record's name, by default this record's")
        what.add_parser("show", help="print the keys that this record trusts")
        rotate = what.add_parser("rotate", help="announce the next key of the log; then both sign")
        rotate.add_argument("--vkey", help="the next key, if a signer apart has made it")
        retire = what.add_parser("retire", help="end the old key; the next one signs alone")
        retire.add_argument("--at-once", action="store_true", help="before the thirty days are over")
        remind = what.add_parser(
            "remind", help="tell an embedded signer what it signed last, if that was lost"
        )
        remind.add_argument(
            "--last", type=Path, required=True, metavar="FILE", help="the checkpoint, from a witness"
        )

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            self.stdout.write(self._do(what, options))
        except (rotation.RotationRefused, keyfile.KeyFileError) as why:
            raise CommandError(str(why), returncode=1) from why
        except (setup.NotOpened, trust.NoPolicy, MalformedError, OSError) as why:
            raise CommandError(str(why), returncode=2) from why

    def _do(self, what: str, options: dict[str, Any]) -> str:
        match what:
            case "new":
                return keyfile.make(options["file"], options["origin"] or setup.origin()).key.vkey
            case "rotate":
                return rotation.announce(options["vkey"]).vkey
            case "retire":
                return f"retired: {rotation.retire(at_once=options['at_once']).vkey}"
            case "remind":
                rotation.remind(options["last"].read_bytes())
                return "The signer remembers."
            case _:
                return trust.keys().encode().decode().removesuffix("\n")
