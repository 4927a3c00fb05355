"""Who may act on a page on LinkedIn itself, whether we may, and what the page shows of itself."""

from __future__ import annotations

from collections.abc import Iterator

from undersigned.networks.faults import Later, NetworkFault, Reason, Refused
from undersigned.networks.linkedin.line import Item, Line, encoded, organisation
from undersigned.networks.protocol import Access, Insider, Profile

KIND = "organizationContentAuthorizationAction"
CREATE, EDIT, DELETE = "ORGANIC_SHARE_CREATE", "ORGANIC_SHARE_EDIT", "ORGANIC_SHARE_DELETE"
APPROVED = "com.linkedin.organization.Approved"


def insiders(line: Line, access: Access) -> tuple[Insider, ...]:
    """Every row of the page's list, ended ones too, under the network's own words. It names people by URN alone, and to
    administrators only."""
    query = {"q": "organization", "organization": organisation(access)}
    rows = line.listed(access, "organizationAcls", query, "FINDER")
    return tuple(_insider(row) for row in rows)


def profile(line: Line, access: Access) -> Profile:
    page = page_of(line, access, organisation(access).rpartition(":")[2])
    name = str(page.get("vanityName", ""))
    return Profile(
        id=str(page["id"]),
        handle=name,
        name=str(page.get("localizedName", "")),
        description=str(page.get("localizedDescription", "")),
        url=url_of(name or str(page["id"])),
        picture_url=str((page.get("logoV2") or {}).get("original", "")),
        readings=(*_of_page(page), ("scopes", " ".join(access.token.scopes)), *_rights(line, access)),
    )


def page_of(line: Line, access: Access, number: str) -> Item:
    page = line.ask(access, "GET", f"organizations/{encoded(number)}").object()
    if not page.get("id"):
        raise Later("the answer names no page")
    return page


def url_of(name: str) -> str:
    return f"https://www.linkedin.com/company/{name}"


def told_which(line: Line, access: Access, refused: Refused, action: str) -> Refused:
    """A refusal for want of permission says only that; the page's list of authorisations says whether the person lacks
    the role or the application the product. The refusal stays what it is where that cannot be read."""
    if refused.reason is not Reason.PERMISSION:
        return refused
    try:
        may = _may(line, access, _person(line, access), action)
    except NetworkFault:
        return refused
    said = "the page lets this log-in do it" if may else "the page does not let this log-in do it"
    return Refused(Reason.PERMISSION, f"{action}: {said}. {refused.words}")


def _rights(line: Line, access: Access) -> Iterator[tuple[str, str]]:
    person = _person(line, access)
    for action in (CREATE, EDIT, DELETE):
        yield action.lower(), str(_may(line, access, person, action)).lower()


def _may(line: Line, access: Access, person: str, action: str) -> bool:
    """In this key the names are encoded, and the brackets around them are not."""
    names = f"impersonator:{encoded(person)},organization:{encoded(organisation(access))}"
    key = f"({names},action:({KIND}:(actionType:{action})))"
    status = line.ask(access, "GET", f"organizationAuthorizations/{key}").object().get("status")
    return APPROVED in status if isinstance(status, dict) else False


def _person(line: Line, access: Access) -> str:
    return f"urn:li:person:{line.who(access).get('sub', '')}"


def _of_page(page: Item) -> Iterator[tuple[str, str]]:
    for name, key in (("website", "localizedWebsite"), ("type", "primaryOrganizationType")):
        if page.get(key):
            yield name, str(page[key])


def _insider(row: Item) -> Insider:
    urn = str(row.get("roleAssignee", ""))
    return Insider(urn, urn, str(row.get("role", "")), state=str(row.get("state", "")))
