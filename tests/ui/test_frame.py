from __future__ import annotations

import pytest
from django.test import Client
from lxml import html
from pytest_django import Settings


def _text(response_text: str, path: str) -> list[str]:
    return [" ".join(str(node.text_content()).split()) for node in html.fromstring(response_text).xpath(path)]


def test_the_row_of_rooms_is_in_order_and_shows_where_one_is(mara: Client) -> None:
    text = mara.get("/showcase/").text
    assert _text(text, "//nav[@class='u-rooms']//a") == ["Desk", "Accounts", "Record"]
    assert _text(text, "//nav[@class='u-rooms']//a[@aria-current='page']") == ["Accounts"]


def test_a_room_that_a_person_may_not_enter_is_not_in_the_row(mara: Client) -> None:
    assert "People" not in _text(mara.get("/showcase/").text, "//nav[@class='u-rooms']//a")


def test_who_is_not_signed_in_sees_the_rooms_for_everybody_and_a_way_to_sign_in(anybody: Client) -> None:
    text = anybody.get("/showcase/public/").text
    assert _text(text, "//nav[@class='u-rooms']//a") == ["Verify"]
    assert _text(text, "//div[@class='u-me']//a") == ["Sign in"]
    assert "Mara" not in text


def test_the_signed_in_person_sees_their_name_and_signs_out_by_post(mara: Client) -> None:
    page = html.fromstring(mara.get("/showcase/").text)
    assert page.xpath("//div[@class='u-me']/a/text()") == ["Mara Lindqvist"]
    assert page.xpath("//div[@class='u-me']/form/@method") == ["post"]


def test_the_footer_names_the_latest_checkpoint(mara: Client) -> None:
    [footer] = _text(mara.get("/showcase/").text, "//footer")
    assert footer == "Latest checkpoint of the record 4be19c02, 12 March 2026, 09:30"


def test_a_city_without_a_checkpoint_says_so(mara: Client, look: Settings) -> None:
    look.UI_LATEST_CHECKPOINT = "tests.ui.places.no_checkpoint"
    assert _text(mara.get("/showcase/").text, "//footer") == ["The record has no checkpoint yet."]


def test_practice_and_stop_stand_on_every_page(mara: Client, look: Settings) -> None:
    look.UI_BANDS = ["tests.ui.places.stopped", "tests.ui.places.practice"]
    assert len(_text(mara.get("/showcase/form/").text, "//*[contains(@class, 'u-band')]")) == 1
    first, second = _text(mara.get("/showcase/form/?stop=1").text, "//*[contains(@class, 'u-band ')]")
    assert first == "Everything is stopped. Why"
    assert second.startswith("This is the practice network")


def test_the_crest_of_a_city_stands_beside_the_mark(mara: Client, look: Settings) -> None:
    look.UI_CITY = "tests.ui.places.another_city"
    page = html.fromstring(mara.get("/showcase/").text)
    assert page.xpath("//img/@src") == ["/static/ui/mark.svg"]
    assert page.xpath("//span[@class='u-brand__city']/text()") == ["Another Falls"]


def test_a_printed_page_says_whose_it_is_when_by_whom_and_where(mara: Client) -> None:
    [head] = _text(mara.get("/showcase/form/").text, "//div[contains(@class, 'u-print-head')]")
    assert head.startswith("Harrow Falls · Undersigned Printed by Mara Lindqvist")
    assert head.endswith("http://testserver/showcase/form/")


@pytest.mark.parametrize("path", ["/showcase/", "/showcase/form/", "/showcase/confirm/", "/showcase/public/"])
def test_a_page_has_one_heading_a_language_and_a_way_past_the_frame(mara: Client, path: str) -> None:
    page = html.fromstring(mara.get(path).text)
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//html/@lang") == ["en"]
    assert page.xpath("//body/a[1]/@href") == ["#main"]
    assert len(page.xpath("//main[@id='main']")) == 1


@pytest.mark.parametrize(
    "path", ["/showcase/", "/showcase/form/", "/showcase/confirm/", "/showcase/progress/"]
)
def test_a_page_has_no_style_and_no_script_of_its_own_and_every_id_once(mara: Client, path: str) -> None:
    page = html.fromstring(mara.get(path).text)
    assert page.xpath("//@style | //style | //script[not(@src)] | //@onclick") == []
    ids = [str(one) for one in page.xpath("//@id")]
    assert sorted(ids) == sorted(set(ids))


def test_a_page_asks_only_this_server_for_anything(mara: Client) -> None:
    page = html.fromstring(mara.get("/showcase/").text)
    asked = page.xpath("//link/@href | //script/@src | //img/@src")
    assert all(str(address).startswith("/") for address in asked)


def test_right_to_left_is_said_at_the_root(mara: Client, look: Settings) -> None:
    look.LANGUAGE_CODE = "ar"
    from django.utils import translation

    with translation.override("ar"):
        assert html.fromstring(mara.get("/showcase/public/").text).xpath("//html/@dir") == ["rtl"]
