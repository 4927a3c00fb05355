from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory

from undersigned.ui import actid

GOOD = "0123456789abcdef" * 2


def _number(text: str) -> str:
    found = re.search(r'name="act_id" value="([0-9a-f]{32})"', text)
    assert found
    return found[1]


def test_every_drawing_of_a_form_carries_a_number_of_its_own(mara: Client) -> None:
    assert _number(mara.get("/showcase/form/").text) != _number(mara.get("/showcase/form/").text)


def test_a_form_drawn_again_after_errors_keeps_its_number(mara: Client) -> None:
    assert _number(mara.post("/showcase/form/", {"act_id": GOOD}).text) == GOOD


def test_a_form_drawn_again_does_not_repeat_what_is_no_number(mara: Client) -> None:
    assert _number(mara.post("/showcase/form/", {"act_id": '"><script>'}).text) != GOOD


def test_the_number_is_read_from_the_form() -> None:
    assert actid.read(RequestFactory().post("/", {"act_id": GOOD})) == GOOD


@pytest.mark.parametrize("sent", ["", "x", GOOD.upper(), GOOD + "0"])
def test_a_form_without_its_number_is_refused_and_says_that_nothing_changed(sent: str) -> None:
    with pytest.raises(actid.NoActId, match="Nothing was changed"):
        actid.read(RequestFactory().post("/", {"act_id": sent}))
