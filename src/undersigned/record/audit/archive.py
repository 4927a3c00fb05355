"""Packs the auditor into one file, `undersigned-audit.pyz`, that needs Python and `cryptography` only.

`python -m undersigned.record.audit.archive TARGET` writes it. It is an archive as the standard library's `zipapp`
makes them; written here, because that one depends on the order of a folder and on the clock, and two people who
build it from the same release must get the same bytes.
"""

import sys
from fnmatch import fnmatch
from importlib.resources import files
from pathlib import Path
from zipfile import ZipFile, ZipInfo

_PARTS = {"": "__init__.py", "record": "__init__.py", "record/tlog": "*.py", "record/audit": "*.py"}
"""Folder of the package → which of its modules the auditor needs."""
_FIRST_LINE = b"#!/usr/bin/env python3\n"
_EXECUTABLE = 0o755
_START = b"""\
import sys

from undersigned.record.audit import main

if __name__ == "__main__":
    sys.exit(main())
"""


def write_archive(target: Path) -> None:
    """Write the auditor as one executable file."""
    modules = {"__main__.py": _START}
    for folder, pattern in _PARTS.items():
        for module in files("undersigned").joinpath(folder).iterdir():
            if fnmatch(module.name, pattern):
                modules[Path("undersigned", folder, module.name).as_posix()] = module.read_bytes()
    with target.open("wb") as file:
        file.write(_FIRST_LINE)
        with ZipFile(file, "w") as archive:
            for name in sorted(modules):
                archive.writestr(ZipInfo(name), modules[name])
    target.chmod(_EXECUTABLE)


if __name__ == "__main__":
    write_archive(Path(sys.argv[1]))
