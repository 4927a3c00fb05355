"""Acts done through their pages: what they change, what they refuse beside which field, and that twice is once."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.accounts.pages.reading import sent_by, text_of
from tests.accounts.stages import Stages, fresh
from tests.cast import SYSTEM, Cast, filled, signed_in

from undersigned.accounts import acts
from undersigned.accounts.models import Account, AccountReview, Evidence, Grant, SetupLine
from undersigned.accounts.permissions import Preset
from undersigned.accounts.states import AccountState, Origin
from undersigned.acts.book import Act
from undersigned.acts.countersigning import give
from undersigned.acts.models import Countersignature
from undersigned.people.states import Office
from undersigned.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def address_of(account: Account, name: str, *more: object) -> str:
    return reverse(f"accounts:{name}", args=[account.pk, *more])


def day(name: str, value: date) -> dict[str, object]:
    """A day as the three boxes send it."""
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def steward(stages: Stages) -> Client:
    return signed_in(stages.employee("Stella Wardour"))


def head(cast: Cast) -> Client:
    return cast.browser(Office.HEAD_OF_COMMUNICATIONS)


def sign(stages: Stages, by: Any) -> None:
    request = Countersignature.objects.get(state="asked")
    give(by=by, countersignature=request, digest=request.digest)


def request_fields(stages: Stages, **more: object) -> dict[str, object]:
    stages.employee("Stella Wardour")
    stages.employee("Dennis Alder")
    return filled(
        origin="new",
        network="x",
        handle="harrowrinks",
        account_kind="facility",
        language=["en", "fr"],
        purpose="Ice times",
        audience="Skaters",
        unit=stages.unit.pk,
        steward="Stella Wardour",
        deputy="dennis alder",
        staffing_hours="Weekdays, 9 to 5",
        review_days=365,
    ) | dict(more)


def test_an_account_is_requested_and_the_same_form_sent_twice_requests_it_once(stages: Stages) -> None:
    sent = request_fields(stages)
    browser = steward(stages)
    answers = [browser.post(reverse("accounts:request"), sent) for _ in range(2)]
    account = Account.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/accounts/{account.pk}/"}
    assert (account.handle, account.state, account.language) == ("harrowrinks", "requested", "en,fr")
    assert (account.steward, account.deputy) == (
        stages.employee("Stella Wardour"),
        stages.employee("Dennis Alder"),
    )


def test_a_request_says_beside_the_field_what_is_missing_and_keeps_the_rest(stages: Stages) -> None:
    page = steward(stages).post(reverse("accounts:request"), request_fields(stages, purpose="", handle="a b"))
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"purpose", "handle"}
    assert "Skaters" in page.content.decode()
    assert "Error: " in page.content.decode().partition("</title>")[0]
    assert not Account.objects.exists()


def test_a_second_account_on_one_network_is_asked_for_its_reason_there(stages: Stages) -> None:
    stages.kept("harrowparks")
    page = steward(stages).post(reverse("accounts:request"), request_fields(stages))
    assert set(page.context["form"].errors) == {"second_account_because"}


def test_a_name_that_several_bear_is_told_apart_and_never_guessed(stages: Stages, cast: Cast) -> None:
    from undersigned.people import acts as people
    from undersigned.people.states import PersonClass

    sent = request_fields(stages, steward="Robin Marsh")
    for email in ("robin.a@harrowfalls.example", "robin.b@harrowfalls.example"):
        namesake = people.add_person(
            by=SYSTEM, name="Robin Marsh", person_class=PersonClass.MANAGER, email=email
        )
        people.begin_appointment(by=SYSTEM, person=namesake, unit=stages.unit, office=Office.MEMBER)
    page = steward(stages).post(reverse("accounts:request"), sent)
    told = page.context["form"].errors["steward"][0]
    assert "2 people are called that" in told
    assert {"robin.a@harrowfalls.example", "robin.b@harrowfalls.example"} <= set(
        re.findall(r"\S+@\S+\w", told)
    )
    again = steward(stages).post(
        reverse("accounts:request"), {**sent, "steward": "ROBIN.B@harrowfalls.example"}
    )
    assert again.status_code == 302
    assert Account.objects.get().steward.email == "robin.b@harrowfalls.example"


def test_from_the_request_to_the_approval_by_its_pages(stages: Stages, cast: Cast) -> None:
    account = stages.requested()
    unit_head = signed_in(cast.person(stages.unit_head.name))
    assert unit_head.post(address_of(account, "assent"), filled()).status_code == 302
    assert fresh(account).assented_on == timezone.localdate()
    page = head(cast).post(address_of(account, "approve"), filled(note="Good"), follow=True)
    assert "It takes effect when it is countersigned by" in text_of(page)
    assert "Waits for a name" in text_of(page)
    assert fresh(account).state == "requested"
    sign(stages, stages.security)
    assert fresh(account).state == "approved"


def test_approving_before_the_unit_assented_is_refused_with_what_to_do(stages: Stages, cast: Cast) -> None:
    page = head(cast).post(address_of(stages.requested(), "approve"), filled())
    assert "The head of the owning unit has not assented yet" in text_of(page)
    assert not Countersignature.objects.exists()


def test_a_countersignature_is_asked_for_once_however_often_the_form_is_sent(
    stages: Stages, cast: Cast
) -> None:
    account = stages.kept(state=AccountState.DORMANT)
    sent = filled(
        reason="No longer needed",
        farewell="waived",
        followers_told="on",
        handle_fate="keep",
        typed="harrowfalls",
    )
    browser = head(cast)
    for _ in range(2):
        assert browser.post(address_of(account, "retire"), sent).status_code == 302
    assert Countersignature.objects.count() == 1
    assert Entry.objects.filter(act=Act.COUNTERSIGNATURE_ASK).count() == 1


def test_what_cannot_be_undone_asks_for_the_name(stages: Stages, cast: Cast) -> None:
    account = stages.kept()
    sent = filled(reason="x", farewell="waived", followers_told="on", handle_fate="keep", typed="harrowfall")
    page = head(cast).post(address_of(account, "retire"), sent)
    assert "Type harrowfalls to go on; nothing was changed" in text_of(page)
    assert not Countersignature.objects.exists()


def test_a_steward_stops_an_account_at_once_and_twice_is_once(stages: Stages) -> None:
    account = stages.kept()
    sent, browser = filled(reason="A stranger posted"), steward(stages)
    assert [browser.post(address_of(account, "suspend"), sent).status_code for _ in range(2)] == [302, 302]
    assert fresh(account).state == "suspended"
    assert Entry.objects.filter(act=Act.ACCOUNT_SUSPEND).count() == 1


def test_resuming_waits_for_it_security(stages: Stages, cast: Cast) -> None:
    account = stages.in_state(AccountState.SUSPENDED)
    head(cast).post(address_of(account, "resume"), filled(outcome="It was a colleague"))
    sign(stages, stages.security)
    assert fresh(account).state == "live"


def test_the_set_up_begins_and_its_lines_are_closed_one_by_one(stages: Stages) -> None:
    account, browser = stages.approved(), steward(stages)
    sent = filled(network_id="4711", url="https://x.com/harrowfalls")
    assert browser.post(address_of(account, "begin_setup"), sent).status_code == 302
    empty = browser.post(address_of(account, "close_line", 1), filled(note=""))
    assert set(empty.context["form"].errors) == {"note"}
    assert browser.post(address_of(account, "close_line", 1), filled(note="Looked")).status_code == 302
    early = browser.post(address_of(account, "close_line", 9), filled())
    assert "Nobody has been granted anything on this account yet" in text_of(early)
    assert [line.number for line in SetupLine.objects.all()] == [1]


def test_opening_and_reserving_from_the_list(stages: Stages, cast: Cast) -> None:
    account, browser = stages.ready(), cast.browser(Office.COMMUNICATIONS)
    browser.post(address_of(account, "open"), filled())
    sign(stages, stages.security)
    assert fresh(account).state == "live"
    held = stages.setting_up("harrowheld", origin=Origin.RESERVATION)
    acts.close_line(by=stages.steward, account=held, number=5, note="Sealed")
    page = browser.post(address_of(held, "reserve"), filled(official="x.com/nobody"))
    assert set(page.context["form"].errors) == {"official"}
    browser.post(address_of(held, "reserve"), filled(official="twitter.com/harrowfalls"))
    assert fresh(held).state == "reserved"


def test_two_people_who_correct_different_fields_do_not_undo_each_other(stages: Stages) -> None:
    account, browser = stages.kept(purpose="News", audience="All"), steward(stages)
    sent = sent_by(browser.get(address_of(account, "change")))
    acts.change(by=stages.steward, account=account, audience="Everybody", followers=12)
    answer = browser.post(address_of(account, "change"), sent | {"purpose": "Parks", "tags": "Ice, rinks"})
    now = fresh(account)
    assert answer.status_code == 302
    assert (now.purpose, now.audience, now.followers) == ("Parks", "Everybody", 12)
    assert now.tags == ",ice,rinks,"


def test_an_account_follows_its_new_name(stages: Stages) -> None:
    account, browser = stages.kept(), steward(stages)
    address = address_of(account, "change")
    browser.post(address, sent_by(browser.get(address)) | {"handle": "x.com/HarrowParks"})
    assert (fresh(account).key, fresh(account).url) == ("harrowparks", "https://x.com/harrowparks")


def test_a_correction_that_changes_nothing_or_cannot_be_read_is_refused(stages: Stages) -> None:
    account, browser = stages.kept(), steward(stages)
    address = address_of(account, "change")
    sent = sent_by(browser.get(address))
    assert "That is what the register says already" in text_of(browser.post(address, sent))
    forged = browser.post(address, sent | {"was": "nonsense", "purpose": "Mine"})
    assert "Open it again; nothing was changed" in text_of(forged)
    assert fresh(account).purpose == ""


def test_somebody_is_named_and_a_stranger_is_not(stages: Stages, cast: Cast) -> None:
    account, browser = stages.taken_in(), signed_in(cast.person(stages.unit_head.name))
    stages.employee("Stella Wardour")
    page = browser.post(address_of(account, "assign"), filled(steward="Nobody Known", deputy=""))
    assert "Nobody of this name works for the city today" in text_of(page)
    assert "Name somebody" in text_of(browser.post(address_of(account, "assign"), filled()))
    browser.post(address_of(account, "assign"), filled(steward="stella wardour"))
    assert fresh(account).steward == stages.employee("Stella Wardour")


def test_a_transfer_waits_for_the_head_of_the_receiving_unit(stages: Stages, cast: Cast) -> None:
    account, library = stages.kept(), cast.unit("Libraries", parent="Harrow Falls")
    head(cast).post(
        address_of(account, "transfer"),
        filled(unit=library.pk, steward="Dennis Alder", deputy="Stella Wardour", reason="It is about books"),
    )
    page = text_of(head(cast).get(f"/accounts/{account.pk}/"))
    assert "Countersigned by the head of the receiving unit." in page
    receiving = cast.officer(Office.UNIT_HEAD, name="Lena Shelf", unit="Libraries")
    assert "Who could: Lena Shelf" in text_of(head(cast).get(f"/accounts/{account.pk}/"))
    sign(stages, receiving)
    assert fresh(account).unit == library


def test_confirming_reviewing_and_noting_a_post(stages: Stages) -> None:
    account, browser = stages.kept(), steward(stages)
    browser.post(address_of(account, "confirm"), filled())
    assert fresh(account).confirmed_on == timezone.localdate()
    answers = dict.fromkeys(("still_needed", "fields_true", "people_right", "posture_read"), "yes")
    no = browser.post(address_of(account, "review"), filled(**answers, terms_linked="no"))
    assert set(no.context["form"].errors) == {"note"}
    browser.post(address_of(account, "review"), filled(**answers, terms_linked="no", note="Being added"))
    assert AccountReview.objects.get().terms_linked is False
    yesterday = timezone.localdate() - timedelta(days=1)
    browser.post(address_of(account, "see_post"), filled(**day("last_post_on", yesterday)))
    assert fresh(account).last_post_on == yesterday


def test_an_account_that_a_list_left_out_is_said_to_be_there(stages: Stages) -> None:
    account = acts.note_gone(by=SYSTEM, account=stages.kept(), gone_from="accounts.csv")
    browser = steward(stages)
    assert "The list accounts.csv names it no longer" in text_of(browser.get(f"/accounts/{account.pk}/"))
    browser.post(address_of(account, "settle_gone"), filled(note="I posted there today"))
    assert fresh(account).gone_since is None


def test_a_grant_is_asked_for_countersigned_and_ended(stages: Stages, cast: Cast) -> None:
    account, browser = stages.kept(), steward(stages)
    stages.employee("Abel Scribe")
    until = timezone.localdate() + timedelta(days=90)
    sent = filled(person="Abel Scribe", preset="author", reason="Writes", **day("ends_on", until))
    late = browser.post(
        address_of(account, "give_grant"), {**sent, **day("ends_on", until + timedelta(days=900))}
    )
    assert set(late.context["form"].errors) == {"ends_on"}
    browser.post(address_of(account, "give_grant"), sent)
    sign(stages, stages.unit_head)
    grant = Grant.objects.get()
    assert (grant.person.name, grant.ends_on) == ("Abel Scribe", until)
    ending = filled(reason="Moved on")
    for _ in range(2):
        assert browser.post(address_of(account, "end_grant", grant.pk), ending).status_code == 302
    assert Grant.objects.get().ended_at is not None


def test_whoever_holds_a_grant_may_give_it_back(stages: Stages) -> None:
    account = stages.kept()
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    holder = signed_in(stages.employee("Abel Scribe"))
    address = address_of(account, "end_grant", Grant.objects.get().pk)
    assert address in holder.get(f"/accounts/{account.pk}/").content.decode()
    assert holder.post(address, filled(reason="Not needed")).status_code == 302


def test_a_check_is_attested_with_a_date_and_whom_it_speaks_of(stages: Stages) -> None:
    account, browser = stages.kept(), steward(stages)
    seen = timezone.localdate() - timedelta(days=3)
    sent = filled(shown="fail", note="One has none", about="Dennis Alder\n", **day("taken_at", seen))
    browser.post(address_of(account, "attest", "P03"), sent)
    row = Evidence.objects.get()
    assert (row.check_id, row.shown, timezone.localdate(row.taken_at)) == ("P03", "fail", seen)
    assert row.about == stages.employee("Dennis Alder").pk
    page = text_of(browser.get(f"/accounts/{account.pk}/"))
    assert "Without a second factor now: Dennis Alder." in page


def test_what_is_about_oneself_alone_is_attested_by_somebody_else(stages: Stages) -> None:
    account, browser = stages.kept(), steward(stages)
    today = day("taken_at", timezone.localdate())
    sent = filled(shown="pass", note="Mine is on", about="Stella Wardour", **today)
    page = browser.post(address_of(account, "attest", "P03"), sent)
    assert "somebody else has to attest it" in text_of(page)
    tomorrow = day("taken_at", timezone.localdate() + timedelta(days=1))
    page = browser.post(address_of(account, "attest", "P04"), filled(shown="pass", note="x", **tomorrow))
    assert set(page.context["form"].errors) == {"taken_at"}
    assert not Evidence.objects.exists()


def test_of_a_document_the_digest_is_kept_and_not_the_file(stages: Stages) -> None:
    account, browser = stages.kept(), steward(stages)
    letter = b"The line is locked." * 9000
    sent = filled(
        document=SimpleUploadedFile("letter.pdf", letter),
        source="Letter of the carrier",
        shown="pass",
        **day("taken_at", timezone.localdate()),
    )
    assert browser.post(address_of(account, "bring", "P06"), sent).status_code == 302
    row = Evidence.objects.get()
    assert (row.evidence_class, row.digest) == ("I", hashlib.sha256(letter).hexdigest())


def test_evidence_of_a_kind_that_does_not_count_is_not_kept(stages: Stages) -> None:
    account = stages.kept()
    sent = filled(shown="pass", note="I looked", **day("taken_at", timezone.localdate()))
    page = steward(stages).post(address_of(account, "attest", "P01"), sent)
    assert "is not shown in this way, so it would not count" in text_of(page)
    assert not Evidence.objects.exists()


def test_an_exception_lasts_to_the_end_of_its_day_and_a_week_is_a_week(stages: Stages) -> None:
    account, browser = stages.kept(), steward(stages)
    week = timezone.localdate() + timedelta(days=7)
    sent = filled(owner="Dennis Alder", reason="New telephones come", **day("until", week))
    browser.post(address_of(account, "except", "P03"), sent)
    sign(stages, stages.security)
    held = account.exceptions.get()
    assert timezone.localdate(held.until) == week
    page = browser.get(f"/accounts/{account.pk}/")
    assert "Dennis Alder answers for it until" in text_of(page)
    browser.post(address_of(account, "end_exception", held.pk), filled(reason="They came"))
    assert account.exceptions.get().ended_at is not None
    longer = day("until", week + timedelta(days=1))
    page = browser.post(
        address_of(account, "except", "P04"), filled(owner="Dennis Alder", reason="x", **longer)
    )
    assert set(page.context["form"].errors) == {"until"}


def test_archiving_asks_for_the_digest_and_for_every_loose_end(stages: Stages, cast: Cast) -> None:
    account = stages.in_state(AccountState.RETIRED)
    browser = cast.browser(Office.RECORDS_OFFICER)
    ends = {"connection_revoked": "on", "secrets_destroyed": "on"}
    sent = filled(export_digest="a" * 64, typed="harrowfalls", **ends)
    assert "nobody holds a role on the network" in text_of(browser.post(address_of(account, "archive"), sent))
    bad = {**sent, "roles_empty": "on", "export_digest": "xyz"}
    page = browser.post(address_of(account, "archive"), bad)
    assert set(page.context["form"].errors) == {"export_digest"}
    browser.post(address_of(account, "archive"), {**sent, "roles_empty": "on"})
    sign(stages, stages.communications)
    assert fresh(account).state == "archived"


def test_a_form_without_its_number_is_not_taken(stages: Stages) -> None:
    page = steward(stages).post(address_of(stages.kept(), "suspend"), {"reason": "x"})
    assert page.status_code == 400
    assert Account.objects.get().state == "live"
