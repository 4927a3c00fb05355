"""Find the Chromium in which pages are tried, or get one; say loudly when there is none.

``python -m tests.chromium`` prints its path. Order: ``UNDERSIGNED_CHROMIUM``, one that is installed, the one that
Playwright brings, and, where the user may, the distribution's package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    named = os.environ.get("UNDERSIGNED_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    return installed or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def fetch() -> str | None:
    """Let Playwright download its own; where it cannot, install the distribution's package."""
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    if (path := find()) is None and shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
        path = find()
    return path


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        command, check=False, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def main() -> int:
    path = find() or fetch()
    if path is None:
        print(
            "There is no Chromium here and none could be had, so the pages were NOT tried. Install one "
            "(Debian: apt-get install chromium) or name it with UNDERSIGNED_CHROMIUM.",
            file=sys.stderr,
        )
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
