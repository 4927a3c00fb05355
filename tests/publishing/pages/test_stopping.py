"""Stop everything, the band on every page, and the emergency post with its review, by the pages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.pages.reading import text_of
from tests.cast import Cast, filled, signed_in
from tests.publishing.desk import Desk
from tests.publishing.pages.reading import addresses_about, status
from undersigned.acts.models import Countersignature
from undersigned.people.states import Office
from undersigned.publishing import acts
from undersigned.publishing.duties import duties_for
from undersigned.publishing.models import Post, Stop

pytestmark = pytest.mark.django_db(transaction=True)
STOPS, EMERGENCY = "/posts/stops/", "/posts/emergency/"


@pytest.fixture
def duty(desk: Desk) -> Client:
    """A duty officer with a grant for emergencies on the account."""
    assert desk.account
    return signed_in(desk.duty_officer())


def test_everything_is_stopped_by_one_form(cast: Cast) -> None:
    cast.browser(Office.DUTY_OFFICER).post(STOPS, filled(scope="city", reason="An intruder"))
    assert Stop.objects.get().scope == ""


def test_a_unit_or_an_account_alone_is_stopped(desk: Desk, cast: Cast) -> None:
    officer = cast.browser(Office.DUTY_OFFICER)
    officer.post(STOPS, filled(scope="unit", unit=desk.account.unit_id, reason="Theirs"))
    officer.post(STOPS, filled(scope="account", account=desk.account.pk, reason="This one"))
    assert set(Stop.objects.values_list("scope", flat=True)) == {desk.account.unit_id, desk.account.pk}


def test_which_unit_has_to_be_said(cast: Cast) -> None:
    page = cast.browser(Office.DUTY_OFFICER).post(STOPS, filled(scope="unit", reason="Theirs"))
    assert "Choose the unit." in text_of(page)
    assert not Stop.objects.exists()


def test_every_page_says_it_while_something_is_stopped(cast: Cast) -> None:
    officer = cast.browser(Office.DUTY_OFFICER)
    officer.post(STOPS, filled(scope="city", reason="An intruder"))
    for page in ("/", "/accounts/", "/posts/"):
        assert "Everything is stopped" in cast.browser(Office.HR).get(page).content.decode()
    assert "Everything is stopped" not in Client().get("/", follow=True).content.decode()


def test_everybody_sees_what_is_stopped_and_few_may_stop(cast: Cast) -> None:
    cast.browser(Office.DUTY_OFFICER).post(STOPS, filled(scope="city", reason="An intruder"))
    member = cast.browser(Office.MEMBER)
    said = text_of(member.get(STOPS))
    assert "An intruder" in said
    assert "Stop it now" not in said
    assert member.post(STOPS, filled(scope="city", reason="Me too")).status_code == 403


def test_two_people_lift_it(cast: Cast) -> None:
    officer = cast.browser(Office.DUTY_OFFICER)
    officer.post(STOPS, filled(scope="city", reason="An intruder"))
    stop = Stop.objects.get()
    officer.post(reverse("publishing:lift", args=[stop.pk]), filled(reason="A false alarm"))
    assert Stop.objects.get().lifted_at is None
    asked = Countersignature.objects.get()
    second = cast.browser(Office.IT_SECURITY)
    assert reverse("desk:countersign", args=[asked.pk]) in second.get(STOPS).content.decode()
    second.post(reverse("desk:countersign", args=[asked.pk]), filled(digest=asked.digest))
    assert Stop.objects.get().lifted_at is not None


def test_a_stranger_lifts_nothing(cast: Cast) -> None:
    stop = acts.stop_all(by=cast.officer(Office.DUTY_OFFICER), reason="An intruder")
    for address in addresses_about("stop", stop.pk):
        assert status(cast.browser(Office.MEMBER), address) == 403


def test_an_emergency_post_leaves_with_every_prepared_account_chosen(desk: Desk, duty: Client) -> None:
    page = duty.get(EMERGENCY)
    assert f'value="{desk.account.pk}" class' in page.content.decode() or "checked" in page.content.decode()
    sent = filled(text="The bridge is closed.", reason="Flood", accounts=[desk.account.pk], language="en")
    duty.post(EMERGENCY, sent)
    desk.run()
    assert [one.text for one in desk.wall.posts] == ["The bridge is closed."]
    said = text_of(duty.get(reverse("publishing:post", args=[Post.objects.get().pk])))
    assert "nobody: sent without prior countersignature" in said


def test_while_it_is_stopped_the_citys_own_site_can_speak(desk: Desk, duty: Client) -> None:
    acts.stop_all(by=desk.cast.officer(Office.DUTY_OFFICER), reason="An intruder")
    sent = filled(text="The bridge is closed.", reason="Flood", accounts=[desk.account.pk], language="en")
    said = text_of(duty.post(EMERGENCY, sent))
    assert "Publishing is stopped here." in said
    assert "A holding statement" in said
    assert not Post.objects.exists()


def test_who_holds_no_such_grant_has_no_emergency(desk: Desk, cast: Cast) -> None:
    assert desk.account
    answer = cast.browser(Office.MEMBER).get(EMERGENCY)
    assert answer.status_code == 403


def test_somebody_else_is_asked_to_review_it_and_does(desk: Desk, duty: Client) -> None:
    sent = filled(text="The bridge is closed.", reason="Flood", accounts=[desk.account.pk], language="en")
    duty.post(EMERGENCY, sent)
    post = Post.objects.get()
    head = desk.stages.head_of_communications
    assert [one.page for one in duties_for(head) if one.subject == post.pk] == ["publishing:review"]
    review = reverse("publishing:review", args=[post.pk])
    assert duty.get(review).status_code == 403
    desk.cast.browser(Office.HEAD_OF_COMMUNICATIONS).post(
        review, filled(verdict="justified", note="The water rose")
    )
    assert Post.objects.get().verdict == "justified"
    assert not [one for one in duties_for(head) if one.subject == post.pk]
