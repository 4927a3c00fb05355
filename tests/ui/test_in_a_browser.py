"""Every page of the look in a real browser: at both widths and in both schemes, judged by axe and by measure."""

from __future__ import annotations

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from tests.ui.conftest import visit

pytestmark = pytest.mark.browser

at_a_desk = pytest.mark.parametrize("page", ["1280-light"], indirect=True)
at_both_widths = pytest.mark.parametrize("page", ["1280-light", "360-light"], indirect=True)

PAGES = (
    "/showcase/",
    "/showcase/form/",
    "/showcase/list/",
    "/showcase/list/?app=nowhere",
    "/showcase/progress/",
    "/showcase/confirm/",
    "/showcase/public/",
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _faults(page: Page) -> list[str]:
    results = Axe().run(page, options={"runOnly": WCAG})
    found = results.response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def _complaints(page: Page) -> list[str]:
    """What the browser's console says: a broken content security policy, a missing file, an error in a script."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_fault_and_the_browser_no_breach_of_policy(page: Page, path: str) -> None:
    heard = _complaints(page)
    page.goto(path)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert _faults(page) == []
    assert heard == []


def test_axe_finds_no_fault_in_a_form_with_errors_and_the_summary_has_the_focus(page: Page) -> None:
    page.goto("/showcase/form/")
    page.click("main button[type=submit]")
    page.wait_for_selector(".govuk-error-summary")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert page.title().split(":")[0].strip() == "Error"
    assert _faults(page) == []


@at_a_desk
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_window(page: Page, path: str) -> None:
    page.goto(path)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@at_both_widths
@pytest.mark.parametrize("path", PAGES)
def test_everything_that_is_pressed_is_24_pixels_or_stands_in_a_line_of_text(page: Page, path: str) -> None:
    """WCAG 2.2, 2.5.8: a smaller target is fine within a sentence, or with 24 px around its middle to itself."""
    page.goto(path)
    small = page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
            .filter((one) => one.checkVisibility() && !one.closest(".govuk-visually-hidden, .govuk-skip-link"))
            .map((one) => ({one, box: one.getBoundingClientRect()}))
            .filter(({box}) => box.width > 1);
          const middle = ({box}) => [box.x + box.width / 2, box.y + box.height / 2];
          const near = (a, b) => Math.hypot(middle(a)[0] - middle(b)[0], middle(a)[1] - middle(b)[1]) < 24;
          return boxes
            .filter(({box}) => box.width < 24 || box.height < 24)
            .filter((small) => boxes.some((other) => other !== small && near(small, other)))
            .map(({one}) => one.outerHTML.slice(0, 120));
        }"""
    )
    assert small == []


@at_both_widths
def test_the_focus_is_visible_on_everything_that_takes_it(page: Page) -> None:
    page.goto("/showcase/form/")
    seen = set()
    for _step in range(40):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth] })()"
        )
        name = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        if name.startswith("<body"):
            break
        seen.add(name)
        assert outline == ["solid", "3px"], name
    assert len(seen) > 15


@at_a_desk
def test_the_way_past_the_frame_is_the_first_stop_of_the_keyboard(page: Page) -> None:
    page.goto("/showcase/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


@at_a_desk
def test_the_text_stands_in_public_sans(page: Page) -> None:
    page.goto("/showcase/")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Public Sans\"'))")
    assert page.evaluate("getComputedStyle(document.querySelector('.govuk-button')).fontFamily").startswith(
        '"Public Sans"'
    )


@at_a_desk
@pytest.mark.parametrize("path", PAGES)
def test_a_page_whole_is_under_100_kilobytes_compressed(page: Page, path: str) -> None:
    heard: list[Response] = []
    page.on("response", lambda response: heard.append(response))
    page.goto(path, wait_until="networkidle")
    sizes = {response.url: len(brotli.compress(response.body())) for response in heard}
    assert len(sizes) >= 6
    assert sum(sizes.values()) < 100_000, sizes


@at_a_desk
def test_progress_counts_on_without_the_page_being_loaded_again(page: Page) -> None:
    page.goto("/showcase/")
    page.evaluate("window.stays = true")
    page.wait_for_selector("text=1,650 of 2,000", timeout=8_000)
    assert page.evaluate("window.stays") is True


def test_a_digest_is_copied_whole_with_one_press(browser: Browser, address: str) -> None:
    with visit(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto("/showcase/")
        page.click("#facts .u-copy")
        page.wait_for_selector("#facts .u-copy:text('Copied')")
        assert page.evaluate("navigator.clipboard.readText()").startswith("9f2c41d0")


def test_every_page_says_the_same_without_script(browser: Browser, address: str) -> None:
    with visit(browser, address, java_script_enabled=False) as page:
        page.goto("/showcase/form/")
        page.click("main button[type=submit]")
        assert "things to put right" in page.inner_text(".govuk-error-summary")
        page.goto("/showcase/list/")
        page.click("text=Next page")
        assert page.locator("tbody tr").count() > 0


def test_a_printed_page_is_a_document_without_navigation(browser: Browser, address: str) -> None:
    with visit(browser, address, color_scheme="dark") as page:
        page.emulate_media(media="print")
        page.goto("/showcase/")
        assert page.is_visible(".u-print-head")
        for hidden in (
            ".u-header",
            ".u-rooms",
            ".u-search",
            ".u-breadcrumbs",
            ".u-head__actions",
            ".govuk-button",
        ):
            assert not page.is_visible(hidden), hidden
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_nothing_moves_for_who_asked_for_stillness(browser: Browser, address: str) -> None:
    with visit(browser, address, reduced_motion="reduce") as page:
        page.goto("/showcase/")
        page.evaluate("document.querySelector('.u-facts').classList.add('u-changed')")
        assert page.evaluate("document.getAnimations().length") == 0
