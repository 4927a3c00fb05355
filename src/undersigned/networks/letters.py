"""Characters that a person cannot see, or takes for others.

An invisible character makes two handles look alike; one that turns the writing direction shows an address
backwards (Unicode TR36, sections 2 and 3). They are refused by name inside a handle, and cut off at its
ends, where copying from a page often leaves them.
"""

from __future__ import annotations

import re
import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from undersigned.networks.refusals import LooksDeceptive, NotUnderstood

LONGEST = 2_000
"""Characters. No address of an account is nearly as long; what is longer is a mistake, or an attack."""

ROUND_ABOUT = " \t\r\n\u00a0\u3000<>()[]{}\"'«»“”‘’,;|`"
TURN_AROUND = "\u202b\u202d\u202e\u2067"
"""They make what follows read backwards, so what a person saw is not what is written. Never cut off,
always refused."""

TRAILING = ROUND_ABOUT + ".:!…"


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without blanks, brackets and invisible characters around it, and warnings about the latter.

    Raises NotUnderstood for an empty or endless text, LooksDeceptive for invisible characters inside.
    """
    if len(text) > LONGEST:
        raise NotUnderstood(
            _("This is %(length)s characters long, and no account's address is. Write the address alone.")
            % {"length": len(text)}
        )
    kept = _strip(text)
    if not kept:
        raise NotUnderstood(_("Nothing is written here. Write a handle or the address of an account."))
    _refuse_invisible(kept)
    return kept, _warn_about_edges(text)


def named(letter: str) -> str:
    """A character as a person can look it up: U+200B ZERO WIDTH SPACE."""
    return f"U+{ord(letter):04X} {unicodedata.name(letter, _('unnamed character'))}"


def is_invisible(letter: str) -> bool:
    """Control, format and private characters, lone surrogates, and letters that show as nothing."""
    return (
        unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
        or letter in "\u115f\u1160\u3164\uffa0\u2800"
    )


def require(handle: str, allowed: re.Pattern[str], *, place: str, rule: str | Promise) -> None:
    """Refuse a handle that its network would not give out, naming the first letter that is wrong.

    Raises LooksDeceptive for a letter of another script (it is there to be taken for a Latin one),
    NotUnderstood for anything else.
    """
    if allowed.fullmatch(handle):
        return
    for letter in handle:
        if not letter.isascii() and not allowed.fullmatch(letter):
            raise LooksDeceptive(
                _(
                    "“%(handle)s” holds %(letter)s, which %(place)s does not allow in a handle. Somebody "
                    "may want it taken for another."
                )
                % {"handle": shown(handle), "letter": named(letter), "place": place}
            )
    raise NotUnderstood(
        _("“%(handle)s” cannot be a handle on %(place)s: %(rule)s. Copy it from the account's own page.")
        % {"handle": shown(handle), "place": place, "rule": rule}
    )


def foreign_letters(handle: str) -> tuple[str, ...]:
    """Warnings for letters beyond ASCII where a network allows them, each by name."""
    letters = dict.fromkeys(letter for letter in handle if not letter.isascii())
    return tuple(
        _("The handle holds %(letter)s: compare it with the one you know.") % {"letter": named(letter)}
        for letter in letters
        if not is_accented_latin(letter)
    )


def is_accented_latin(letter: str) -> bool:
    """É and ç are as plain to a French speaker as e and c: no reason to warn."""
    return unicodedata.normalize("NFKD", letter)[0].isascii() and letter.isalpha()


def shown(text: str) -> str:
    """A text fit to stand in a sentence: short, and with what cannot be seen made visible."""
    visible = "".join(f"<U+{ord(letter):04X}>" if is_invisible(letter) else letter for letter in text[:80])
    return visible + ("…" if len(text) > 80 else "")


def _strip(text: str) -> str:
    before = ""
    while before != text:
        before = text
        text = text.lstrip(ROUND_ABOUT).rstrip(TRAILING)
        text = text[1:] if text and _is_left_over(text[0]) else text
        text = text[:-1] if text and _is_left_over(text[-1]) else text
    return text


def _is_left_over(letter: str) -> bool:
    return is_invisible(letter) and letter not in TURN_AROUND


def _refuse_invisible(text: str) -> None:
    for letter in text:
        if is_invisible(letter):
            raise LooksDeceptive(
                _("“%(text)s” hides %(letter)s inside. Type the handle again by hand, without it.")
                % {"text": shown(text), "letter": named(letter)}
            )


def _warn_about_edges(text: str) -> tuple[str, ...]:
    """Only edges can hold any at this point. Line ends and tabs are too common in cells to mention."""
    hidden = dict.fromkeys(letter for letter in text if is_invisible(letter) and letter not in "\t\r\n")
    return tuple(
        _("%(letter)s beside the handle was left out.") % {"letter": named(letter)} for letter in hidden
    )
