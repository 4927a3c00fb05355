"""How servers of Mastodon's kind count a text, and how it is read out of the HTML in which they give it back.

Counted are extended grapheme clusters; an address counts as many as the server reserves for one, and of
``@name@server`` only ``@name`` (Mastodon documentation, "Posting toots").
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

from undersigned.networks.counting import ADDRESS, SPACE_BEFORE_END, graphemes

MENTION = re.compile(r"(?<![\w/@])@(?P<name>[A-Za-z0-9_]+(?:[A-Za-z0-9_.-]+[A-Za-z0-9_]+)?)@[\w.-]+\w")
SPLIT = re.compile(r"\n{3,}")
BLOCKS = frozenset({"p", "div", "ul", "ol", "blockquote", "pre"})


def counted(text: str, per_address: int) -> int:
    return graphemes(MENTION.sub(r"@\g<name>", ADDRESS.sub("x" * per_address, text)))


def canonical(text: str) -> str:
    """The text as readers see it: no blanks at the ends of lines, no two empty lines, names without their servers."""
    whole = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return SPLIT.sub("\n\n", SPACE_BEFORE_END.sub("", _short_names(whole))).strip()


def of_html(content: str) -> str:
    """The text that was written, out of a server's HTML."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return canonical("".join(reader.pieces))


def _short_names(text: str) -> str:
    """``@name`` for ``@name@server``, but not inside an address."""
    pieces, at = [], 0
    for address in ADDRESS.finditer(text):
        pieces += [MENTION.sub(r"@\g<name>", text[at : address.start()]), address.group()]
        at = address.end()
    return "".join([*pieces, MENTION.sub(r"@\g<name>", text[at:])])


class _Reader(HTMLParser):
    """Paragraphs become empty lines between, ``<br>`` a line end; the parts of a shortened address come together
    again by themselves. The line ``RE: …`` that a server puts before a quote is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._depth = 0
        self._left_out = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._left_out or "quote-inline" in (dict(attrs).get("class") or ""):
            self._left_out += tag not in {"br", "img"}
        elif tag == "br":
            self.pieces.append("\n")
        elif tag in BLOCKS:
            self._depth += 1
            if self.pieces:
                self.pieces.append("\n\n")
        elif tag == "li":
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            self._left_out -= tag not in {"br", "img"}
        elif tag in BLOCKS:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._left_out or (not self._depth and not data.strip()):
            return
        self.pieces.append(data.replace("\n", " "))
