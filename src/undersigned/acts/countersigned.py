"""What an act that needs another person's assent declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from undersigned.acts.predicates import Rule
from undersigned.acts.refusals import Words


@dataclass(frozen=True, slots=True)
class Countersigned:
    """``needed`` different persons, none of them the one who asked, each satisfying ``by``.

    ``says`` is the rule in words ("one person of IT security who did not ask for it"). ``binds`` gives what of
    the subject the signature binds beside the wishes of the request; without it, the subject's whole state.
    ``about`` gives what the signer's rule is asked about, from the subject and the wishes ("the unit that receives
    the account"); without it, the subject, or the wishes where the act makes a new row.
    """

    by: Rule
    says: Words
    needed: int = 1
    binds: Callable[[Any], Any] | None = None
    about: Callable[[Any, Mapping[str, Any]], Any] | None = None
