"""What a person may do on an account: given by one, signed by another, to a third, never for ever."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from tests.accounts.stages import Stages, address, countersigned
from tests.cast import SYSTEM, Cast

from undersigned.accounts import acts, rules
from undersigned.accounts.models import Account, Grant
from undersigned.accounts.permissions import HOLDS, NEVER, Permission, Preset
from undersigned.accounts.queries.looking import grants_of
from undersigned.accounts.states import Kind
from undersigned.acts.countersigning import give
from undersigned.acts.refusals import NotPermitted, Refused, Unfit
from undersigned.people import acts as people
from undersigned.people.models import Appointment, Person, User
from undersigned.people.states import Office, PersonClass

pytestmark = pytest.mark.django_db(transaction=True)


def wants(stages: Stages, account: Account, person: Person, **other: Any) -> dict[str, Any]:
    return {
        "by": stages.steward,
        "account": account,
        "person": person,
        "preset": Preset.AUTHOR,
        "ends_on": timezone.localdate() + dt.timedelta(days=90),
        "reason": "Writes for the unit",
    } | other


def test_a_grant_is_given_by_one_signed_by_another_and_held_by_a_third(stages: Stages) -> None:
    account = stages.kept()
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    (grant,) = grants_of(stages.employee("Abel Scribe").pk)
    assert grant.given_by_id == stages.steward.person
    assert grant.countersigned_by_id == stages.unit_head.person
    assert grant.permission_list == list(HOLDS[Preset.AUTHOR])


def test_a_steward_cannot_grant_themselves(stages: Stages) -> None:
    account = stages.kept()
    with pytest.raises(NotPermitted, match="Nobody grants themselves"):
        acts.give_grant.ask(**wants(stages, account, stages.employee("Stella Wardour")))


def test_a_steward_cannot_approve_their_own_grant(stages: Stages) -> None:
    account = stages.kept()
    request = acts.give_grant.ask(
        **wants(stages, account, stages.employee("Stella Wardour"), by=stages.deputy)
    )
    with pytest.raises(NotPermitted, match="Whom it is about"):
        give(by=stages.steward, countersignature=request, digest=request.digest)
    assert not Grant.objects.exists()


def test_the_giver_cannot_countersign_either(stages: Stages) -> None:
    request = acts.give_grant.ask(**wants(stages, stages.kept(), stages.employee("Abel Scribe")))
    with pytest.raises(NotPermitted, match="You asked for this"):
        give(by=stages.steward, countersignature=request, digest=request.digest)


def test_somebody_with_nothing_to_do_with_the_account_cannot_countersign(stages: Stages, cast: Cast) -> None:
    request = acts.give_grant.ask(**wants(stages, stages.kept(), stages.employee("Abel Scribe")))
    with pytest.raises(NotPermitted):
        give(by=cast.officer(Office.MEMBER), countersignature=request, digest=request.digest)


def test_somebody_with_nothing_to_do_with_the_account_cannot_give(stages: Stages, cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        acts.give_grant.ask(
            **wants(stages, stages.kept(), stages.employee("Abel Scribe"), by=cast.officer(Office.MEMBER))
        )


@pytest.mark.parametrize(("days", "says"), [(366, "at most 365 days"), (-1, "before the first")])
def test_a_grant_has_an_end_within_a_year(stages: Stages, days: int, says: str) -> None:
    ends_on = timezone.localdate() + dt.timedelta(days=days)
    with pytest.raises(Unfit, match=says) as refused:
        acts.give_grant.ask(**wants(stages, stages.kept(), stages.employee("Abel Scribe"), ends_on=ends_on))
    assert refused.value.field == "ends_on"


def test_a_grant_of_exactly_a_year_is_given(stages: Stages) -> None:
    ends_on = timezone.localdate() + dt.timedelta(days=365)
    countersigned(
        acts.give_grant,
        signer=stages.unit_head,
        **wants(stages, stages.kept(), stages.employee("Abel Scribe"), ends_on=ends_on),
    )
    assert Grant.objects.current().count() == 1


@pytest.mark.parametrize("preset", Preset)
@pytest.mark.parametrize("person_class", PersonClass)
def test_nobody_holds_what_their_class_may_not(
    stages: Stages, cast: Cast, preset: Preset, person_class: PersonClass
) -> None:
    account = stages.kept(account_kind=Kind.ELECTED_OFFICE)
    person = cast.person("Somebody Else", person_class=person_class)
    _give_passkey(person)
    never = NEVER.get(person_class, frozenset()) & set(HOLDS[preset])
    asking = wants(stages, account, person, preset=preset)
    if never:
        with pytest.raises(Unfit) as refused:
            acts.give_grant.ask(**asking)
        assert refused.value.rule == "class_may_hold_it"
    else:
        assert acts.give_grant.ask(**asking).state == "asked"


def test_a_contractors_contact_may_only_read(stages: Stages, cast: Cast) -> None:
    contact = cast.person("Con Tractor", person_class=PersonClass.CONTRACTOR_CONTACT)
    with pytest.raises(Unfit, match="never speaks for it"):
        acts.give_grant.ask(**wants(stages, stages.kept(), contact))
    assert acts.give_grant.ask(**wants(stages, stages.kept("harrowrink"), contact, preset=Preset.AUDITOR))


def test_an_elected_member_holds_grants_only_on_their_offices_account(stages: Stages, cast: Cast) -> None:
    member = cast.person("Elle Ected", office=Office.COUNCILLOR, person_class=PersonClass.ELECTED)
    with pytest.raises(Unfit, match="account of an elected office"):
        acts.give_grant.ask(**wants(stages, stages.kept(), member))
    theirs = stages.kept("ward3", account_kind=Kind.ELECTED_OFFICE)
    assert acts.give_grant.ask(**wants(stages, theirs, member)).state == "asked"


def test_a_grant_ends_with_the_appointment_it_rests_on(stages: Stages) -> None:
    account = stages.kept()
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    abel = stages.employee("Abel Scribe")
    may_draft = rules.granted(Permission.POST_DRAFT)
    assert may_draft(
        stages.cast.as_officer(abel).acting_as(stages.cast.as_officer(abel).capacities[0]), account
    )
    people.end_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=abel))
    assert grants_of(abel.pk) == []


def test_a_grant_works_only_in_the_capacity_it_rests_on(stages: Stages) -> None:
    account = stages.kept()
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    abel = stages.employee("Abel Scribe")
    people.begin_appointment(
        by=SYSTEM, person=abel, unit=stages.unit, ends_on=timezone.localdate() + dt.timedelta(days=9)
    )
    officer = stages.cast.as_officer(abel)
    rests_on = Grant.objects.get().appointment_id
    may_draft = rules.granted(Permission.POST_DRAFT)
    answers = {
        one.reference == rests_on: may_draft(officer.acting_as(one), account) for one in officer.capacities
    }
    assert answers == {True: True, False: False}


@pytest.mark.parametrize("who", ["holder", "giver", "unit_head", "security"])
def test_a_grant_is_ended_by_any_who_look_after_it(stages: Stages, who: str) -> None:
    account = stages.kept()
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    by = {
        "holder": stages.cast.as_officer(stages.employee("Abel Scribe")),
        "giver": stages.steward,
        "unit_head": stages.unit_head,
        "security": stages.security,
    }[who]
    acts.end_grant(by=by, grant=Grant.objects.get(), reason="No longer needed")
    assert not Grant.objects.current().exists()


def test_a_colleague_cannot_end_somebodys_grant(stages: Stages, cast: Cast) -> None:
    account = stages.kept()
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    with pytest.raises(NotPermitted):
        acts.end_grant(by=cast.officer(Office.MEMBER), grant=Grant.objects.get(), reason="I wish")


def test_a_grant_that_was_refused_leaves_nothing(stages: Stages) -> None:
    account = stages.kept()
    with pytest.raises(Refused):
        acts.give_grant.ask(**wants(stages, account, stages.employee("Abel Scribe"), reason=" "))
    assert not Grant.objects.exists()


def test_who_holds_account_administer_may_propose_grants(stages: Stages) -> None:
    account = stages.kept()
    stages.grant(account, "Ada Minister", Preset.STEWARD)
    by = stages.cast.as_officer(stages.employee("Ada Minister"))
    assert acts.give_grant.ask(**wants(stages, account, stages.employee("Abel Scribe"), by=by))
    other = stages.taken_in(address=address("harrowrink"))
    with pytest.raises(NotPermitted):
        acts.give_grant.ask(**wants(stages, other, stages.employee("Abel Scribe"), by=by))


def test_emergency_posts_need_a_passkey(stages: Stages) -> None:
    account, dora = stages.kept(), stages.employee("Dora Overnight")
    with pytest.raises(Unfit, match="has no passkey yet"):
        acts.give_grant.ask(**wants(stages, account, dora, preset=Preset.DUTY_OFFICER))
    _give_passkey(dora)
    assert acts.give_grant.ask(**wants(stages, account, dora, preset=Preset.DUTY_OFFICER)).state == "asked"


def _give_passkey(person: Person) -> None:
    user = User.objects.create_user(f"{person.pk[-8:]}@harrowfalls.example", person=person)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"})
