"""The pages of the look alone: the showcase, with the frame of an invented city around it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests import chromium
from tests.ui.visitors import SIGNED_IN
from undersigned.ui import navigation

WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")


@pytest.fixture
def look(settings: Settings) -> Settings:
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.MIDDLEWARE = [
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "tests.ui.visitors.who",
        "django.contrib.messages.middleware.MessageMiddleware",
        "csp.middleware.CSPMiddleware",
        "undersigned.requests.refusals_answered",
    ]
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    settings.CSRF_FAILURE_VIEW = "undersigned.ui.errors.csrf_failure"
    settings.UI_CITY = "tests.ui.places.harrow_falls"
    settings.UI_LATEST_CHECKPOINT = "tests.ui.places.checkpoint"
    settings.UI_BANDS = ["tests.ui.places.practice"]
    settings.UI_PLACES = {
        "home": "desk",
        "public_home": "ui:showcase_public",
        "search": "search",
        "me": "me",
        "sign_in": "sign_in",
        "sign_out": "sign_out",
    }
    return settings


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of rooms as these tests fill it; what the product's rooms registered comes back afterwards."""
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.register(navigation.Entry(room="record", label="Record", route="search", order=70))
    navigation.register(navigation.Entry(room="ui", label="Accounts", route="ui:showcase", order=20))
    navigation.register(navigation.Entry(room="desk", label="Desk", route="desk", order=10))
    navigation.register(
        navigation.Entry(room="people", label="People", route="me", order=50, may=lambda request: False)
    )
    navigation.register(
        navigation.Entry(
            room="ui",
            label="Verify",
            route="ui:showcase_public",
            order=10,
            may=navigation.everyone,
            public=True,
        )
    )


@pytest.fixture
def mara(look: Settings, rooms: None) -> Client:
    """A client that is signed in."""
    client = Client()
    client.cookies[SIGNED_IN] = "yes"
    return client


@pytest.fixture
def anybody(look: Settings, rooms: None) -> Client:
    return Client()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread, in which Django would otherwise refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    found = chromium.find()
    assert found, "There is no Chromium here, so the pages cannot be tried. Install one."
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(chromium.FLAGS))
        yield running
        running.close()


@pytest.fixture(
    params=[(width, scheme) for width in WIDTHS for scheme in SCHEMES], ids=lambda one: f"{one[0]}-{one[1]}"
)
def page(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, look: Settings, rooms: None
) -> Iterator[Page]:
    """A signed-in page at each width and in each colour scheme."""
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=live_server.url
    )
    context.add_cookies([{"name": SIGNED_IN, "value": "yes", "url": live_server.url}])
    page = context.new_page()
    page.complaints = []  # type: ignore[attr-defined]
    yield page
    context.close()
