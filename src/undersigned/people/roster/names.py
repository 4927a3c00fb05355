"""One person's name in the spellings that rosters give it.

A name proves little: two people may share one, and one person may be written five ways. So this module says
only two things about names: whether two spellings are the *same* name once case, accents, punctuation, order
and titles are set aside (equal `NormalisedName.key`), and whether two different names *could* belong to one
person (`could_be_same`). The second never decides anything; it finds what a person must be asked.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple


def words_of(text: str) -> frozenset[str]:
    """A closed list of words, written as a line of text."""
    return frozenset(text.split())


TITLES = words_of(
    "mr mrs ms mx miss dr prof professor rev reverend hon honourable honorable sir dame cllr councillor "
    "mme mlle monsieur madame mademoiselle docteur"
)
SUFFIXES = {
    **dict.fromkeys(("jr", "junior"), "jr"),
    **dict.fromkeys(("sr", "senior"), "sr"),
    **dict.fromkeys(("ii", "2nd"), "ii"),
    **dict.fromkeys(("iii", "3rd"), "iii"),
    **dict.fromkeys(("iv", "4th"), "iv"),
}
POST_NOMINALS = words_of("phd md mba cpa cga ca peng qc kc obe mbe esq rn cd mp mla mpp")
PARTICLES = words_of(
    "van von der den de del della di da das do dos du la le el al bin ibn ben ter ten st ste san santa"
)
# Letters that Unicode does not decompose although people write them both ways.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u02bb\u02b9\u2032`\u00b4\uff07]")
ACCENTS = re.compile("[\u0300-\u036f]")
SEPARATORS = re.compile(r"[\W_]+")


class NormalisedName(NamedTuple):
    """A name with case, accents, punctuation, order and titles set aside. Equal values are the same name."""

    given: str
    family: str
    suffix: str

    @property
    def tokens(self) -> tuple[str, ...]:
        return (*self.given.split(), *self.family.split())

    @property
    def key(self) -> str:
        """The name in one line. It does not depend on where the family name is thought to begin."""
        return " ".join((*self.tokens, self.suffix)).strip()

    @property
    def only_initials(self) -> bool:
        """Whether the given names are cut to letters, so that Jo, Jan and Jim have become one."""
        given = self.given.split()
        return bool(given) and all(len(word) == 1 and word.isascii() for word in given)


def visible(text: str) -> str:
    """The text without what cannot be seen (zero-width, direction marks, controls) and with single blanks."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (
        c if not unicodedata.category(c).startswith("C") else _blank(c)
        for c in unicodedata.normalize("NFC", text)
    )
    return " ".join("".join(kept).split())


def _blank(unseen: str) -> str:
    return " " if unseen.isspace() else ""


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case, without accents and apostrophes; every other sign becomes a blank."""
    if text.isascii() and text.isalpha():
        return text.lower()
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", APOSTROPHES.sub("", visible(text))))
    return SEPARATORS.sub(" ", plain.casefold().translate(LETTERS)).strip()


def normalise(full: str) -> NormalisedName:
    """Read a name in one piece: `First Last`, `LAST, First` or `LAST First`, with titles and suffixes."""
    given, family, suffix = _in_order(visible(full))
    return NormalisedName(fold(given), fold(family), suffix)


def match_key(name: str) -> str:
    """What a name is compared by: equal for two spellings of the same name."""
    return normalise(name).key


def normalise_parts(given: str, family: str) -> NormalisedName:
    """Read a name whose parts stand in columns of their own; the suffix may hide in the family name."""
    words, suffix = _without_suffix(visible(family).replace(",", " ").split())
    return NormalisedName(fold(" ".join(_without_titles(given.split()))), fold(" ".join(words)), suffix)


def in_reading_order(full: str) -> str:
    """The name as it is said: `CASEY, Robert, Jr.` becomes `Robert CASEY Jr.`; others stay as they are."""
    shown = visible(full).strip(" ,")
    if _written_family_first(shown) is None:
        return shown
    family, given, extra = _comma_parts(shown)
    return " ".join(part for part in (given, family, extra) if part)


def parts(full: str) -> tuple[str, str]:
    """Given and family name as written, without titles and suffix."""
    given, family, _suffix = _in_order(visible(full))
    return given, family


def could_be_same(one: NormalisedName, other: NormalisedName) -> bool:
    """Whether two names may be one person's, for want of letters: initials, middle names, suffixes left out.

    Two full names that differ never could. Nothing is ever merged on this answer alone: it is the reason for
    a question.
    """
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    short, long = sorted((one.tokens, other.tokens), key=len)
    return _aligned(short, long) and any(len(word) > 1 and word in long for word in short)


def says_less(new: str, old: str) -> bool:
    """Whether `new` is `old` with names cut to initials: then the fuller one is kept."""
    cut, whole = normalise(new), normalise(old)
    if len(cut.tokens) == len(whole.tokens):
        pairs = list(zip(cut.tokens, whole.tokens, strict=True))
        return cut != whole and all(_fits(word, was) and len(word) <= len(was) for word, was in pairs)
    return cut.only_initials and not whole.only_initials and could_be_same(cut, whole)


def better_written(new: str, old: str) -> bool:
    """Whether the same name is written with more care: with its accents, or no longer in capitals only."""
    if normalise(new) != normalise(old):
        return False
    return _accented(new) > _accented(old) or (_one_case(old) and not _one_case(new))


def _accented(text: str) -> int:
    return len(ACCENTS.findall(unicodedata.normalize("NFKD", text)))


def _one_case(text: str) -> bool:
    return text.isupper() or text.islower()


def _aligned(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of `short` occur in `long` in the same order, initials standing for words."""
    rest = iter(reversed(long))
    return bool(short) and all(any(_fits(word, candidate) for candidate in rest) for word in reversed(short))


def _fits(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1])


def _in_order(shown: str) -> tuple[str, str, str]:
    """Given names, family name, suffix."""
    if _written_family_first(shown) is not None:
        family, given, extra = _comma_parts(shown)
        family_words, suffix = _without_suffix(family.split())
        given_words, other = _without_suffix(given.split())
        return (
            " ".join(_without_titles(given_words)),
            " ".join(family_words),
            suffix or other or _suffix_of(extra),
        )
    words, suffix = _without_suffix(shown.replace(",", " ").split(), fewest=2)
    return *_split(_without_titles(words)), suffix


def _written_family_first(shown: str) -> int | None:
    """Where the comma stands that separates a family name from the given names, if one does."""
    at = shown.find(",")
    if at < 0:
        return None
    after = [word for part in shown[at:].split(",") for word in part.split()]
    return at if any(not _is_tail(word) for word in after) else None


def _comma_parts(shown: str) -> tuple[str, str, str]:
    """Family name, given names, and what is neither."""
    family, *others = (part.strip() for part in shown.split(","))
    given = next(part for part in others if any(not _is_tail(word) for word in part.split()))
    return family, given, " ".join(part for part in others if part and part is not given)


def _is_tail(word: str) -> bool:
    folded = fold(word).replace(" ", "")
    return folded in SUFFIXES or folded in POST_NOMINALS


def _suffix_of(text: str) -> str:
    return next((SUFFIXES[fold(word)] for word in text.split() if fold(word) in SUFFIXES), "")


def _without_suffix(words: list[str], fewest: int = 1) -> tuple[list[str], str]:
    """The words without what follows a name, of which at least so many are left: a family name may be `Ca`."""
    suffix = ""
    while len(words) > fewest and _is_tail(words[-1]):
        suffix = SUFFIXES.get(fold(words[-1]), suffix)
        words = words[:-1]
    return words, suffix


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 2 and fold(words[0]) in TITLES:
        words = words[1:]
    return words


def _split(words: list[str]) -> tuple[str, str]:
    """Given and family name: capitals tell, else the last word with the particles before it."""
    capitals = [len(word) > 2 and word.isupper() and "." not in word for word in words]
    leading = next((at for at, capital in enumerate(capitals) if not capital), 0)
    if leading and not any(capitals[leading:]):
        return " ".join(words[leading:]), " ".join(words[:leading])
    at = len(words) - 1
    while at > 1 and fold(words[at - 1]) in PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])
