"""Sign-in for an account on Instagram, through the Facebook page that it belongs to, and what the account shows."""

from __future__ import annotations

from collections.abc import Iterator

from undersigned.networks.facebook import signing_in as dance
from undersigned.networks.facebook.line import Item, Line
from undersigned.networks.facebook.people import of_token
from undersigned.networks.faults import Later
from undersigned.networks.protocol import Access, Application, Place, Profile, SignedIn, SigningIn, Token

SCOPES = (
    "pages_show_list",
    "pages_read_engagement",
    "business_management",
    "instagram_basic",
    "instagram_content_publish",
    "instagram_manage_comments",
)
FIELDS = "id,username,name,biography,website,profile_picture_url"


def signed_in(line: Line, application: Application, signing_in: SigningIn, code: str) -> SignedIn:
    """The accounts of the person's pages. Each is spoken for with its page's token."""
    token, holder = dance.redeemed(line, application, signing_in.redirect, code)
    pages = dance.pages(line, application, token, "id,instagram_business_account{id,username,name}")
    return SignedIn(token, holder, tuple(_places(pages, token)))


def profile(line: Line, access: Access) -> Profile:
    item = line.browse(access, access.account, {"fields": FIELDS}).object()
    if not item.get("id"):
        raise Later("the answer names no account")
    website = [("website", str(item["website"]))] if item.get("website") else []
    return Profile(
        id=str(item["id"]),
        handle=str(item.get("username", "")),
        name=str(item.get("name", "")),
        description=str(item.get("biography") or ""),
        url=f"https://www.instagram.com/{item.get('username', '')}",
        picture_url=str(item.get("profile_picture_url") or ""),
        readings=(*website, *of_token(dance.debugged(line, access))),
    )


def _places(pages: list[Item], token: Token) -> Iterator[Place]:
    for page in pages:
        account = page.get("instagram_business_account")
        if account:
            handle = str(account.get("username", ""))
            address = f"https://www.instagram.com/{handle}"
            mine = dance.token_of_page(page, token.scopes)
            yield Place(str(account["id"]), handle, str(account.get("name") or handle), address, mine)
