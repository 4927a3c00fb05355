"""The pages of the look alone: the showcase, with the frame of an invented city around it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from tests import chromium
from tests.ui.visitors import SIGNED_IN
from undersigned.ui import navigation

FACES = ("1280-light", "1280-dark", "360-light", "360-dark")

LOOK: dict[str, Any] = {
    "ROOT_URLCONF": "tests.ui.urls",
    "MIDDLEWARE": [
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "tests.ui.visitors.who",
        "django.contrib.messages.middleware.MessageMiddleware",
        "csp.middleware.CSPMiddleware",
        "undersigned.requests.refusals_answered",
    ],
    "MESSAGE_STORAGE": "django.contrib.messages.storage.cookie.CookieStorage",
    "CSRF_FAILURE_VIEW": "undersigned.ui.errors.csrf_failure",
    "UI_CITY": "tests.ui.places.harrow_falls",
    "UI_LATEST_CHECKPOINT": "tests.ui.places.checkpoint",
    "UI_BANDS": ["tests.ui.places.practice"],
    "UI_PLACES": {
        "home": "desk",
        "public_home": "ui:showcase_public",
        "search": "search",
        "me": "me",
        "sign_in": "sign_in",
        "sign_out": "sign_out",
    },
}


@pytest.fixture
def look(settings: Settings) -> Settings:
    for name, value in LOOK.items():
        setattr(settings, name, value)
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


@pytest.fixture(scope="session")
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LiveServer]:
    """Serves these pages for the whole run; no page writes, so nothing need be emptied between the tests."""
    with override_settings(**LOOK), django_db_blocker.unblock():
        serving = LiveServer("localhost")
    yield serving
    serving.stop()


@pytest.fixture
def address(
    server: LiveServer, look: Settings, rooms: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    with django_db_blocker.unblock():
        yield server.url


@pytest.fixture(params=FACES)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A signed-in page at each width and in each colour scheme, or as the test says."""
    width, scheme = request.param.split("-")
    viewport: ViewportSize = {"width": int(width), "height": 900}
    with visit(browser, address, viewport=viewport, color_scheme=scheme) as page:
        yield page


@contextmanager
def visit(browser: Browser, address: str, **how: Any) -> Iterator[Page]:
    """A page of a browser of its own, signed in."""
    context = browser.new_context(base_url=address, **how)
    context.add_cookies([{"name": SIGNED_IN, "value": "yes", "url": address}])
    yield context.new_page()
    context.close()
