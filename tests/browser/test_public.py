"""The public pages in a real browser: empty, typical and full, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.looking import WIDTHS, chromium_running, looked_at
from tests.cast import Cast
from tests.public.town import Town
from undersigned.accounts.states import AccountState, CaseState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium_running() as browser:
        yield browser


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page at each width that fails the test when its console complains or it asks anybody else."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": request.param, "height": 900}, locale="en"
    )
    page = context.new_page()
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda one: one.url.startswith(live_server.url) or heard.append(one.url))
    yield page
    context.close()
    assert heard == []


@pytest.fixture
def town(cast: Cast) -> Town:
    from django.core.cache import cache

    cache.clear()
    return Town(cast)


def test_nothing_is_there_yet(page: Page, town: Town) -> None:
    for path, name in (
        ("/public/", "home-empty"),
        ("/public/verify/", "verify-empty"),
        ("/public/report/", "report-empty"),
        ("/public/report/thanks/", "reported"),
    ):
        page.goto(path)
        looked_at(page, name)


def test_the_list_as_a_city_has_it(page: Page, town: Town) -> None:
    town.official("harrowfalls", display_name="Town of Harrow Falls")
    for state in (AccountState.DORMANT, AccountState.SUSPENDED, AccountState.RESERVED):
        town.in_state(state, f"harrow{state}")
    town.unconfirmed("harrowpool", display_name="Harrow Falls Outdoor Pool and Splash Park")
    page.goto("/public/")
    looked_at(page, "home-typical")
    page.fill("#all ~ form input[name=q]", "pool")
    with page.expect_navigation():
        page.click("form[aria-label=Filters] button")
    looked_at(page, "home-narrowed")
    page.goto("/public/?q=nothing")
    looked_at(page, "home-nothing-like-that")


def test_the_list_when_it_is_full(page: Page, town: Town) -> None:
    town.many(120)
    page.goto("/public/")
    looked_at(page, "home-full")
    with page.expect_navigation():
        page.click("text=Next page")
    looked_at(page, "home-full-next")
    page.goto("/public/?whole=yes")
    looked_at(page, "home-full-whole")
    page.emulate_media(media="print")
    assert page.is_visible(".u-print-head")
    assert not page.is_visible("main form")
    looked_at(page, "home-full-paper")


def test_every_answer(page: Page, town: Town) -> None:
    town.official("harrowfalls")
    town.unconfirmed("harrowpool")
    for state in (AccountState.DORMANT, AccountState.SUSPENDED, AccountState.RESERVED):
        town.in_state(state, f"harrow{state}")
    town.retired("harrowfair")
    town.reported("harrowfa11s", CaseState.REPORTED)
    asked = {
        "yes": "https://twitter.com/#!/HarrowFalls",
        "unconfirmed": "x.com/harrowpool",
        "dormant": "x.com/harrowdormant",
        "paused": "x.com/harrowsuspended",
        "reserved": "x.com/harrowreserved",
        "retired": "x.com/harrowfair",
        "no": "x.com/harrowfa11s",
        "unknown": "x.com/harrowfalIs",
        "short": "https://bit.ly/3abcd",
        "which": "harrowfalls",
        "mistake": "javascript:alert(1)",
    }
    for name, account in asked.items():
        page.goto("/public/")
        page.fill("input[name=account]", account)
        with page.expect_navigation():
            page.click("text=Look it up")
        looked_at(page, f"answer-{name}")


def test_one_account_with_everything_and_with_next_to_nothing(page: Page, town: Town) -> None:
    bare = town.unconfirmed("harrowpool")
    account = town.official(
        "harrowfalls",
        display_name="Town of Harrow Falls",
        short_description="News of the town: roads, water, council nights, and what is on this weekend.",
        scope="The whole town",
        language="en fr",
        contact_role="Communications desk",
        contact_mailbox="communications@harrowfalls.example",
        info_url="https://harrowfalls.example/taking-part",
        details_url="https://harrowfalls.example/parks",
        purpose="Tell residents what the parks offer and hear what they miss there.",
        audience="Residents and visitors",
        staffing_hours="Weekdays, 9 to 5",
    )
    retired = town.retired("harrowfair")
    for one, name in ((account, "account-full"), (bare, "account-bare"), (retired, "account-retired")):
        page.goto(f"/public/accounts/{one.pk}/")
        looked_at(page, name)


def test_an_imitation_is_reported_by_keyboard_alone(page: Page, town: Town) -> None:
    town.official("harrowfalls")
    page.goto("/public/verify/?account=x.com/harrowfa1ls")
    with page.expect_navigation():
        page.click("text=Report an imitation")
    looked_at(page, "report-filled-in")
    page.focus("textarea[name=note]")
    page.keyboard.type("It asks for card numbers")
    page.keyboard.press("Tab")
    page.keyboard.type("nobody")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Report it"
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    looked_at(page, "report-mistake")
    page.fill("input[name=contact]", "")
    page.click("text=Report it")
    page.wait_for_url("**/thanks/")
    looked_at(page, "reported")


def test_everything_works_without_script(browser: Browser, live_server: LiveServer, town: Town) -> None:
    town.official("harrowfalls")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/public/")
    page.fill("input[name=account]", "harrowfalls")
    page.click("text=Look it up")
    page.click("main li >> text=X")
    assert "Parks runs this account" in page.inner_text("main")
    page.goto("/public/report/")
    page.fill("input[name=account]", "x.com/harrowfa1ls")
    page.click("text=Report it")
    assert "Thank you" in page.inner_text("h1")
    context.close()
