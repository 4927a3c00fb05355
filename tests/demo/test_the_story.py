"""What the demonstration holds: every state, every failure, something that waits for everybody, and a record."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from undersigned.accounts.models import Account, Grant, LookalikeCase, PostureException
from undersigned.accounts.posture.checks import CHECKS
from undersigned.accounts.posture.judging import Judgement
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.posture.own import Outcome
from undersigned.accounts.posture.scoring import Standing
from undersigned.accounts.queries import auditing, posture
from undersigned.accounts.queries.importing import prepared
from undersigned.accounts.states import AccountState, CaseState
from undersigned.acts import Officer, countersigning
from undersigned.acts.directory import directory
from undersigned.demo import city, marker, register, signins
from undersigned.desk import duties
from undersigned.people.models import Appointment, Person, Unit, User
from undersigned.people.states import Office, PersonClass
from undersigned.record import queries as record
from undersigned.record.models import Entry

pytestmark = pytest.mark.usefixtures("harrow_falls")


def officer(email: str) -> Officer:
    found = directory().officer(User.objects.get(email=email).person_id)
    assert found is not None
    return replace(found, second_factor=True)


def judged() -> dict[str, tuple[Judgement, ...]]:
    accounts = Account.objects.in_register().select_related("unit", "steward", "deputy")
    return {str(account): posture.judged(account, timezone.now()) for account in accounts}


def failing(*outcomes: Outcome) -> set[CheckId]:
    return {one.check.id for account in judged().values() for one in account if one.outcome in outcomes}


def test_made_again_it_stays_as_it_is() -> None:
    before = Entry.objects.count(), Account.objects.count(), User.objects.count()
    assert city.make() is False
    assert (Entry.objects.count(), Account.objects.count(), User.objects.count()) == before


def test_fourteen_accounts_were_gathered_and_three_of_them_are_the_municipalitys() -> None:
    listed = Account.objects.exclude(source_file="")
    assert listed.count() == 14
    assert listed.filter(display_name="City of Harrow Falls").count() == 3
    assert len(set(listed.values_list("network", flat=True))) == 7


def test_one_account_stands_in_each_state() -> None:
    assert set(Account.objects.values_list("state", flat=True)) == set(AccountState.values)


def test_each_check_fails_somewhere() -> None:
    assert failing(Outcome.FAIL, Outcome.EXPIRED) == {check.id for check in CHECKS}


def test_each_check_that_can_be_shown_to_fail_without_a_network_is_shown_to() -> None:
    """P11 is read by a machine alone, and a review that is late has expired rather than failed."""
    assert failing(Outcome.FAIL) == {check.id for check in CHECKS} - {CheckId.P11, CheckId.P23}


def test_one_account_is_green_one_is_on_its_way_and_others_are_red() -> None:
    report = auditing.audit_report()
    standings = Counter(account.standing for account in report.accounts)
    assert standings[Standing.GREEN] == 1
    assert standings[Standing.AMBER] >= 1
    assert standings[Standing.RED] >= 8


def test_a_review_is_overdue_and_a_grant_about_to_end() -> None:
    today = timezone.localdate()
    assert Account.objects.filter(next_review_by__lt=today).exists()
    assert 0 < (Grant.objects.current().order_by("ends_on")[0].ends_on - today).days < 14


def test_one_exception_holds_and_one_was_ended() -> None:
    assert PostureException.objects.filter(ended_at=None, until__gt=timezone.now()).count() == 1
    assert PostureException.objects.exclude(ended_at=None).count() == 1


def test_a_steward_has_left_and_their_accounts_say_so() -> None:
    left = Person.objects.get(name="Bram Tailrace")
    assert left.left_on is not None
    assert Account.objects.filter(steward=left).count() == 2


def test_an_imitation_is_open_and_others_are_decided() -> None:
    assert set(LookalikeCase.objects.values_list("state", flat=True)) == {
        CaseState.OPEN, CaseState.REPORTED, CaseState.HARMLESS,
    }  # fmt: skip


def test_the_list_from_the_drawer_brought_again_changes_nothing_but_what_was_put_away(
    harrow_falls: Path,
) -> None:
    """An archived entry is closed for good, so a list that still names the account brings it anew."""
    found = prepared(harrow_falls / "demonstration" / register.FILE)
    assert [one.address.handle for one in found.plan.created] == ["+HarrowFallsParks"]
    assert (len(found.plan.changed), len(found.plan.gone)) == (0, 0)
    assert len(found.plan.duplicates) == 1
    assert {problem.row for problem in found.plan.problems} >= {17}


def test_passwords_of_the_list_are_kept_nowhere() -> None:
    kept = "".join(Account.objects.values_list("source_text", flat=True))
    assert "City of Harrow Falls" in kept
    assert "Falls2015!" not in kept


def test_everybody_who_signs_in_finds_something_that_waits() -> None:
    waiting = {one.email: len(duties.duties_of(officer(one.email))) for one in signins.everybody()}
    assert [email for email, count in waiting.items() if not count] == []


def test_a_countersignature_waits_on_many_desks_and_three_of_them_are_asked_for_something_of_their_own() -> (
    None
):
    asked = [countersigning.waiting_for(officer(one.email)) for one in signins.everybody()]
    assert sum(bool(requests) for requests in asked) >= 3
    assert sum(len(requests) > 1 for requests in asked) >= 3
    assert {request.act for requests in asked for request in requests} >= {
        "account.approve", "account.resume", "account.retire", "grant.give", "exception.give",
    }  # fmt: skip


def test_people_of_every_class_work_in_a_tree_of_units_with_heads() -> None:
    assert set(Person.objects.values_list("person_class", flat=True)) == set(PersonClass.values) - {
        PersonClass.UNSTATED
    }
    assert 110 <= Person.objects.count() <= 140
    assert max(unit.path.count("/") for unit in Unit.objects.all()) == 3
    heads = Appointment.objects.current().filter(office=Office.UNIT_HEAD)
    assert heads.count() >= 10
    assert heads.filter(acting=True).count() == 1


def test_a_published_checkpoint_covers_the_whole_story() -> None:
    latest = record.latest_published()
    assert latest is not None
    assert latest.size == Entry.objects.count()


def test_every_row_is_as_the_record_says() -> None:
    call_command("record_verify", "--state")


def test_no_leaf_names_anybody() -> None:
    """Long words, letter by letter: a short one stands in any mass of digests by chance."""
    leaves = b"".join(bytes(entry.entry) for entry in Entry.objects.all()).decode()
    words = {word for name in Person.objects.values_list("name", flat=True) for word in name.split()}
    assert [word for word in words if len(word) > 6 and word in leaves] == []


def test_a_folder_with_another_city_is_left_alone(harrow_falls: Path) -> None:
    marker.path().rename(harrow_falls / "set aside")
    try:
        with pytest.raises(CommandError, match="holds another city: Harrow Falls"):
            call_command("demo", "--make-only")
    finally:
        (harrow_falls / "set aside").rename(marker.path())


def test_the_six_digits_of_nobody_are_wrong_use() -> None:
    with pytest.raises(CommandError, match="Nobody in the demonstration") as refused:
        call_command("demo", "--code", "nobody@example.org")
    assert refused.value.returncode == 2
