"""LinkedIn's "little text" (vendor's page on the format of ``commentary``).

Fifteen characters mean something there. One that is not escaped cuts the post at its place, and the network answers as
if all were well; so each is escaped, save where it makes a hashtag or names a page.
"""

from __future__ import annotations

import regex

RESERVED = "\\|{}@[]()<>#*_~"
_CLASS = regex.escape(RESERVED, special_only=False)
_NAME = rf"(?:\\[{_CLASS}]|[^{_CLASS}])+"

HASHTAG = regex.compile(r"(?<![^\s(«\"“'‘])#(?=[^\W_]*\p{L})([^\W_]+)")
"""What readers take for a hashtag: behind a space or an opening sign, of letters and digits, one letter at least."""

MENTION = regex.compile(rf"@\[([^{_CLASS}\n]+)\]\((urn:li:organization:\d+)\)")
"""As the network writes the naming of another page; whoever writes a post may write it so."""

_WRITTEN = regex.compile(
    rf"(?P<mention>{MENTION.pattern})|(?P<hashtag>{HASHTAG.pattern})|(?P<one>[{_CLASS}])"
)
_STORED = regex.compile(
    rf"\\(?P<one>[{_CLASS}])"
    rf"|\{{hashtag\|\\?[#＃]\|(?P<tag>(?:\\[{_CLASS}]|[^{_CLASS}\s])+)\}}"
    rf"|@\[(?P<name>{_NAME})\]\(urn:li:[a-zA-Z]+:[\w-]+\)"
)
_ESCAPED = regex.compile(rf"\\([{_CLASS}])")


def escaped(text: str) -> str:
    """The text as it is sent: what the author wrote arrives whole."""
    return _WRITTEN.sub(_sent, text)


def plain(stored: str) -> str:
    """What a reader sees of a stored commentary."""
    return _STORED.sub(_read, stored)


def _sent(found: regex.Match[str]) -> str:
    if found["one"]:
        return f"\\{found['one']}"
    if found["hashtag"]:
        return f"{{hashtag|\\#|{found['hashtag'][1:]}}}"
    return str(found["mention"])


def _read(found: regex.Match[str]) -> str:
    if found["one"]:
        return str(found["one"])
    if found["tag"]:
        return f"#{_ESCAPED.sub(_bare, found['tag'])}"
    return _ESCAPED.sub(_bare, found["name"])


def _bare(found: regex.Match[str]) -> str:
    return str(found[1])
