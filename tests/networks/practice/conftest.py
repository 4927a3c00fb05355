"""A practice network that is switched on, with one wall that the city's software may be allowed to act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from django.conf import LazySettings
from django.test import Client as Browser
from tests.cast import Cast

from undersigned.networks.practice import failing, wall
from undersigned.networks.practice.client import make
from undersigned.networks.practice.failing import Failing
from undersigned.networks.practice.models import Permission, Wall, WallPicture
from undersigned.networks.protocol import Application, Client
from undersigned.people.states import Office

BASE = "http://localhost"


@dataclass
class OnWall:
    """The stage of the contract: somebody in a browser, and the wall."""

    browser: Browser
    wall: Wall
    client: Client = field(default_factory=make)
    application: Application = field(default_factory=lambda: Application("undersigned"))
    redirect: str = f"{BASE}/accounts/connect/practice/"
    challenge: bool = True
    signs_in: Mapping[str, str] = field(default_factory=dict)
    server: str = ""

    @property
    def account(self) -> str:
        return str(self.wall.pk)

    def says_yes(self, address: str) -> str:
        path = address.removeprefix(BASE)
        assert self.browser.get(path).status_code == 200
        return str(self.browser.post(path, {"wall": self.wall.handle})["location"])

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        chosen = {
            ("drop_before", 0): Failing.CUT_BEFORE,
            ("drop_after", 0): Failing.ANSWER_LOST,
            ("status", 429): Failing.BUSY,
        }.get((kind, status), Failing.ERROR_AFTER if kind == "status_after" else Failing.ERROR_BEFORE)
        self.fails(chosen)

    def fails(self, chosen: Failing) -> None:
        """Choose on the wall's page what fails next."""
        self.browser.post(f"/practice/{self.wall.handle}/fails-next/", {"failing": chosen})

    def native_post(self, text: str) -> str:
        self.browser.post(f"/practice/{self.wall.handle}/", {"text": text})
        return str(wall.posts_of(self.wall)[0].pk)

    def revoke(self) -> None:
        for kept in Permission.objects.filter(wall=self.wall):
            Permission.objects.filter(pk=kept.pk).update(withdrawn_at=kept.code_until)

    def alternative_text(self, post: str) -> str:
        return WallPicture.objects.filter(post=post)[0].alt

    def violations(self) -> list[object]:
        return []


@pytest.fixture
def stage(cast: Cast, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> OnWall:
    settings.PRACTICE, settings.BASE_ADDRESS = True, BASE
    monkeypatch.setattr(failing, "SLOW_SECONDS", 0.3)
    return OnWall(cast.browser(Office.MEMBER), wall.opened("harrowfalls", "Harrow Falls"))
