"""A post's whole walk in a real browser: connected, written, countersigned, scheduled, and found on the wall."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.conf import LazySettings
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.accounts.stages import Stages, address, fresh
from tests.browser.looking import WIDTHS, chromium_running, looked_at, page_of
from tests.cast import Cast, signed_in
from tests.publishing import pictures
from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Preset
from undersigned.accounts.states import ApprovalRule
from undersigned.dispatch import engine
from undersigned.networks.names import Network
from undersigned.networks.practice import wall
from undersigned.publishing.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AUTHOR, APPROVER, PUBLISHER, STEWARD = "Abel Scribe", "Petra Nodd", "Paula Sender", "Stella Wardour"
TEXT = "The rink opens at nine."
ALT = "Skaters on the rink before dawn"

Desk = Callable[[str], AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium_running() as running:
        yield running


@pytest.fixture
def account(cast: Cast, settings: LazySettings, live_server: LiveServer) -> Account:
    """A live account with an author, an approver and a publisher; and the wall that it is."""
    settings.PRACTICE, settings.BASE_ADDRESS = True, live_server.url
    stages = Stages(cast)
    account = stages.kept(address=address("harrowfalls", Network.PRACTICE))
    acts.change(by=stages.steward, account=account, approval_rule=ApprovalRule.ONE_OF)
    for name, preset in ((AUTHOR, Preset.AUTHOR), (APPROVER, Preset.APPROVER), (PUBLISHER, Preset.PUBLISHER)):
        stages.grant(fresh(account), name, preset)
    wall.opened("harrowfalls", "Harrow Falls")
    return account


@pytest.fixture(params=WIDTHS)
def desk(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, cast: Cast) -> Desk:
    """The browser in which this employee is signed in."""
    return lambda name: page_of(browser, signed_in(cast.people[name]), live_server.url, request.param)


def test_a_post_goes_from_a_draft_to_the_wall(desk: Desk, account: Account) -> None:
    with desk(STEWARD) as page:
        connect(page, account)
    with desk(AUTHOR) as page:
        write(page)
    post = Post.objects.get()
    with desk(APPROVER) as page:
        page.goto(reverse("publishing:countersign", args=[post.pk]))
        page.get_by_text(TEXT).first.wait_for()
        page.get_by_role("button", name="Countersign").click()
        page.wait_for_url("**/posts/post:*/")
    with desk(PUBLISHER) as page:
        page.goto(reverse("publishing:schedule", args=[post.pk]))
        page.get_by_role("button", name="Schedule it").click()
        page.wait_for_url("**/posts/post:*/")
        engine.inline().run_dry()
        find_it(page, post)


def connect(page: Page, account: Account) -> None:
    page.goto(reverse("accounts:connect", args=[account.pk]))
    page.locator("main form button").first.click()
    page.locator("main a[href*='/practice/allow/']").click()
    page.get_by_label("Harrow Falls (@harrowfalls)").check()
    page.get_by_role("button", name="Yes, allow it").click()
    page.get_by_text("The account is connected to Practice network.").wait_for()


def write(page: Page) -> None:
    page.goto(reverse("publishing:write"))
    page.get_by_label("harrowfalls").first.check()
    page.locator("textarea[name=text]").fill(TEXT)
    page.locator("input[name=file]").set_input_files(
        {"name": "rink.png", "mimeType": "image/png", "buffer": pictures.png((400, 300))}
    )
    page.get_by_label("What it shows, for those who do not see it").fill(ALT)
    page.get_by_role("button", name="Save and hand in").click()
    page.wait_for_url("**/submit/")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Hand it in").click()
    page.wait_for_url("**/posts/post:*/")


def find_it(page: Page, post: Post) -> None:
    page.goto(reverse("publishing:post", args=[post.pk]))
    page.get_by_role("link", name="See it").click()
    page.wait_for_url("**/practice/harrowfalls/posts/*/")
    assert page.locator("main article").get_by_text(TEXT).is_visible()
    assert page.get_by_alt_text(ALT).is_visible()
    assert page.get_by_text("sent by the application undersigned").is_visible()
    looked_at(page, "walk-found-on-the-wall")
