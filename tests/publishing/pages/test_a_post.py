"""The page of a post tells the truth, account by account, and offers what one may do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.pages.reading import text_of
from tests.cast import Cast, filled, signed_in
from tests.publishing.desk import Desk
from tests.publishing.pages.reading import addresses_about, buttons, field, status
from undersigned.networks.faults import Later, Reason, Refused
from undersigned.people.states import Office
from undersigned.publishing import acts
from undersigned.publishing.models import Post
from undersigned.publishing.states import DeliveryState, PostState

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(cast: Cast) -> Client:
    """Sees every post and is no part of this one."""
    return cast.browser(Office.AUDITOR)


def page_of(client: Client, post: Post) -> str:
    return text_of(client.get(reverse("publishing:post", args=[post.pk])))


def test_a_draft_says_whose_names_it_will_need(desk: Desk, office: Client) -> None:
    said = page_of(office, desk.draft())
    assert "Nothing was sent. It is not handed in yet." in said
    assert "It needs the name of: an approver who is not the author." in said


def test_what_waits_says_its_time(desk: Desk, office: Client) -> None:
    post = desk.scheduled(not_before=timezone.now() + timedelta(days=2))
    said = page_of(office, post)
    assert "Goes out at" in said
    assert "at the latest, or not at all." in said


def test_what_is_published_says_when_and_leads_there(desk: Desk, office: Client) -> None:
    post = desk.scheduled()
    desk.run()
    answer = office.get(reverse("publishing:post", args=[post.pk]))
    assert "Published at" in text_of(answer)
    assert 'href="https://wall.example/1"' in answer.content.decode()


def test_who_wrote_and_who_countersigned_in_what_capacity_stands_there(desk: Desk, office: Client) -> None:
    post = desk.approved()
    said = page_of(office, post)
    assert "Abel Scribe" in said
    assert "Countersigned by Petra Nodd" in said
    assert post.digest[:8] in said


def test_the_acts_stand_there_with_their_receipts(desk: Desk, office: Client) -> None:
    page = office.get(reverse("publishing:post", args=[desk.approved().pk]))
    said = text_of(page)
    assert "Countersigned version 1" in said
    assert "Handed in version 1" in said
    assert "Receipt" in said


def test_nothing_is_called_failed_while_it_may_be_live(desk: Desk, office: Client) -> None:
    desk.wall.drops, desk.wall.blind = 1, 5
    post = desk.scheduled()
    desk.run()
    assert desk.delivery(post).state == DeliveryState.UNCERTAIN
    said = page_of(office, post)
    assert "It may be live. We are looking; do not post it again." in said
    for word in ("failed", "error", "pending", "Not published", "Published"):
        assert word not in said


def test_what_was_found_by_looking_says_so(desk: Desk, office: Client) -> None:
    desk.wall.drops = 1
    post = desk.scheduled()
    desk.run()
    desk.hurry()
    desk.run()
    assert "Published (confirmed by looking at" in page_of(office, post)


def test_a_network_that_asks_to_slow_down_is_waited_for_until_a_time(desk: Desk, office: Client) -> None:
    until = timezone.now() + timedelta(minutes=20)
    desk.wall.fails.append(Later("429", until=until))
    post = desk.scheduled()
    desk.run()
    shown = timezone.localtime(until).strftime("%H:%M")
    assert f"{shown}: the network asks us to slow down." in page_of(office, post)


def test_a_refusal_gives_the_networks_words_and_what_to_do(desk: Desk, office: Client) -> None:
    desk.wall.fails.append(Refused(Reason.POLICY, "Not in our garden"))
    post = desk.scheduled()
    desk.run()
    said = page_of(office, post)
    assert "The network refused it: “Not in our garden”." in said
    assert "Read its rules on this" in said


def test_what_is_stopped_says_until_when_it_could_go(desk: Desk, office: Client) -> None:
    post = desk.scheduled()
    acts.stop_all(by=desk.cast.officer(Office.DUTY_OFFICER), reason="An intruder")
    assert "Held: publishing is stopped here." in page_of(office, post)


def test_a_held_post_says_why_and_who_goes_on(desk: Desk, office: Client) -> None:
    post = desk.scheduled(not_before=timezone.now() + timedelta(days=1))
    acts.hold(by=desk.author, post=post, reason="The ice is thin")
    said = page_of(office, post)
    assert "The ice is thin" in said
    assert "Somebody who may schedule it lets it go" in said


@pytest.mark.parametrize(
    ("state", "person", "offered"),
    [
        ("draft", "Abel Scribe", {"Hand in", "Change", "Move", "Discard"}),
        ("draft", "Petra Nodd", set()),
        ("submitted", "Petra Nodd", {"Countersign", "Return with a reason"}),
        ("submitted", "Abel Scribe", {"Change", "Move", "Withdraw"}),
        ("approved", "Petra Nodd", {"Take my name back"}),
        ("approved", "Paula Sender", {"Schedule", "Change", "Move", "Withdraw"}),
        ("scheduled", "Paula Sender", {"Hold", "Withdraw", "Change", "Move"}),
    ],
)
def test_it_offers_exactly_what_one_may_do(desk: Desk, state: str, person: str, offered: set[str]) -> None:
    post = getattr(desk, state)()
    page = signed_in(desk.stages.employee(person)).get(reverse("publishing:post", args=[post.pk]))
    assert buttons(page) == offered


def test_from_handing_in_to_scheduling_by_the_pages(desk: Desk) -> None:
    post = desk.draft()
    author = signed_in(desk.stages.employee("Abel Scribe"))
    publisher = signed_in(desk.stages.employee("Paula Sender"))
    author.post(reverse("publishing:submit", args=[post.pk]), filled(ticked=desk.warnings(post)))
    post = Post.objects.get(pk=post.pk)
    assert post.state == PostState.SUBMITTED
    signer = signed_in(desk.stages.employee("Petra Nodd"))
    signer.post(reverse("publishing:countersign", args=[post.pk]), filled(digest=post.digest))
    address = reverse("publishing:schedule", args=[post.pk])
    publisher.post(address, filled(digest=field(publisher.get(address), "digest")))
    assert Post.objects.get(pk=post.pk).state == PostState.SCHEDULED


def test_handing_in_shows_what_blocks_and_does_not_offer_the_button(desk: Desk) -> None:
    post = desk.draft("x" * 281)
    page = signed_in(desk.stages.employee("Abel Scribe")).get(reverse("publishing:submit", args=[post.pk]))
    said = text_of(page)
    assert "1 characters too long." in said
    assert "Hand it in" not in said


def test_an_uncertain_delivery_is_attested_by_name(desk: Desk) -> None:
    desk.wall.drops, desk.wall.blind = 1, 5
    post = desk.scheduled()
    desk.run()
    delivery = desk.delivery(post)
    author = signed_in(desk.stages.employee("Abel Scribe"))
    address = reverse("publishing:look", args=[delivery.pk])
    author.post(address, filled(there="yes", url="https://wall.example/1"))
    assert desk.delivery(post).state == DeliveryState.DONE
    assert "Published: Abel Scribe looked at" in page_of(author, post)


def test_for_a_stranger_there_is_no_such_post(desk: Desk, cast: Cast) -> None:
    post = desk.scheduled()
    stranger = cast.browser(Office.MEMBER)
    about = [*addresses_about("post", post.pk, digest="0" * 64)]
    about += addresses_about("delivery", desk.delivery(post).pk)
    assert len(about) > 15
    assert {status(stranger, one) for one in about} == {404}


def test_who_may_see_it_and_not_act_is_told_the_rule(desk: Desk, office: Client) -> None:
    post = desk.draft()
    for name in ("submit", "edit", "move", "discard"):
        answer = office.get(reverse(f"publishing:{name}", args=[post.pk]))
        assert answer.status_code == 403, name
