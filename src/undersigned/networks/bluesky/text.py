"""How Bluesky counts a text, and what makes links, names and tags of it (lexicon ``app.bsky.richtext.facet``).

Nothing in a text does anything by itself: a *facet* says between which bytes of its UTF-8 there is a link. Offsets are
therefore taken from the final text, after NFC; the start belongs to it, the end does not, and no two overlap.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import regex

from undersigned.networks.counting import addresses_in, graphemes
from undersigned.networks.protocol import Variant, Weight

MOST_GRAPHEMES, MOST_OCTETS = 300, 3_000
MOST_OF_TAG, MOST_OCTETS_OF_TAG = 64, 640
TAG = regex.compile(r"(?<![^\s(])[#＃](?P<tag>[\p{L}\p{M}\p{N}_]*[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*)")
MENTION = regex.compile(
    r"(?<![^\s(])@(?P<handle>(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)"
)
Piece = tuple[int, int, dict[str, str]]


def as_sent(variant: Variant) -> str:
    """NFC, without blanks at the ends; a link that the text lacks comes on a line of its own, if no card shows it."""
    whole = unicodedata.normalize("NFC", variant.text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if variant.link and variant.link not in whole and not card_title(variant):
        whole = f"{whole}\n{variant.link}".strip()
    return whole


def card_title(variant: Variant) -> str:
    """The title of a card for the link. A post shows a card or pictures, not both."""
    return variant.options.get("card_title", "").strip() if variant.link and not variant.media else ""


def weights(text: str) -> tuple[Weight, Weight]:
    return (
        Weight("characters", graphemes(text), MOST_GRAPHEMES),
        Weight("bytes", len(text.encode()), MOST_OCTETS),
    )


def facets(text: str) -> list[dict[str, Any]]:
    """Facets of the text in order. A name still lacks its DID: it bears ``handle`` until it is sent."""
    found, at = [], 0
    for start, end, feature in sorted(_pieces(text), key=lambda piece: piece[:2]):
        if start >= at:
            first = len(text[:start].encode())
            index = {"byteStart": first, "byteEnd": first + len(text[start:end].encode())}
            found.append({"index": index, "features": [feature]})
            at = end
    return found


def _pieces(text: str) -> Iterator[Piece]:
    links = list(addresses_in(text))
    for start, end, address in links:
        yield start, end, {"$type": "app.bsky.richtext.facet#link", "uri": address}
    for start, end, feature in [*_tags(text), *_mentions(text)]:
        if all(end <= first or start >= last for first, last, _address in links):
            yield start, end, feature


def _tags(text: str) -> Iterator[Piece]:
    for found in TAG.finditer(text):
        if not too_long(found["tag"]):
            yield found.start(), found.end(), {"$type": "app.bsky.richtext.facet#tag", "tag": found["tag"]}


def _mentions(text: str) -> Iterator[Piece]:
    for found in MENTION.finditer(text):
        yield (
            found.start(),
            found.end(),
            {"$type": "app.bsky.richtext.facet#mention", "handle": found["handle"].lower()},
        )


def too_long(tag: str) -> bool:
    return graphemes(tag) > MOST_OF_TAG or len(tag.encode()) > MOST_OCTETS_OF_TAG
