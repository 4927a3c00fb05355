"""A list brought through its pages in a real browser: each step with little and with much, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, FilePayload, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.looking import WIDTHS, chromium_running, looked_at, page_of
from tests.cast import Cast
from undersigned.imports.models import ImportRun, RunState
from undersigned.people.models import Person
from undersigned.people.states import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEAD = "Employee no,Name,E-mail,Department,Title,Home address,Start date"
FAMILIES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")
NEW = reverse("imports:file", args=["roster"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium_running() as running:
        yield running


@pytest.fixture(params=WIDTHS)
def hr(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, cast: Cast
) -> Iterator[Page]:
    with page_of(browser, cast.browser(Office.HR), live_server.url, request.param) as page:
        yield page


@pytest.fixture(params=WIDTHS)
def communications(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, cast: Cast
) -> Iterator[Page]:
    client = cast.browser(Office.HEAD_OF_COMMUNICATIONS)
    with page_of(browser, client, live_server.url, request.param) as page:
        yield page


def roster(count: int, *more: str, start_date: str = "2024-03-04") -> FilePayload:
    rows = [
        f"{number:05},Given {FAMILIES[number % 10]}{FAMILIES[number // 10 % 10].lower()},p{number}@city.example,"
        f"Parks and recreation,Clerk,1 Long Road,{start_date}"
        for number in range(1, count + 1)
    ]
    text = "\n".join([HEAD, *rows, *more, ""])
    return {"name": "personnel-export.csv", "mimeType": "text/csv", "buffer": text.encode()}


def bring(page: Page, file: FilePayload, *, full: bool = True) -> None:
    """The first step; ends at the second."""
    page.goto(NEW)
    page.set_input_files("input[type=file]", file)
    if full:
        page.check("input[name=full]")
    page.click("text=Read this file")
    page.wait_for_url("**/columns/")


def confirm(page: Page) -> None:
    page.click("text=These columns are right")
    page.wait_for_url("**/questions/")


def see_changes(page: Page) -> None:
    page.click("text=See what will change")
    page.wait_for_url("**/changes/")


def test_a_roster_is_brought_from_the_file_to_the_report(hr: Page) -> None:
    hr.goto(reverse("imports:list"))
    looked_at(hr, "imports-empty")
    hr.goto(NEW)
    looked_at(hr, "import-file")
    broken = [f"{number:05},,x@city.example,Parks,Clerk,," for number in range(80, 86)]
    bring(hr, roster(30, *broken))
    looked_at(hr, "import-columns")
    confirm(hr)
    looked_at(hr, "import-questions")
    see_changes(hr)
    looked_at(hr, "import-changes")
    hr.click("text=Apply these changes in my name")
    hr.wait_for_selector("text=Report of the import")
    looked_at(hr, "import-report")
    hr.goto(reverse("imports:list"))
    looked_at(hr, "imports")
    assert Person.objects.filter(staff_number__isnull=False).count() == 30


def test_questions_are_answered_and_the_brake_wants_its_number(hr: Page) -> None:
    bring(hr, roster(30))
    confirm(hr)
    see_changes(hr)
    hr.click("text=Apply these changes in my name")
    hr.wait_for_selector("text=Report of the import")
    twice = "00001,Somebody Else,e@city.example,Roads,Clerk,,"
    bring(hr, roster(20, twice, start_date="03/04/2024"))
    confirm(hr)
    looked_at(hr, "import-questions-open")
    for choice in hr.locator("main select").all():
        if choice.locator("option[value=day_first]").count():
            choice.select_option("day_first")
    hr.click("text=Keep these answers and stay here")
    hr.wait_for_selector("text=Answered already")
    looked_at(hr, "import-questions-answered")
    see_changes(hr)
    looked_at(hr, "import-brake")
    hr.fill("input[name=typed]", "3")
    hr.click("text=Apply these changes in my name")
    hr.wait_for_selector(".govuk-error-summary")
    looked_at(hr, "import-brake-refused")


def test_a_list_of_accounts_shows_its_columns_and_changes(communications: Page) -> None:
    communications.goto(reverse("imports:file", args=["accounts"]))
    looked_at(communications, "import-accounts-file")
    text = "Network,Handle,Department,Steward,Password\nFacebook,harrowparks,Parks,Nobody Known,x\nX,@harrowfalls,,,\n"
    file: FilePayload = {"name": "accounts.csv", "mimeType": "text/csv", "buffer": text.encode()}
    communications.set_input_files("input[type=file]", file)
    communications.click("text=Read this file")
    communications.wait_for_url("**/columns/")
    looked_at(communications, "import-accounts-columns")
    confirm(communications)
    looked_at(communications, "import-accounts-questions")
    see_changes(communications)
    looked_at(communications, "import-accounts-changes")


def test_a_file_that_is_no_table_is_refused_beside_its_field(hr: Page) -> None:
    hr.goto(NEW)
    hr.set_input_files(
        "input[type=file]", {"name": "staff.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    hr.click("text=Read this file")
    hr.wait_for_selector(".govuk-error-summary")
    looked_at(hr, "import-refused")


def test_progress_and_a_stopped_import_are_shown(hr: Page) -> None:
    bring(hr, roster(3))
    confirm(hr)
    run = ImportRun.objects.get()
    now = timezone.now()
    ImportRun.objects.update(
        state=RunState.APPLYING, done=840, total=2000, started_at=now, beat_at=now, act_id="ab" * 16
    )
    hr.goto(reverse("imports:run", args=[run.pk]))
    looked_at(hr, "import-progress")
    hr.evaluate("window.stays = true")
    ImportRun.objects.update(done=1200)
    hr.wait_for_selector("text=1,200 of 2,000", timeout=8_000)
    assert hr.evaluate("window.stays") is True
    ImportRun.objects.update(
        state=RunState.STOPPED, report={"stopped": "It broke off. What was done stays done."}
    )
    hr.wait_for_selector("text=The import stopped", timeout=8_000)
    looked_at(hr, "import-stopped")
