"""The register's pages in a real browser: empty and full, at a desk and on a phone, and worked by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.accounts.stages import Stages, address
from tests.browser.looking import WIDTHS, chromium_running, looked_at, page_of
from tests.cast import SYSTEM, Cast
from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Preset
from undersigned.accounts.states import AccountState
from undersigned.networks.names import Network
from undersigned.people.states import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "the-office-of-the-commissioner-for-parks-recreation-libraries-and-celebrations"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium_running() as running:
        yield running


@pytest.fixture
def stages(cast: Cast) -> Stages:
    return Stages(cast)


@pytest.fixture(params=WIDTHS)
def head(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, cast: Cast
) -> Iterator[Page]:
    client = cast.browser(Office.HEAD_OF_COMMUNICATIONS)
    with page_of(browser, client, live_server.url, request.param) as page:
        yield page


def filled(stages: Stages) -> Account:
    """A register with something in every part of its pages; answers with an account that has all of it."""
    account = stages.kept("harrowfalls", owner_text="parks??", purpose="News of the parks")
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    stages.taken_in("harrow_falls")
    stages.taken_in(address=address(LONG, Network.LINKEDIN), unit=None)
    stages.kept(address=address("harrowfest", Network.FACEBOOK), state=AccountState.DORMANT)
    stages.requested("harrownew")
    acts.report_lookalike(
        by=SYSTEM, address=address("harrowfa11s"), resembles=account, why="Digits in place of letters"
    )
    acts.note_gone(by=SYSTEM, account=account, gone_from="accounts-2026.xlsx")
    acts.transfer.ask(
        by=stages.head_of_communications,
        account=account,
        unit=stages.cast.unit("Libraries", parent="Harrow Falls"),
        steward=stages.employee("Abel Scribe"),
        deputy=stages.employee("Dennis Alder"),
        reason="It is about books",
    )
    return account


def test_every_list_and_report_with_nothing_in_it(head: Page) -> None:
    for name in ("list", "audit", "lookalikes"):
        head.goto(reverse(f"accounts:{name}"))
        looked_at(head, f"accounts-{name}-empty")


def test_every_list_and_report_with_something_in_it(head: Page, stages: Stages) -> None:
    filled(stages)
    for name in ("list", "audit", "lookalikes", "request", "report_lookalike"):
        head.goto(reverse(f"accounts:{name}"))
        looked_at(head, f"accounts-{name}")


def test_the_page_of_an_account(head: Page, stages: Stages) -> None:
    account = filled(stages)
    head.goto(reverse("accounts:account", args=[account.pk]))
    looked_at(head, "account")
    head.goto(reverse("accounts:account", args=[stages.setting_up("harrowrink").pk]))
    looked_at(head, "account-being-set-up")


@pytest.mark.parametrize("name", ["retire", "change", "give_grant", "confirm", "review"])
def test_the_page_of_an_act_as_it_opens_and_with_its_mistakes(head: Page, stages: Stages, name: str) -> None:
    """Whoever asks heads communications; the rest of what the page shows comes from the act itself."""
    account = filled(stages)
    head.goto(reverse(f"accounts:{name}", args=[account.pk]))
    looked_at(head, f"act-{name}")
    if name not in ("confirm", "change"):
        head.click("main form button[type=submit]")
        head.wait_for_selector(".govuk-error-summary")
        assert head.evaluate("document.activeElement.className") == "govuk-error-summary"
        looked_at(head, f"act-{name}-mistakes")


def test_the_pages_of_a_check_and_of_a_refusal(head: Page, stages: Stages) -> None:
    account = filled(stages)
    for name in ("attest", "bring", "except"):
        head.goto(reverse(f"accounts:{name}", args=[account.pk, "P03"]))
        looked_at(head, f"check-{name}")


def test_a_case_is_decided_by_keyboard_alone(head: Page, stages: Stages) -> None:
    filled(stages)
    case = acts.report_lookalike(by=SYSTEM, address=address("harrowfails"))
    head.goto(reverse("accounts:lookalike", args=[case.pk]))
    looked_at(head, "lookalike")
    head.focus("input[name=decision]")
    head.keyboard.press("Space")
    head.keyboard.press("Tab")
    head.keyboard.type("A fan of ours")
    head.keyboard.press("Tab")
    head.keyboard.press("Enter")
    head.wait_for_selector("text=It is decided in your name.")
    looked_at(head, "lookalike-decided")


def test_the_audit_prints_as_a_document_with_nothing_folded_away(head: Page, stages: Stages) -> None:
    filled(stages)
    head.goto(reverse("accounts:audit"))
    head.emulate_media(media="print")
    assert head.is_visible(".u-print-head")
    assert not head.is_visible(".u-head__actions")
    assert head.is_visible("text=The same numbers as a table") or head.is_visible("table >> nth=0")
