"""The client of Mastodon against its counterpart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.acceptance.counterparts import Control, counterpart
from tests.networks.contract import Contract, access_of, attempt, picture, publish

from undersigned.networks.faults import CannotHere, Later, Reason, Refused, Uncertain
from undersigned.networks.mastodon.client import Mastodon
from undersigned.networks.protocol import Access, Application, Deed, Token, Variant, Wish

BACK = "http://localhost:8000/networks/mastodon/callback"


@dataclass
class OnCounterpart:
    client: Mastodon
    control: Control
    account: str
    person: str
    server: str
    application: Application
    signs_in: Mapping[str, str] = field(default_factory=dict)
    redirect: str = BACK
    challenge: bool = True

    def strike(self, kind: str, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        more = {"status": status, "headers": dict(headers or {})} if status else {}
        self.control.faults({"kind": kind, "method": "POST", "path": "/api/v1/statuses$", **more})

    def native_post(self, text: str) -> str:
        return self.control.native_post(self.account, self.person, text)

    def revoke(self) -> None:
        self.control.revoke(self.person)

    def alternative_text(self, post: str) -> str:
        world = self.control.world()
        return str(next(one["media"][0]["description"] for one in world["posts"] if one["id"] == post))

    def violations(self) -> list[object]:
        return list(self.control.violations())


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[str, Control]]:
    with counterpart("mastodon") as started:
        yield started


@pytest.fixture
def stage(running: tuple[str, Control]) -> Iterator[OnCounterpart]:
    base, control = running
    world = control.reset()
    client = Mastodon((base,))
    account, person = world["accounts"][0]["id"], world["people"][0]["id"]
    application = client.registered(base, BACK)
    signs_in = {"as": f"{person}:{account}"}
    yield OnCounterpart(client, control, account, person, base, application, signs_in)
    assert control.violations() == []


class TestContract(Contract):
    """Everything that every client must do."""


def test_the_handle_bears_the_name_of_the_server(stage: OnCounterpart) -> None:
    assert stage.client.profile(access_of(stage)).handle == "larkwood@social.larkwood.example"


def test_a_picture_that_is_still_prepared_is_waited_for(stage: OnCounterpart) -> None:
    stage.control.post("media", processing_reads=2)
    one = attempt(stage, "Prepared for a while", picture())
    assert publish(stage, one).id
    reads = [r["path"] for r in stage.control.requests() if "/api/v1/media/" in r["path"]]
    assert len(reads) == 3


def test_a_picture_that_cannot_be_prepared_is_refused(stage: OnCounterpart) -> None:
    stage.control.post("media", processing_reads=1, fail=True)
    with pytest.raises(Refused) as refused:
        publish(stage, attempt(stage, "Never ready", picture()))
    assert refused.value.reason is Reason.MEDIA


def test_a_picture_that_no_post_will_show_is_taken_away(stage: OnCounterpart) -> None:
    one = attempt(stage, "Not sent after all", picture())
    staged = stage.client.staged(one.access, one.form, "key-1", {})
    assert len(stage.control.world()["media"]) == 1
    stage.client.unstaged(one.access, staged)
    stage.client.unstaged(one.access, staged)
    assert stage.control.world()["media"] == []


def test_the_same_key_makes_one_post_and_a_server_that_ignores_it_is_read(stage: OnCounterpart) -> None:
    one = attempt(stage, "Sent twice under one key")
    assert publish(stage, one).id == publish(stage, one).id
    stage.control.post("idempotency", honoured=False)
    publish(stage, one)
    found = stage.client.found(one.access, one.form, "key-1", {}, since=one.since, after=one.watermark)
    assert (len(found.posts), found.complete) == (2, True)


def test_a_post_that_another_application_made_is_never_taken_for_ours(stage: OnCounterpart) -> None:
    one = attempt(stage, "The same words")
    stage.native_post("The same words")
    found = stage.client.found(one.access, one.form, "key-1", {}, since=one.since, after=one.watermark)
    assert (found.posts, found.complete) == ((), True)
    made = publish(stage, one)
    shown = {post.id: (post.ours, post.application) for post in stage.client.timeline(one.access).posts}
    assert shown[made.id] == (True, "Undersigned")
    assert sorted(shown.values()) == [(False, "Web"), (True, "Undersigned")]


def test_a_post_that_is_not_visible_yet_is_found_by_a_later_reading(stage: OnCounterpart) -> None:
    one = attempt(stage, "Seen only by the second reading")
    stage.control.post("invisible", reads=1)
    stage.strike("drop_after")
    with pytest.raises(Uncertain):
        publish(stage, one)
    counts = [
        len(stage.client.found(one.access, one.form, "k", {}, since=one.since, after=one.watermark).posts)
        for _reading in range(2)
    ]
    assert counts == [0, 1]


def test_changing_the_text_keeps_the_picture(stage: OnCounterpart) -> None:
    made = publish(stage, one := attempt(stage, "The rink opens on Monday", picture()))
    stage.client.edited(one.access, made.id, stage.client.rendered(Variant("It opens on Tuesday")))
    shown = stage.client.post(one.access, made.id)
    assert shown is not None
    assert (shown.text, shown.media) == ("It opens on Tuesday", 1)
    assert shown.edited_at is not None


def test_a_content_warning_and_a_language_go_with_the_post(stage: OnCounterpart) -> None:
    access = access_of(stage)
    options = {"content_warning": "Accident", "visibility": "unlisted"}
    form = stage.client.rendered(Variant("Route 5 est fermée", language="fr", options=options))
    stage.client.published(access, form, "key-1", {})
    kept = stage.control.world()["posts"][0]
    assert (kept["spoiler"], kept["visibility"], kept["language"]) == ("Accident", "unlisted", "fr")


@pytest.mark.parametrize(
    "text",
    [
        "One\n\n\n\nTwo  \nthree\n\nfour",
        "Thanks @robin@elsewhere.example, says @larkwood #Snow",
        "A < B & C > D &amp; <p>x</p>",
        "https://harrowfalls.example/"
        + "a" * 100
        + "?x=1&y=@somebody@there.example (see also http://www.a.example/b.)",
    ],
)
def test_what_html_does_to_a_text_is_undone(stage: OnCounterpart, text: str) -> None:
    made = publish(stage, one := attempt(stage, text))
    shown = stage.client.post(one.access, made.id)
    assert shown is not None
    assert shown.text == one.form.shown


def test_limits_are_read_from_the_server(stage: OnCounterpart) -> None:
    assert dict(stage.client.limits(stage.server))["characters"] == 500
    access = access_of(stage)
    full = Variant("é" * 477 + "https://harrowfalls.example/" + "x" * 300)
    assert stage.client.traps(full, stage.server) == ()
    assert stage.client.published(access, stage.client.rendered(full), "key-1", {}).id
    long = stage.client.rendered(Variant("é" * 501))
    assert [trap.check for trap in stage.client.traps(Variant("é" * 501), stage.server)] == ["D01"]
    with pytest.raises(Refused) as refused:
        stage.client.published(access, long, "key-2", {})
    assert refused.value.reason is Reason.TOO_LONG
    (kept,) = stage.control.violations()
    assert "character limit of 500" in kept["what"], "the one that was sent on purpose, and nothing else"
    stage.control.reset()


def test_a_limit_of_the_server_is_honoured_to_the_second(stage: OnCounterpart) -> None:
    one = attempt(stage, "Within the limit")
    stage.control.post("limits", api=0)
    with pytest.raises(Later) as later:
        publish(stage, one)
    assert later.value.until is not None


def test_a_token_that_is_refused_only_here_is_no_lost_connection(stage: OnCounterpart) -> None:
    access = access_of(stage)
    body = {"error": "Unauthorized"}
    stage.control.faults(
        {"kind": "status", "method": "DELETE", "path": "/statuses/", "status": 401, "body": body}
    )
    with pytest.raises(Refused) as refused:
        stage.client.deleted(access, "1")
    assert refused.value.reason is Reason.PERMISSION


def test_a_token_that_nobody_knows_is_a_lost_connection(stage: OnCounterpart) -> None:
    access = Access(stage.account, Token("nobody's"), stage.application, stage.server)
    with pytest.raises(Refused) as refused:
        stage.client.timeline(access)
    assert refused.value.reason is Reason.CONNECTION_LOST


def test_an_application_that_is_withdrawn_by_us_ends_the_token(stage: OnCounterpart) -> None:
    access = access_of(stage)
    stage.client.revoked(stage.application, access.token, stage.server)
    with pytest.raises(Refused) as refused:
        stage.client.profile(access)
    assert refused.value.reason is Reason.CONNECTION_LOST


def conversation(stage: OnCounterpart) -> tuple[Access, str, str]:
    made = publish(stage, one := attempt(stage, "What do you think?"))
    reply = stage.control.native_comment(made.id, "Robin Follower", "Lovely & quiet")
    return one.access, made.id, reply


def test_a_reply_is_read_under_its_post_and_among_the_mentions(stage: OnCounterpart) -> None:
    access, post, reply = conversation(stage)
    under = stage.client.comments(access, post=post)
    assert [(one.id, one.text, one.parent) for one in under.remarks] == [
        (reply, "@larkwood Lovely & quiet", post)
    ]
    assert under.remarks[0].author_handle == "robin_follower@elsewhere.example"
    everywhere = stage.client.comments(access)
    assert [(one.id, one.post, one.kind) for one in everywhere.remarks] == [(reply, post, "comment")]
    assert stage.client.comments(access, after=everywhere.newest).remarks == ()
    assert stage.client.comments(access, post=post, after=under.newest).remarks == ()


def test_an_answer_names_whom_it_answers_and_is_made_once(stage: OnCounterpart) -> None:
    access, _post, reply = conversation(stage)
    wish = Wish(Deed.ANSWER, remark=reply, text="Thank you", key="answer-1")
    assert stage.client.moderated(access, wish) == stage.client.moderated(access, wish)
    answers = [one for one in stage.control.world()["posts"] if one["in_reply_to"] == reply]
    assert [one["text"] for one in answers] == ["@robin_follower@elsewhere.example Thank you"]


def test_an_author_is_muted_blocked_unblocked_and_reported(stage: OnCounterpart) -> None:
    access, post, reply = conversation(stage)
    stage.client.moderated(access, Wish(Deed.RESTRICT, remark=reply))
    stage.client.moderated(access, Wish(Deed.REPORT, remark=reply, text="Insults"))
    author = stage.client.comments(access, post=post).remarks[0].author_id
    stage.client.moderated(access, Wish(Deed.BLOCK, author=author))
    world: Any = stage.control.world()
    assert [one["blocked"] for one in world["blocks"]] == [author]
    assert [(one["comment"], one["status_ids"]) for one in world["reports"]] == [("Insults", [reply])]
    stage.client.moderated(access, Wish(Deed.UNBLOCK, author=author))
    assert stage.control.world()["blocks"] == []


@pytest.mark.parametrize("deed", [Deed.HIDE, Deed.SHOW, Deed.DELETE])
def test_nobody_hides_or_deletes_what_another_wrote(stage: OnCounterpart, deed: Deed) -> None:
    access, _post, reply = conversation(stage)
    with pytest.raises(CannotHere) as cannot:
        stage.client.moderated(access, Wish(deed, remark=reply))
    assert cannot.value.instead


def test_who_knows_the_password_is_readable_nowhere(stage: OnCounterpart) -> None:
    with pytest.raises(CannotHere):
        stage.client.insiders(access_of(stage))
