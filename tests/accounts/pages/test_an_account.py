"""The page of an account: what it says, what it offers to whom, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.accounts.pages.reading import links_of, text_of
from tests.accounts.stages import Stages, address
from tests.cast import SYSTEM, Cast, signed_in

from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Preset
from undersigned.accounts.posture.evidence import Shown
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.queries.importing import listed_text
from undersigned.accounts.states import AccountState
from undersigned.accounts.views.steps import STEPS
from undersigned.accounts.views.wording import ASKED, DONE
from undersigned.acts.declared import BOOK
from undersigned.networks.names import Network
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)


def page_of(client: Client, account: Account) -> str:
    answer = client.get(f"/accounts/{account.pk}/")
    assert answer.status_code == 200
    return text_of(answer)


def offered(client: Client, account: Account) -> set[str]:
    """The steps to which this person's page leads."""
    links = links_of(client.get(f"/accounts/{account.pk}/"))
    return {step.slug for step in STEPS if reverse(f"accounts:{step.name}", args=[account.pk]) in links}


def steward(stages: Stages) -> Client:
    return signed_in(stages.employee("Stella Wardour"))


def test_it_says_who_answers_and_what_fails_with_the_exact_step(stages: Stages) -> None:
    text = page_of(steward(stages), stages.kept(address=address("harrowfalls", Network.FACEBOOK)))
    assert "Stella Wardour works for the city today" in text
    assert (
        "P03 Second factor on for everyone Never read: the account is not connected to its network." in text
    )
    assert "In Meta Business Suite, under Settings, People" in text
    assert "A critical check fails, so the account is red whatever the rest says." in text


def test_all_28_checks_are_listed_and_those_that_fail_are_open(stages: Stages) -> None:
    page = steward(stages).get(f"/accounts/{stages.kept().pk}/")
    groups = page.context["checks"]
    names = [row.name[:3] for group in groups for row in group.rows]
    assert sorted(names) == [f"P{number:02}" for number in range(1, 29)]
    assert all(row.is_open for group in groups[:2] for row in group.rows)
    assert not any(row.is_open for group in groups[2:] for row in group.rows)


def test_evidence_is_shown_with_its_age_its_end_and_who_gave_it(stages: Stages) -> None:
    account = stages.kept()
    acts.attest(
        by=stages.security,
        account=account,
        check=CheckId.P04,
        shown=Shown.PASS,
        note="Everybody showed me",
        taken_at=timezone.now() - timedelta(days=12),
    )
    text = page_of(steward(stages), account)
    assert "attested by a person, 12 days ago" in text
    assert "counts until" in text
    assert "attested by a person, Iris Tollgate" in text


def test_a_person_is_offered_what_they_may_do_and_nothing_else(stages: Stages, cast: Cast) -> None:
    account = stages.kept()
    head, unit_head = (
        cast.browser(Office.HEAD_OF_COMMUNICATIONS),
        signed_in(cast.person(stages.unit_head.name)),
    )
    assert offered(cast.browser(Office.AUDITOR), account) == set()
    assert offered(steward(stages), account) == {
        "suspend", "change", "confirm", "review", "see-post", "give-grant",
    }  # fmt: skip
    assert {"retire", "transfer", "assign", "confirm", "change"} <= offered(head, account)
    assert "suspend" not in offered(head, account)
    assert {"assent", "assign", "confirm", "review"} == offered(unit_head, account)


def test_the_main_action_is_what_leads_on(stages: Stages, cast: Cast) -> None:
    head = cast.browser(Office.HEAD_OF_COMMUNICATIONS)
    account = stages.requested()

    def main(client: Client) -> str:
        offer = client.get(f"/accounts/{account.pk}/").context["offers"].main
        return str(offer.label) if offer else ""

    assert main(head) == ""
    assert main(signed_in(cast.person(stages.unit_head.name))) == "Assent"
    acts.assent(by=stages.unit_head, account=account)
    assert main(head) == "Approve"
    acts.approve.ask(by=stages.head_of_communications, account=account)
    assert main(head) == ""


def test_what_waits_for_a_name_says_whose_it_could_be_and_leads_them_to_it(
    stages: Stages, cast: Cast
) -> None:
    account = stages.kept()
    stages.security  # noqa: B018 - holds the office
    asked = acts.give_grant.ask(
        by=stages.steward,
        account=account,
        person=stages.employee("Abel Scribe"),
        preset=Preset.AUTHOR,
        ends_on=timezone.localdate() + timedelta(days=30),
        reason="Writes",
    )
    mine = steward(stages).get(f"/accounts/{account.pk}/")
    assert "Give a grant asked by Stella Wardour" in text_of(mine)
    assert "Iris Tollgate" in text_of(mine)
    assert "Who could: Stella Wardour" not in text_of(mine)
    link = reverse("desk:countersign", args=[asked.pk])
    assert link not in links_of(mine)
    assert link in links_of(cast.browser(Office.IT_SECURITY).get(f"/accounts/{account.pk}/"))


def test_the_timeline_names_who_did_it_in_which_capacity_and_who_countersigned(stages: Stages) -> None:
    account = stages.kept()
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    acts.attest(by=stages.security, account=account, check=CheckId.P04, shown=Shown.PASS, note="x")
    told = steward(stages).get(f"/accounts/{account.pk}/").context["acts"]
    said = [(str(act.what).partition(",")[0], act.who, act.countersigned_by) for act in told]
    assert said == [
        ("Attested P04 Second factor is an app or a key: it is so", "Iris Tollgate", ""),
        ("Gave a grant as author", "Stella Wardour", "Una Headley"),
        ("Asked for a countersignature: give a grant", "Stella Wardour", ""),
        ("Took the account into the register", "Undersigned, by itself", ""),
    ]
    assert told[0].capacity == "IT security officer, Harrow Falls"
    assert (
        told[0].receipt_url.endswith(told[0].url.rstrip("/").rpartition("/")[2] + "/") or told[0].receipt_url
    )


def test_a_name_that_was_erased_is_not_told(stages: Stages) -> None:
    account = acts.confirm(by=stages.steward, account=stages.kept())
    from undersigned.record.models import Payload

    Payload.objects.filter(field="who").delete()
    told = steward(stages).get(f"/accounts/{account.pk}/").context["acts"]
    assert "Somebody whose name was erased" in {act.who for act in told}


def test_every_act_of_the_room_has_its_words() -> None:
    nouns = {"account", "grant", "evidence", "exception"}
    ours = {act for act in BOOK if act.value.partition(".")[0] in nouns}
    assert ours <= set(DONE)
    assert {act for act in ours if BOOK[act].countersigned} == set(ASKED)


def test_the_set_up_list_is_there_while_it_is_needed(stages: Stages) -> None:
    account = stages.setting_up()
    page = steward(stages).get(f"/accounts/{account.pk}/")
    assert "12 lines keep the account from opening." in text_of(page)
    assert reverse("accounts:close_line", args=[account.pk, 5]) in links_of(page)
    assert "Set-up list" not in page_of(steward(stages), stages.kept("other"))


def test_doubles_and_look_alikes_are_named_with_the_reason(stages: Stages, cast: Cast) -> None:
    account = stages.kept("harrowfalls")
    stages.taken_in("harrow_falls", unit=cast.unit("Libraries", parent="Harrow Falls"))
    acts.report_lookalike(
        by=SYSTEM, address=address("harrowfa11s"), resembles=account, why="Digits for letters"
    )
    text = page_of(steward(stages), account)
    assert "harrowfa11s (X) : to be decided. Digits for letters" in text
    assert "harrow_falls (X): perhaps one account that stands in the register twice." in text
    assert "differs from" in text


def test_the_row_of_the_list_that_brought_it_is_kept_as_it_came(stages: Stages) -> None:
    row = listed_text({}, {"Netzwerk": "Twitter", "Owner": "parks??"})
    account = stages.kept(source_file="old list.xlsx", source_row=7, source_text=row, owner_text="parks??")
    text = page_of(steward(stages), account)
    for word in ("old list.xlsx, row 7", "Netzwerk Twitter", "the list says: parks??"):
        assert word in text


@pytest.mark.parametrize("state", AccountState.values)
def test_the_page_opens_in_every_state(stages: Stages, cast: Cast, state: str) -> None:
    account = stages.in_state(AccountState(state))
    text = page_of(cast.browser(Office.HEAD_OF_COMMUNICATIONS), account)
    assert str(AccountState(state).label).capitalize() in text


def test_the_page_asks_as_many_questions_for_fifty_of_everything_as_for_one(
    stages: Stages, cast: Cast
) -> None:
    account = stages.kept()
    browser = cast.browser(Office.AUDITOR)
    asked = []
    for names in (["One"], [f"Author {number}" for number in range(12)]):
        for name in names:
            stages.grant(account, name, Preset.AUTHOR)
            acts.attest(by=stages.security, account=account, check=CheckId.P04, shown=Shown.FAIL, note=name)
        browser.get(f"/accounts/{account.pk}/")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/accounts/{account.pk}/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
