"""What a post says, as one value: a text, its variants by account, and its pictures in their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or video of the post, by reference, with the words for those who do not see it."""

    medium: str
    alt: str = ""
    decorative: bool = False
    why_decorative: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """How the post reads on one account, where that differs. Empty fields take the post's own."""

    text: str = ""
    link: str = ""
    language: str = ""
    reply_to: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """The whole of it. Texts are in Unicode NFC with ``\\n`` for line ends; nothing is changed in them afterwards."""

    text: str = ""
    link: str = ""
    language: str = "en"
    accounts: Sequence[str] = ()
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    pictures: Sequence[Picture] = ()

    def on(self, account: str) -> Wording:
        """How it reads on this account, every field filled."""
        own = self.wordings.get(account, Wording())
        return Wording(
            own.text or self.text,
            own.link or self.link,
            own.language or self.language,
            own.reply_to,
            own.options,
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"accounts": list(self.accounts)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Content:
        return cls(
            text=kept["text"],
            link=kept["link"],
            language=kept["language"],
            accounts=tuple(kept["accounts"]),
            wordings={name: Wording(**one) for name, one in kept["wordings"].items()},
            pictures=tuple(Picture(**one) for one in kept["pictures"]),
        )


def as_written(text: str) -> str:
    """The text as it is kept: NFC, ``\\n`` line ends, no white space around it (the networks count and cut by NFC)."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
