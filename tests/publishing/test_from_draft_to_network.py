"""The walk of a post: written, countersigned on its exact bytes, sent once, and told truthfully."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.publishing.clock import at
from tests.publishing.desk import Desk
from undersigned.accounts.permissions import Preset
from undersigned.accounts.states import ApprovalRule
from undersigned.acts.refusals import Changed, NotPermitted, Unfit, WrongState
from undersigned.publishing import acts
from undersigned.publishing.models import Assent, Post
from undersigned.publishing.states import DeliveryState, PostState

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_post_is_written_countersigned_sent_and_settled(desk: Desk) -> None:
    post = desk.scheduled()
    desk.run()
    delivery = desk.delivery(post)
    assert (delivery.state, delivery.far_id, delivery.url) == (
        DeliveryState.DONE,
        "1",
        "https://wall.example/1",
    )
    assert Post.objects.get(pk=post.pk).state == PostState.SETTLED
    assert [one.text for one in desk.wall.posts] == ["The rink opens at nine."]


def test_nothing_leaves_before_its_time(desk: Desk) -> None:
    desk.scheduled(not_before=timezone.now() + timedelta(hours=1))
    desk.run()
    assert desk.wall.posts == []


def test_the_author_never_countersigns(desk: Desk) -> None:
    post = desk.submitted()
    with pytest.raises(NotPermitted):
        acts.approve(by=desk.author, post=post, digest=post.digest)


def test_the_last_editor_never_countersigns(desk: Desk) -> None:
    desk.stages.grant(desk.account, "Petra Nodd", Preset.AUTHOR)
    post = desk.draft()
    post = acts.edit(
        by=desk.approver, post=post, content=desk.content("The rink opens at ten."), seen=post.number
    )
    post = acts.submit(by=desk.author, post=post, ticked=desk.warnings(post))
    with pytest.raises(NotPermitted):
        acts.approve(by=desk.approver, post=post, digest=post.digest)


def test_a_name_is_put_under_exactly_what_was_shown(desk: Desk) -> None:
    post = desk.submitted()
    with pytest.raises(Changed):
        acts.approve(by=desk.approver, post=post, digest="0" * 64)
    assert not Assent.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"text": "The rink opens at ten."},
        {"text": "The rink opens at nine. "[:-1] + "!"},
        {"text": "The rink opens at nine.", "language": "fr"},
        {"text": "The rink opens at nine.", "link": "https://harrowfalls.example/rink"},
    ],
)
def test_any_edit_voids_every_countersignature_and_is_a_draft_again(
    desk: Desk, change: dict[str, str]
) -> None:
    post = desk.approved()
    post = acts.edit(by=desk.author, post=post, content=desk.content(**change), seen=post.number)
    assert (post.state, post.number, post.digest) == (PostState.DRAFT, 2, "")
    assert Assent.objects.get().void_since is not None
    with pytest.raises(WrongState):
        acts.schedule(by=desk.publisher, post=post, digest=post.digest)


def test_another_time_is_another_post_to_those_who_countersigned(desk: Desk) -> None:
    post = desk.approved(not_before=timezone.now() + timedelta(hours=1))
    later = timezone.now() + timedelta(hours=2)
    post = acts.edit(by=desk.author, post=post, content=desk.content(), seen=post.number, not_before=later)
    assert Assent.objects.get().void_since is not None


def test_a_renderer_that_changed_since_holds_the_post(desk: Desk) -> None:
    post = desk.scheduled()
    desk.wall.renderer = "wall/2"
    desk.run()
    post.refresh_from_db()
    assert desk.wall.posts == []
    assert (post.state, post.held_reason) == (PostState.SCHEDULED, "digest")


def test_two_who_change_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    post = desk.draft()
    acts.edit(by=desk.author, post=post, content=desk.content("First"), seen=1)
    with pytest.raises(WrongState, match="at version 2"):
        acts.edit(by=desk.author, post=post, content=desk.content("Second"), seen=1)


def test_who_has_no_grant_on_an_account_writes_nothing_there(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        acts.draft(by=desk.approver, content=desk.content())
    assert not Post.objects.exists()


def test_an_account_without_a_rule_lets_nothing_through(desk: Desk) -> None:
    desk.set_rule(ApprovalRule.NOT_CHOSEN)
    post = desk.draft()
    with pytest.raises(Unfit, match="who countersigns here"):
        acts.submit(by=desk.author, post=post, ticked=desk.warnings(post))


def test_two_different_people_are_needed_where_the_rule_says_so(desk: Desk) -> None:
    desk.stages.grant(desk.account, "Quentin Assent", Preset.APPROVER)
    desk.set_rule(ApprovalRule.ANY_TWO)
    post = desk.submitted()
    post = acts.approve(by=desk.approver, post=post, digest=post.digest)
    assert post.state == PostState.SUBMITTED
    with pytest.raises(NotPermitted):
        acts.approve(by=desk.approver, post=post, digest=post.digest)
    other = desk.cast.as_officer(desk.stages.employee("Quentin Assent"))
    post = acts.approve(by=other, post=post, digest=post.digest)
    assert post.state == PostState.APPROVED


def test_the_head_of_the_unit_signs_before_communications(desk: Desk) -> None:
    desk.set_rule(ApprovalRule.UNIT_THEN_COMMS)
    post = desk.submitted()
    with pytest.raises(NotPermitted):
        acts.approve(by=desk.stages.communications, post=post, digest=post.digest)
    post = acts.approve(by=desk.stages.unit_head, post=post, digest=post.digest)
    post = acts.approve(by=desk.stages.communications, post=post, digest=post.digest)
    assert post.state == PostState.APPROVED


def test_a_changed_rule_voids_what_waits_under_it(desk: Desk) -> None:
    post = desk.submitted()
    desk.set_rule(ApprovalRule.ANY_TWO)
    with pytest.raises(Changed):
        acts.approve(by=desk.approver, post=post, digest=post.digest)


def test_a_returned_post_goes_back_with_its_reason(desk: Desk) -> None:
    post = desk.submitted()
    with pytest.raises(Unfit):
        acts.send_back(by=desk.approver, post=post, remark=" ")
    post = acts.send_back(by=desk.approver, post=post, remark="It opens at ten.")
    assert (post.state, post.version.remark) == (PostState.RETURNED, "It opens at ten.")


def test_a_name_can_be_taken_back_until_something_leaves(desk: Desk) -> None:
    post = desk.scheduled(not_before=timezone.now() + timedelta(hours=1))
    post = acts.withdraw_approval(by=desk.approver, post=post)
    assert post.state == PostState.SUBMITTED
    assert desk.delivery(post).state == DeliveryState.CANCELLED


def test_a_withdrawn_post_never_leaves(desk: Desk) -> None:
    post = desk.scheduled(not_before=timezone.now() + timedelta(hours=1))
    post = acts.withdraw(by=desk.author, post=post)
    assert post.state == PostState.WITHDRAWN
    desk.hurry()
    desk.run()
    assert desk.wall.posts == []


def test_a_post_whose_window_passed_is_never_sent_late(desk: Desk) -> None:
    post = desk.scheduled()
    with at(timezone.now() + timedelta(hours=3)):
        desk.run()
    delivery = desk.delivery(post)
    assert (delivery.state, delivery.reason) == (DeliveryState.FAILED, "window_passed")
    assert desk.wall.posts == []


def test_text_is_sent_exactly_as_it_was_countersigned(desk: Desk) -> None:
    text = "Zero\u200bwidth, e\u0301 combined, 👩‍👩‍👧‍👦 family, \u202eright to left\u202c"
    desk.scheduled(text)
    desk.run()
    (seen,) = desk.wall.posts
    assert seen.text == text.replace("e\u0301", "é"), "combined letters are composed before anybody signs"


def test_what_is_too_long_for_a_network_is_refused_before(desk: Desk) -> None:
    post = desk.draft("x" * 281)
    with pytest.raises(Unfit, match="1 characters too long"):
        acts.submit(by=desk.author, post=post, ticked=desk.warnings(post))
