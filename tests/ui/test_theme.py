from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings

from undersigned.ui import checks, theme
from undersigned.ui.theme import UnreadableColour, city_colour


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_contrast_does_not_depend_on_which_is_the_ground() -> None:
    assert theme.contrast("#17495a", "#ffffff") == theme.contrast("#ffffff", "#17495a")


def test_a_known_pair_has_the_contrast_that_the_standard_gives_it() -> None:
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("colour", ["#17495a", "#7a1f3d", "#000000", "#1F4E79", "#5c4400"])
def test_a_colour_that_is_accepted_can_be_read_on_every_ground(colour: str) -> None:
    made = city_colour(colour)
    assert theme.least_contrast(made.city, theme.LIGHT_GROUNDS) >= 4.5
    assert theme.least_contrast(made.dark, theme.DARK_GROUNDS) >= 4.5
    assert theme.contrast("#ffffff", made.city) >= 4.5
    assert theme.contrast(theme.DARK_INK, made.dark) >= 4.5
    assert theme.contrast(made.strong, theme.LIGHT_GROUNDS[0]) > theme.contrast(
        made.city, theme.LIGHT_GROUNDS[0]
    ) or (colour == "#000000")


@pytest.mark.parametrize("colour", ["#ffcc00", "#88aadd", "#ffffff", "#ff0000"])
def test_a_colour_below_the_contrast_is_refused_with_a_shade_that_can_be_used(colour: str) -> None:
    with pytest.raises(UnreadableColour) as refused:
        city_colour(colour)
    said = str(refused.value)
    assert said.startswith(f"The city colour {colour} has a contrast of ")
    nearest = re.findall(r"#[0-9a-f]{6}", said)[-1]
    assert city_colour(nearest).city == nearest


@pytest.mark.parametrize("written", ["", "blue", "#12345", "#1234567", "17495a", "#17495g", "#17495a;}"])
def test_what_is_not_written_as_a_colour_is_refused_and_says_how_to_write_it(written: str) -> None:
    with pytest.raises(UnreadableColour, match="write it as # and six digits"):
        city_colour(written)


def test_the_style_sheet_of_the_city_sets_both_schemes(anybody: Client) -> None:
    response = anybody.get("/theme.css")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "--u-city:#17495a;" in response.text
    assert "prefers-color-scheme:dark" in response.text


def test_the_style_sheet_is_not_sent_again_to_who_has_it(anybody: Client) -> None:
    first = anybody.get("/theme.css")
    assert anybody.get("/theme.css", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_another_colour_is_another_address_so_that_no_old_sheet_is_kept(
    anybody: Client, look: Settings
) -> None:
    def address() -> str:
        return re.search(r'href="(/theme\.css\?v=[0-9a-f]+)"', anybody.get("/showcase/public/").text)[1]

    before = address()
    look.UI_CITY = "tests.ui.places.another_city"
    assert address() != before


def test_a_colour_that_cannot_be_read_is_told_at_the_start_with_the_name_of_its_setting(
    settings: Settings,
) -> None:
    assert checks.the_city_colour_can_be_read(None) == []
    settings.CITY_COLOUR = "#ffcc00"
    [error] = checks.the_city_colour_can_be_read(None)
    assert "contrast" in error.msg
    assert error.hint == "Set UNDERSIGNED_CITY_COLOUR to another colour."
