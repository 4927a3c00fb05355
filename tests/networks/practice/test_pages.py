"""The practice network's pages: for whoever is signed in, marked as practice, with the same cost however full."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from tests.networks.contract import attempt as begun
from tests.networks.contract import picture, publish
from tests.networks.practice.conftest import OnWall

from undersigned.networks.addresses import understand
from undersigned.networks.names import Network
from undersigned.networks.oauth import new_signing_in
from undersigned.networks.practice import wall
from undersigned.networks.practice.models import Permission, WallPost

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ("", "allow/", "harrowfalls/", "pictures/1/")


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_asked_to_sign_in(stage: OnWall, path: str) -> None:
    answer = Browser().get(f"/practice/{path}")
    assert answer.status_code == 302
    assert answer["location"].startswith("/sign-in/")


def test_a_wall_says_that_it_is_practice(stage: OnWall) -> None:
    for path in ("", "harrowfalls/"):
        assert "This is practice." in stage.browser.get(f"/practice/{path}").content.decode()
    assert "This is practice." not in stage.browser.get("/").content.decode()


def test_a_wall_is_opened_and_nobody_else_gets_its_handle(stage: OnWall) -> None:
    answer = stage.browser.post("/practice/", {"handle": "@TheEsplanade", "name": "The Esplanade"})
    assert answer["location"] == "/practice/theesplanade/"
    again = stage.browser.post("/practice/", {"handle": "theesplanade", "name": "Somebody else"})
    assert "There is a wall of this handle already." in again.content.decode()
    for handle in ("allow", "a b", "é"):
        assert stage.browser.post("/practice/", {"handle": handle, "name": "x"}).status_code == 200
    assert wall.walls().count() == 2


def test_what_was_sent_and_what_was_written_there_are_told_apart(stage: OnWall) -> None:
    one = begun(stage, "Sent <b>through</b> the system", picture())
    made = publish(stage, one)
    stage.native_post("Typed on a phone")
    page = stage.browser.get("/practice/harrowfalls/").content.decode()
    assert "Sent &lt;b&gt;through&lt;/b&gt; the system" in page
    assert 'alt="A plain grey square"' in page
    assert page.index("written on the wall itself") < page.index("sent by the application undersigned")
    shown = wall.posts_of(stage.wall).get(pk=made.id).pictures.get()
    answer = stage.browser.get(f"/practice/pictures/{shown.pk}/")
    assert (answer["content-type"], answer.content[:4]) == ("image/png", b"\x89PNG")


def test_a_post_is_changed_and_deleted_on_the_wall_itself(stage: OnWall) -> None:
    one = begun(stage, "The rink opens at nine.")
    made = publish(stage, one)
    stage.browser.post(f"/practice/harrowfalls/posts/{made.id}/change/", {"text": "The rink is closed."})
    seen = stage.client.post(one.access, made.id)
    assert seen is not None
    assert (seen.text, seen.edited_at is not None) == ("The rink is closed.", True)
    assert stage.browser.get(f"/practice/harrowfalls/posts/{made.id}/delete/").status_code == 405
    stage.browser.post(f"/practice/harrowfalls/posts/{made.id}/delete/")
    assert stage.client.post(one.access, made.id) is None


def address_of(stage: OnWall) -> str:
    signing = new_signing_in(stage.redirect, challenge=True)
    return stage.client.address_to_sign_in(stage.application, signing).removeprefix("http://localhost")


def test_who_says_no_is_led_back_with_that(stage: OnWall) -> None:
    answer = stage.browser.post(address_of(stage), {"no": "no"})
    assert parse_qs(urlsplit(answer["location"]).query)["error"] == ["access_denied"]
    assert not Permission.objects.exists()


@pytest.mark.parametrize(
    ("kept", "put"),
    [
        ("localhost%2Faccounts", "elsewhere.example%2Faccounts"),
        ("undersigned", "somebody"),
        ("S256", "plain"),
    ],
)
def test_nobody_else_asks_and_nobody_is_led_elsewhere(stage: OnWall, kept: str, put: str) -> None:
    assert kept in address_of(stage)
    assert stage.browser.get(address_of(stage).replace(kept, put, 1)).status_code == 404


def test_looking_at_the_question_allows_nothing(stage: OnWall) -> None:
    stage.browser.get(address_of(stage))
    stage.browser.post(address_of(stage), {"wall": "no-such-wall"})
    assert not Permission.objects.exists()


def test_fifty_posts_cost_no_more_than_one(stage: OnWall) -> None:
    def costs() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert stage.browser.get("/practice/harrowfalls/").status_code == 200
        return len(asked)

    wall.commented(wall.written(stage.wall, "One"), "skater", "Nice")
    costs()
    one = costs()
    for number in range(49):
        wall.commented(wall.written(stage.wall, f"Post {number}"), "skater", "Nice")
    assert costs() <= one


def test_older_posts_are_one_step_away(stage: OnWall) -> None:
    for number in range(21):
        wall.written(stage.wall, f"Post number {number}.")
    page = stage.browser.get("/practice/harrowfalls/").content.decode()
    assert "Post number 0." not in page
    oldest = WallPost.objects.order_by("pk")[1]
    assert (
        "Post number 0." in stage.browser.get(f"/practice/harrowfalls/?before={oldest.pk}").content.decode()
    )
    assert stage.browser.get("/practice/harrowfalls/?before=x").status_code == 200


def test_a_handle_and_an_address_lead_to_the_same_wall(stage: OnWall) -> None:
    found = understand("@HarrowFalls", network=Network.PRACTICE)
    assert found == understand("https://practice.invalid/harrowfalls")
    assert found.key == "harrowfalls"
