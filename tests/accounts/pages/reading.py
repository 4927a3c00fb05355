"""What these tests read from a page, and every address of the room with something behind it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import URLPattern, reverse
from lxml.html import fromstring

from undersigned.accounts.models import Account
from undersigned.accounts.urls import urlpatterns


def text_of(page: HttpResponse) -> str:
    """What a reader sees of the page's main part, blanks drawn together."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def heading_of(page: HttpResponse) -> str:
    return _within(page, "h1")


def title_of(page: HttpResponse) -> str:
    """Without the city's name, which every title ends with."""
    return _within(page, "title").rpartition(" – ")[0].removeprefix("Error: ").strip()


def _within(page: HttpResponse, tag: str) -> str:
    found = re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", page.content.decode(), re.DOTALL)
    assert found, f"no {tag}"
    return " ".join(html.unescape(found[1]).split())


def sent_by(page: HttpResponse) -> dict[str, object]:
    """What a browser sends for the form of the page's main part as it stands, its number included."""
    (form,) = fromstring(page.content.decode()).xpath("//main//form")
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}


def links_of(page: HttpResponse) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', page.content.decode()))


def addresses_on(account: Account, **parts: str) -> Iterator[str]:
    """Every address that is about one account; ``parts`` are what belongs to it: a grant and the like."""
    for pattern in urlpatterns:
        if _is_about_an_account(pattern):
            yield reverse(f"accounts:{pattern.name}", kwargs=_arguments(pattern, account, parts))


def _is_about_an_account(pattern: URLPattern) -> bool:
    return "<account:reference>" in str(pattern.pattern)


def _arguments(pattern: URLPattern, account: Account, parts: dict[str, str]) -> dict[str, object]:
    known: dict[str, object] = {"reference": account.pk, "check": "P03", "number": 1, **parts}
    return {name: known[name] for name in pattern.pattern.converters}
