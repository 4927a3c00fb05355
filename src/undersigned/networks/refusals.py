"""Why a text was not understood as an account: one type for each thing that a caller can do about it."""

from __future__ import annotations


class NotUnderstood(ValueError):
    """The text names no account that we can tell. The message is a sentence for the person who wrote it."""


class WhichNetwork(NotUnderstood):
    """A handle alone: the same name may be somebody else's on the next network. Ask for the network."""


class ShortLink(NotUnderstood):
    """A shortened or redirecting address. It is never followed: only its owner knows where it leads today."""


class NotAnAccount(NotUnderstood):
    """A page of a network that belongs to no account: a share button, a search, a sign-in, a video."""


class LooksDeceptive(NotUnderstood):
    """An address or handle built so that a person reads another one. Worth a report of an imitation."""
