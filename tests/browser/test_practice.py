"""The practice network in a real browser: empty and full, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.looking import WIDTHS, chromium_running, looked_at, page_of
from tests.cast import Cast
from tests.networks.contract import picture
from undersigned.networks.clients import client_of
from undersigned.networks.names import Network
from undersigned.networks.oauth import new_signing_in
from undersigned.networks.practice import wall
from undersigned.networks.practice.models import WallComment, WallPicture, WallPost
from undersigned.networks.protocol import Application
from undersigned.people.states import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium_running() as running:
        yield running


@pytest.fixture(params=WIDTHS)
def page(
    request: pytest.FixtureRequest,
    browser: Browser,
    live_server: LiveServer,
    cast: Cast,
    settings: LazySettings,
) -> Iterator[Page]:
    settings.PRACTICE, settings.BASE_ADDRESS = True, live_server.url
    client: Client = cast.browser(Office.MEMBER)
    with page_of(browser, client, live_server.url, request.param) as page:
        yield page


def question(live_server: LiveServer) -> str:
    signing = new_signing_in(f"{live_server.url}/public/", challenge=True)
    return client_of(Network.PRACTICE).address_to_sign_in(Application("undersigned"), signing)


def test_nothing_is_there_yet(page: Page, live_server: LiveServer) -> None:
    page.goto("/practice/")
    looked_at(page, "practice-walls-empty")
    page.goto(question(live_server))
    looked_at(page, "practice-allow-empty")
    wall.opened("harrowfalls", "Harrow Falls")
    page.goto("/practice/harrowfalls/")
    looked_at(page, "practice-wall-empty")


def test_a_wall_with_everything_on_it(page: Page, live_server: LiveServer) -> None:
    here = wall.opened("harrowfalls_parks_and_pools_hf", "Harrow Falls Department of Parks and Pools")
    medium = picture("The rink at dawn, with nobody on it yet")
    shown = WallPicture.objects.create(wall=here, mime=medium.mime, alt=medium.alt, octets=medium.octets())
    post = wall.sent(
        here, "The rink opens.\n\nBring skates.", application="undersigned", pictures=[str(shown.pk)]
    )
    comment = wall.commented(post, "skater", "On Sundays too? " + "a" * 60)
    WallComment.objects.filter(pk=comment.pk).update(hidden=True)
    wall.answered(comment, "At ten.")
    wall.changed(
        wall.written(here, "Typed on a phone https://harrowfalls.example/" + "x" * 80), "Changed " + "x" * 90
    )
    for path, name in (
        ("/practice/", "walls"),
        (f"/practice/{here.handle}/", "wall"),
        (f"/practice/{here.handle}/posts/{post.pk}/", "post"),
        (f"/practice/{here.handle}/posts/{post.pk}/change/", "change"),
        (question(live_server), "allow"),
    ):
        page.goto(path)
        looked_at(page, f"practice-{name}")


def test_somebody_posts_past_the_system_and_lets_the_next_post_fail(page: Page) -> None:
    here = wall.opened("harrowfalls", "Harrow Falls")
    page.goto(f"/practice/{here.handle}/")
    page.get_by_label("Text").fill("Typed on a phone")
    page.get_by_role("button", name="Post it").click()
    page.get_by_text("It stands on the wall.").wait_for()
    page.get_by_label("The post is made, and the answer is lost").check()
    page.get_by_role("button", name="Let it be so").click()
    page.get_by_text("Next: The post is made, and the answer is lost").wait_for()
    looked_at(page, "practice-wall-failing")
    page.get_by_role("button", name="Post it").click()
    page.get_by_text("Fill in: Text").first.wait_for()
    looked_at(page, "practice-wall-error")
    here.refresh_from_db()
    assert (here.fails_next, WallPost.objects.count()) == ("answer_lost", 1)


def test_a_person_says_yes_and_is_led_back(page: Page, live_server: LiveServer) -> None:
    wall.opened("harrowfalls", "Harrow Falls")
    page.goto(question(live_server))
    page.get_by_label("Harrow Falls (@harrowfalls)").check()
    page.get_by_role("button", name="Yes, allow it").click()
    page.wait_for_url("**/public/?code=*")
