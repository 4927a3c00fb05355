"""Who may open which page: nobody learns of what they may not see; who may see and not act is told whom to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.accounts.connecting.family import Family
from tests.accounts.connecting.having import connected
from tests.accounts.pages.reading import addresses_on, text_of
from tests.accounts.stages import Stages, countersigned
from tests.cast import Cast, filled

from undersigned.accounts import acts
from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Preset
from undersigned.accounts.posture.kinds import CheckId
from undersigned.networks.addresses import understand
from undersigned.people.states import Office

pytestmark = pytest.mark.django_db(transaction=True)

OVER_ALL = ("list", "request", "audit", "lookalikes", "report_lookalike")


@pytest.fixture
def account(stages: Stages) -> Account:
    """With a grant, an exception and a connection, so that every address has something behind it."""
    account = stages.kept()
    connected(stages, Family(), account=account)
    stages.grant(account, "Abel Scribe", Preset.AUTHOR)
    countersigned(
        acts.except_from,
        by=stages.steward,
        signer=stages.security,
        account=account,
        check=CheckId.P06,
        owner=stages.employee("Stella Wardour"),
        reason="The carrier is slow",
        until=timezone.now() + timedelta(days=30),
    )
    return account


def addresses(account: Account) -> list[str]:
    parts = {
        "grant": account.grants.get().pk,
        "exception": account.exceptions.get().pk,
        "connection": account.connections.get().pk,
    }
    return list(addresses_on(account, **parts))


def test_every_page_about_an_account_is_not_there_for_whoever_may_not_see_it(
    account: Account, cast: Cast
) -> None:
    stranger = cast.browser(Office.MEMBER)
    found = {address: stranger.get(address).status_code for address in addresses(account)}
    assert len(found) > 25
    assert set(found.values()) == {404}


def test_nothing_is_done_for_them_either(account: Account, cast: Cast) -> None:
    stranger = cast.browser(Office.MEMBER)
    sent = {address: stranger.post(address, filled(reason="x", note="x")) for address in addresses(account)}
    del sent[reverse("accounts:account", args=[account.pk])]
    assert {page.status_code for page in sent.values()} == {404}


def test_whoever_is_not_signed_in_is_asked_to_sign_in(account: Account) -> None:
    over_all = [reverse(f"accounts:{name}") for name in OVER_ALL]
    for address in [*over_all, *addresses(account), reverse("accounts:audit_file", args=["pdf"])]:
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/login/"), address


def test_who_may_see_an_account_and_not_act_on_it_is_told_the_rule_and_who_can_help(
    account: Account, cast: Cast, stages: Stages
) -> None:
    stages.head_of_communications  # noqa: B018 - holds the office
    auditor = cast.browser(Office.AUDITOR)
    pages = {address: auditor.get(address) for address in addresses(account)}
    shown = pages.pop(reverse("accounts:account", args=[account.pk]))
    assert shown.status_code == 200
    assert {page.status_code for page in pages.values()} == {403}
    refused = text_of(pages[reverse("accounts:retire", args=[account.pk])])
    assert "Only the head of communications may do this." in refused
    assert "Hanna Corbel" in refused


def test_sending_the_form_of_an_act_that_one_may_not_do_changes_nothing(account: Account, cast: Cast) -> None:
    auditor = cast.browser(Office.AUDITOR)
    page = auditor.post(reverse("accounts:suspend", args=[account.pk]), filled(reason="Just so"))
    assert page.status_code == 403
    assert Account.objects.get().state == "live"


def test_nobody_acts_without_a_second_factor_and_the_page_says_how_to_show_one(
    account: Account, cast: Cast
) -> None:
    unproven = cast.browser(Office.HEAD_OF_COMMUNICATIONS, second_factor=False)
    page = unproven.get(reverse("accounts:account", args=[account.pk]))
    assert "this session has shown no second factor" in text_of(page)
    assert "/retire/" not in page.content.decode()
    assert unproven.get(reverse("accounts:retire", args=[account.pk])).status_code == 409


def test_a_case_is_not_there_for_whoever_neither_reported_it_nor_decides(cast: Cast, stages: Stages) -> None:
    case = acts.report_lookalike(by=stages.steward, address=understand("x.com/harrowfa11s"))
    address = reverse("accounts:lookalike", args=[case.pk])
    assert cast.browser(Office.MEMBER).get(address).status_code == 404
    assert (
        cast.browser(Office.AUDITOR).post(address, filled(decision="harmless", note="x")).status_code == 403
    )
    assert cast.browser(Office.IT_SECURITY).get(address).status_code == 200


def test_the_audit_is_for_offices_that_see_every_account(cast: Cast, stages: Stages) -> None:
    stages.kept()
    member = cast.browser(Office.MEMBER)
    for address in (reverse("accounts:audit"), reverse("accounts:audit_file", args=["csv"])):
        page = member.get(address)
        assert page.status_code == 403
        assert "your office sees a part of them" in text_of(page)


def test_an_address_with_something_else_than_a_reference_is_not_there(cast: Cast, stages: Stages) -> None:
    account = stages.kept()
    head = cast.browser(Office.HEAD_OF_COMMUNICATIONS)
    for address in (
        "/accounts/account:0000000000000000/",
        "/accounts/nonsense/",
        f"/accounts/{account.pk}/checks/P99/attest/",
        f"/accounts/{account.pk}/lines/16/close/",
        f"/accounts/{account.pk}/grants/grant:0000000000000000/end/",
        "/accounts/audit/report.exe",
    ):
        assert head.get(address).status_code == 404, address
