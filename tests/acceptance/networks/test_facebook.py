"""The client of Facebook pages against its counterpart."""

from __future__ import annotations

import queue
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from tests.acceptance.counterparts import Control, counterpart
from tests.networks.contract import Contract, access_of, attempt, picture, publish, signed_in
from tests.networks.loopback import Reply, Request, far_side

from undersigned.networks.facebook import webhooks
from undersigned.networks.facebook.client import Facebook
from undersigned.networks.facebook.line import Addresses
from undersigned.networks.faults import CannotHere, Later, OperatorsDuty, Reason, Refused, Uncertain
from undersigned.networks.oauth import new_signing_in
from undersigned.networks.protocol import Access, Application, Client, Deed, Token, Variant, Wish


@dataclass
class OnCounterpart:
    client: Client
    control: Control
    base: str
    account: str
    person: str
    application: Application
    signs_in: Mapping[str, str]
    redirect: str = "http://localhost:8000/networks/facebook/callback"
    challenge: bool = False
    server: str = ""
    world: Mapping[str, object] = field(default_factory=dict)

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        more = {"status": status, "headers": dict(headers or {})} if status else {}
        self.control.faults({"kind": kind, "method": "POST", "path": "/feed$", **more})

    def native_post(self, text: str) -> str:
        return self.control.native_post(self.account, self.person, text)

    def revoke(self) -> None:
        self.control.revoke(self.person)

    def alternative_text(self, post: str) -> str:
        world = self.control.world()
        first = next(one["photos"][0] for one in world["posts"] if one["id"] == post)
        return str(next(one["alt"] for one in world["photos"] if one["id"] == first))

    def violations(self) -> list[object]:
        return list(self.control.violations())


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[str, Control]]:
    with counterpart("facebook") as started:
        yield started


@pytest.fixture
def stage(running: tuple[str, Control]) -> Iterator[OnCounterpart]:
    base, control = running
    world = control.reset()
    page = next(one for one in world["accounts"] if one["kind"] == "Page")
    ours = next(one for one in world["apps"] if one["name"] == "Undersigned")
    person = world["people"][0]["id"]
    application = Application(ours["id"], ours["secret"])
    client = Facebook(Addresses(base, base, business=world["business"]["id"]))
    yield OnCounterpart(client, control, base, page["id"], person, application, {"as": person})
    assert control.violations() == []


class TestContract(Contract):
    """Everything that every client must do."""

    refuses_doubles = True

    def take_role_away(self, stage: OnCounterpart) -> None:  # type: ignore[override] # the stage of this network
        stage.control.access(stage.account, stage.person, None)


def test_signing_in_reads_whose_log_in_it_is_and_what_was_given(stage: OnCounterpart) -> None:
    stage.signs_in = {"as": stage.person, "decline": "business_management"}
    back = signed_in(stage)
    assert back.holder.name == "Maya Tremblay"
    assert "pages_manage_posts" in back.token.scopes
    assert "business_management" not in back.token.scopes
    pages = {place.handle: place.token for place in back.places}
    assert set(pages) == {"cityofcedarbrook", "cedarbrookparks", "friendsofcedarbrooklibrary"}
    assert all(token is not None and token.expires_at is None for token in pages.values())


def test_a_page_s_token_cannot_be_refreshed(stage: OnCounterpart) -> None:
    with pytest.raises(Refused) as lost:
        stage.client.refreshed(stage.application, access_of(stage).token)
    assert lost.value.reason is Reason.CONNECTION_LOST


def test_a_code_opens_once(stage: OnCounterpart) -> None:
    signing = new_signing_in(stage.redirect, challenge=False)
    with pytest.raises(Refused) as refused:
        stage.client.signed_in(stage.application, signing, "AQnever")
    assert refused.value.reason in {Reason.CONTRACT, Reason.CONNECTION_LOST}


@pytest.mark.parametrize("reason", ["password", "removed_app", "logged_out", "checkpoint"])
def test_a_dead_token_is_a_lost_connection(stage: OnCounterpart, reason: str) -> None:
    access = access_of(stage)
    stage.control.post("revoke", person=stage.person, reason=reason)
    with pytest.raises(Refused) as lost:
        stage.client.post(access, "1_1")
    assert lost.value.reason is Reason.CONNECTION_LOST


def test_several_pictures_go_out_in_one_post(stage: OnCounterpart) -> None:
    one = attempt(stage, "Three views", picture("First"), picture("Second"), picture("Third"))
    made = publish(stage, one)
    shown = stage.client.post(one.access, made.id)
    assert shown is not None
    assert (shown.text, shown.media, shown.ours) == ("Three views", 3, True)
    world = stage.control.world()
    photos = next(post["photos"] for post in world["posts"] if post["id"] == made.id)
    alts = {photo["id"]: photo["alt"] for photo in world["photos"]}
    assert [alts[photo] for photo in photos] == ["First", "Second", "Third"]


def test_pictures_of_an_attempt_that_will_not_be_made_are_taken_away(stage: OnCounterpart) -> None:
    one = attempt(stage, "Never sent", picture())
    staged = stage.client.staged(one.access, one.form, "key-1", {})
    assert len(stage.control.world()["photos"]) == 1
    stage.client.unstaged(one.access, staged)
    stage.client.unstaged(one.access, staged)
    assert stage.control.world()["photos"] == []


def test_a_link_goes_out_with_its_preview(stage: OnCounterpart) -> None:
    access = access_of(stage)
    link = "https://harrowfalls.example/rink"
    form = stage.client.rendered(Variant("The rink opens", link=link))
    made = stage.client.published(access, form, "key-1", {})
    post = next(one for one in stage.control.world()["posts"] if one["id"] == made.id)
    assert (post["message"], post["link"]) == ("The rink opens", link)
    since = datetime.now(UTC) - timedelta(minutes=1)
    assert len(stage.client.found(access, form, "key-1", {}, since=since, after="").posts) == 1


def test_who_made_a_post_is_read_from_the_network(stage: OnCounterpart) -> None:
    one = attempt(stage, "Made here")
    publish(stage, one)
    stage.control.native_post(stage.account, stage.person, "Made there", via="SocialBoost")
    stage.native_post("Made on the page")
    read = stage.client.timeline(one.access, after=one.watermark)
    assert [(p.text, p.application, p.author, p.ours) for p in read.posts] == [
        ("Made on the page", "", "Maya Tremblay", None),
        ("Made there", "SocialBoost", "Maya Tremblay", False),
        ("Made here", "Undersigned", "Maya Tremblay", True),
    ]


def test_the_same_words_by_another_application_are_not_ours(stage: OnCounterpart) -> None:
    one = attempt(stage, "Closed on Friday")
    stage.control.native_post(stage.account, stage.person, "Closed on Friday", via="SocialBoost")
    found = stage.client.found(one.access, one.form, "k", {}, since=one.since, after=one.watermark)
    assert (found.posts, found.complete) == ((), True)


def test_an_edit_on_the_network_is_seen(stage: OnCounterpart) -> None:
    access, post = access_of(stage), stage.native_post("First version")
    stage.control.advance(120)
    stage.control.native_edit(post, "Second version", stage.person)
    shown = stage.client.post(access, post)
    assert shown is not None
    assert shown.text == "Second version"
    assert shown.edited_at is not None


def test_a_post_of_another_application_can_only_be_changed_there(stage: OnCounterpart) -> None:
    access, post = access_of(stage), stage.native_post("Typed on a phone")
    with pytest.raises(Refused) as refused:
        stage.client.edited(access, post, stage.client.rendered(Variant("Changed")))
    assert refused.value.reason is Reason.PERMISSION


@pytest.mark.parametrize("code", [1, 2])
@pytest.mark.parametrize("after", [True, False])
def test_an_error_that_passes_leaves_a_post_uncertain(stage: OnCounterpart, code: int, after: bool) -> None:
    one = attempt(stage, "Perhaps made")
    stage.control.post("transient", code=code, after=after, method="POST", path="/feed$")
    with pytest.raises(Uncertain):
        publish(stage, one)
    found = stage.client.found(one.access, one.form, "k", {}, since=one.since, after=one.watermark)
    assert (len(found.posts), found.complete) == (int(after), True)


@pytest.mark.parametrize("code", [4, 17, 32, 613, 80001])
def test_a_limit_is_honoured(stage: OnCounterpart, code: int) -> None:
    one = attempt(stage, "Too many calls")
    stage.control.post("throttle", code=code, minutes=42, times=1)
    with pytest.raises(Later) as later:
        publish(stage, one)
    assert later.value.until is not None
    assert later.value.until > datetime.now(UTC) + timedelta(minutes=41)


def test_near_the_limit_readings_wait_and_posts_go_out(stage: OnCounterpart) -> None:
    one = attempt(stage, "Goes out all the same")
    stage.control.post("usage", percent=85)
    made = publish(stage, one)
    with pytest.raises(Later) as later:
        stage.client.timeline(one.access)
    assert later.value.until is not None
    assert stage.client.post(one.access, made.id) is not None


def test_a_post_that_is_not_visible_yet_is_found_by_a_later_reading(stage: OnCounterpart) -> None:
    one = attempt(stage, "Seen by the second reading")
    stage.control.post("invisible", reads=1)
    stage.strike("drop_after")
    with pytest.raises(Uncertain):
        publish(stage, one)
    counts = [
        len(stage.client.found(one.access, one.form, "k", {}, since=one.since, after=one.watermark).posts)
        for _reading in range(2)
    ]
    assert counts == [0, 1]


def test_a_deletion_that_is_forbidden_is_not_told_as_done(stage: OnCounterpart) -> None:
    one = attempt(stage, "Stays")
    made = publish(stage, one)
    stage.control.faults(
        {
            "kind": "status",
            "method": "DELETE",
            "path": made.id,
            "status": 400,
            "body": {"error": {"message": "Unsupported delete request.", "code": 100, "error_subcode": 33}},
        }
    )
    with pytest.raises(Refused) as refused:
        stage.client.deleted(one.access, made.id)
    assert refused.value.reason is Reason.PERMISSION


def test_a_wrong_secret_of_the_application_is_the_operator_s_duty(stage: OnCounterpart) -> None:
    error = {"message": "Invalid appsecret_proof provided in the API argument", "code": 100}
    access = access_of(stage)
    stage.control.faults({"kind": "status", "path": "/feed$", "status": 400, "body": {"error": error}})
    with pytest.raises(OperatorsDuty):
        stage.client.published(access, stage.client.rendered(Variant("Any")), "k", {})


def test_a_comment_is_read_hidden_shown_answered_and_deleted(stage: OnCounterpart) -> None:
    one = attempt(stage, "What do you think?")
    made = publish(stage, one)
    first = stage.control.native_comment(made.id, "Robin Follower", "Lovely & quiet")
    below = stage.control.native_comment(made.id, "Sam Neighbour", "Indeed", first)
    read = stage.client.comments(one.access, post=made.id)
    assert {(r.id, r.text, r.parent, r.author_name) for r in read.remarks} == {
        (first, "Lovely & quiet", "", "Robin Follower"),
        (below, "Indeed", first, "Sam Neighbour"),
    }
    assert {Deed.HIDE, Deed.DELETE, Deed.ANSWER, Deed.BLOCK} <= set(read.remarks[0].can)
    assert stage.client.comments(one.access, post=made.id, after=read.newest).remarks == ()
    for deed, hidden in ((Deed.HIDE, True), (Deed.HIDE, True), (Deed.SHOW, False)):
        stage.client.moderated(one.access, Wish(deed, remark=first))
        kept = next(c for c in stage.control.world()["comments"] if c["id"] == first)
        assert kept["hidden"] is hidden
    answer = stage.client.moderated(one.access, Wish(Deed.ANSWER, remark=first, text="Thank you"))
    assert answer
    assert answer not in {r.id for r in stage.client.comments(one.access, post=made.id).remarks}
    stage.client.moderated(one.access, Wish(Deed.DELETE, remark=first))
    stage.client.moderated(one.access, Wish(Deed.DELETE, remark=first))
    with pytest.raises(Refused) as gone:
        stage.client.moderated(one.access, Wish(Deed.HIDE, remark=first))
    assert gone.value.reason is Reason.GONE


def test_the_page_s_own_words_cannot_be_hidden(stage: OnCounterpart) -> None:
    one = attempt(stage, "A notice")
    made = publish(stage, one)
    own = stage.client.moderated(one.access, Wish(Deed.ANSWER, post=made.id, text="A word more"))
    with pytest.raises(Refused) as refused:
        stage.client.moderated(one.access, Wish(Deed.HIDE, remark=own))
    assert refused.value.reason is Reason.NOT_ALLOWED_HERE


def test_a_person_is_blocked_and_let_in_again(stage: OnCounterpart) -> None:
    one = attempt(stage, "Open to all")
    made = publish(stage, one)
    stage.control.native_comment(made.id, "Robin Follower", "Spam")
    author = stage.client.comments(one.access, post=made.id).remarks[0].author_id
    stage.client.moderated(one.access, Wish(Deed.BLOCK, author=author))
    page = next(a for a in stage.control.world()["accounts"] if a["id"] == stage.account)
    assert list(page["blocked"]) == [author]
    stage.client.moderated(one.access, Wish(Deed.UNBLOCK, author=author))
    with pytest.raises(Refused):
        stage.client.moderated(one.access, Wish(Deed.BLOCK, author="999"))
    with pytest.raises(CannotHere):
        stage.client.moderated(one.access, Wish(Deed.REPORT, remark="1_2"))


def test_what_visitors_write_on_the_page_and_about_it_is_read(stage: OnCounterpart) -> None:
    access = access_of(stage)
    before = stage.client.comments(access).newest
    stage.control.post("native/post", account=stage.account, visitor="Robin Follower", text="Pothole!")
    stage.control.post("native/post", account=stage.account, tagged_by="Sam Neighbour", text="Thanks!")
    read = stage.client.comments(access, after=before)
    assert sorted((r.text, r.kind) for r in read.remarks) == [
        ("Pothole!", "visitor_post"),
        ("Thanks!", "mention"),
    ]
    assert read.complete


def test_people_with_a_role_and_people_of_the_portfolio_are_read(stage: OnCounterpart) -> None:
    access = access_of(stage)
    frank = next(p["id"] for p in stage.control.world()["people"] if p["name"] == "Frank Nygaard")
    stage.control.access(stage.account, frank, "MODERATOR")
    read = {person.name: (person.role, person.state) for person in stage.client.insiders(access)}
    assert read == {
        "Frank Nygaard": ("moderator", "active"),
        "Maya Tremblay": ("admin", "portfolio"),
        "Daniel Okafor": ("admin", "portfolio"),
        "Ruth Ferguson": ("assigned", "portfolio"),
        "Erin Falk": ("assigned", "portfolio"),
    }


def test_the_portfolio_is_found_where_the_settings_do_not_name_it(stage: OnCounterpart) -> None:
    client = Facebook(Addresses(stage.base, stage.base))
    assert len(client.insiders(access_of(stage))) == 4


def test_the_profile_shows_the_page_and_its_token(stage: OnCounterpart) -> None:
    access = access_of(stage)
    stage.control.native_profile(stage.account, description="Not the city any more")
    profile = stage.client.profile(access)
    readings = dict(profile.readings)
    assert (profile.id, profile.description, profile.verified) == (
        stage.account,
        "Not the city any more",
        True,
    )
    assert (readings["token_valid"], readings["token_type"], readings["expires_at"]) == (
        "true",
        "PAGE",
        "never",
    )
    assert "pages_manage_posts" in readings["scopes"].split()
    assert stage.account in readings["targets"].split()


def test_the_city_s_own_application_is_taken_away_by_the_city(stage: OnCounterpart) -> None:
    back = signed_in(stage)
    page = next(place for place in back.places if place.id == stage.account)
    stage.client.revoked(stage.application, back.token)
    assert page.token is not None
    with pytest.raises(Refused) as lost:
        stage.client.profile(Access(page.id, page.token, stage.application))
    assert lost.value.reason is Reason.CONNECTION_LOST


def test_reports_of_the_network_are_theirs_and_typed(stage: OnCounterpart) -> None:
    one = attempt(stage, "Watched")
    arrived: queue.Queue[Request] = queue.Queue()

    def listen(request: Request) -> Reply:
        if request.method == "GET":
            pairs = dict(p.split("=", 1) for p in request.path.partition("?")[2].split("&"))
            said = webhooks.challenge_answered(pairs, "a-verify-word")
            return Reply(200 if said else 403, (said or "").encode())
        arrived.put(request)
        return Reply()

    with far_side(listen) as ours:
        told = stage.control.post("webhook", url=ours.base, verify_token="a-verify-word")
        assert told["subscribed"]
        made = publish(stage, one)
        comment = stage.control.native_comment(made.id, "Robin Follower", "Été à l'eau")
        reports = [arrived.get(timeout=10) for _report in range(2)]
    secret = stage.application.client_secret
    found = [webhooks.notices(r.body, r.headers["x-hub-signature-256"], secret)[0] for r in reports]
    assert [(n.verb, n.post, n.comment) for n in found] == [
        (webhooks.Verb.ADD, made.id, ""),
        (webhooks.Verb.ADD, made.id, comment),
    ]
    with pytest.raises(webhooks.NotTheirs):
        webhooks.notices(reports[0].body + b" ", reports[0].headers["x-hub-signature-256"], secret)


def test_no_token_stands_in_an_address(stage: OnCounterpart) -> None:
    access = access_of(stage)
    stage.client.timeline(access)
    queries = str([one["query"] for one in stage.control.requests()])
    assert access.token.access not in queries
    assert Token("secret").__repr__().find("secret") == -1
