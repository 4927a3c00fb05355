"""The row is the queue: claimed once, settled in words that are facts, and never sent blindly a second time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from undersigned.dispatch import engine, handlers, mail, queue, rounds
from undersigned.dispatch.handlers import Answer
from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome

pytestmark = pytest.mark.django_db(transaction=True)


class FarSide:
    """A place outside that answers as it is told, and remembers what reached it."""

    def __init__(self) -> None:
        self.reached: list[str] = []
        self.answers: list[Answer | Exception] = []

    def send(self, row: Dispatch) -> Answer:
        self.reached.append(row.idempotency_key)
        answer = self.answers.pop(0) if self.answers else Answer(Outcome.DONE, far_id="1")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def reconcile(self, row: Dispatch) -> Answer:
        there = row.idempotency_key in self.reached
        return Answer(Outcome.DONE, far_id="1") if there else Answer(Outcome.WAITING)


@pytest.fixture
def far_side() -> Iterator[FarSide]:
    far = FarSide()
    handlers.register("test", far.send, far.reconcile)
    yield far
    del handlers._journeys["test"]


def test_what_is_put_twice_under_one_key_is_one_row(far_side: FarSide) -> None:
    assert queue.put("test", key="a") == queue.put("test", key="a")


def test_work_that_arrives_is_done_with_the_far_sides_id(far_side: FarSide) -> None:
    row = queue.put("test", key="a")
    assert engine.inline().step()
    row.refresh_from_db()
    assert (row.outcome, row.far_id, row.attempts) == (Outcome.DONE, "1", 1)
    assert not engine.inline().step()


def test_work_put_in_a_transaction_that_fails_never_leaves(far_side: FarSide) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        queue.put("test", key="a")
        raise RuntimeError
    assert not engine.inline().step()


def test_a_fault_after_sending_is_uncertain_and_is_read_back_not_sent_again(far_side: FarSide) -> None:
    far_side.answers = [TimeoutError()]
    row = queue.put("test", key="a")
    engine.inline().step()
    row.refresh_from_db()
    assert row.outcome == Outcome.UNCERTAIN
    Dispatch.objects.update(due_at=timezone.now())
    engine.inline().step()
    row.refresh_from_db()
    assert row.outcome == Outcome.DONE
    assert far_side.reached == ["a"]


def test_a_killed_workers_row_is_offered_again_and_read_back(far_side: FarSide) -> None:
    row = queue.put("test", key="a")
    taken = queue.claim(timezone.now())
    assert taken
    Dispatch.objects.update(sent_at=timezone.now(), lease_until=timezone.now() - timedelta(seconds=1))
    engine.inline().step()
    row.refresh_from_db()
    assert row.outcome == Outcome.WAITING, "the far side has never seen it, so it may be sent"
    Dispatch.objects.update(due_at=timezone.now())
    engine.inline().step()
    assert far_side.reached == ["a"]


def test_a_row_under_lease_is_not_offered(far_side: FarSide) -> None:
    row = queue.put("test", key="a")
    assert queue.claim(timezone.now()) == [row]
    assert queue.claim(timezone.now()) == []


def test_later_comes_at_the_moment_that_the_far_side_named(far_side: FarSide) -> None:
    again = timezone.now() + timedelta(minutes=17)
    far_side.answers = [Answer(Outcome.LATER, "rate limit", again_at=again)]
    row = queue.put("test", key="a")
    engine.inline().step()
    row.refresh_from_db()
    assert (row.outcome, row.due_at) == (Outcome.LATER, again)


def test_a_refusal_is_final_and_keeps_the_far_sides_reason(far_side: FarSide) -> None:
    far_side.answers = [Answer(Outcome.REFUSED, "duplicate")]
    row = queue.put("test", key="a")
    engine.inline().step()
    row.refresh_from_db()
    assert (row.outcome, row.reason) == (Outcome.REFUSED, "duplicate")


def test_exhausted_attempts_end_in_failed_and_are_counted(far_side: FarSide) -> None:
    far_side.answers = [Answer(Outcome.LATER, "closed")] * 8
    row = queue.put("test", key="a")
    for _ in range(8):
        Dispatch.objects.update(due_at=timezone.now())
        engine.inline().step()
    row.refresh_from_db()
    assert row.outcome == Outcome.FAILED
    assert queue.failed() == 1


def test_four_workers_at_once_send_each_row_once(far_side: FarSide) -> None:
    for number in range(20):
        queue.put("test", key=str(number))

    def work() -> None:
        while engine.inline().step():
            pass
        connection.close()

    if connection.vendor == "sqlite":
        work()  # the suite's database lives in memory and belongs to one thread
    else:
        threads = [threading.Thread(target=work) for _ in range(4)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
    assert sorted(far_side.reached, key=int) == [str(number) for number in range(20)]


def test_a_message_is_composed_when_it_is_sent() -> None:
    def compose(about: object) -> EmailMessage:
        return EmailMessage("Hello", "words", to=["someone@harrowfalls.example"])

    mail.composer("test.hello", compose)
    row = mail.send("test.hello", key="1", person="person:1")
    assert "@" not in str(row.payload)
    engine.inline().step()
    assert [message.subject for message in outbox.outbox] == ["Hello"]


def test_a_message_that_has_lost_its_reason_is_not_sent() -> None:
    mail.composer("test.nothing", lambda about: None)
    row = mail.send("test.nothing", key="1")
    engine.inline().step()
    row.refresh_from_db()
    assert row.outcome == Outcome.REFUSED
    assert not outbox.outbox


def test_a_fault_in_one_round_does_not_stop_the_others() -> None:
    done: list[str] = []

    def broken() -> None:
        raise ZeroDivisionError

    rounds.every(60, "test.a", broken)
    rounds.every(60, "test.b", lambda: done.append("b"))
    try:
        rounds.make_due_rounds()
        rounds.make_due_rounds()
    finally:
        rounds._rounds.pop("test.a")
        rounds._rounds.pop("test.b")
    assert done == ["b"]
