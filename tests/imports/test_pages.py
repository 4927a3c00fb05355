"""Bringing a list through its pages: four steps, back at any of them, and nothing written before the last."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from tests.cast import Cast, filled

from undersigned.accounts.models import Account
from undersigned.imports import applying, files, planning
from undersigned.imports.models import ImportRun, KeptMapping, RunState
from undersigned.people import acts
from undersigned.people.models import Appointment, Person
from undersigned.people.states import Office
from undersigned.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = "Employee no,Name,E-mail,Department,Title,Union"
FAMILIES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")
NEW_ROSTER = reverse("imports:file", args=["roster"])
DAY = {"as_of_day": "31", "as_of_month": "1", "as_of_year": "2026"}


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def named(number: int) -> str:
    return f"Given {FAMILIES[number % 10]}{FAMILIES[number // 10 % 10].lower()}"


def staff(count: int, start: int = 1) -> list[str]:
    return [
        f"{number:05},{named(number)},p{number}@harrowfalls.example,Parks,Clerk,Local 37"
        for number in range(start, start + count)
    ]


def upload(*rows: str, name: str = "staff.csv", head: str = HEAD) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([head, *rows, ""]).encode())


def bring(browser: Client, file: SimpleUploadedFile, *, full: bool = True) -> ImportRun:
    """The first two steps, as guessed; answers with the run, ready for the third."""
    sent = browser.post(NEW_ROSTER, {"file": file, **DAY, **({"full": "on"} if full else {})})
    assert sent.status_code == 302, sent.content.decode()
    run = ImportRun.objects.latest("pk")
    confirm(browser, run)
    return run


def confirm(browser: Client, run: ImportRun, **choices: str) -> HttpResponse:
    """Press the button of the second step, with every column as the page proposes it or as given here."""
    page = browser.get(step("columns", run)).content.decode()
    proposed = dict(re.findall(r'name="(column_\d+)".*?<option value="([^"]*)" selected', page, re.DOTALL))
    return browser.post(step("columns", run), {**proposed, **choices})


def step(name: str, run: ImportRun) -> str:
    return reverse(f"imports:{name}", args=[run.pk])


def apply(browser: Client, run: ImportRun, **more: object) -> HttpResponse:
    """Press the button of the last step."""
    page = browser.get(step("changes", run)).content.decode()
    found = re.search(r'name="shown" value="(\w+)"', page)
    assert found, page
    return browser.post(step("changes", run), filled(shown=found[1], **more))


def test_a_roster_goes_from_the_file_to_its_report(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(12)))
    questions = browser.get(step("questions", run))
    assert "Every row was understood" in questions.content.decode()
    changes = browser.get(step("changes", run)).content.decode()
    assert "New people" in changes
    assert "Given Birchalder" in changes
    assert Person.objects.filter(staff_number__isnull=False).count() == 0
    assert apply(browser, run).status_code == 302
    assert Person.objects.filter(staff_number__isnull=False).count() == 12
    report = browser.get(step("run", run)).content.decode()
    assert "Report of the import" in report
    assert "Every row was taken" in report


def test_the_act_is_entered_under_the_persons_office_and_names_nobody(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    apply(browser, bring(browser, upload(*staff(3))))
    entry = json.loads(bytes(Entry.objects.get(act="import.apply").entry))
    hr = Appointment.objects.get(office=Office.HR)
    assert entry["by"]["as"] == hr.pk
    assert (entry["fact"]["subject"], entry["fact"]["read"], entry["fact"]["adds"]) == ("roster", 3, 4)
    joins = Entry.objects.filter(act="roster.apply").values_list("capacity", flat=True)
    assert set(joins) == {hr.pk}
    assert b"Given" not in b"".join(bytes(one) for one in Entry.objects.values_list("entry", flat=True))


def test_nothing_is_written_before_the_last_step(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    before = Entry.objects.count(), Person.objects.count()
    run = bring(browser, upload(*staff(3)))
    browser.get(step("questions", run))
    browser.get(step("changes", run))
    assert (Entry.objects.count(), Person.objects.count()) == before
    assert not KeptMapping.objects.exists()


def test_the_file_is_kept_under_its_digest_until_the_run_is_over(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    path = files.path_of(run.file_digest)
    assert path.exists()
    assert path.stat().st_mode & 0o077 == 0
    apply(browser, run)
    assert not path.exists()


def test_a_file_that_two_imports_need_stays_until_both_are_over(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    first, second = bring(browser, upload(*staff(3))), bring(browser, upload(*staff(3)))
    assert first.file_digest == second.file_digest
    browser.post(step("discard", first))
    assert files.path_of(second.file_digest).exists()
    browser.post(step("discard", second))
    assert not files.path_of(second.file_digest).exists()
    assert not ImportRun.objects.exists()


def test_columns_are_remembered_for_the_next_file_of_this_make(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = ImportRun.objects.filter(pk=bring(browser, upload(*staff(3))).pk)
    confirm(browser, run.get(), column_4="")
    apply(browser, run.get())
    browser.post(NEW_ROSTER, {"file": upload(*staff(4)), **DAY})
    page = browser.get(step("columns", ImportRun.objects.latest("pk"))).content.decode()
    assert "brought before" in page
    assert re.search(r'name="column_4".*?<option value="" selected', page, re.DOTALL)


def test_it_is_told_how_the_columns_changed_since_last_time(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    apply(browser, bring(browser, upload(*staff(3))))
    rows = [f"{row},active" for row in staff(3)]
    browser.post(NEW_ROSTER, {"file": upload(*rows, head=f"{HEAD},Status"), **DAY})
    page = browser.get(step("columns", ImportRun.objects.latest("pk"))).content.decode()
    assert "columns changed" in page
    assert re.search(r"New:\s+Status", page)


def test_two_columns_cannot_mean_the_same_and_the_error_stands_beside_the_second(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    page = confirm(browser, run, column_4="name")
    assert page.status_code == 200
    assert "“Name” is read as this already" in page.content.decode()


def test_a_roster_without_names_is_asked_for_its_names(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    assert "which column holds the names" in confirm(browser, run, column_1="").content.decode()


def test_the_brake_wants_the_number_typed_and_nothing_is_applied_before(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    apply(browser, bring(browser, upload(*staff(30))))
    run = bring(browser, upload(*staff(20)))
    page = browser.get(step("changes", run)).content.decode()
    assert "10 of 3" in page
    assert "people would leave" in page
    wrong = apply(browser, run, typed="9")
    assert wrong.status_code == 200
    assert "Type 10 to go on" in wrong.content.decode()
    assert Person.objects.filter(left_on__isnull=False).count() == 0
    apply(browser, run, typed="10")
    assert Person.objects.filter(left_on__isnull=False).count() == 10
    confirmed = json.loads(bytes(Entry.objects.get(act="roster.confirm_leavers").entry))
    assert confirmed["fact"]["count"] == 10


def test_numbers_that_nobody_saw_are_not_applied(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    browser.get(step("changes", run))
    page = browser.post(step("changes", run), filled(shown="0" * 64))
    assert page.status_code == 200
    assert "look again" in page.content.decode()
    assert ImportRun.objects.get(pk=run.pk).state == RunState.BROUGHT


def test_what_others_changed_meanwhile_stops_the_import_before_anything_is_applied(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run, same = bring(browser, upload(*staff(3))), bring(browser, upload(*staff(3)))
    browser.get(step("changes", run))
    apply(browser, same)
    people = Person.objects.count()
    apply(browser, run)
    assert Person.objects.count() == people
    page = browser.get(step("run", run)).content.decode()
    assert "Nothing was applied" in page
    assert browser.get(step("changes", run)).status_code == 200


def test_a_question_is_answered_once_for_all_alike_and_can_be_asked_again(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    head = "Name,Department,Start date"
    rows = [f"{named(number)},Parks,03/04/2024" for number in range(1, 4)]
    run = bring(browser, upload(*rows, head=head))
    page = browser.get(step("questions", run)).content.decode()
    assert "This must be answered" in page
    assert "A question must be answered" in browser.get(step("changes", run)).content.decode()
    field = re.search(r'<select name="(answer_\w+)"', page)
    assert field, page
    browser.post(step("questions", run), {field[1]: "day_first", "go": "stay"})
    answered = browser.get(step("questions", run)).content.decode()
    assert "Answered already" in answered
    browser.post(step("questions", run), {"forget": "date_order"})
    assert ImportRun.objects.get(pk=run.pk).answers == {}


def test_problems_are_grouped_and_downloaded_with_their_rows(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    broken = [f"{number:05},,x{number}@harrowfalls.example,Parks,=HYPERLINK(1)," for number in range(50, 55)]
    run = bring(browser, upload(*staff(3), *broken))
    page = browser.get(step("questions", run)).content.decode()
    assert page.count("There is no person") == 1
    assert "5, 6, 7, 8, 9" in page
    apply(browser, run)
    report = b"".join(browser.get(step("problems", run))).decode()
    assert "x54@harrowfalls.example" in report
    assert "'=HYPERLINK(1)" in report
    assert Person.objects.filter(staff_number__isnull=False).count() == 3


def test_a_file_that_is_no_table_is_refused_beside_its_field_and_not_kept(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    page = browser.post(NEW_ROSTER, {"file": SimpleUploadedFile("staff.pdf", b"%PDF-1.7 x"), **DAY})
    assert "This is a PDF document" in page.content.decode()
    assert not ImportRun.objects.exists()
    assert not list(files.folder().iterdir())


def test_a_file_that_is_too_large_is_thrown_away_while_it_comes(cast: Cast, settings: Settings) -> None:
    settings.LARGEST_IMPORT_BYTES = 1_000_000
    browser = cast.browser(Office.HR)
    page = browser.post(NEW_ROSTER, {"file": SimpleUploadedFile("big.csv", b"x," * 600_000), **DAY})
    assert "larger than 1 megabytes and was not kept" in page.content.decode()
    assert not list(files.folder().iterdir())


def test_one_can_go_back_and_bring_the_file_corrected(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    old = run.file_digest
    browser.post(step("file_again", run), {"file": upload(*staff(5)), **DAY})
    run.refresh_from_db()
    assert run.file_digest != old
    assert not files.path_of(old).exists()
    assert "5 rows were read" in browser.get(step("changes", run)).content.decode()


def test_a_large_file_is_planned_and_applied_by_the_worker(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "SMALL", 10)
    monkeypatch.setattr(applying, "AT_ONCE", 2)
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    assert "New people" in browser.get(step("changes", run)).content.decode()
    apply(browser, run)
    assert ImportRun.objects.get(pk=run.pk).state == RunState.APPLIED


def test_while_the_worker_is_at_it_the_page_shows_how_far_and_asks_again(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    ImportRun.objects.filter(pk=run.pk).update(
        state=RunState.APPLYING, done=840, total=2000, started_at=timezone.now(), beat_at=timezone.now()
    )
    page = browser.get(step("run", run)).content.decode()
    assert "840 of 2,000" in page
    assert 'http-equiv="refresh"' in page
    part = browser.get(step("run", run), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert browser.get(step("changes", run)).status_code == 302


def test_a_run_whose_worker_died_is_offered_again_and_does_what_is_left(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    apply(browser, bring(browser, upload(*staff(2)), full=False))
    long_ago = timezone.now() - applying.SILENT * 2
    ImportRun.objects.filter(pk=run.pk).update(
        state=RunState.APPLYING,
        beat_at=long_ago,
        started_at=long_ago,
        done=2,
        promised={"counts": {}, "leavers": None, "attempts": 1, "before": 0},
    )
    assert applying.offer_again() == 1
    run.refresh_from_db()
    assert (run.state, run.report["before"]) == (RunState.APPLIED, 2)
    assert Person.objects.filter(staff_number__isnull=False).count() == 3


def test_a_run_that_breaks_off_again_and_again_is_stopped_and_says_so(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    ImportRun.objects.filter(pk=run.pk).update(
        state=RunState.WAITING, promised={"counts": {}, "leavers": None, "attempts": 3, "before": 0}
    )
    applying.carry_out(run.pk)
    assert "broke off several times" in browser.get(step("run", run)).content.decode()


def test_a_living_worker_keeps_its_run(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.APPLYING, beat_at=timezone.now())
    assert applying.offer_again() == 0
    applying.carry_out(run.pk)
    assert ImportRun.objects.get(pk=run.pk).state == RunState.APPLYING


def test_who_brought_it_and_left_since_has_nothing_applied_in_their_name(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    ImportRun.objects.filter(pk=run.pk).update(
        state=RunState.WAITING,
        promised={"counts": {"joined": 3}, "leavers": None, "attempts": 1, "before": 0},
    )
    acts.end_appointment(
        by=cast.officer(Office.ADMINISTRATOR), appointment=Appointment.objects.get(office="hr")
    )
    applying.carry_out(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.STOPPED
    assert "holds no appointment" in run.report["stopped"]


def test_sending_the_last_step_twice_applies_it_once(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    page = browser.get(step("changes", run)).content.decode()
    shown = re.search(r'name="shown" value="(\w+)"', page)
    assert shown
    form = filled(shown=shown[1])
    browser.post(step("changes", run), form)
    browser.post(step("changes", run), form)
    assert Entry.objects.filter(act="import.apply").count() == 1


def test_without_a_second_factor_nothing_is_applied(cast: Cast) -> None:
    browser = cast.browser(Office.HR, second_factor=False)
    run = bring(browser, upload(*staff(3)))
    assert apply(browser, run).status_code == 409
    assert Person.objects.filter(staff_number__isnull=False).count() == 0
    assert ImportRun.objects.get(pk=run.pk).state == RunState.BROUGHT


ACCOUNTS = "Network,Handle,Department,Owner,Password\n"


def test_a_list_of_accounts_goes_the_same_way_and_its_passwords_are_never_shown(cast: Cast) -> None:
    cast.person("Robin Hale", unit="Parks")
    browser = cast.browser(Office.HEAD_OF_COMMUNICATIONS)
    body = (
        f"{ACCOUNTS}Facebook,harrowparks,Parks,Robin Hale,hunter2\nX,harrowfalls,Parks,Nobody Known,hunter3\n"
    )
    browser.post(
        reverse("imports:file", args=["accounts"]),
        {"file": SimpleUploadedFile("accounts.csv", body.encode())},
    )
    run = ImportRun.objects.get()
    assert "hunter" not in browser.get(step("columns", run)).content.decode()
    confirm(browser, run)
    assert "Nobody Known" in browser.get(step("questions", run)).content.decode()
    apply(browser, run)
    assert Account.objects.count() == 2
    assert Account.objects.get(handle="harrowparks").steward == cast.people["Robin Hale"]
    report = b"".join(browser.get(step("problems", run))).decode()
    assert "•••" in report
    assert "hunter" not in report + json.dumps(ImportRun.objects.get().report)


def test_an_owner_who_can_be_several_is_asked_and_the_answer_taken(cast: Cast) -> None:
    one = cast.person("Robin Hale", unit="Parks")
    cast.people.clear()
    cast.person("Robin Hale", unit="Roads")
    browser = cast.browser(Office.HEAD_OF_COMMUNICATIONS)
    body = "Network,Handle,Steward\nFacebook,harrowparks,Robin Hale\n"
    browser.post(
        reverse("imports:file", args=["accounts"]),
        {"file": SimpleUploadedFile("accounts.csv", body.encode())},
    )
    run = ImportRun.objects.get()
    confirm(browser, run)
    page = browser.get(step("questions", run)).content.decode()
    assert "fits several people" in page
    field = re.findall(r'<select name="(answer_\w+)"', page)[0]
    browser.post(step("questions", run), {field: one.pk})
    apply(browser, run)
    assert Account.objects.get().steward == one


def test_only_who_keeps_a_list_may_bring_it_and_for_others_it_is_not_there(cast: Cast) -> None:
    hr, head = cast.browser(Office.HR), cast.browser(Office.HEAD_OF_COMMUNICATIONS)
    run = bring(hr, upload(*staff(3)))
    addresses = [
        step(name, run) for name in ("run", "file_again", "columns", "questions", "changes", "problems")
    ]
    for other in (head, cast.browser(Office.MEMBER)):
        assert {other.get(address).status_code for address in (NEW_ROSTER, *addresses)} == {404}
        assert other.post(step("discard", run)).status_code == 404
    assert cast.browser(Office.MEMBER).get(reverse("imports:list")).status_code == 404
    assert Client().get(NEW_ROSTER).status_code == 302
    assert hr.get(reverse("imports:file", args=["nonsense"])).status_code == 404


def test_a_colleague_who_keeps_the_list_too_sees_the_report_but_not_the_steps(cast: Cast) -> None:
    hr, administrator = cast.browser(Office.HR), cast.browser(Office.ADMINISTRATOR)
    run = bring(hr, upload(*staff(3)))
    assert administrator.get(step("changes", run)).status_code == 404
    apply(hr, run)
    assert administrator.get(step("run", run)).status_code == 200


def test_the_list_of_imports_asks_the_database_as_often_for_fifty_as_for_one(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(1)))
    for_one = queries(browser, reverse("imports:list"))
    for _copy in range(49):
        run.pk = None
        run.save(force_insert=True)
    assert queries(browser, reverse("imports:list")) == for_one


def queries(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_what_nobody_finished_is_forgotten_after_a_while(cast: Cast) -> None:
    browser = cast.browser(Office.HR)
    run = bring(browser, upload(*staff(3)))
    assert files.forget_unfinished() == 0
    ImportRun.objects.filter(pk=run.pk).update(brought_at=timezone.now() - files.UNFINISHED * 2)
    path = files.path_of(run.file_digest)
    os.utime(path, (0, 0))
    assert files.forget_unfinished() == 1
    assert not path.exists()
    assert not ImportRun.objects.exists()
