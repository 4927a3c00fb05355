"""Writing a post: what is kept as one types, what is counted, pictures with their words, and a picture's readers."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.pages.reading import text_of
from tests.cast import Cast, filled, signed_in
from tests.publishing.desk import Desk
from tests.publishing.pages.reading import field
from tests.publishing.pictures import jpeg
from undersigned.people.states import Office
from undersigned.publishing.models import Medium, Post, Scribble
from undersigned.publishing.states import PostState

pytestmark = pytest.mark.django_db(transaction=True)
WRITE = "/posts/write/"
COUNTED = "/posts/write/counted/"


@pytest.fixture
def author(desk: Desk) -> Client:
    assert desk.account
    return signed_in(desk.stages.employee("Abel Scribe"))


def typed(desk: Desk, text: str = "The rink opens at nine.", **more: Any) -> dict[str, Any]:
    return filled(text=text, language="en", accounts=[desk.account.pk], **more)


def bring(client: Client, desk: Desk, octets: bytes, address: str = WRITE, **more: Any) -> HttpResponse:
    file = SimpleUploadedFile("rink.jpg", octets, "image/jpeg")
    return client.post(address, typed(desk, do="bring", file=file, **more))


def test_the_draft_is_saved_with_all_that_was_filled_in(desk: Desk, author: Client) -> None:
    own = f"words-{desk.account.pk.partition(':')[2]}"
    sent = typed(
        desk, purpose="Opening hours", not_before="2027-01-05T09:30", do="save", **{own: "Rink: nine."}
    )
    author.post(WRITE, sent)
    post = Post.objects.get()
    assert (post.state, post.purpose) == (PostState.DRAFT, "Opening hours")
    assert post.version.says.on(desk.account.pk).text == "Rink: nine."
    assert post.not_before is not None
    assert timezone.localtime(post.not_before).strftime("%H:%M") == "09:30"


def test_sent_twice_it_is_one_draft(desk: Desk, author: Client) -> None:
    sent = typed(desk, do="save")
    author.post(WRITE, sent)
    author.post(WRITE, sent)
    assert Post.objects.count() == 1


def test_check_works_without_script_and_saves_nothing(desk: Desk, author: Client) -> None:
    said = text_of(author.post(WRITE, typed(desk, "x" * 281, do="check")))
    assert "1 characters too long" in said
    assert "Has to be mended" in said
    assert not Post.objects.exists()


def test_it_counts_as_one_types_and_keeps_what_was_typed(desk: Desk, author: Client) -> None:
    part = author.post(COUNTED, typed(desk, "Half a sent")).content.decode()
    assert "269 characters left" in part
    assert "<html" not in part
    again = author.get(WRITE)
    assert "Half a sent" in again.content.decode()
    assert "kept as you typed" in text_of(again)


def test_what_was_typed_is_forgotten_when_it_is_saved_or_begun_afresh(desk: Desk, author: Client) -> None:
    author.post(COUNTED, typed(desk))
    author.post(WRITE, typed(desk, do="forget"))
    assert not Scribble.objects.exists()
    author.post(COUNTED, typed(desk))
    author.post(WRITE, typed(desk, do="save"))
    assert not Scribble.objects.exists()


def test_it_says_in_a_sentence_who_must_countersign_and_when_it_goes(desk: Desk, author: Client) -> None:
    said = text_of(author.post(WRITE, typed(desk, do="check")))
    assert "It must be countersigned: on" in said
    assert "an approver who is not the author" in said
    assert "Then it goes out as soon as somebody schedules it." in said


def test_a_place_in_a_picture_is_removed_and_that_is_said(desk: Desk, author: Client) -> None:
    said = text_of(bring(author, desk, jpeg(gps=True, camera="Brownie"), file_alt="The rink at dawn"))
    assert "Removed from the copy that is sent: where it was taken" in said
    assert "which camera took it" in said
    assert "The rink at dawn" in said


def test_a_file_that_lies_about_its_type_is_refused_and_the_text_stays(desk: Desk, author: Client) -> None:
    page = bring(author, desk, b"MZ this is no picture")
    assert "whatever its name says" in text_of(page)
    assert "The rink opens at nine." in page.content.decode()
    assert not Medium.objects.exists()


def test_a_picture_stays_with_its_words_when_the_post_is_saved(desk: Desk, author: Client) -> None:
    page = bring(author, desk, jpeg(), file_alt="The rink at dawn")
    reference = field(page, "picture")
    name = reference.partition(":")[2]
    author.post(WRITE, typed(desk, do="save", picture=reference, **{f"alt-{name}": "The rink at dawn"}))
    (picture,) = Post.objects.get().version.says.pictures
    assert (picture.medium, picture.alt) == (reference, "The rink at dawn")


def test_a_decorative_picture_needs_a_reason(desk: Desk, author: Client) -> None:
    reference = field(bring(author, desk, jpeg()), "picture")
    name = reference.partition(":")[2]
    sent = typed(desk, do="check", picture=reference, **{f"decorative-{name}": "on"})
    assert "Say why picture 1 is only decoration." in text_of(author.post(WRITE, sent))


def test_a_picture_can_be_taken_out_again(desk: Desk, author: Client) -> None:
    reference = field(bring(author, desk, jpeg()), "picture")
    name = reference.partition(":")[2]
    author.post(WRITE, typed(desk, do="save", picture=reference, **{f"drop-{name}": "on"}))
    assert Post.objects.get().version.says.pictures == ()


def test_a_picture_of_somebody_else_cannot_be_slipped_in(desk: Desk, author: Client) -> None:
    theirs = field(bring(signed_in(desk.stages.employee("Paula Sender")), desk, jpeg()), "picture")
    author.post(WRITE, typed(desk, do="save", picture=theirs))
    assert Post.objects.get().version.says.pictures == ()


def test_a_picture_is_served_to_readers_of_its_post_alone(desk: Desk, author: Client, cast: Cast) -> None:
    reference = field(bring(author, desk, jpeg()), "picture")
    author.post(WRITE, typed(desk, do="save", picture=reference))
    digest = Medium.objects.get().sha256
    through = reverse("publishing:picture", args=[Post.objects.get().pk, digest])
    brought = reverse("publishing:brought", args=[digest])
    stranger = cast.browser(Office.MEMBER)
    answer = cast.browser(Office.AUDITOR).get(through)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert author.get(brought).status_code == 200
    assert (stranger.get(through).status_code, stranger.get(brought).status_code) == (404, 404)
    assert (
        author.get(reverse("publishing:picture", args=[Post.objects.get().pk, "0" * 64])).status_code == 404
    )


def test_changing_says_whose_name_is_voided_and_makes_a_new_version(desk: Desk, author: Client) -> None:
    post = desk.approved()
    address = reverse("publishing:edit", args=[post.pk])
    page = author.get(address)
    assert "Saving a change voids the countersignature by Petra Nodd." in text_of(page)
    author.post(address, typed(desk, "The rink opens at ten.", do="save", seen=field(page, "seen")))
    post = Post.objects.get(pk=post.pk)
    assert (post.number, post.state, post.version.says.text) == (2, PostState.DRAFT, "The rink opens at ten.")


def test_two_people_at_once_do_not_overwrite_each_other(desk: Desk, author: Client) -> None:
    post = desk.draft()
    address = reverse("publishing:edit", args=[post.pk])
    author.post(address, typed(desk, "First.", do="save", seen="1"))
    page = author.post(address, typed(desk, "Second.", do="save", seen="1"))
    assert "Somebody changed this post while you were writing" in text_of(page)
    assert "Second." in page.content.decode()
    assert Post.objects.get(pk=post.pk).version.says.text == "First."


@pytest.mark.parametrize(
    "text", ["a\u200db", "\u202eabc", "e\u0301", "👩‍👩‍👧‍👦 🇨🇦", "<script>alert(1)</script>"]
)
def test_any_text_is_counted_and_shown_without_harm(desk: Desk, author: Client, text: str) -> None:
    page = author.post(WRITE, typed(desk, text, do="check"))
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_an_hour_that_the_clock_skips_is_refused_in_words(desk: Desk, author: Client) -> None:
    page = author.post(WRITE, typed(desk, not_before="2027-02-30T09:00", do="save"))
    assert "Give a day and a time that exist" in text_of(page)
    assert not Post.objects.exists()


def test_whoever_may_write_nowhere_is_told_so(cast: Cast, desk: Desk) -> None:
    assert desk.account
    stranger = cast.browser(Office.MEMBER)
    for answer in (stranger.get(WRITE), stranger.post(WRITE, typed(desk, do="save")), stranger.post(COUNTED)):
        assert answer.status_code == 403
    assert not Post.objects.exists()
