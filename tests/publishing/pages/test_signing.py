"""The page of a countersignature shows exactly what is signed, and takes nothing else; and what waits on the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.accounts.pages.reading import text_of
from tests.cast import filled, signed_in
from tests.publishing.clock import at
from tests.publishing.desk import Desk
from undersigned.accounts.states import ApprovalRule
from undersigned.acts import Officer
from undersigned.publishing import acts
from undersigned.publishing.duties import duties_for
from undersigned.publishing.models import Assent, Post
from undersigned.publishing.states import PostState

pytestmark = pytest.mark.django_db(transaction=True)


def address(post: Post) -> str:
    return reverse("publishing:countersign", args=[post.pk])


@pytest.fixture
def signer(desk: Desk) -> Client:
    assert desk.account
    return signed_in(desk.stages.employee("Petra Nodd"))


def waiting(officer: Officer) -> list[str]:
    return [str(one.what) for one in duties_for(officer)]


def test_it_shows_the_text_the_time_with_its_zone_and_the_digest(desk: Desk, signer: Client) -> None:
    post = desk.submitted(not_before=timezone.now() + timedelta(days=1))
    said = text_of(signer.get(address(post)))
    assert "The rink opens at nine." in said
    assert f"({timezone.localtime(post.not_before).tzname()})" in said
    assert post.digest[:8] in said
    assert "Written by Abel Scribe" in said


def test_it_offers_to_countersign_and_to_return_and_nothing_else(desk: Desk, signer: Client) -> None:
    page = signer.get(address(desk.submitted())).content.decode().partition("<main")[2]
    assert page.count('type="submit"') == 2
    assert "Return with a reason" in page


def test_a_name_is_put_under_what_was_shown(desk: Desk, signer: Client) -> None:
    post = desk.submitted()
    signer.post(address(post), filled(digest=post.digest, note="Good"))
    assert Post.objects.get(pk=post.pk).state == PostState.APPROVED
    assert Assent.objects.get().note == "Good"


def test_what_was_changed_while_one_looked_is_not_signed(desk: Desk, signer: Client) -> None:
    post = desk.submitted()
    shown = post.digest
    post = acts.edit(by=desk.author, post=post, content=desk.content("At ten."), seen=1)
    acts.submit(by=desk.author, post=post, ticked=desk.warnings(post))
    page = signer.post(address(post), filled(digest=shown))
    assert "This is no longer what was handed in, or not what you were shown" in text_of(page)
    assert not Assent.objects.exists()


def test_it_says_what_changed_since_the_version_that_one_had_signed(desk: Desk, signer: Client) -> None:
    post = desk.approved("The rink opens at nine.")
    later = timezone.now() + timedelta(days=3)
    content = desk.content("The rink opens at ten.")
    post = acts.edit(by=desk.author, post=post, content=content, seen=1, not_before=later)
    post = acts.submit(by=desk.author, post=post, ticked=desk.warnings(post))
    page = signer.get(address(post))
    said = text_of(page)
    assert "What changed since version 1, which you had countersigned" in said
    assert "<del" in page.content.decode()
    assert "Goes out at" in said


def test_a_changed_rule_takes_the_button_away(desk: Desk, signer: Client) -> None:
    post = desk.submitted()
    desk.set_rule(ApprovalRule.ANY_TWO)
    page = signer.get(address(post))
    assert "no longer exactly what was handed in" in text_of(page)
    assert page.content.decode().partition("<main")[2].count('type="submit"') == 1


def test_it_is_returned_with_a_reason_and_not_without(desk: Desk, signer: Client) -> None:
    post = desk.submitted()
    back = reverse("publishing:return", args=[post.pk])
    signer.post(back, filled(remark=""))
    assert Post.objects.get(pk=post.pk).state == PostState.SUBMITTED
    signer.post(back, filled(remark="Name the street"))
    assert Post.objects.get(pk=post.pk).state == PostState.RETURNED
    author = signed_in(desk.stages.employee("Abel Scribe"))
    assert "Name the street" in text_of(author.get(reverse("publishing:post", args=[post.pk])))


def test_the_author_is_refused_in_words(desk: Desk) -> None:
    post = desk.submitted()
    answer = signed_in(desk.stages.employee("Abel Scribe")).get(address(post))
    assert answer.status_code == 403
    assert "who did not write it" in text_of(answer)


def test_the_approver_is_asked_and_the_author_is_not(desk: Desk) -> None:
    desk.submitted()
    assert waiting(desk.approver) == ["A post waits for your name"]
    assert waiting(desk.author) == []


def test_who_has_signed_is_asked_no_more_and_the_publisher_is_next(desk: Desk) -> None:
    desk.approved()
    assert waiting(desk.approver) == []
    assert waiting(desk.publisher) == ["A countersigned post waits to be scheduled"]


def test_the_unit_signs_before_communications(desk: Desk) -> None:
    assert desk.account
    desk.set_rule(ApprovalRule.UNIT_THEN_COMMS)
    post = desk.submitted()
    assert "A post waits for your name" in waiting(desk.stages.unit_head)
    assert "A post waits for your name" not in waiting(desk.stages.communications)
    acts.approve(by=desk.stages.unit_head, post=post, digest=post.digest)
    assert "A post waits for your name" in waiting(desk.stages.communications)


def test_a_returned_draft_waits_for_its_author(desk: Desk) -> None:
    acts.send_back(by=desk.approver, post=desk.submitted(), remark="Name the street")
    assert waiting(desk.author) == ["Your post was returned"]


def test_a_held_post_waits_for_whoever_may_let_it_go(desk: Desk) -> None:
    post = desk.scheduled(not_before=timezone.now() + timedelta(days=1))
    acts.hold(by=desk.author, post=post, reason="The ice is thin")
    assert waiting(desk.publisher) == ["A post is held"]


def test_what_cannot_be_settled_is_looked_at_by_a_person(desk: Desk) -> None:
    desk.wall.drops, desk.wall.blind = 1, 5
    desk.scheduled()
    desk.run()
    assert waiting(desk.author) == []
    with at(timezone.now() + timedelta(minutes=11)):
        assert "It may be live, and we cannot tell: please look" in waiting(desk.author)


def test_what_waits_costs_the_same_however_much_it_is(desk: Desk) -> None:
    desk.submitted("The first.")
    with CaptureQueriesContext(connection) as one:
        duties_for(desk.approver)
    for number in range(9):
        desk.submitted(f"Number {number} of the nine that follow.")
    with CaptureQueriesContext(connection) as ten:
        assert len(duties_for(desk.approver)) == 10
    assert len(ten) == len(one)


def test_it_stands_on_the_desk(desk: Desk, signer: Client) -> None:
    post = desk.submitted()
    assert address(post) in signer.get("/").content.decode()
