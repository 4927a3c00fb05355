"""Take the pictures of the documentation from the running demonstration.

Start it first (``make demo PORT=8000``), then: ``python docs/pictures.py http://localhost:8000``
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests import chromium

HERE = Path(__file__).resolve().parent / "images"
LARGEST = 200_000
WIDTH, HEIGHT = 1280, 900
WHO = "nadia.millrace@harrowfalls.example"


def main(address: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undersigned.settings")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        _take(page, f"{address}/public/", "public")
        _sign_in(page, address)
        _take(page, f"{address}/", "desk")
        _take(page, f"{address}/accounts/", "accounts")
        browser.close()


def _sign_in(page: Page, address: str) -> None:
    import django

    django.setup()
    from undersigned.demo import signins

    page.goto(f"{address}/sign-in/login/")
    page.fill("input[name=login]", WHO)
    page.fill("input[name=password]", signins.PASSWORD)
    page.press("input[name=password]", "Enter")
    page.fill("input[name=code]", signins.code_now(WHO))
    page.press("input[name=code]", "Enter")
    page.wait_for_url(f"{address}/")


def _take(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.screenshot(path=HERE / f"{name}.png")
    size = (HERE / f"{name}.png").stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{name}.png has {size} bytes, more than {LARGEST}")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
