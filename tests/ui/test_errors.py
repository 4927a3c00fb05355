from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory

from undersigned.ui import errors


@pytest.mark.django_db
def test_a_refused_act_names_the_rule_and_what_to_do(mara: Client) -> None:
    response = mara.get("/showcase/refused/")
    assert response.status_code == 403
    assert "You look after no account of this unit" in response.text
    assert "Ask the steward of the account." in response.text
    assert "steward_or_head_of_communications" in response.text
    assert "Nothing was changed." in response.text


def test_an_address_that_leads_nowhere_does_not_tell_whether_something_is_hidden_there(mara: Client) -> None:
    response = mara.get("/nowhere/")
    assert response.status_code == 404
    assert "or to something that is not for you to see" in response.text


def test_a_form_from_another_session_says_that_nothing_changed(mara: Client, look: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/showcase/form/")
    assert response.status_code == 403
    assert "The form has expired" in response.text
    assert "Nothing was changed" in response.text


def test_a_bare_no_says_who_could_give_a_yes(mara: Client, look: object) -> None:
    request = mara.get("/showcase/public/").wsgi_request
    response = errors.not_permitted(request, PermissionDenied())
    assert response.status_code == 403
    assert b"ask the person who heads your unit" in response.content


def test_a_page_that_failed_is_drawn_without_what_may_have_failed() -> None:
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"Nothing of what you just sent was kept" in response.content


@pytest.mark.parametrize("inner", ["Invalid HTTP_HOST header: 'evil'", "/srv/secret/path"])
def test_a_bad_request_does_not_repeat_what_the_framework_says(inner: str) -> None:
    response = errors.bad_request(RequestFactory().get("/"), SuspiciousOperation(inner))
    assert response.status_code == 400
    assert inner.encode() not in response.content
