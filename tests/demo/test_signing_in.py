"""Signing in to the demonstration, walking through it as each person, and being refused anywhere else."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core import checks
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import resolve, reverse

from undersigned.demo import marker, signins

pytestmark = pytest.mark.usefixtures("harrow_falls")

A_FEW = 2
"""Pages of one kind that each person opens."""
LINK = re.compile(r'href="(/[^"#]*)')
NOT_WALKED = ("/static/", "/sign-in/logout", "/sign-in/")


def sign_in(email: str) -> Client:
    """As a browser does it: password, then the six digits of now."""
    cache.clear()
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": signins.PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": signins.code_now(email)})
    return client


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", [one.email for one in signins.everybody()])
def test_every_page_that_a_person_is_led_to_answers(email: str) -> None:
    client = sign_in(email)
    assert signed_in(client)
    assert walk(client, "/") >= 4


def test_every_page_that_a_stranger_is_led_to_answers() -> None:
    assert walk(Client(), reverse("public:home")) >= 2


def walk(client: Client, start: str) -> int:
    """Follow links from page to page, a few of each kind; answers how many pages were opened."""
    waiting, seen, opened = [start], {start}, Counter[str]()
    while waiting:
        address = waiting.pop(0)
        kind = resolve(urlsplit(address).path).route
        if opened[kind] >= A_FEW:
            continue
        opened[kind] += 1
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        if not answer.streaming and answer["Content-Type"].startswith("text/html"):
            found = [link.replace("&amp;", "&") for link in LINK.findall(answer.content.decode())]
            fresh = [link for link in found if link not in seen and not link.startswith(NOT_WALKED)]
            seen.update(fresh)
            waiting += fresh
    return sum(opened.values())


def test_without_its_mark_nobody_of_it_can_sign_in(harrow_falls: Path) -> None:
    email = signins.everybody()[0].email
    marker.path().rename(harrow_falls / "set aside")
    try:
        client = Client()
        cache.clear()
        client.post(reverse("account_login"), {"login": email, "password": signins.PASSWORD})
        answer = client.post(reverse("mfa_authenticate"), {"code": signins.code_now(email)})
    finally:
        (harrow_falls / "set aside").rename(marker.path())
    assert answer.status_code == 403
    assert "belongs to the demonstration" in answer.content.decode()
    assert not signed_in(client)


def test_on_a_public_address_the_web_process_does_not_start_over_it() -> None:
    with override_settings(DOMAIN="accounts.example.org"):
        found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert "demo.E001" in [one.id for one in found]


def test_in_its_own_folder_nothing_stops_it() -> None:
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert "demo.E001" not in [one.id for one in found]
