"""The public register for other programs (the register's rules, section 13): list, one entry, verify, feed."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import BeforeValidator, WithJsonSchema

from undersigned.accounts.queries import chronicle, verifying
from undersigned.accounts.queries.verifying import Answer, Reason
from undersigned.api import feed
from undersigned.api.problems import documented
from undersigned.api.schemas import Entries, Entry, One, State, Verification
from undersigned.api.telling import absolute, fields, marked, verification
from undersigned.networks.letters import LONGEST
from undersigned.networks.names import Network, network_named
from undersigned.networks.refusals import NotUnderstood, WhichNetwork
from undersigned.ui import keyset

PAGE = 100
"""Entries a page."""

SERVICE = "A network, by any name that people have for it."

router = Router(tags=["public register"])


MaybeState = Annotated[
    State | None,
    BeforeValidator(lambda said: said or None),
    WithJsonSchema({"type": "string", "enum": ["", *State]}),
]


class Filters(Schema):
    """Which entries are listed; what is left out narrows nothing."""

    service: Annotated[str, Query(max_length=60, description=SERVICE)] = ""
    unit: Annotated[
        str, Query(pattern=r"^(unit:[0-9a-f]{16})?$", description="A unit with all below it, by its unit_id.")
    ] = ""
    tag: Annotated[str, Query(max_length=60, pattern=r"^[^\x00-\x1f,]*$")] = ""
    language: Annotated[str, Query(pattern=r"^([a-z]{2,3})?$", description="ISO 639, as in en or fr.")] = ""
    state: MaybeState = None
    cursor: Annotated[str, Query(max_length=2_000, description="Part of the address under next.")] = ""


class Question(Schema):
    """Either an address, or a network with a handle."""

    url: Annotated[str, Query(max_length=LONGEST, description="An address of the account, or of a post.")] = (
        ""
    )
    service_url: Annotated[str, Query(max_length=LONGEST, description="The same as url.")] = ""
    service: Annotated[str, Query(max_length=60, description=SERVICE)] = ""
    handle: Annotated[str, Query(max_length=LONGEST)] = ""


@router.get(
    "/accounts",
    response=Entries,
    operation_id="listAccounts",
    url_name="accounts",
    openapi_extra=documented(400),
)
def accounts(request: HttpRequest, response: HttpResponse, filters: Query[Filters]) -> Entries:
    """The accounts of the public register by network and handle, 100 a page."""
    rows = verifying.public_accounts(
        network=network_named(filters.service).network.value if filters.service else "",
        unit=filters.unit,
        tag=filters.tag,
        language=filters.language,
        state=filters.state.in_register if filters.state else "",
    )
    page = keyset.page(rows, verifying.ORDER, size=PAGE, cursor=filters.cursor)
    entries = [Entry(**one) for one in fields(page.rows)]
    answer = Entries(accounts=entries, next=_next(request, page.next), as_of=timezone.now())
    if answer.next:
        response["Link"] = f'<{answer.next}>; rel="next"'
    return marked(response, answer)


@router.get(
    "/accounts/verify",
    response=Verification,
    operation_id="verifyAccount",
    url_name="verify",
    openapi_extra=documented(400),
)
def verify(request: HttpRequest, response: HttpResponse, question: Query[Question]) -> Verification:
    """Whether an address is an account of the city: true only for live entries confirmed within 400 days.

    What names no account that we can read is unknown, with a note that says why; nothing is ever fetched.
    """
    text, network = _asked(question)
    try:
        answer = verifying.verify(text, network=network)
    except WhichNetwork:
        raise
    except NotUnderstood as unclear:
        unknown = Answer(text, None, False, Reason.UNKNOWN, warning=str(unclear))
        return marked(response, verification(unknown))
    return marked(response, verification(answer))


@router.get(
    "/accounts/{reference}",
    response=One,
    operation_id="getAccount",
    url_name="account",
    openapi_extra=documented(404),
)
def account(request: HttpRequest, response: HttpResponse, reference: str) -> One:
    """One account of the public register, by its id."""
    known = re.fullmatch(r"account:[0-9a-f]{16}", reference)
    found = verifying.public_account(reference) if known else None
    if found is None:
        raise Http404(_("The public register has no account of this id."))
    return marked(response, One(**fields([found])[0], as_of=timezone.now()))


Before = Annotated[int, Query(ge=0, le=chronicle.LAST_PLACE, description="Part of the feed's link next.")]


@router.get(
    "/accounts.atom",
    response={200: None},
    operation_id="listChanges",
    url_name="changes",
    openapi_extra=feed.DOCUMENTED,
)
def changes(request: HttpRequest, before: Before = chronicle.LAST_PLACE) -> HttpResponse:
    """What changed in the public register, the newest first: an Atom feed (RFC 4287) in pages (RFC 5005)."""
    return feed.answer(chronicle.changes(before), before)


def _asked(question: Question) -> tuple[str, Network | None]:
    """The text to understand and the network beside it, if one is named. Raises NotUnderstood."""
    address = question.url or question.service_url
    if bool(address.strip()) == bool(question.handle.strip()):
        raise NotUnderstood(_("Give either url, or service and handle."))
    network = network_named(question.service).network if question.service else None
    return address or question.handle, network


def _next(request: HttpRequest, cursor: str) -> str | None:
    if not cursor:
        return None
    kept = {key: value for key, value in request.GET.items() if key in Filters.model_fields}
    return absolute(f"{reverse('api:accounts')}?{urlencode(kept | {'cursor': cursor})}")
