"""What a grant lets a person do, in one vocabulary; presets are lists of it; and who may never hold what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.states import Kind
from undersigned.acts.refusals import Words
from undersigned.people.states import PersonClass


class Permission(TextChoices):
    """One thing a person may do on one account. There is no permission over all accounts."""

    POST_DRAFT = "post.draft", _("write and submit posts")
    POST_APPROVE = "post.approve", _("countersign the posts of others")
    POST_SCHEDULE = "post.schedule", _("schedule and withdraw posts")
    POST_EMERGENCY = "post.emergency", _("send an emergency post")
    COMMENT_RESPOND = "comment.respond", _("answer comments")
    COMMENT_MODERATE = "comment.moderate", _("hide comments")
    BLOCK_PROPOSE = "block.propose", _("propose to block somebody")
    BLOCK_APPROVE = "block.approve", _("approve a block")
    ACCOUNT_ADMINISTER = "account.administer", _("change settings, connect, propose grants")
    ACCOUNT_READ = "account.read", _("see everything, change nothing")


P = Permission


class Preset(TextChoices):
    """A usual list of permissions, always shown as what it is."""

    AUTHOR = "author", _("author")
    APPROVER = "approver", _("approver")
    PUBLISHER = "publisher", _("publisher")
    RESPONDER = "responder", _("responder")
    MODERATOR = "moderator", _("moderator")
    STEWARD = "steward", _("steward")
    DUTY_OFFICER = "duty_officer", _("duty officer")
    AUDITOR = "auditor", _("auditor")


HOLDS: dict[Preset, tuple[Permission, ...]] = {
    Preset.AUTHOR: (P.POST_DRAFT, P.ACCOUNT_READ),
    Preset.APPROVER: (P.POST_APPROVE, P.ACCOUNT_READ),
    Preset.PUBLISHER: (P.POST_DRAFT, P.POST_SCHEDULE, P.ACCOUNT_READ),
    Preset.RESPONDER: (P.COMMENT_RESPOND, P.ACCOUNT_READ),
    Preset.MODERATOR: (P.COMMENT_RESPOND, P.COMMENT_MODERATE, P.BLOCK_PROPOSE, P.ACCOUNT_READ),
    Preset.STEWARD: (
        P.POST_DRAFT,
        P.POST_SCHEDULE,
        P.COMMENT_RESPOND,
        P.COMMENT_MODERATE,
        P.BLOCK_PROPOSE,
        P.ACCOUNT_ADMINISTER,
        P.ACCOUNT_READ,
    ),
    Preset.DUTY_OFFICER: (P.POST_EMERGENCY, P.COMMENT_RESPOND, P.ACCOUNT_READ),
    Preset.AUDITOR: (P.ACCOUNT_READ,),
}

NEVER: dict[str, frozenset[Permission]] = {
    PersonClass.CONTRACTOR_CONTACT: frozenset(P) - {P.ACCOUNT_READ},
    PersonClass.VOLUNTEER: frozenset(
        {
            P.POST_APPROVE,
            P.POST_SCHEDULE,
            P.COMMENT_MODERATE,
            P.BLOCK_PROPOSE,
            P.BLOCK_APPROVE,
            P.ACCOUNT_ADMINISTER,
        }
    ),
    PersonClass.ELECTED: frozenset({P.ACCOUNT_ADMINISTER}),
}
"""What a class of person can never hold. A contractor's contact never speaks for the city."""

CLASS_SAYS: dict[str, Words] = {
    PersonClass.CONTRACTOR_CONTACT: _(
        "A contact at a contractor is not part of the city and never speaks for it; they may only read."
    ),
    PersonClass.VOLUNTEER: _(
        "A volunteer may write and answer, but what they write is approved by somebody else."
    ),
    PersonClass.ELECTED: _("A member of council does not administer an account."),
}


def never_held(person_class: str, permissions: Iterable[Permission]) -> list[Permission]:
    """Those of ``permissions`` that this class of person can never hold."""
    return [one for one in permissions if one in NEVER.get(person_class, frozenset())]


def elected_elsewhere(person_class: str, account_kind: str) -> bool:
    """Elected members hold grants on accounts of elected offices alone."""
    return person_class == PersonClass.ELECTED and account_kind != Kind.ELECTED_OFFICE
