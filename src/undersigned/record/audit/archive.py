"""Packs the auditor into one file, `undersigned-audit.pyz`, that needs Python and `cryptography` only.

`python -m undersigned.record.audit.archive TARGET` writes it. What goes in depends on our sources alone, so that
two people who build it from the same release get the same bytes.
"""

import os
import sys
import tempfile
import zipapp
from fnmatch import fnmatch
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_PARTS = {"": "__init__.py", "record": "__init__.py", "record/tlog": "*.py", "record/audit": "*.py"}
"""Folder of the package → which of its modules the auditor needs."""
_INTERPRETER = "/usr/bin/env python3"
_EPOCH = 315_532_800
"""1980-01-01, the earliest time a zip file can hold: archives must not differ by the time they were made."""
_START = """\
import sys

from undersigned.record.audit import main

if __name__ == "__main__":
    sys.exit(main())
"""


def write_archive(target: Path) -> None:
    """Write the auditor as one executable file."""
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place)
        for folder, pattern in _PARTS.items():
            _copy_modules(files("undersigned").joinpath(folder), pattern, tree / "undersigned" / folder)
        (tree / "__main__.py").write_text(_START, encoding="utf-8")
        for path in tree.rglob("*"):
            os.utime(path, (_EPOCH, _EPOCH))
        zipapp.create_archive(tree, target, interpreter=_INTERPRETER, compressed=True)


def _copy_modules(package: Traversable, pattern: str, place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    for each in package.iterdir():
        if fnmatch(each.name, pattern):
            (place / each.name).write_bytes(each.read_bytes())


if __name__ == "__main__":
    write_archive(Path(sys.argv[1]))
