"""Signing in by a passkey and by a code in a real browser, the authenticator being one that the browser plays itself.

Commands of the virtual authenticator: https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.looking import chromium_running, looked_at
from tests.cast import SYSTEM, Cast
from undersigned.people import acts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "four quiet words here"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium_running() as running:
        yield running


@pytest.fixture
def newcomer(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Page]:
    """Somebody invited, who has just chosen a password and stands before the second factor."""
    code = secrets.token_urlsafe(32)
    person = cast.person("Nell Fairweather")
    acts.send_invitation(by=SYSTEM, person=person, email="nell@city.example", code=code)
    context = browser.new_context(base_url=live_server.url, locale="en")
    page = context.new_page()
    page.goto(reverse("people:accept_invitation", args=[code]))
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"**{reverse('people:second_factor')}")
    yield page
    context.close()


def with_authenticator(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def add_passkey(page: Page) -> None:
    page.goto(reverse("mfa_add_webauthn"))
    looked_at(page, "passkey-add")
    page.get_by_label("What you call it").fill("Test key")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: reverse("mfa_add_webauthn") not in url)


def sign_out(page: Page) -> None:
    page.goto(reverse("account_logout"))
    page.click("main button[type=submit]")
    page.goto(reverse("account_login"))


def by_passkey(page: Page) -> None:
    page.get_by_role("button", name="Sign in with a passkey").click()


def test_a_passkey_is_added_signs_in_and_once_removed_does_so_no_more(newcomer: Page) -> None:
    with_authenticator(newcomer)
    add_passkey(newcomer)
    kept = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)

    sign_out(newcomer)
    by_passkey(newcomer)
    newcomer.wait_for_url(lambda url: reverse("account_login") not in url)
    newcomer.goto(reverse("people:me"))
    expect(newcomer.locator("main")).to_contain_text("nell@city.example")

    newcomer.goto(reverse("mfa_list_webauthn"))
    looked_at(newcomer, "passkeys")
    newcomer.goto(reverse("mfa_remove_webauthn", args=[kept.pk]))
    looked_at(newcomer, "still-you")
    newcomer.fill("input[name=password]", PASSWORD)
    newcomer.click("main button[type=submit]")
    newcomer.wait_for_url(f"**{reverse('mfa_remove_webauthn', args=[kept.pk])}")
    looked_at(newcomer, "passkey-remove")
    newcomer.click("main button[type=submit]")
    newcomer.wait_for_url(lambda url: "/remove/" not in url)
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()

    sign_out(newcomer)
    with newcomer.expect_navigation():
        by_passkey(newcomer)
    expect(newcomer.get_by_text("This passkey does not sign you in")).to_be_visible()
    looked_at(newcomer, "sign-in-passkey-refused")
    newcomer.goto(reverse("people:me"))
    assert reverse("account_login") in newcomer.url


def test_from_an_invitation_a_code_of_an_authenticator_app_leads_to_the_first_page(newcomer: Page) -> None:
    looked_at(newcomer, "second-factor")
    newcomer.goto(reverse("mfa_activate_totp"))
    looked_at(newcomer, "authenticator-app")
    seed = re.search(r"\b[A-Z2-7]{32}\b", newcomer.inner_text("main"))
    assert seed
    newcomer.fill("input[name=code]", code_of(seed[0]))
    newcomer.click("main button[type=submit]")
    newcomer.wait_for_url(lambda url: reverse("mfa_activate_totp") not in url)
    newcomer.goto("/")
    expect(newcomer.get_by_role("heading", level=1)).to_be_visible()
    looked_at(newcomer, "first-page")
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def code_of(seed: str) -> str:
    return str(
        auth.format_hotp_value(auth.hotp_value(seed, next(iter(auth.yield_hotp_counters_from_time()))))
    )
