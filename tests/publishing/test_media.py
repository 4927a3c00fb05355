"""Pictures: what they are by their bytes, freed of what they should not tell, kept under their digest."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from tests.publishing import pictures
from tests.publishing.desk import Desk
from undersigned.acts.refusals import Unfit
from undersigned.networks.faults import Unprepared
from undersigned.publishing import acts
from undersigned.publishing.content import Picture
from undersigned.publishing.media import MOST_FRAMES, clean
from undersigned.publishing.models import Medium
from undersigned.publishing.models.medium import place_of
from undersigned.publishing.states import DeliveryState


def test_place_camera_and_author_are_taken_out_and_said() -> None:
    brought = pictures.jpeg(gps=True, camera="Brownie", author="Somebody")
    cleaned = clean(brought)
    assert set(cleaned.removed) == {"place", "camera", "author", "more"}
    assert len(Image.open(io.BytesIO(cleaned.octets)).getexif()) == 0
    assert b"Brownie" not in cleaned.octets
    assert cleaned.original == brought


def test_a_picture_without_anything_to_tell_says_so() -> None:
    assert clean(pictures.jpeg()).removed == ()
    assert clean(pictures.png()).mime == "image/png"


@pytest.mark.parametrize(
    "lie", [b"<script>alert(1)</script>", b"GIF89a", b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0junk"]
)
def test_a_file_is_what_its_bytes_say(lie: bytes) -> None:
    with pytest.raises(Unfit):
        clean(lie)


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(Unfit, match="more than can be handled|no JPEG"):
        clean(pictures.bomb())


def test_a_picture_that_is_cut_off_is_refused() -> None:
    with pytest.raises(Unfit, match="damaged"):
        clean(pictures.jpeg(size=(400, 300))[:-400])


def test_an_animation_with_too_many_frames_is_refused() -> None:
    assert clean(pictures.gif(5)).frames == 5
    with pytest.raises(Unfit, match="frames"):
        clean(pictures.gif(MOST_FRAMES + 1))


def test_no_name_leads_out_of_the_folder_of_media() -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        place_of("../" * 21 + "x")


@pytest.mark.django_db(transaction=True)
def test_a_picture_lies_outside_the_database_under_its_digest_and_is_sent_with_its_words(desk: Desk) -> None:
    cleaned = clean(pictures.jpeg(gps=True))
    assert desk.account
    medium = acts.add_medium(by=desk.author, cleaned=cleaned, name="rink.jpg")
    assert hashlib.sha256(medium.path.read_bytes()).hexdigest() == medium.sha256 != medium.original_sha256
    post = acts.draft(
        by=desk.author, content=desk.content(pictures=(Picture(medium.pk, "The rink at dawn"),))
    )
    post = acts.submit(by=desk.author, post=post, ticked=desk.warnings(post))
    post = acts.approve(by=desk.approver, post=post, digest=post.digest)
    acts.schedule(by=desk.publisher, post=post, digest=post.digest)
    desk.run()
    assert desk.delivery(post).state == DeliveryState.DONE
    assert desk.wall.posts[0].media == 1
    assert desk.wall.calls.count("stage") == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("picture", "says"),
    [({}, "no alternative text"), ({"decorative": True}, "only decoration")],
)
def test_a_picture_needs_words_or_a_reason_why_not(desk: Desk, picture: dict[str, bool], says: str) -> None:
    assert desk.account
    medium = acts.add_medium(by=desk.author, cleaned=clean(pictures.png()))
    content = desk.content(pictures=(Picture(medium.pk, **picture),))
    post = acts.draft(by=desk.author, content=content)
    with pytest.raises(Unfit, match=says):
        acts.submit(by=desk.author, post=post, ticked=desk.warnings(post))
    assert Medium.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_prepared_and_has_ended_there_is_prepared_anew(desk: Desk) -> None:
    assert desk.account
    medium = acts.add_medium(by=desk.author, cleaned=clean(pictures.jpeg()))
    content = desk.content(pictures=(Picture(medium.pk, "The rink at dawn"),))
    post = acts.draft(by=desk.author, content=content)
    post = acts.submit(by=desk.author, post=post, ticked=desk.warnings(post))
    post = acts.approve(by=desk.approver, post=post, digest=post.digest)
    acts.schedule(by=desk.publisher, post=post, digest=post.digest)
    desk.wall.fails = [Unprepared("the container is older than a day")]
    desk.run()
    desk.hurry()
    desk.run()
    assert desk.delivery(post).state == DeliveryState.DONE
    assert [call for call in desk.wall.calls if call in {"stage", "publish"}] == [
        *("stage", "publish"),
        *("stage", "publish"),
    ]


@pytest.mark.django_db(transaction=True)
def test_other_words_for_a_picture_are_another_post(desk: Desk) -> None:
    assert desk.account
    medium = acts.add_medium(by=desk.author, cleaned=clean(pictures.png()))
    digests = set()
    for alt in ("The rink at dawn", "The rink at dusk"):
        post = acts.draft(by=desk.author, content=desk.content(pictures=(Picture(medium.pk, alt),)))
        digests.add(acts.submit(by=desk.author, post=post, ticked=desk.warnings(post)).digest)
    assert len(digests) == 2
