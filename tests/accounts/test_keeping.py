"""An entry of the register is kept true: changed, confirmed, reviewed, and in somebody's hands."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.accounts.stages import Stages, address, countersigned, fresh
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.states import AccountState, Kind, PostSource
from undersigned.acts.countersigning import give
from undersigned.acts.refusals import NotPermitted, Unfit, WrongState
from undersigned.networks.addresses import Address
from undersigned.networks.names import Network
from undersigned.people.states import Office, PersonClass

pytestmark = pytest.mark.django_db(transaction=True)


def answers(**other: bool | str) -> dict[str, bool | str]:
    yes = ("still_needed", "fields_true", "people_right", "posture_read", "terms_linked")
    return dict.fromkeys(yes, True) | other


def test_a_field_is_corrected_by_the_steward(stages: Stages) -> None:
    account = acts.change(by=stages.steward, account=stages.kept(), purpose="News of the parks")
    assert fresh(account).purpose == "News of the parks"


def test_a_change_that_changes_nothing_is_refused(stages: Stages) -> None:
    account = acts.change(by=stages.steward, account=stages.kept(), purpose="News")
    with pytest.raises(Unfit, match="says already"):
        acts.change(by=stages.steward, account=account, purpose="News")


def test_the_state_is_no_field_to_be_changed(stages: Stages) -> None:
    with pytest.raises(TypeError):
        acts.change(by=stages.steward, account=stages.kept(), state=AccountState.RETIRED)


def test_an_account_follows_its_new_handle(stages: Stages) -> None:
    account = acts.change(by=stages.steward, account=stages.kept(), address=address("harrowfallsab"))
    assert (fresh(account).key, fresh(account).handle) == ("harrowfallsab", "harrowfallsab")


def test_another_number_is_another_account(stages: Stages) -> None:
    mine = Address(Network.X, "harrowfalls", "harrowfalls", "https://x.com/harrowfalls", network_id="11")
    other = Address(Network.X, "harrowfalls2", "harrowfalls2", "https://x.com/harrowfalls2", network_id="12")
    account = stages.kept(address=mine)
    with pytest.raises(Unfit, match="another account"):
        acts.change(by=stages.steward, account=account, address=other)
    with pytest.raises(Unfit, match="another account"):
        acts.change(by=stages.steward, account=account, address=address("harrowfalls", Network.FACEBOOK))


def test_a_handle_of_another_entry_is_refused(stages: Stages) -> None:
    stages.taken_in("harrowparks")
    with pytest.raises(Unfit, match="in the register already"):
        acts.change(by=stages.steward, account=stages.kept(), address=address("harrowparks"))


def test_the_unit_head_names_a_steward(stages: Stages) -> None:
    account = acts.assign(
        by=stages.unit_head, account=stages.taken_in(), steward=stages.employee("Stella Wardour")
    )
    assert account.steward == stages.employee("Stella Wardour")


def test_nobody_who_left_is_named_steward_by_a_person(stages: Stages, cast: Cast) -> None:
    from undersigned.people import acts as people
    from undersigned.people.models import Appointment

    left = stages.employee("Lefty Gone")
    people.end_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=left))
    with pytest.raises(Unfit, match="Lefty Gone is not a current employee"):
        acts.assign(by=stages.unit_head, account=stages.taken_in(), steward=left)


def test_steward_and_deputy_stay_two_people_when_one_is_named(stages: Stages) -> None:
    with pytest.raises(Unfit, match="two people"):
        acts.assign(by=stages.unit_head, account=stages.kept(), deputy=stages.employee("Stella Wardour"))


def test_an_elected_member_keeps_the_account_of_their_own_office(stages: Stages, cast: Cast) -> None:
    member = cast.person("Elle Ected", office=Office.COUNCILLOR, person_class=PersonClass.ELECTED)
    theirs = stages.taken_in("ward3", account_kind=Kind.ELECTED_OFFICE)
    assert acts.assign(by=stages.communications, account=theirs, steward=member).steward == member
    with pytest.raises(Unfit):
        acts.assign(by=stages.communications, account=stages.taken_in("harrowrink"), steward=member)


def test_an_account_with_a_unit_goes_to_another_only_by_transfer(stages: Stages, cast: Cast) -> None:
    libraries = cast.unit("Libraries", parent="Harrow Falls")
    with pytest.raises(Unfit, match="Transfer it instead"):
        acts.assign(by=stages.communications, account=stages.kept(), unit=libraries)


def test_the_receiving_head_signs_a_transfer_and_the_giving_head_cannot(stages: Stages, cast: Cast) -> None:
    account = stages.kept()
    libraries = cast.unit("Libraries", parent="Harrow Falls")
    receiving = cast.officer(Office.UNIT_HEAD, name="Lib Head", unit="Libraries")
    wants = {
        "by": stages.head_of_communications,
        "account": account,
        "unit": libraries,
        "steward": cast.person("Libby Rary", unit="Libraries"),
        "deputy": cast.person("Reed Booker", unit="Libraries"),
        "reason": "The library runs it",
    }
    request = acts.transfer.ask(**wants)
    with pytest.raises(NotPermitted, match="head of the receiving unit"):
        give(by=stages.unit_head, countersignature=request, digest=request.digest)
    give(by=receiving, countersignature=request, digest=request.digest)
    moved = fresh(account)
    assert (moved.unit, moved.steward, moved.state) == (libraries, wants["steward"], AccountState.LIVE)


def test_a_review_plans_the_next_one_a_year_ahead(stages: Stages) -> None:
    account = stages.kept()
    acts.review(by=stages.steward, account=account, **answers())
    reviewed = fresh(account)
    assert reviewed.next_review_by == timezone.localdate() + dt.timedelta(days=365)
    assert reviewed.confirmed_on == timezone.localdate()


@pytest.mark.parametrize("high", [{"followers": 25_001}, {"account_kind": Kind.EMERGENCY}])
def test_what_many_follow_is_reviewed_every_quarter(stages: Stages, high: dict[str, object]) -> None:
    account = stages.kept(**high)
    acts.review(by=stages.steward, account=account, **answers())
    assert fresh(account).next_review_by == timezone.localdate() + dt.timedelta(days=90)


def test_a_no_in_a_review_needs_a_word_and_confirms_nothing(stages: Stages) -> None:
    account = stages.kept()
    with pytest.raises(Unfit, match="what will be done"):
        acts.review(by=stages.steward, account=account, **answers(fields_true=False))
    acts.review(
        by=stages.steward,
        account=account,
        **answers(fields_true=False, note="The picture is old; it will be replaced this week"),
    )
    assert fresh(account).confirmed_on is None


def test_an_account_missing_from_a_list_is_a_question_and_changes_nothing(stages: Stages) -> None:
    account = acts.note_gone(by=SYSTEM, account=stages.kept(), gone_from="list.csv")
    assert fresh(account).state == AccountState.LIVE
    acts.settle_gone(by=stages.steward, account=account, note="I looked; it is there")
    assert fresh(account).gone_since is None


def test_the_newest_post_decides(stages: Stages) -> None:
    account = stages.kept(last_post_on=timezone.localdate() - dt.timedelta(days=5))
    with pytest.raises(Unfit, match="newest decides"):
        acts.see_post(
            by=stages.steward,
            account=account,
            last_post_on=timezone.localdate() - dt.timedelta(days=6),
            source=PostSource.SAID,
        )


def test_nobody_posted_tomorrow(stages: Stages) -> None:
    with pytest.raises(Unfit, match="has not come yet"):
        acts.see_post(
            by=stages.steward,
            account=stages.kept(),
            last_post_on=timezone.localdate() + dt.timedelta(days=1),
            source=PostSource.SAID,
        )


@pytest.mark.parametrize("state", [AccountState.DECLINED, AccountState.ARCHIVED])
def test_what_is_over_changes_no_more(stages: Stages, state: AccountState) -> None:
    account = stages.in_state(state)
    with pytest.raises(WrongState, match="changes no more"):
        acts.change(by=stages.steward, account=account, purpose="Other")


def test_an_archived_handle_may_come_back_as_another_entry(stages: Stages) -> None:
    old = stages.in_state(AccountState.ARCHIVED)
    new = stages.taken_in()
    assert (old.key, Account.objects.in_register().get()) == (new.key, new)


def test_a_countersigned_adoption_shows_who_signed(stages: Stages) -> None:
    account = stages.kept(purpose="News", audience="Residents")
    acts.assent(by=stages.unit_head, account=account)
    request = countersigned(
        acts.adopt, by=stages.head_of_communications, signer=stages.security, account=account
    )
    assert list(request.signatures.values_list("person", flat=True)) == [stages.security.person]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("account_kind", "private"),
        ("info_url", "javascript:alert(1)"),
        ("contact_mailbox", "not an address"),
        ("display_name", "x" * 301),
        ("review_days", 400),
        ("months_still", "13"),
        ("approval_rule", "nobody"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_beside_it(stages: Stages, field: str, value: object) -> None:
    with pytest.raises(Unfit) as refused:
        acts.change(by=stages.steward, account=stages.kept(), **{field: value})
    assert refused.value.field == field


def test_tags_are_kept_once_each_in_small_letters(stages: Stages) -> None:
    account = acts.change(by=stages.steward, account=stages.kept(), tags="Parks, rink ,parks")
    assert fresh(account).tag_list == ["parks", "rink"]
