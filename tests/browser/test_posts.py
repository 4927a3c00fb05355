"""The pages of posts in a real browser: empty and full, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.looking import WIDTHS, chromium_running, looked_at, page_of
from tests.cast import SYSTEM, Cast, filled, signed_in
from tests.publishing.conftest import desk, wall
from tests.publishing.desk import Desk
from tests.publishing.pictures import jpeg
from undersigned.networks.faults import Reason, Refused
from undersigned.people.states import Office
from undersigned.publishing import acts
from undersigned.publishing.models import Post
from undersigned.publishing.states import CaseKind

__all__ = ["desk", "wall"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "The rink opens at nine. " + "Bring skates, a helmet and somebody who likes the cold. " * 4


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium_running() as running:
        yield running


def signed_in_page(browser: Browser, live: LiveServer, client: Client, width: int) -> Iterator[Page]:
    with page_of(browser, client, live.url, width) as page:
        yield page


@pytest.fixture(params=WIDTHS)
def office(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, cast: Cast
) -> Iterator[Page]:
    yield from signed_in_page(browser, live_server, cast.browser(Office.DUTY_OFFICER), request.param)


@pytest.fixture(params=WIDTHS)
def author(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, desk: Desk
) -> Iterator[Page]:
    assert desk.account
    client = signed_in(desk.stages.employee("Abel Scribe"))
    yield from signed_in_page(browser, live_server, client, request.param)


@pytest.fixture(params=WIDTHS)
def signer(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, desk: Desk
) -> Iterator[Page]:
    assert desk.account
    client = signed_in(desk.stages.employee("Petra Nodd"))
    yield from signed_in_page(browser, live_server, client, request.param)


def every_state(desk: Desk) -> None:
    """A post in each state, so that the list and the calendar are full."""
    desk.draft("A draft.", not_before=timezone.now() + timedelta(hours=3))
    desk.submitted(LONG, not_before=timezone.now() + timedelta(hours=4))
    desk.approved("Countersigned.", not_before=timezone.now() + timedelta(hours=5))
    desk.scheduled("Published.")
    desk.run()
    desk.wall.fails.append(Refused(Reason.POLICY, "Not in our garden"))
    desk.scheduled("Refused.")
    desk.run()
    held = desk.scheduled("Held until the ice is thick.", not_before=timezone.now() + timedelta(days=1))
    acts.hold(by=desk.author, post=held, reason="The ice is thin")
    for number in range(7):
        desk.draft(f"One of many, {number}.", not_before=timezone.now() + timedelta(days=2))


def test_without_posts_every_page_says_what_it_will_hold(office: Page) -> None:
    for name, address in (
        ("posts", "/posts/"),
        ("calendar", "/posts/calendar/"),
        ("cases", "/posts/cases/"),
        ("stops", "/posts/stops/"),
    ):
        office.goto(address)
        looked_at(office, f"posts-empty-{name}")


def test_lists_and_calendar_full(office: Page, desk: Desk) -> None:
    every_state(desk)
    for name, address in (
        ("list", "/posts/"),
        ("month", "/posts/calendar/"),
        ("week", "/posts/calendar/?view=week"),
        ("day", "/posts/calendar/?view=day"),
    ):
        office.goto(address)
        looked_at(office, f"posts-full-{name}")


def test_a_post_in_each_state(office: Page, desk: Desk) -> None:
    every_state(desk)
    desk.wall.drops, desk.wall.blind = 1, 5
    desk.scheduled("Perhaps it is there.")
    desk.run()
    for post in Post.objects.exclude(versions__content__contains="One of many"):
        office.goto(reverse("publishing:post", args=[post.pk]))
        looked_at(office, f"post-{post.version.says.text[:12].strip(' .').lower()}")


def test_stopped(office: Page, desk: Desk) -> None:
    acts.stop_all(
        by=desk.cast.officer(Office.DUTY_OFFICER), reason="Somebody else is posting on our accounts"
    )
    acts.stop_all(by=desk.cast.officer(Office.DUTY_OFFICER), reason="Theirs too", unit=desk.stages.unit)
    office.goto("/posts/stops/")
    looked_at(office, "stops")
    office.get_by_role("link", name="Ask to lift it").first.click()
    looked_at(office, "lift")


def test_a_case(office: Page, desk: Desk) -> None:
    case = acts.open_case(by=SYSTEM, account=desk.account, case_kind=CaseKind.NATIVE, far_id="99")
    office.goto("/posts/cases/")
    looked_at(office, "cases")
    office.goto(reverse("publishing:case", args=[case.pk]))
    looked_at(office, "case")


def test_writing_counts_as_one_types(author: Page, desk: Desk) -> None:
    author.goto("/posts/write/")
    looked_at(author, "write-empty")
    author.get_by_label(str(desk.account), exact=True).check()
    author.get_by_label("Text", exact=True).press_sequentially("The rink opens at nine.")
    author.get_by_text("257 characters left").wait_for()
    looked_at(author, "write-typed")


def test_writing_with_a_picture_and_without_script(author: Page, desk: Desk) -> None:
    client = signed_in(desk.stages.employee("Abel Scribe"))
    file = SimpleUploadedFile("rink.jpg", jpeg(gps=True, size=(640, 480)), "image/jpeg")
    sent = filled(
        text=LONG * 2, language="en", accounts=[desk.account.pk], do="bring", file=file, file_alt="Ice"
    )
    client.post("/posts/write/", sent)
    author.goto("/posts/write/")
    looked_at(author, "write-picture")
    author.get_by_role("button", name="Check").click()
    looked_at(author, "write-checked")


def test_handing_in_with_warnings(author: Page, desk: Desk) -> None:
    post = desk.draft("Call 403 555 0134 and ask for the #RINKHOURS today")
    author.goto(reverse("publishing:submit", args=[post.pk]))
    looked_at(author, "submit")
    author.goto(reverse("publishing:move", args=[post.pk]))
    looked_at(author, "move")


def test_countersigning(signer: Page, desk: Desk) -> None:
    post = desk.approved(LONG)
    content = desk.content(LONG.replace("nine", "ten"))
    post = acts.edit(
        by=desk.author, post=post, content=content, seen=1, not_before=timezone.now() + timedelta(days=1)
    )
    acts.submit(by=desk.author, post=post, ticked=desk.warnings(post))
    signer.goto(reverse("publishing:countersign", args=[post.pk]))
    looked_at(signer, "countersign")
    signer.get_by_role("button", name="Countersign").click()
    signer.get_by_text("Your name is under it.").wait_for()
    looked_at(signer, "post-approved")


def test_the_emergency_post(browser: Browser, live_server: LiveServer, desk: Desk, cast: Cast) -> None:
    assert desk.account
    client = signed_in(desk.duty_officer())
    for width in WIDTHS:
        with page_of(browser, client, live_server.url, width) as page:
            page.goto("/posts/emergency/")
            looked_at(page, "emergency")
