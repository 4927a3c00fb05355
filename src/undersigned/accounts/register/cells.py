"""What one cell holds: several addresses, nothing, a number of followers, a language."""

from __future__ import annotations

import re

from undersigned.imports.text import without_accents
from undersigned.networks.addresses import NotUnderstood
from undersigned.networks.names import Network, network_named

NOTHING = frozenset(
    {
        *(
            "",
            "-",
            "--",
            "---",
            "–",
            "—",
            "/",
            ".",
            "0",
            "n/a",
            "n.a.",
            "na",
            "none",
            "nil",
            "null",
            "no",
            "nothing",
        ),
        *(
            "not applicable",
            "no account",
            "not used",
            "unused",
            "does not exist",
            "aucun",
            "aucune",
            "non",
            "neant",
        ),
        *("s.o.", "s/o", "so", "sans objet", "pas de compte", "nul", "rien", "(none)", "(aucun)", "[none]"),
    }
)
MARKS = frozenset({"yes", "y", "oui", "o", "true", "vrai", "✓", "✔", "☑", "existing", "active", "actif"})
"""Words that say that there is an account, and not which."""

WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s;|,<>\"]+", re.IGNORECASE)
BETWEEN = re.compile(r"[\r\n;|,]+|\s+(?:and|et|&|or|ou|/|\+)\s+", re.IGNORECASE)
LABELLED = re.compile(r"\s*([^:/@]{1,30}?)\s*(?:[:=–-]\s+|:)(?=[@\w])")
COUNT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*([km])", re.IGNORECASE)
TIMES = {"k": 1_000, "m": 1_000_000}
LANGUAGES = {
    "en": ("en", "eng", "english", "anglais"),
    "fr": ("fr", "fre", "fra", "french", "francais"),
    "es": ("es", "spa", "spanish", "espagnol"),
    "de": ("de", "ger", "german", "allemand"),
    "zh": ("zh", "chi", "chinese", "chinois", "mandarin", "cantonese"),
    "pa": ("pa", "pan", "punjabi", "pendjabi"),
    "tl": ("tl", "tgl", "tagalog", "filipino"),
    "ar": ("ar", "ara", "arabic", "arabe"),
    "uk": ("uk", "ukr", "ukrainian", "ukrainien"),
}
LANGUAGE_OF = {word: code for code, words in LANGUAGES.items() for word in words}
TWO_LANGUAGES = frozenset({"bilingual", "bilingue", "both", "both languages", "les deux"})


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is none, in one of the ways that people do."""
    return without_accents(cell).strip() in NOTHING


def is_mark(cell: str) -> bool:
    """Whether a cell only ticks off that there is an account."""
    return without_accents(cell).strip() in MARKS


def pieces(cell: str) -> list[str]:
    """The addresses and handles in a cell, each alone. What says *none* is left out."""
    found = WEB_ADDRESS.findall(cell)
    if found and (len(found) > 1 or re.search(r"\s", cell.strip())):
        return list(dict.fromkeys(found))
    parts = [part for part in BETWEEN.split(cell) if part and not is_nothing(part)]
    return [piece for part in parts for piece in _at_signs(part)]


def _at_signs(part: str) -> list[str]:
    """`@parks @library` is two handles."""
    words = part.split()
    return words if len(words) > 1 and all(word.startswith("@") for word in words) else [part.strip()]


def between_names(cell: str) -> list[str]:
    """Names that stand in one cell with a comma, a slash or a word between them."""
    return [
        part.strip() for part in re.split(r"[\r\n;|,/&+]+|\s+(?:and|et|or|ou)\s+", cell, flags=re.IGNORECASE)
    ]


def without_label(piece: str) -> tuple[str, Network | None]:
    """`Twitter: @harrow` is a handle and its network. Anything else is left as it is."""
    labelled = LABELLED.match(piece)
    if labelled is None:
        return piece, None
    try:
        named = network_named(labelled[1])
    except NotUnderstood:
        return piece, None
    return piece[labelled.end() :], named.network


def count_of(cell: str) -> int | None:
    """A number of followers, as `12,345`, `12 345`, `12.3k` or `1,2 M`; nothing for anything else."""
    text = cell.strip().lower().removesuffix("followers").removesuffix("abonnés").strip("+~ ")
    short = COUNT.fullmatch(text)
    if short:
        return round(float(short[1].replace(",", ".")) * TIMES[short[2].lower()])
    if re.fullmatch(r"[0-9]{1,3}(?:[,. \u00a0\u202f'][0-9]{3})+|[0-9]{1,12}", text):
        return int(re.sub(r"[^0-9]", "", text))
    return None


def languages_of(cell: str) -> str | None:
    """Languages by code, in the order written: `EN/FR` gives `en fr`. Nothing where one is not known."""
    plain = without_accents(cell)
    if plain in TWO_LANGUAGES:
        return "en fr"
    words = [word for word in re.split(r"[\s/,;&+|-]+", plain) if word not in {"", "and", "et", "ca", "us"}]
    codes = dict.fromkeys(LANGUAGE_OF.get(word, "") for word in words)
    return " ".join(codes) if codes and "" not in codes else None


def email_of(cell: str) -> str | None:
    """An e-mail address, small letters; nothing for anything else."""
    text = cell.strip().removeprefix("mailto:").casefold()
    return text if re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", text) else None
