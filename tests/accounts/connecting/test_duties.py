"""Connections ask in time: of steward and deputy long before the end, at once when something is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.accounts.connecting.family import Family
from tests.accounts.connecting.having import connected, fresh
from tests.accounts.pages.reading import text_of
from tests.accounts.stages import Stages
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts
from undersigned.accounts.connecting.duties import of_connections
from undersigned.accounts.models import Connection, Liveness
from undersigned.acts import Officer
from undersigned.networks.protocol import Holder
from undersigned.people import acts as people
from undersigned.people.models import Appointment
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)

ITSELF = Holder("4711", "The account itself")


@pytest.fixture
def connection(stages: Stages) -> Connection:
    """It hangs on the account itself, so on nobody who could leave."""
    return fresh(connected(stages, Family(), holder=ITSELF))


def asked(officer: Officer) -> list[tuple[str, date | None]]:
    return [(str(one.what), one.due) for one in of_connections(officer)]


def today() -> date:
    return timezone.localdate()


def test_a_connection_that_works_asks_nothing(connection: Connection, stages: Stages) -> None:
    assert asked(stages.steward) == []


def test_from_21_days_before_its_end_steward_and_deputy_are_asked(
    connection: Connection, stages: Stages
) -> None:
    for days, expected in ((22, []), (21, [("Its connection ends", today() + timedelta(days=21))])):
        Liveness.objects.update(ends_at=timezone.now() + timedelta(days=days))
        assert asked(stages.steward) == asked(stages.deputy) == expected
    assert asked(stages.unit_head) == []


def test_a_lost_connection_is_a_duty_of_today_that_leads_to_connecting_anew(
    connection: Connection, stages: Stages
) -> None:
    acts.lose(by=SYSTEM, connection=connection, reason="invalid_grant")
    (duty,) = of_connections(stages.steward)
    assert (str(duty.what), duty.due) == ("Its connection is lost: nothing can be sent or read", today())
    assert duty.url == f"/accounts/{connection.account_id}/connect/"


def test_a_lost_answer_is_a_duty_before_the_token_ends(connection: Connection, stages: Stages) -> None:
    Liveness.objects.update(doubt_since=timezone.now())
    assert [what for what, _ in asked(stages.steward)] == ["Its connection works only for a short while yet"]


def test_connecting_anew_settles_it(connection: Connection, stages: Stages) -> None:
    acts.lose(by=SYSTEM, connection=connection, reason="invalid_grant")
    connected(stages, Family(), account=fresh(connection).account, holder=ITSELF)
    assert asked(stages.steward) == []


def test_when_whoever_it_hangs_on_gets_an_end_date_the_duty_opens_then(stages: Stages) -> None:
    connection = connected(stages, Family())
    leaves = today() + timedelta(days=90)
    appointment = Appointment.objects.get(person=connection.authorised_by)
    people.change_appointment(by=SYSTEM, appointment=appointment, ends_on=leaves)
    words = "Its connection hangs on the log-in of Stella Wardour, who leaves"
    assert asked(stages.deputy) == asked(stages.steward) == [(words, leaves)]


def test_when_they_have_left_the_deputy_is_asked_the_same_day(stages: Stages) -> None:
    connection = connected(stages, Family())
    people.end_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=connection.authorised_by))
    words = "Its connection hangs on the log-in of Stella Wardour, who has left"
    assert asked(stages.deputy) == [(words, today())]


def test_a_log_in_of_the_account_itself_stays_when_people_leave(
    connection: Connection, stages: Stages
) -> None:
    people.end_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=connection.authorised_by))
    assert asked(stages.deputy) == []


def test_an_application_that_is_refused_is_a_duty_of_the_operators_alone(
    connection: Connection, stages: Stages, cast: Cast
) -> None:
    Liveness.objects.update(blocked_since=timezone.now(), last_error="invalid_client")
    (duty,) = of_connections(cast.officer(Office.ADMINISTRATOR))
    assert (str(duty.what), str(duty.how)) == (
        "X does not take the city’s application",
        "invalid_client",
    )
    assert duty.url == "/accounts/?network=x"
    assert asked(stages.security) == [("X does not take the city’s application", today())]
    assert asked(stages.steward) == []


def test_the_number_of_questions_does_not_depend_on_how_many_there_are(stages: Stages) -> None:
    counts = []
    for handles in (["harrowfalls"], [f"harrow{n}" for n in range(20)]):
        for handle in handles:
            connected(stages, Family(), account=stages.kept(handle))
        with CaptureQueriesContext(
            database,
        ) as seen:
            list(of_connections(stages.steward))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_persons_page_lists_what_hangs_on_their_log_in(stages: Stages, cast: Cast) -> None:
    """Whoever sees them off sees what somebody else has to connect anew."""
    connection = connected(stages, Family())
    page = text_of(cast.browser(Office.HR).get(f"/people/{connection.authorised_by_id}/"))
    assert "Connections that hang on their log-in harrowfalls (X) works" in page


def test_a_persons_page_leaves_out_what_stays_when_they_go(
    connection: Connection, stages: Stages, cast: Cast
) -> None:
    page = text_of(cast.browser(Office.HR).get(f"/people/{connection.authorised_by_id}/"))
    assert "Connections that hang on" not in page
