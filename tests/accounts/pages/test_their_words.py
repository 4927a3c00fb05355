"""What all pages of the room keep to: a title that is the heading, no style or script in the page, ids once."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse
from tests.accounts.pages.reading import heading_of, title_of
from tests.accounts.stages import Stages, address
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts
from undersigned.accounts.views.steps import STEPS
from undersigned.people import acts as people
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def everybody(cast: Cast, stages: Stages) -> Client:
    """Somebody who holds every office that these pages ask for, so that all of them open."""
    person = cast.person("Hanna Corbel", office=Office.HEAD_OF_COMMUNICATIONS)
    for office in (Office.IT_SECURITY, Office.RECORDS_OFFICER, Office.UNIT_HEAD):
        people.begin_appointment(by=SYSTEM, person=person, unit=cast.unit(), office=office)
    return cast.browser(Office.HEAD_OF_COMMUNICATIONS)


def pages(client: Client, stages: Stages) -> dict[str, str]:
    account = stages.kept()
    case = acts.report_lookalike(by=SYSTEM, address=address("harrowfa11s"))
    names = ("list", "request", "audit", "lookalikes", "report_lookalike")
    found = [reverse(f"accounts:{name}") for name in names]
    found += [reverse("accounts:account", args=[account.pk]), reverse("accounts:lookalike", args=[case.pk])]
    found += [reverse(f"accounts:{step.name}", args=[account.pk]) for step in STEPS]
    found += [reverse(f"accounts:{name}", args=[account.pk, "P03"]) for name in ("attest", "bring", "except")]
    answers = {url: client.get(url) for url in found}
    return {url: answer for url, answer in answers.items() if answer.status_code == 200}


def test_every_page_keeps_to_the_house(everybody: Client, stages: Stages) -> None:
    opened = pages(everybody, stages)
    assert len(opened) > 15
    for url, page in opened.items():
        text = page.content.decode()
        assert heading_of(page) == title_of(page), url
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", text), url
        ids = Counter(re.findall(r'\sid="([^"]+)"', text))
        assert [one for one, times in ids.items() if times > 1] == [], url


def test_every_form_that_acts_carries_its_number(everybody: Client, stages: Stages) -> None:
    for url, page in pages(everybody, stages).items():
        main = page.content.decode().partition("<main")[2]
        for form in re.findall(r'<form method="post".*?</form>', main, re.DOTALL):
            assert re.search(r'name="act_id" value="[0-9a-f]{32}"', form), url


def test_accounts_stand_in_the_row_of_rooms_for_people_of_the_city(everybody: Client, cast: Cast) -> None:
    row = everybody.get("/accounts/").content.decode()
    assert re.search(r'<a href="/accounts/"[^>]*aria-current', row)
