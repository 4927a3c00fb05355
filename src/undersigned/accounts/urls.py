"""Addresses of the register."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter

from undersigned.accounts.views import (
    auditing,
    connecting,
    entering,
    imitations,
    listing,
    looking,
    parts,
)
from undersigned.accounts.views.acting import take
from undersigned.accounts.views.steps import ATTEST, BRING, EXCEPT, STEPS, Step


class Reference:
    """The reference of a row of this room; anything else is no address at all."""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: object) -> str:
        return str(value)


class AccountReference(Reference):
    regex = "account:[0-9a-f]{16}"


class LookalikeReference(Reference):
    regex = "lookalike:[0-9a-f]{16}"


class GrantReference(Reference):
    regex = "grant:[0-9a-f]{16}"


class ExceptionReference(Reference):
    regex = "exception:[0-9a-f]{16}"


class ConnectionReference(Reference):
    regex = "connection:[0-9a-f]{16}"


for kind in (
    AccountReference,
    LookalikeReference,
    GrantReference,
    ExceptionReference,
    ConnectionReference,
):
    register_converter(kind, kind.__name__.removesuffix("Reference").lower())


def _step(step: Step) -> URLPattern:
    return path(f"accounts/<account:reference>/{step.slug}/", take, {"step": step}, name=step.name)


def _check(step: Step) -> URLPattern:
    address = f"accounts/<account:reference>/checks/<str:check>/{step.slug}/"
    return path(address, parts.on_check, {"step": step}, name=step.name)


app_name = "accounts"
urlpatterns = [
    path("accounts/", listing.accounts, name="list"),
    path("accounts/request/", entering.request_account, name="request"),
    path("accounts/audit/", auditing.audit, name="audit"),
    path("accounts/audit/report.<str:form>", auditing.download, name="audit_file"),
    path("accounts/look-alikes/", imitations.lookalikes, name="lookalikes"),
    path("accounts/look-alikes/report/", imitations.report, name="report_lookalike"),
    path("accounts/look-alikes/<lookalike:reference>/", imitations.lookalike, name="lookalike"),
    path("accounts/<account:reference>/", looking.account, name="account"),
    *(_step(step) for step in STEPS),
    *(_check(step) for step in (ATTEST, BRING, EXCEPT)),
    path("accounts/<account:reference>/lines/<int:number>/close/", parts.close_line, name="close_line"),
    path("accounts/<account:reference>/grants/<grant:grant>/end/", parts.end_grant, name="end_grant"),
    path(
        "accounts/<account:reference>/exceptions/<exception:exception>/end/",
        parts.end_exception,
        name="end_exception",
    ),
    path("accounts/<account:reference>/connect/", connecting.connect, name="connect"),
    path(
        "accounts/<account:reference>/connections/<connection:connection>/end/",
        connecting.end,
        name="end_connection",
    ),
    path("connect/<str:network>/answer", connecting.come_back, name="connect_answer"),
]
