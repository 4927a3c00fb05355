"""The page of a post: the truth about it, one line an account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from undersigned.accounts.models import Account
from undersigned.accounts.views.coming_in import officer_of
from undersigned.acts import Officer
from undersigned.people.directory import capacity_of
from undersigned.publishing import acts
from undersigned.publishing.acts.scheduling import WINDOW
from undersigned.publishing.models import Assent, Delivery, Post
from undersigned.publishing.queries.looking import Looked, acts_on, look
from undersigned.publishing.states import DeliveryState, PostState
from undersigned.publishing.views import telling, wording
from undersigned.publishing.views.coming_in import post_of
from undersigned.publishing.views.previews import previews
from undersigned.publishing.views.standings import stands
from undersigned.publishing.views.steps import ON_POSTS
from undersigned.publishing.views.telling import Scene, Told, told
from undersigned.ui.components import Fact, Standing
from undersigned.ui.words import Words, time_in_words


@dataclass(frozen=True, slots=True)
class Line:
    """One account of the post: where it stands there, and what one may do about it."""

    account: Account
    account_url: str
    told: Told
    look_url: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of the page."""

    label: Words
    url: str
    ends_something: bool = False


@login_required
@require_safe
def post(request: HttpRequest, reference: str) -> HttpResponse:
    officer = officer_of(request)
    looked = look(post_of(officer, reference))
    return render(request, "publishing/post.html", _shown(looked, officer))


def _shown(looked: Looked, officer: Officer) -> dict[str, Any]:
    said = looked.post
    main, quiet = _offers(said, officer)
    shape, words = stands(said, looked.deliveries.values())
    return {
        "post": said,
        "shape": shape,
        "standing": words,
        "main": main,
        "quiet": quiet,
        "next": _happens_next(looked),
        "lines": [_line(looked, one, officer) for one in looked.accounts],
        "previews": previews(looked.version.says, looked.accounts, _picture(said)),
        "who": list(_who(looked)),
        "what": list(_what(looked)),
        "remark": looked.version.remark if said.state == PostState.RETURNED else "",
        "digest": said.digest,
        "acts": wording.timeline(acts_on(said)),
    }


def _picture(said: Post) -> Any:
    return lambda digest: reverse("publishing:picture", args=[said.pk, digest])


def _offers(said: Post, officer: Officer) -> tuple[Offer | None, list[Offer]]:
    """What this person may do now: one main action, the others in the quiet row."""
    offers = [
        (
            step.leads,
            Offer(step.verb, reverse(f"publishing:{step.name}", args=[said.pk]), step.ends_something),
        )
        for step in ON_POSTS
        if step.act.refusal(officer, said) is None and step.when(said)
    ]
    if acts.approve.refusal(officer, said) is None:
        offers.insert(0, (True, Offer(_("Countersign"), reverse("publishing:countersign", args=[said.pk]))))
    if acts.edit.refusal(officer, said) is None and _can_change(said):
        offers.append((False, Offer(_("Change"), reverse("publishing:edit", args=[said.pk]))))
        offers.append((False, Offer(_("Move"), reverse("publishing:move", args=[said.pk]))))
    main = next((offer for leads, offer in offers if leads), None)
    return main, [offer for _leads, offer in offers if offer is not main]


def _can_change(said: Post) -> bool:
    """Nothing of it has left."""
    gone = said.deliveries.exclude(state__in=(DeliveryState.WAITING, DeliveryState.CANCELLED))
    return said.state != PostState.SCHEDULED or not gone.exists()


def _line(looked: Looked, account: Account, officer: Officer) -> Line:
    delivery = looked.deliveries.get(account.pk)
    url = reverse("accounts:account", args=[account.pk])
    if delivery is None:
        return Line(account, url, _not_sent(looked, account))
    scene = Scene(looked.post, looked.stopped, looked.pauses)
    return Line(account, url, told(delivery, scene), _look_url(delivery, officer))


def _look_url(delivery: Delivery, officer: Officer) -> str:
    """For whoever could look and say, while it is uncertain."""
    if delivery.state != DeliveryState.UNCERTAIN or acts.attest.refusal(officer, delivery) is not None:
        return ""
    return reverse("publishing:look", args=[delivery.pk])


def _not_sent(looked: Looked, account: Account) -> Told:
    """Nothing was sent there yet: whose name is missing, or who is next."""
    state = looked.post.state
    if state in (PostState.DISCARDED, PostState.WITHDRAWN):
        return Told(Standing.ASLEEP, _("Nothing was sent."))
    needed = [str(wording.STEPS[one.step]) for one in looked.missing if one.account.pk == account.pk]
    if state in (PostState.DRAFT, PostState.RETURNED):
        return Told(Standing.ASLEEP, _("Nothing was sent. It is not handed in yet."), _names(needed))
    if needed:
        return Told(Standing.WAITS, _("Nothing was sent."), _names(needed))
    return Told(
        Standing.WAITS, _("Nothing was sent."), _("Somebody who may schedule here sets it on its way.")
    )


def _names(needed: list[str]) -> str:
    return _("It needs the name of: %(who)s.") % {"who": _(", then ").join(needed)} if needed else ""


def _happens_next(looked: Looked) -> str:
    said = looked.post
    if said.state == PostState.SCHEDULED and said.held_since:
        return _("It is held: %(why)s. Somebody who may schedule it lets it go, or it is withdrawn.") % {
            "why": telling.held_because(said)
        }
    if said.emergency and not said.verdict:
        return _("Sent without prior countersignature. Somebody else reviews it within one business day.")
    waits: dict[str, str] = {
        PostState.DRAFT: _("Its author hands it in when it is ready."),
        PostState.RETURNED: _("Its author changes it and hands it in anew."),
        PostState.SUBMITTED: _("It waits for the names below."),
        PostState.APPROVED: _("Somebody who may schedule on its accounts sets it on its way."),
    }
    return waits.get(said.state, "")


def _who(looked: Looked) -> Iterator[Fact]:
    said = looked.post
    yield Fact(_("Written by"), said.author.name, source=capacity_of(said.capacity).label, at=said.made_at)
    if looked.version.edited_by_id != said.author_id:
        yield Fact(_("Last changed by"), looked.version.edited_by.name, at=looked.version.edited_at)
    for assent in looked.assents:
        yield _name(assent)
    if not looked.assents and said.emergency:
        yield Fact(_("Countersigned by"), _("nobody: sent without prior countersignature"))
    if said.reviewed_by:
        yield Fact(
            _("Reviewed by"), said.reviewed_by.name, source=said.get_verdict_display(), at=said.reviewed_at
        )


def _name(assent: Assent) -> Fact:
    label = _("Countersigned by")
    if assent.withdrawn_at:
        label = _("Took their name back")
    elif assent.void_since:
        label = _("Had countersigned version %(n)d, void now") % {"n": assent.number}
    source = capacity_of(assent.capacity).label
    return Fact(label, assent.person.name, source=source, at=assent.signed_at)


def _what(looked: Looked) -> Iterator[Fact]:
    said = looked.post
    yield Fact(_("Goes out"), goes_out(said))
    if said.purpose:
        yield Fact(_("Purpose"), said.purpose)
    if said.topic:
        yield Fact(_("Topic"), said.topic)
    if said.corrects:
        yield Fact(_("Corrects"), str(said.corrects), url=reverse("publishing:post", args=[said.corrects_id]))
    yield Fact(_("Version"), said.number, at=looked.version.edited_at)


def goes_out(said: Post) -> str:
    """When, in a sentence, with the zone."""
    if said.not_before is None:
        return _("As soon as it is scheduled, within two hours or not at all")
    latest = said.not_after or said.not_before + WINDOW
    return _("%(at)s (%(zone)s), and never after %(latest)s") % {
        "at": time_in_words(said.not_before),
        "zone": timezone.localtime(said.not_before).tzname(),
        "latest": telling.clock(latest) if _same_day(said.not_before, latest) else time_in_words(latest),
    }


def _same_day(first: Any, second: Any) -> bool:
    today = timezone.localdate()
    return timezone.localdate(first) == timezone.localdate(second) == today
