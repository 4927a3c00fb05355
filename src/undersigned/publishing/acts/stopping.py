"""Stop everything: one row that every send looks at, in force from the moment it is committed."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.accounts.models import Account
from undersigned.acts import Act, Actor, Countersigned, Fact, Officer, act, say
from undersigned.acts.refusals import Unfit, WrongState
from undersigned.people.models import Unit
from undersigned.publishing import rules, stops
from undersigned.publishing.models import Stop


@act(
    Act.PUBLISHING_STOP_ALL,
    may=rules.stops_everything,
    makes=Stop,
    facts={"scope": Fact.KEY},
    commits=["reason"],
)
def stop_all(*, by: Actor, reason: str, unit: Unit | None = None, account: Account | None = None) -> Stop:
    """Stop everything that publishes: of the whole city, or of one unit and all below it, or of one account.

    Nothing is sent from that moment; what has left already is settled truthfully. Nobody has to agree: speed counts.
    """
    if not isinstance(by, Officer):
        raise TypeError("a person stops everything")
    reason = reason.strip()
    if not reason:
        raise Unfit(
            _("Say why, in one sentence."), rule="a_reason", field="reason", do=_("Nothing was stopped.")
        )
    stops.pass_the_gate(to_stop=True)
    scope = account.pk if account else unit.pk if unit else ""
    if Stop.objects.filter(scope=scope, lifted_at__isnull=True).exists():
        raise WrongState(_("That is stopped already."), rule="stopped_once", do=_("Nothing was changed."))
    stop = Stop(scope=scope, reason=reason, stopped_by_id=by.person, stopped_at=timezone.now())
    stop.save(force_insert=True)
    say(scope=scope or "city", reason=reason)
    return stop


@act(
    Act.PUBLISHING_LIFT,
    may=rules.stops_everything,
    on=Stop,
    facts={"scope": Fact.KEY, "account": Fact.REFERENCE},
    commits=["reason"],
    countersigned=Countersigned(
        by=rules.stops_everything,
        says=gettext_lazy("a second person who may stop everything"),
    ),
)
def lift(*, by: Actor, stop: Stop, reason: str, account: Account | None = None) -> Stop:
    """Let publishing go on: altogether, or for one account alone, so that an emergency post can go there.

    Posts that were held past their window stay held.
    """
    reason = reason.strip()
    if not reason:
        raise Unfit(_("Say what was found and why it may go on."), rule="a_reason", field="reason")
    if stop.lifted_at is not None:
        raise WrongState(_("It is lifted already. Nothing was changed."), rule="lifted_once")
    if account is not None:
        stop.except_for = " ".join(sorted({*stop.except_for.split(), account.pk}))
    else:
        stop.lifted_at = timezone.now()
    stop.lift_reason = reason
    stop.save(update_fields=["except_for", "lifted_at", "lift_reason"])
    say(scope=stop.scope or "city")
    return stop
