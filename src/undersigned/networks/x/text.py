"""How X counts a text, and how a text stands there (vendor's ``twitter-text``, configuration v3; its documentation on
counting characters).

A link counts 23 whatever its length, an emoji sequence 2. Where it is not certain that X sees a link (a bare domain
under a country's ending, a reserved name), the larger of 23 and its own weight counts, so that nothing is let through
that X would refuse.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

MOST = 280
LINK_WEIGHT = 23
EMOJI_WEIGHT = 2
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that weigh 1; every other weighs 2."""

_ELEMENT = (
    r"(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}"
    r"|[©®]\uFE0F"
    r"|(?![©®])\p{Extended_Pictographic}\uFE0F?(?:[\U000E0020-\U000E007E]+\U000E007F)?)"
)
EMOJI = regex.compile(
    rf"\p{{Regional_Indicator}}{{2}}|[0-9#*]\uFE0F?\u20E3|{_ELEMENT}(?:\u200D{_ELEMENT}){{0,3}}"
)
"""Unicode Technical Standard 51. The longest sequences in use join four elements; what is longer counts twice."""

_PATH = r"[a-z0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&()?\u00c0-\u024f\p{Cyrillic}]"
LINK = regex.compile(
    r"(?<![A-Za-z0-9@$#_])(?P<scheme>https?://)?"
    r"(?P<host>(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?P<top>xn--[a-z0-9-]+|[^\W\d_]{2,}))(?![\w@-])(?::\d+)?"
    rf"(?:[/?]{_PATH}*)?",
    regex.IGNORECASE,
)
SURELY_LINKED = frozenset(["com", "org", "net", "gov", "edu", "info", "biz", "int", "mil"])
RESERVED = frozenset(["example", "test", "invalid", "localhost", "local"])
"""RFC 2606 and RFC 6762: no name under these is ever registered, so X may not see a link in them."""

CASHTAG = regex.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")
MENTION = regex.compile(r"(?<![\w@/.])@[A-Za-z0-9_]{1,15}(?![\w@])")
INVALID = regex.compile("[\ufeff\ufffe\uffff]")
"""Characters that ``twitter-text`` takes for no text at all."""

_CLOSING = ".,:;!?'\"…»”"
_PLAIN_SCHEME = regex.compile(r"\bhttp://", regex.IGNORECASE)


def weighed(text: str) -> int:
    """The weighted length of a text as X counts it, or a little more where X's own reading is not certain."""
    text = unicodedata.normalize("NFC", text)
    total = at = 0
    for start, end, weight in _links(text):
        total += _own_weight(text[at:start]) + weight
        at = end
    return total + _own_weight(text[at:])


def linked(text: str) -> bool:
    """Whether X may see a link in the text: such a post has another price."""
    return next(_links(text), None) is not None


def as_shown(text: str) -> str:
    """The text by which a post is known again. X puts ``http://`` before a bare domain, so it is left off."""
    return _PLAIN_SCHEME.sub("", text)


def _links(text: str) -> Iterator[tuple[int, int, int]]:
    for found in LINK.finditer(text):
        end = found.start() + len(_without_closing(found.group()))
        yield found.start(), end, _link_weight(found, text[found.start() : end])


def _link_weight(found: regex.Match[str], whole: str) -> int:
    top = found["top"].lower()
    if top in SURELY_LINKED or (found["scheme"] and top not in RESERVED):
        return LINK_WEIGHT
    return max(LINK_WEIGHT, _own_weight(whole))


def _without_closing(link: str) -> str:
    while link[-1] in _CLOSING or (link[-1] == ")" and link.count(")") > link.count("(")):
        link = link[:-1]
    return link


def _own_weight(text: str) -> int:
    rest, emoji = EMOJI.subn("", text)
    return emoji * EMOJI_WEIGHT + sum(_weight_of(ord(letter)) for letter in rest)


def _weight_of(point: int) -> int:
    return 1 if any(low <= point <= high for low, high in LIGHT) else 2
