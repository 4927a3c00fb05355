"""The well-known addresses of the public side."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from undersigned import environment

pytestmark = pytest.mark.django_db


def test_a_weakness_is_reported_to_whom_the_installation_names(settings: Settings) -> None:
    settings.SECURITY_CONTACT = "mailto:security@harrowfalls.example"
    response = Client().get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    said = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert said["Contact"] == "mailto:security@harrowfalls.example"
    assert said["Canonical"].endswith("/.well-known/security.txt")
    left = datetime.fromisoformat(said["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)


def test_an_installation_that_names_nobody_has_no_such_file(settings: Settings) -> None:
    settings.SECURITY_CONTACT = ""
    assert Client().get("/.well-known/security.txt").status_code == 404


def test_a_contact_that_is_no_address_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSIGNED_SECURITY_CONTACT", "security@harrowfalls.example")
    with pytest.raises(ImproperlyConfigured, match="UNDERSIGNED_SECURITY_CONTACT is wrong"):
        environment.contact("UNDERSIGNED_SECURITY_CONTACT")


def test_password_managers_are_led_through_sign_in_to_the_change_of_password() -> None:
    response = Client().get("/.well-known/change-password", follow=True)
    [_first, (last, _status)] = response.redirect_chain
    assert last.startswith("/sign-in/")
    assert "next=/sign-in/password/change/" in last


def test_what_should_not_exist_does_not() -> None:
    """Password managers ask, before they believe an installation that finds everything."""
    name = "resource-that-should-not-exist-whose-status-code-should-not-be-200"
    assert Client().get(f"/.well-known/{name}").status_code == 404
