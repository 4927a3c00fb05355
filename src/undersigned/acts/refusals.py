"""Refusals: each names the rule that refused, what was kept, who could help and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Refused(Exception):
    """An act was not done; nothing of it was kept.

    ``rule`` is the name of the rule that refused, ``helps`` the offices whose holders could help.
    """

    def __init__(
        self,
        says: Words,
        *,
        rule: str,
        helps: Sequence[str] = (),
        do: Words = "",
        field: str | None = None,
    ) -> None:
        super().__init__(says)
        self.says = says
        self.rule = rule
        self.helps = tuple(helps)
        self.do = do
        self.field = field

    def __str__(self) -> str:
        return f"{self.says} {self.do}".strip()


class NotPermitted(Refused):
    """The rule of the act says no to this person in every capacity they hold."""


class NeedsSecondFactor(Refused):
    """A person acts in the city's name only in a session that proved a second factor."""

    def __init__(self) -> None:
        super().__init__(
            _("Acting in the city’s name needs a second factor, and this session has not shown one."),
            rule="second_factor",
            do=_(
                "Set up or confirm your passkey or authenticator app, then do it again. Nothing was changed."
            ),
        )


class WrongState(Refused):
    """The thing acted on is in a state from which this act does not lead anywhere."""


class NeedsCountersignature(Refused):
    """The act takes effect only with another person's countersignature; ask for it first."""


class Changed(Refused):
    """What was to be countersigned is no longer what it was; the request is void."""


class Unfit(Refused):
    """What was given does not fit: the sentence says where and what to do."""


class OutsideAct(RuntimeError):
    """A governed row was to be written outside an act. A programming error, never shown as a refusal."""

    def __init__(self, model: type, how: str) -> None:
        home = model.__module__.rsplit(".models", 1)[0]
        super().__init__(
            f"{model.__name__}.{how} was called outside an act. Every change to this table is an act: "
            f"call one of {home}.acts instead. Nothing was written."
        )
