"""The emergency post: at once, without a countersignature beforehand, and reviewed by somebody else after."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from tests.publishing.desk import Desk
from undersigned.accounts.permissions import Preset
from undersigned.acts import Officer
from undersigned.acts.refusals import NotPermitted, Unfit, WrongState
from undersigned.people.models import User
from undersigned.people.states import Office
from undersigned.publishing import acts
from undersigned.publishing.models import Post
from undersigned.publishing.states import DeliveryState, Verdict

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def duty(desk: Desk) -> Officer:
    """A duty officer with a passkey and a grant for emergencies on the account."""
    assert desk.account
    person = desk.stages.employee("Dorian Night")
    user = User.objects.create_user("night@city.example", person=person)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    desk.stages.grant(desk.account, "Dorian Night", Preset.DUTY_OFFICER)
    return desk.cast.as_officer(person)


def send(desk: Desk, duty: Officer, text: str = "The bridge is closed.", reason: str = "Flood") -> Post:
    return acts.send_emergency(by=duty, content=desk.content(text), reason=reason)


def test_it_leaves_at_once_and_says_that_nobody_countersigned(desk: Desk, duty: Officer) -> None:
    post = send(desk, duty)
    desk.run()
    assert desk.delivery(post).state == DeliveryState.DONE
    assert (post.emergency, post.assents.count(), post.verdict) == (True, 0, "")


def test_without_the_grant_there_is_no_emergency(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        send(desk, desk.author)
    assert not Post.objects.exists()


def test_it_needs_a_reason(desk: Desk, duty: Officer) -> None:
    with pytest.raises(Unfit):
        send(desk, duty, reason=" ")


def test_what_the_network_would_refuse_still_blocks(desk: Desk, duty: Officer) -> None:
    with pytest.raises(Unfit):
        send(desk, duty, "x" * 281)
    assert not Post.objects.exists(), "nothing is half done"


def test_warnings_do_not_hold_it_up(desk: Desk, duty: Officer) -> None:
    assert send(desk, duty, "Call 403 555 0134 if your cellar floods").pk


def test_a_stop_holds_it_until_two_people_let_the_account_go(desk: Desk, duty: Officer) -> None:
    acts.stop_all(by=desk.cast.officer(Office.DUTY_OFFICER), reason="An intruder")
    with pytest.raises(Unfit, match="stopped"):
        send(desk, duty)


def test_somebody_else_reviews_it_once(desk: Desk, duty: Officer) -> None:
    post = send(desk, duty)
    reviewer = desk.stages.head_of_communications
    with pytest.raises(NotPermitted):
        acts.review_emergency(by=duty, post=post, verdict=Verdict.JUSTIFIED, note="It was right")
    with pytest.raises(Unfit):
        acts.review_emergency(by=reviewer, post=post, verdict=Verdict.LESSONS, note="")
    post = acts.review_emergency(
        by=reviewer, post=post, verdict=Verdict.LESSONS, note="Name the street next time"
    )
    assert post.verdict == Verdict.LESSONS
    with pytest.raises(WrongState):
        acts.review_emergency(by=reviewer, post=post, verdict=Verdict.JUSTIFIED, note="Again")


def test_a_post_that_was_no_emergency_is_not_reviewed_as_one(desk: Desk) -> None:
    post = desk.scheduled()
    with pytest.raises(WrongState):
        acts.review_emergency(
            by=desk.stages.head_of_communications, post=post, verdict=Verdict.JUSTIFIED, note="It was none"
        )
