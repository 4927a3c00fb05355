"""By invitation alone: what an invitation opens, to whom, how often; and the second factor before any act."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as configured
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from tests.cast import SYSTEM, Cast, filled

from undersigned.acts.refusals import NotPermitted, Unfit
from undersigned.dispatch import engine
from undersigned.dispatch.models import Dispatch
from undersigned.people import acts
from undersigned.people.models import Appointment, Invitation, Person, User
from undersigned.people.states import Office
from undersigned.vault import sealing

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "four quiet words here"


def invited(cast: Cast) -> tuple[Person, str]:
    person = cast.person("Nell Fairweather")
    code = secrets.token_urlsafe(32)
    acts.send_invitation(by=cast.officer(Office.HR), person=person, email="nell@city.example", code=code)
    return person, code


def signed_in(cast: Cast) -> tuple[Client, Person]:
    person, code = invited(cast)
    client = Client()
    client.post(reverse("people:accept_invitation", args=[code]), filled(password=PASSWORD))
    return client, person


def test_the_code_goes_by_mail_and_is_kept_nowhere_in_clear(cast: Cast) -> None:
    _, code = invited(cast)
    assert code not in str(list(Dispatch.objects.values()) + list(Invitation.objects.values()))
    engine.inline().run_dry()
    assert code in outbox.outbox[0].body
    assert outbox.outbox[0].to == ["nell@city.example"]


def test_an_invitation_opens_once(cast: Cast) -> None:
    _, code = invited(cast)
    address = reverse("people:accept_invitation", args=[code])
    assert Client().get(address).status_code == 200
    assert Client().post(address, filled(password=PASSWORD)).status_code == 302
    assert Client().get(address).status_code == 404


def test_a_lapsed_or_withdrawn_invitation_opens_nothing_and_is_not_sent(cast: Cast) -> None:
    person, code = invited(cast)
    acts.withdraw_invitation(by=cast.officer(Office.HR), invitation=Invitation.objects.get(person=person))
    assert Client().get(reverse("people:accept_invitation", args=[code])).status_code == 404
    engine.inline().run_dry()
    assert not outbox.outbox


def test_an_old_invitation_has_lapsed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _, code = invited(cast)
    later = timezone.now() + timedelta(days=8)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert Client().get(reverse("people:accept_invitation", args=[code])).status_code == 404


def test_a_weak_password_is_refused_beside_its_field_and_the_invitation_stays_open(cast: Cast) -> None:
    _, code = invited(cast)
    page = Client().post(reverse("people:accept_invitation", args=[code]), filled(password="password1234"))
    assert page.status_code == 200
    assert "too common" in page.content.decode()
    assert Invitation.objects.get().state == "sent"


def test_a_member_of_staff_cannot_invite(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        acts.send_invitation(
            by=cast.officer(Office.MEMBER), person=cast.person("Otto Reed"), email="o@x.example", code="c"
        )


def test_who_holds_no_appointment_cannot_be_invited(cast: Cast) -> None:
    person = cast.person("Otto Reed")
    acts.end_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=person))
    with pytest.raises(Unfit, match="no appointment"):
        acts.send_invitation(by=SYSTEM, person=person, email="o@x.example", code="c")


def test_nobody_can_register_by_themselves(db: None) -> None:
    page = Client().get(reverse("account_signup"))
    assert page.status_code == 200
    assert "<form" not in page.content.decode().split("<main")[1]


def test_nobody_adds_an_address_to_their_sign_in_by_themselves(cast: Cast) -> None:
    client, _ = signed_in(cast)
    address = reverse("account_email")
    assert client.get(address)["Location"] == reverse("people:me")
    assert client.post(address, {"action_add": "", "email": "other@elsewhere.example"}).status_code == 405
    assert not EmailAddress.objects.filter(email="other@elsewhere.example").exists()


def test_a_newcomer_is_led_to_the_second_factor_and_may_not_act_before(cast: Cast) -> None:
    client, _ = signed_in(cast)
    page = client.get(reverse("people:second_factor"))
    assert page.status_code == 200
    assert page.wsgi_request.actor.second_factor is False


def test_a_second_factor_just_set_up_counts_in_this_session(cast: Cast) -> None:
    client, _ = signed_in(cast)
    page = client.get(reverse("mfa_activate_totp")).content.decode()

    found = re.search(r"<code class=\"u-mono\">([A-Z2-7]+)</code>", page)
    assert found
    code = _code_of(found[1])
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert client.get(reverse("people:me")).wsgi_request.actor.second_factor is True


def _code_of(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_the_seed_of_an_authenticator_is_sealed_at_rest(cast: Cast) -> None:
    _, person = signed_in(cast)
    seed = generate_totp_secret()
    authenticator = TOTP.activate(User.objects.get(person=person), seed)
    assert seed not in str(authenticator.instance.data)


def test_a_sealed_text_moved_to_another_place_does_not_open(db: None) -> None:
    sealed = sealing.seal("seed", "here")
    assert sealing.unseal(sealed, "here") == "seed"
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(sealed, "there")


def test_the_key_is_readable_by_its_owner_alone(db: None) -> None:
    assert (Path(configured.KEYS) / sealing.KEY_FILE).stat().st_mode & 0o077 == 0


def test_ending_the_last_appointment_ends_sessions_and_sign_in_at_once(cast: Cast) -> None:
    client, person = signed_in(cast)
    assert client.get(reverse("people:me")).status_code == 200
    acts.end_appointment(by=SYSTEM, appointment=Appointment.objects.get(person=person))
    assert client.get(reverse("people:me")).status_code == 302
    assert not Client().login(username="nell@city.example", password=PASSWORD)


def test_it_security_can_end_somebodys_sessions_and_a_colleague_cannot(cast: Cast) -> None:
    client, person = signed_in(cast)
    with pytest.raises(NotPermitted):
        acts.end_sessions(by=cast.officer(Office.MEMBER), person=person)
    acts.end_sessions(by=cast.officer(Office.IT_SECURITY), person=person)
    assert client.get(reverse("people:me")).status_code == 302


FAILURES_A_MINUTE = 10
"""How many wrong passwords from one address are taken within a minute, as the library has it."""


def tried(address: str, number: int, **headers: str) -> bool:
    """Whether a wrong password, each time for another name, was still looked at."""
    form = {"login": f"nobody{number}@city.example", "password": "not the one"}
    page = Client().post(reverse("account_login"), form, REMOTE_ADDR=address, headers=headers)
    return page.status_code == 200 and "Too many" not in page.content.decode()


def test_wrong_passwords_are_counted_by_address_and_what_a_visitor_says_of_it_is_not_believed(
    cast: Cast,
) -> None:
    for number in range(FAILURES_A_MINUTE):
        assert tried("192.0.2.7", number, **{"X-Forwarded-For": f"203.0.113.{number}"})
    assert not tried("192.0.2.7", 99, **{"X-Forwarded-For": "203.0.113.99"})
    assert tried("192.0.2.8", 100)


def test_behind_a_proxy_wrong_passwords_are_counted_by_the_address_it_has_added(
    cast: Cast, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(FAILURES_A_MINUTE):
        assert tried("127.0.0.1", number, **{"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.50"})
    assert not tried("127.0.0.1", 99, **{"X-Forwarded-For": "203.0.113.99, 192.0.2.50"})
    assert tried("127.0.0.1", 100, **{"X-Forwarded-For": "192.0.2.50, 192.0.2.51"})
