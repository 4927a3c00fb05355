"""From an account's page to its network and back, and everything that may come back instead."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.accounts.connecting.family import Family, FamilyClient, answer_of
from tests.accounts.connecting.having import connected, fresh, kept
from tests.accounts.pages.reading import links_of, text_of
from tests.accounts.stages import Stages, countersigned
from tests.accounts.stages import address as address_of
from tests.cast import Cast, filled, signed_in
from tests.networks.loopback import FarSide

from undersigned.accounts import acts
from undersigned.accounts.models import Account, Connection, SignInAttempt
from undersigned.accounts.states import AccountState
from undersigned.acts.refusals import Unfit
from undersigned.dispatch import engine
from undersigned.networks.names import Network
from undersigned.networks.protocol import Token
from undersigned.people.states import Office
from undersigned.record.models import Entry
from undersigned.vault.models import Secret

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("client")]

ANSWER = "/connect/x/answer"


@pytest.fixture
def account(stages: Stages) -> Account:
    return stages.kept()


@pytest.fixture
def browser(stages: Stages, account: Account) -> Client:
    """The steward's, signed in with a second factor."""
    return signed_in(stages.employee("Stella Wardour"))


def way_out(browser: Client, account: Account) -> str:
    """Press *Connect*; the address at the network to which the page leads."""
    page = browser.post(f"/accounts/{account.pk}/connect/", filled())
    assert page.status_code == 200
    (found,) = (link for link in links_of(page) if "/allow?" in link)
    return found.replace("&amp;", "&")


def back(browser: Client, address: str, **more: str) -> HttpResponse:
    return browser.get(f"{ANSWER}?{answer_of(address, **more)}")


def told(browser: Client, answer: HttpResponse) -> str:
    """What the page says to which the answer leads: one whose address holds nothing of it."""
    assert answer.status_code == 302
    assert "?" not in answer["Location"]
    return text_of(browser.get(answer["Location"]))


def nothing_kept(account: Account) -> bool:
    verifier_left = Secret.objects.filter(purpose="verifier").exists()
    connected = Connection.objects.exclude(state="ended").filter(account=account).exists()
    return not (verifier_left or connected or Secret.objects.filter(purpose="tokens").exists())


def test_a_steward_connects_the_account_and_the_page_says_whose_log_in_it_hangs_on(
    browser: Client, account: Account, far: Family
) -> None:
    answer = back(browser, way_out(browser, account))
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/{account.pk}/")
    connection = Connection.objects.get()
    assert (connection.state, connection.holder_name, connection.authorised_by.name) == (
        "live",
        "Keeper",
        "Stella Wardour",
    )
    assert (connection.asked, connection.given) == ("read write", "read write")
    page = text_of(browser.get(f"/accounts/{account.pk}/"))
    assert "Hangs on the log-in of Keeper" in page
    assert "Connected the account to its network" in page
    assert kept(connection).access == far.access


def test_the_networks_own_number_is_filled_in(browser: Client, account: Account) -> None:
    assert account.network_id == ""
    back(browser, way_out(browser, account))
    account.refresh_from_db()
    assert account.network_id == "4711"


def test_the_way_out_has_state_challenge_and_the_exact_address_to_come_back_to(
    browser: Client, account: Account
) -> None:
    said = parse_qs(urlsplit(way_out(browser, account)).query)
    assert said["redirect_uri"] == ["http://localhost/connect/x/answer"]
    assert said["code_challenge_method"] == ["S256"]
    assert len(said["state"][0]) >= 43
    attempt = SignInAttempt.objects.get()
    assert said["state"][0] not in (attempt.state_digest, attempt.session_digest)


def test_the_code_is_redeemed_with_the_verifier_that_was_never_sent_out_before(
    browser: Client, account: Account, seen: FarSide
) -> None:
    address = way_out(browser, account)
    back(browser, address)
    sent = parse_qs(next(one.body for one in seen.requests if one.path == "/token").decode())
    assert len(sent["code_verifier"][0]) >= 43
    assert sent["code_verifier"][0] not in address


def test_a_state_that_nobody_was_given_is_refused(browser: Client, account: Account, seen: FarSide) -> None:
    answer = browser.get(f"{ANSWER}?state=made-up&code=stolen")
    assert "belongs to nothing that you began in this session" in told(browser, answer)
    assert seen.requests == []


def test_an_answer_is_used_once(browser: Client, account: Account, seen: FarSide) -> None:
    address = way_out(browser, account)
    back(browser, address)
    before = len(seen.requests)
    again = back(browser, address)
    assert "was used already" in told(browser, again)
    assert len(seen.requests) == before
    assert Connection.objects.get().state == "live"


def test_a_code_that_the_network_saw_before_is_refused_and_nothing_kept(
    browser: Client, account: Account, far: Family
) -> None:
    far.codes.add("canary-7f3a-code")
    answer = back(browser, way_out(browser, account))
    assert "X did not take this sign-in." in told(browser, answer)
    assert nothing_kept(account)


def test_another_persons_session_cannot_bring_the_answer(
    browser: Client, account: Account, stages: Stages, seen: FarSide
) -> None:
    """Not even the deputy's, who could have begun one: whoever allowed it has to be whoever comes back."""
    address = way_out(browser, account)
    deputy = signed_in(stages.employee("Dennis Alder"))
    assert "belongs to nothing that you began in this session" in told(deputy, back(deputy, address))
    assert "was used already" in told(browser, back(browser, address)), "somebody else has had it in hand"
    assert seen.requests == []


def test_another_session_of_the_same_person_cannot_either(
    browser: Client, account: Account, stages: Stages, seen: FarSide
) -> None:
    elsewhere = signed_in(stages.employee("Stella Wardour"))
    answer = back(elsewhere, way_out(browser, account))
    assert "belongs to nothing that you began in this session" in told(elsewhere, answer)
    assert seen.requests == []


def test_who_is_not_signed_in_any_more_is_sent_to_sign_in_without_the_code(
    browser: Client, account: Account, seen: FarSide
) -> None:
    answer = back(Client(), way_out(browser, account))
    assert answer.status_code == 302
    assert "canary" not in answer["Location"]
    assert "next" not in answer["Location"]
    assert seen.requests == []


def test_an_answer_to_another_network_is_refused(browser: Client, account: Account, seen: FarSide) -> None:
    query = answer_of(way_out(browser, account))
    answer = browser.get(f"/connect/facebook/answer?{query}")
    assert "This answer of Facebook belongs to nothing" in told(browser, answer)
    assert seen.requests == []
    assert browser.get(f"/connect/nowhere/answer?{query}").status_code == 404


def test_an_answer_after_ten_minutes_is_refused(browser: Client, account: Account, seen: FarSide) -> None:
    address = way_out(browser, account)
    SignInAttempt.objects.update(made_at=timezone.now() - timedelta(minutes=10, seconds=1))
    answer = back(browser, address)
    assert "more than ten minutes late" in told(browser, answer)
    assert seen.requests == []
    assert nothing_kept(account)


def test_a_sign_in_that_opens_another_account_is_refused_and_given_back(
    browser: Client, account: Account, far: Family
) -> None:
    far.places = [{"id": "9", "handle": "somebodyelse", "name": "Somebody else"}]
    answer = back(browser, way_out(browser, account))
    assert "That sign-in opens Somebody else, which is not the account that was asked for." in told(
        browser, answer
    )
    assert far.revoked == [far.access]
    assert nothing_kept(account)


def test_a_sign_in_that_opens_nothing_is_refused_too(browser: Client, account: Account, far: Family) -> None:
    far.places = []
    answer = back(browser, way_out(browser, account))
    assert "That sign-in opens Keeper, which is not the account" in told(browser, answer)
    assert nothing_kept(account)


def test_among_several_accounts_the_one_asked_for_is_connected(
    browser: Client, account: Account, far: Family
) -> None:
    far.places = [{"id": "9", "handle": "somebodyelse"}, {"id": "4711", "handle": "@HarrowFalls"}]
    back(browser, way_out(browser, account))
    assert Connection.objects.get().network_id == "4711"


def test_the_same_handle_under_another_number_is_another_account(
    browser: Client, account: Account, far: Family
) -> None:
    """The number outlives the handle, which somebody else may have now."""
    back(browser, way_out(browser, account))
    far.places = [{"id": "4712", "handle": "harrowfalls"}]
    far.codes.clear()
    answer = back(browser, way_out(browser, account))
    assert "which is not the account" in told(browser, answer)
    assert Connection.objects.get().network_id == "4711", "the connection that works is left as it is"


def test_what_is_refused_is_not_given_back_where_the_same_log_in_carries_another_account(
    browser: Client, account: Account, far: Family, stages: Stages
) -> None:
    """Some networks end everything that one person ever allowed."""
    connected(stages, far, account=stages.kept("harrowrink"))
    far.places = [{"id": "9", "handle": "somebodyelse"}]
    assert "which is not the account" in told(browser, back(browser, way_out(browser, account)))
    assert far.revoked == []


def test_who_says_no_at_the_network_is_told_so_and_nothing_is_kept(
    browser: Client, account: Account, seen: FarSide
) -> None:
    state = parse_qs(urlsplit(way_out(browser, account)).query)["state"][0]
    answer = browser.get(f"{ANSWER}?state={state}&error=access_denied&error_description=<b>x</b>")
    assert "You did not allow it at X." in told(browser, answer)
    assert nothing_kept(account)
    assert seen.requests == []


@pytest.mark.parametrize("trouble", [{"drops": 1}, {"status": 503}, {"status": 429}])
def test_a_network_that_does_not_answer_leaves_nothing_behind(
    browser: Client, account: Account, far: Family, seen: FarSide, trouble: dict[str, int]
) -> None:
    for name, value in trouble.items():
        setattr(far, name, value)
    answer = back(browser, way_out(browser, account))
    assert "X did not answer as it should." in told(browser, answer)
    assert nothing_kept(account)
    assert sum(one.path == "/token" for one in seen.requests) == 1, "a code is never sent twice"


def test_without_an_application_the_administrator_is_named(
    browser: Client, account: Account, cast: Cast, settings: object
) -> None:
    cast.officer(Office.ADMINISTRATOR)
    settings.NETWORKS = {"x": {"client_id": "", "client_secret": ""}}  # type: ignore[attr-defined] # Django's own
    answer = browser.post(f"/accounts/{account.pk}/connect/", filled())
    assert answer.status_code == 409
    assert "The city has no application with X yet" in text_of(answer)
    assert "Ada Quill" in text_of(answer)


@pytest.mark.parametrize("office", [Office.HR, Office.AUDITOR, Office.MEMBER])
def test_who_does_not_administer_the_account_cannot_connect_it(
    account: Account, cast: Cast, office: str, seen: FarSide
) -> None:
    other = cast.browser(office)
    assert other.get(f"/accounts/{account.pk}/connect/").status_code in (403, 404)
    assert other.post(f"/accounts/{account.pk}/connect/", filled()).status_code in (403, 404)
    assert not SignInAttempt.objects.exists()


def test_without_a_second_factor_nobody_leaves_for_the_network(account: Account, stages: Stages) -> None:
    weak = signed_in(stages.employee("Stella Wardour"), second_factor=False)
    assert weak.post(f"/accounts/{account.pk}/connect/", filled()).status_code == 409
    assert not SignInAttempt.objects.exists()


def test_who_lost_the_right_meanwhile_comes_back_to_a_refusal_and_the_token_is_given_back(
    browser: Client, account: Account, far: Family, stages: Stages
) -> None:
    address = way_out(browser, account)
    acts.assign(
        by=stages.unit_head,
        account=account,
        steward=stages.employee("Nora Later"),
        deputy=stages.employee("Dennis Alder"),
    )
    assert "may do this" in told(browser, back(browser, address))
    assert far.revoked == [far.access]
    assert nothing_kept(account)


def test_connecting_anew_needs_no_other_act_and_leaves_one_connection(
    browser: Client, account: Account, far: Family
) -> None:
    back(browser, way_out(browser, account))
    far.codes.clear()
    far.generation = 2
    back(browser, way_out(browser, account))
    assert [one.state for one in Connection.objects.order_by("obtained_at")] == ["ended", "live"]
    assert Entry.objects.filter(act="connection.authorise").count() == 2
    assert Secret.objects.filter(purpose="tokens").count() == 1


def test_an_ended_connection_is_told_to_the_network_and_its_tokens_are_destroyed(
    browser: Client, account: Account, far: Family
) -> None:
    back(browser, way_out(browser, account))
    connection = Connection.objects.get()
    page = browser.get(f"/accounts/{account.pk}/")
    address = f"/accounts/{account.pk}/connections/{connection.pk}/end/"
    assert address in links_of(page)
    assert browser.post(address, filled(reason="The festival is over")).status_code == 302
    assert fresh(connection).state == "ended"
    assert [one.purpose for one in Secret.objects.all()] == ["to revoke"]
    engine.inline().run_dry()
    assert far.revoked == [far.access]
    assert not Secret.objects.exists()


def test_an_ending_without_a_reason_is_refused_beside_the_field(browser: Client, account: Account) -> None:
    back(browser, way_out(browser, account))
    connection = Connection.objects.get()
    page = browser.post(f"/accounts/{account.pk}/connections/{connection.pk}/end/", filled(reason=" "))
    assert (page.status_code, set(page.context["form"].errors)) == (200, {"reason"})
    assert fresh(connection).state == "live"


def test_the_page_offers_to_connect_only_where_there_is_a_client(
    browser: Client, account: Account, stages: Stages
) -> None:
    elsewhere = stages.kept(address=address_of("harrowfalls", Network.TIKTOK))
    for one, offered in ((account, True), (elsewhere, False)):
        way = f"/accounts/{one.pk}/connect/"
        assert (way in links_of(browser.get(f"/accounts/{one.pk}/"))) is offered
        assert browser.get(way).status_code == (200 if offered else 404)


def test_fewer_scopes_than_asked_for_are_shown(stages: Stages, far: Family, browser: Client) -> None:
    connection = connected(
        stages, far, account=Account.objects.get(), token=Token("a", "b", scopes=("read",))
    )
    page = text_of(browser.get(f"/accounts/{connection.account_id}/"))
    assert "asked for, and not given: write" in page


def test_attempts_that_came_to_nothing_are_swept_with_their_verifiers(
    browser: Client, account: Account, client: FamilyClient
) -> None:
    way_out(browser, account)
    SignInAttempt.objects.update(made_at=timezone.now() - timedelta(hours=2))
    way_out(browser, account)
    assert (SignInAttempt.objects.count(), Secret.objects.count()) == (1, 1)


def test_an_account_that_is_still_connected_cannot_be_put_away(stages: Stages, far: Family) -> None:
    """Whatever was ticked: the city could still act on it."""
    account = stages.kept("harrowrink", state=AccountState.RETIRED)
    connection = connected(stages, far, account=account)
    wants: dict[str, object] = {
        "account": account,
        "export_digest": "0" * 64,
        "connection_revoked": True,
        "secrets_destroyed": True,
        "roles_empty": True,
    }
    records = stages.cast.officer(Office.RECORDS_OFFICER)
    with pytest.raises(Unfit, match="the connection is revoked"):
        countersigned(acts.archive, by=records, signer=stages.communications, **wants)
    acts.end_connection(by=stages.steward, connection=fresh(connection), reason="Put away")
    countersigned(acts.archive, by=records, signer=stages.communications, **wants)
    account.refresh_from_db()
    assert account.state == "archived"
