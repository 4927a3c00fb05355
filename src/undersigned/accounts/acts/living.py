"""What happens to an account that is open: it falls asleep, is woken, stopped, started again, closed, put away."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts import rules
from undersigned.accounts.acts import said
from undersigned.accounts.models import Account
from undersigned.accounts.posture import dormancy
from undersigned.accounts.queries import posture as posture_of
from undersigned.accounts.states import ConnectionState, Farewell, HandleFate
from undersigned.acts import Act, Actor, Countersigned, Fact, act, say
from undersigned.acts.refusals import Unfit

READ_WITHIN = timedelta(hours=24)
"""How fresh the posture must be before a sleeping account is woken."""


@act(
    Act.ACCOUNT_MARK_DORMANT,
    may=rules.is_the_sweep | rules.is_steward,
    on=Account,
    facts={"last_post_on": Fact.DATE},
)
def mark_dormant(*, by: Actor, account: Account) -> Account:
    """Show it as dormant: nothing was posted for 180 days on the account's own clock (section 9)."""
    stands = dormancy.assess(posture_of.known([account])[account.pk].facts.posts, timezone.now())
    if not stands.asleep:
        raise Unfit(str(stands.says), rule="asleep", do=_("It stays as it is. Nothing was changed."))
    said.enters_state(account, str(stands.says))
    account.save(update_fields=["state_since", "state_reason"])
    if account.last_post_on:
        say(last_post_on=account.last_post_on)
    return account


@act(
    Act.ACCOUNT_REAWAKEN,
    may=rules.is_head_of_communications,
    on=Account,
    commits=["reason"],
    countersigned=Countersigned(
        by=rules.is_steward,
        says=gettext_lazy("the account’s steward"),
        binds=said.signed_state,
    ),
)
def reawaken(*, by: Actor, account: Account, reason: str) -> Account:
    """Let it speak again, once somebody has looked at it today and nothing critical fails."""
    reason = said.needs(reason, _("Say what the account will be used for."), field="reason", rule="a_reason")
    _refuse_an_unread_posture(account)
    said.enters_state(account, reason)
    account.save(update_fields=["state_since", "state_reason"])
    return account


@act(
    Act.ACCOUNT_SUSPEND,
    may=rules.is_steward | rules.is_duty_officer | rules.is_it_security,
    on=Account,
    facts={"state_before": Fact.WORD},
    commits=["reason"],
)
def suspend(*, by: Actor, account: Account, reason: str) -> Account:
    """Stop the account at once, without waiting for a second name: speed counts. An incident is open from now."""
    reason = said.needs(reason, _("Say what happened, in one sentence."), field="reason", rule="a_reason")
    account.state_before = account.state
    said.enters_state(account, reason)
    account.save(update_fields=["state_before", "state_since", "state_reason"])
    say(state_before=account.state_before)
    return account


@act(
    Act.ACCOUNT_RESUME,
    may=rules.is_head_of_communications,
    on=Account,
    facts={"state": Fact.WORD},
    commits=["outcome"],
    countersigned=Countersigned(
        by=rules.is_it_security,
        says=gettext_lazy("one person of IT security who did not ask for it"),
        binds=said.signed_state,
    ),
)
def resume(*, by: Actor, account: Account, outcome: str) -> Account:
    """Close the incident and go back to the state before it; ``outcome`` says what was found and mended."""
    outcome = said.needs(
        outcome,
        _("Say what was found and what was mended: the incident is closed with that."),
        field="outcome",
        rule="incident_closed",
    )
    account.state, account.state_before = account.state_before, ""
    said.enters_state(account, outcome)
    account.save(update_fields=["state", "state_before", "state_since", "state_reason"])
    say(state=account.state)
    return account


@act(
    Act.ACCOUNT_RETIRE,
    may=rules.is_head_of_communications,
    on=Account,
    facts=said.IDENTITY | {"farewell": Fact.WORD, "handle_fate": Fact.WORD, "retired_on": Fact.DATE},
    commits=[said.HELD_BACK, "reason"],
    countersigned=Countersigned(
        by=rules.heads_the_unit,
        says=gettext_lazy("the head of the owning unit"),
        binds=said.signed_state,
    ),
)
def retire(
    *,
    by: Actor,
    account: Account,
    reason: str,
    farewell: Farewell,
    followers_told: bool,
    handle_fate: HandleFate,
) -> Account:
    """Close the account. What was said there stays on record.

    Followers are told where to go instead, unless the account is gone from the network already.
    """
    reason = said.needs(reason, _("Say why it is closed."), field="reason", rule="a_reason")
    if account.gone_since is None:
        _refuse_a_silent_end(farewell, followers_told)
    account.retired_on = timezone.localdate()
    account.handle_fate = handle_fate
    account.state_before, account.gone_since, account.gone_from = "", None, ""
    said.enters_state(account, reason)
    account.save(
        update_fields=[
            "retired_on", "handle_fate", "state_before", "gone_since", "gone_from", "state_since", "state_reason",
        ]
    )  # fmt: skip
    say(retired_on=account.retired_on)
    said.say_identity(account)
    return account


@act(
    Act.ACCOUNT_ARCHIVE,
    may=rules.is_records_officer,
    on=Account,
    facts=said.IDENTITY | {"export_digest": Fact.DIGEST},
    commits=[said.HELD_BACK],
    countersigned=Countersigned(
        by=rules.is_communications,
        says=gettext_lazy("the communications office"),
        binds=said.signed_state,
    ),
)
def archive(
    *,
    by: Actor,
    account: Account,
    export_digest: str,
    connection_revoked: bool,
    secrets_destroyed: bool,
    roles_empty: bool,
) -> Account:
    """Put it away for good: ``export_digest`` is the SHA-256 (hex) of the sealed export that was verified."""
    said.must_be_digest(export_digest, field="export_digest")
    still_connected = account.connections.exclude(state=ConnectionState.ENDED).exists()
    open_ends = {
        _("the connection is revoked"): connection_revoked and not still_connected,
        _("its secrets are destroyed"): secrets_destroyed,
        _("nobody holds a role on the network"): roles_empty,
    }
    missing = [words for words, done in open_ends.items() if not done]
    if missing:
        raise Unfit(
            _("Not confirmed yet: %(what)s.") % {"what": ", ".join(missing)},
            rule="nothing_left_open",
            do=_("Do that first. Nothing was changed."),
        )
    account.archived_on = timezone.localdate()
    said.enters_state(account)
    account.save(update_fields=["archived_on", "state_since", "state_reason"])
    said.say_identity(account)
    return account


def _refuse_an_unread_posture(account: Account) -> None:
    now = timezone.now()
    newest = account.evidence.order_by("-taken_at").first()
    if newest is None or now - newest.taken_at > READ_WITHIN:
        raise Unfit(
            _("Nobody has looked at the safety of this account in the last 24 hours."),
            rule="posture_read_today",
            do=_("Attest or bring what the account’s page asks for, then try again. It stays dormant."),
        )
    failed = [
        one.check.id.value
        for one in posture_of.judged(account, now)
        if one.check.critical and one.counts_as_failed
    ]
    if failed:
        raise Unfit(
            _("Critical checks fail: %(checks)s.") % {"checks": ", ".join(failed)},
            rule="no_critical_failure",
            do=_("Mend them first; the account’s page says how. It stays dormant."),
        )


def _refuse_a_silent_end(farewell: Farewell, followers_told: bool) -> None:
    if farewell == Farewell.GONE:
        raise Unfit(
            _("Nobody has said that it is gone, so say whether a farewell post was sent or waived."),
            rule="farewell",
            field="farewell",
            do=_("Nothing was changed."),
        )
    if not followers_told:
        raise Unfit(
            _("Followers have not been told where to go instead."),
            rule="followers_told",
            field="followers_told",
            do=_("Put it on the profile first. Nothing was changed."),
        )
