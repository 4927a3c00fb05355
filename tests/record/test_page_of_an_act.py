"""What an act's page tells of later entries, and what it keeps to itself."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.accounts.stages import address
from tests.cast import SYSTEM, Cast, filled
from tests.record.conftest import Opened
from tests.record.test_publishing import grow_to

from undersigned.accounts import acts as accounts
from undersigned.accounts.permissions import Preset
from undersigned.acts import countersigning
from undersigned.people.states import Office
from undersigned.record import acts
from undersigned.record.models import Entry, Payload

pytestmark = pytest.mark.django_db(transaction=True)


def text(client: Client, act_id: str) -> str:
    answer = client.get(reverse("record:act", args=[act_id]))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def granted(opened: Opened, cast: Cast) -> str:
    """A grant, asked for by the head of communications and countersigned by IT security: the id of its act."""
    account = accounts.take_in(
        by=SYSTEM,
        address=address(),
        unit=cast.unit("Parks", parent="Harrow Falls"),
        steward=cast.person("Stella Warden", unit="Parks"),
        deputy=cast.person("Dara Second", unit="Parks"),
    )
    request = accounts.give_grant.ask(
        by=cast.officer(Office.HEAD_OF_COMMUNICATIONS),
        account=account,
        person=cast.person("Nell Fairweather"),
        preset=Preset.AUTHOR,
        ends_on=timezone.localdate() + timedelta(days=90),
        reason="Looks after the pool.",
    )
    countersigning.give(by=cast.officer(Office.IT_SECURITY), countersignature=request, digest=request.digest)
    return Entry.objects.get(act="grant.give").act_id


def test_an_act_names_the_office_that_countersigned_it_and_leads_to_the_signature(
    granted: str, client: Client
) -> None:
    signature = Entry.objects.get(act="countersignature.give")
    shown = text(client, granted)
    assert "IT security officer, Harrow Falls" in shown
    assert reverse("record:act", args=[signature.act_id]) in shown
    assert "Iris Tollgate" not in shown


def test_who_may_know_it_reads_the_name_of_the_countersigner(granted: str, cast: Cast) -> None:
    assert "Iris Tollgate, IT security officer" in text(cast.browser(Office.AUDITOR), granted)
    assert "Iris Tollgate" in text(cast.browser(Office.HEAD_OF_COMMUNICATIONS), granted)
    assert "Iris Tollgate" not in text(cast.browser(Office.HR), granted)


def test_nobody_learns_from_the_words_of_a_thing_whom_an_act_was_about(
    granted: str, client: Client, cast: Cast
) -> None:
    for browser in (client, cast.browser(Office.HR)):
        shown = text(browser, granted)
        assert "Fairweather" not in shown
        assert "harrowfalls" not in shown


def test_a_denied_act_says_so_to_everybody_and_is_not_denied_again(
    granted: str, client: Client, cast: Cast
) -> None:
    browser = cast.browser(Office.HEAD_OF_COMMUNICATIONS)
    browser.post(reverse("record:repudiate", args=[granted]), filled(note="I was on leave."))
    denial = Entry.objects.get(act="record.repudiate")
    for reader in (client, browser):
        shown = text(reader, granted)
        assert "says that it was not them" in shown
        assert reverse("record:act", args=[denial.act_id]) in shown
        assert "This was not me" not in shown
    assert "I was on leave" not in text(client, denial.act_id)


def test_a_value_lost_with_a_restore_names_the_entry_that_says_so(
    granted: str, client: Client, cast: Cast
) -> None:
    Payload.objects.filter(act_id=granted, field="reason").delete()
    assert "missing, and nothing in the record says why" in text(client, granted)
    place = Entry.objects.get(act_id=granted).seq
    acts.declare_loss(by=cast.officer(Office.CLERK), first=place, last=place)
    loss = Entry.objects.get(act="record.declare_loss")
    shown = text(client, granted)
    assert f"as entry {loss.seq} says" in shown
    assert "nothing in the record says why" not in shown


def test_an_act_costs_the_same_questions_however_many_entries_follow(
    granted: str, client: Client, cast: Cast
) -> None:
    counts = []
    for more in (0, 50):
        for _again in range(more):
            acts.heartbeat(by=SYSTEM)
        with CaptureQueriesContext(connection) as asked:
            text(client, granted)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


def test_visitors_get_no_cookie_and_a_persons_pages_are_kept_by_nobody(
    granted: str, client: Client, cast: Cast
) -> None:
    for path in ("/record/", "/record/how-to-verify/", reverse("record:act", args=[granted])):
        assert not client.get(path).cookies
        assert cast.browser(Office.HR).get(path)["Cache-Control"] == "private, no-store"


def test_the_leaf_of_every_act_here_holds_no_name(granted: str) -> None:
    for entry in Entry.objects.all():
        said = json.dumps(json.loads(bytes(entry.entry)))
        assert not re.search("Fairweather|Tollgate|Warden|Corbel", said)


def test_a_day_is_paged_through_from_its_newest_act_to_its_oldest(opened: Opened, client: Client) -> None:
    grow_to(120)
    today = timezone.localdate()
    address = f"/record/?day_day={today.day}&day_month={today.month}&day_year={today.year}"
    found: list[str] = []
    while address:
        shown = client.get(address).content.decode()
        found += re.findall(r'href="/record/acts/([0-9a-f]{32})/"', shown)
        following = re.search(r'href="([^"]+)" rel="next"', shown)
        address = unescape(following[1]) if following else ""
    assert found == list(Entry.objects.order_by("-t", "-seq").values_list("act_id", flat=True))
