"""What these tests read from a page, and every address of the room with something behind it."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from lxml.html import fromstring

from undersigned.publishing.urls import urlpatterns


def field(page: HttpResponse, name: str) -> str:
    """The value that a field of the page would send."""
    return str(fromstring(page.content.decode()).xpath(f'//main//*[@name="{name}"]/@value')[0])


def buttons(page: HttpResponse) -> set[str]:
    """What the head of the page offers."""
    links = fromstring(page.content.decode()).xpath('//div[contains(@class, "u-head__actions")]//a')
    return {" ".join(one.text_content().split()) for one in links}


def addresses_about(kind: str, reference: str, **more: str) -> Iterator[str]:
    """Every address that is about one post, delivery, stop or case."""
    for pattern in urlpatterns:
        if f"<{kind}:reference>" in str(pattern.pattern):
            yield reverse(f"publishing:{pattern.name}", kwargs=_arguments(pattern, reference, more))


def _arguments(pattern: URLPattern, reference: str, more: dict[str, str]) -> dict[str, object]:
    known: dict[str, object] = {"reference": reference, **more}
    return {name: known[name] for name in pattern.pattern.converters}


def status(client: Client, address: str) -> int:
    """Of a GET, or of a POST where the page takes no GET."""
    answer = client.get(address)
    return client.post(address, {}).status_code if answer.status_code == 405 else answer.status_code
