"""The record's pages in a real browser: empty, typical and full, at a desk and on a phone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import chromium
from tests.cast import Cast
from tests.record.conftest import Opened, keys, neighbour, opened
from tests.record.test_publishing import grow_to
from undersigned.people import acts
from undersigned.people.states import Office

__all__ = ["keys", "neighbour", "opened"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = os.environ.get("UNDERSIGNED_PICTURES", "")
"""A folder in which to keep what each page looked like, for somebody to look at."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread, in which Django would otherwise refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    found = chromium.find()
    assert found, "There is no Chromium here, so the pages cannot be tried. Install one."
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(chromium.FLAGS))
        yield running
        running.close()


@pytest.fixture(params=[1280, 360])
def page(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page at each width that fails the test when its console complains or it asks anybody else."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": request.param, "height": 900},
        locale="en",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            heard.append(message.text)

    def watch(asked: Request) -> None:
        if not asked.url.startswith(live_server.url):
            heard.append(asked.url)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", watch)
    yield page
    context.close()
    assert heard == []


def sign_in(page: Page, client: Client) -> None:
    """Give the browser the session of this client."""
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.url}])


def looked_at(page: Page, name: str) -> None:
    """No fault found by axe, and nothing wider than the window."""
    results = Axe().run(page, options={"runOnly": WCAG})
    found = results.response["violations"]
    assert [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if PICTURES:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=str(Path(PICTURES) / f"record-{name}-{width}.png"), full_page=True)


def test_the_record_before_anything_is_signed_and_when_it_is_full(page: Page, opened: Opened) -> None:
    page.goto("/record/")
    looked_at(page, "unsigned")
    grow_to(120)
    opened.checkpoint()
    grow_to(124)
    page.goto("/record/")
    looked_at(page, "full")
    page.goto("/record/?about=nonsense")
    looked_at(page, "mistake")
    page.goto("/record/?act=unit.close")
    looked_at(page, "nothing-like-that")
    page.goto("/record/how-to-verify/")
    looked_at(page, "how-to-verify")


def test_the_whole_root_is_copied_with_one_press(page: Page, opened: Opened) -> None:
    opened.checkpoint()
    page.goto("/record/")
    page.click(".u-copy")
    page.wait_for_selector(".u-copy:text('Copied')")
    root = page.inner_text(".u-digest code")
    assert len(root) == 44
    assert page.evaluate("navigator.clipboard.readText()") == root


def test_an_act_as_everybody_and_as_the_person_sees_it_and_how_they_deny_it(
    page: Page, opened: Opened, cast: Cast
) -> None:
    act_id = secrets.token_hex(16)
    acts.add_unit.once(act_id)(by=cast.officer(Office.HR), name="Parks")
    page.goto(f"/record/acts/{act_id}/")
    looked_at(page, "act-unsigned")
    opened.checkpoint()
    page.reload()
    looked_at(page, "act-public")
    sign_in(page, cast.browser(Office.HR))
    page.reload()
    looked_at(page, "act-own")
    page.click("text=This was not me")
    looked_at(page, "repudiate")
    page.fill("textarea[name=note]", "I was on leave that day.")
    page.click("text=Enter that it was not me")
    page.wait_for_url(f"**/acts/{act_id}/")
    looked_at(page, "act-denied")


def test_the_clerk_erases_by_keyboard(page: Page, opened: Opened, cast: Cast) -> None:
    act_id = secrets.token_hex(16)
    acts.add_unit.once(act_id)(by=cast.officer(Office.HR), name="Parks")
    page.goto("/record/")
    sign_in(page, cast.browser(Office.CLERK))
    page.goto(f"/record/acts/{act_id}/erase/")
    looked_at(page, "erase")
    page.click("text=Erase >> nth=-1")
    page.wait_for_selector(".govuk-error-summary")
    looked_at(page, "erase-mistake")
    page.focus("input[name=fields_to_erase]")
    page.keyboard.press("Space")
    page.focus("input[name=law]")
    page.keyboard.type("foip.s40")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/acts/{act_id}/")
    looked_at(page, "act-erased")
