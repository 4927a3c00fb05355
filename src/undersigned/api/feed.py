"""Changes of the public register as an Atom feed (RFC 4287), in pages (RFC 5005)."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from undersigned.accounts.models import Account
from undersigned.accounts.queries.chronicle import LAST_PLACE, Changes, Happening
from undersigned.api.problems import documented
from undersigned.api.telling import absolute
from undersigned.networks.letters import is_invisible
from undersigned.people.models import City

MEDIA_TYPE = "application/atom+xml"
DOCUMENTED = documented(400)
DOCUMENTED["responses"][200] = {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed in which nothing has happened yet was last changed: an entity tag must not follow the clock."""


class Paged(Atom1Feed):
    """An Atom feed that says where it goes on."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEGINNING


def answer(changes: Changes, before: int) -> HttpResponse:
    """One page of the feed, with an entity tag that changes when something happens."""
    city = City.objects.first()
    name = city.name if city else "Undersigned"
    here = absolute(reverse("api:changes"))
    feed = Paged(
        title=_("Official accounts of %(city)s: changes") % {"city": name},
        link=absolute(reverse("public:home")),
        description=None,
        language=get_language() or "en",
        author_name=name,
        feed_url=here if before == LAST_PLACE else f"{here}?before={before}",
        feed_guid=here,
        next_url=f"{here}?before={changes.before}" if changes.before else "",
    )
    for happening, account in changes.rows:
        feed.add_item(**_item(happening, account))
    said = feed.writeString("utf-8")
    response = HttpResponse(said, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response["ETag"] = f'W/"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'
    return response


def _item(happening: Happening, account: Account) -> dict[str, Any]:
    facts = {"account": _visible(str(account)), "what": happening.words}
    unit = account.unit.name if account.unit else ""
    return {
        "title": _("%(account)s: %(what)s") % facts,
        "link": absolute(reverse("public:account", args=[account.pk])),
        "description": escape(
            _visible(" · ".join(filter(None, (account.display_name, unit, happening.office))))
        ),
        "pubdate": happening.at,
        "updateddate": happening.at,
        "unique_id": uuid.UUID(happening.act_id).urn,
    }


def _visible(text: str) -> str:
    """XML 1.0 cannot hold control characters, and a name needs nothing that cannot be seen."""
    return "".join(letter for letter in text if not is_invisible(letter))
