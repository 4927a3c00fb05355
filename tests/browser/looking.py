"""Looking at a signed-in page as a person does: at both widths, judged by axe, by measure, and kept as a picture."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests import chromium

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = os.environ.get("UNDERSIGNED_PICTURES", "")
"""A folder in which to keep what each page looked like, for somebody to look at."""
WIDTHS = (1280, 360)


@contextmanager
def chromium_running() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread, in which Django would otherwise refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    found = chromium.find()
    assert found, "There is no Chromium here, so the pages cannot be tried. Install one."
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(chromium.FLAGS))
        yield running
        running.close()


@contextmanager
def page_of(browser: Browser, client: Client, address: str, width: int) -> Iterator[Page]:
    """A page with the session of this client, which fails when its console complains or it asks anybody else."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900}, locale="en")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    page = context.new_page()
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda one: one.url.startswith(address) or heard.append(one.url))
    yield page
    context.close()
    assert heard == []


def looked_at(page: Page, name: str) -> None:
    """No fault found by axe, nothing wider than the window, everything that is folded away opened."""
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    results = Axe().run(page, options={"runOnly": WCAG})
    found = results.response["violations"]
    assert [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]] == []
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
