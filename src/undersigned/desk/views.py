"""The first page after sign-in, and the page on which a name is put under something."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.acts import Officer, Refused, countersigning
from undersigned.acts.directory import directory
from undersigned.acts.duty import Duty
from undersigned.acts.models import Countersignature, CountersignatureState
from undersigned.acts.names import name_of_act
from undersigned.desk import duties, queries, wording
from undersigned.desk.forms import ReturnForm, SignForm
from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome
from undersigned.people.middleware import actor
from undersigned.people.rules import is_administrator
from undersigned.ui import actid
from undersigned.ui.components import DutyRow, Fact


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I look after, what was done in my name. Others see the public directory."""
    officer = actor(request)
    if officer is None:
        return redirect("public:home")
    context = {
        "duties": [_row(duty) for duty in duties.duties_of(officer)],
        "asked": [_asked(one) for one in duties.asked_by(officer)],
        "kept": queries.looked_after(officer),
        "acts": queries.in_my_name(officer),
        "officer": officer,
    }
    return render(request, "desk/desk.html", context)


def _row(duty: Duty) -> DutyRow:
    return DutyRow(
        what=duty.what, about=str(duty.subject_words), due=duty.due, button=duty.action, url=duty.url
    )


def _asked(request: Countersignature) -> Fact:
    return Fact(
        name_of_act(request.act),
        wording.words_for(request.subject) or _("waiting"),
        at=request.asked_at,
        url=_address(request),
    )


def _address(request: Countersignature) -> str:
    return reverse("desk:countersign", args=[request.pk])


def _officer(request: HttpRequest) -> Officer:
    officer = actor(request)
    if officer is None:
        raise Http404
    return officer


@login_required
@require_http_methods(["GET", "POST"])
def countersign(request: HttpRequest, reference: str) -> HttpResponse:
    """Exactly what one puts one's name under; nothing else."""
    officer = _officer(request)
    asked = queries.visible_request(officer, reference)
    if asked is None:
        raise Http404
    form = SignForm(request.POST or None, initial={"digest": countersigning.present_digest(asked)})
    if request.method == "POST" and form.is_valid():
        giving = countersigning.give.once(actid.read(request))
        try:
            giving(by=officer, countersignature=asked, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your name is under it."))
            return redirect("desk:desk")
    return render(request, "desk/countersign.html", _shown(officer, asked) | {"form": form})


def _shown(officer: Officer, asked: Countersignature) -> dict[str, object]:
    asker = directory().officer(asked.asked_by)
    wishes = countersigning.wishes_of(asked)
    return {
        "asked": asked,
        "act": name_of_act(asked.act),
        "does": wording.says_of_act(asked.act),
        "about": wording.words_for(asked.subject),
        "wishes": [
            Fact(_(name.replace("_", " ")).capitalize(), wording.said(value))
            for name, value in wishes.items()
        ],
        "asker": asker.said if asker else wording.words_for(asked.asked_by),
        "refusal": countersigning.give.refusal(officer, asked),
        "is_open": asked.state == CountersignatureState.ASKED,
        "has_changed": countersigning.present_digest(asked) != asked.digest,
        "signatures": [(wording.words_for(one.person), one.signed_at) for one in asked.signatures.all()],
    }


@login_required
@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Return a request with a reason; or take back one's own."""
    officer = _officer(request)
    asked = queries.visible_request(officer, reference)
    if asked is None:
        raise Http404
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        declining = countersigning.decline.once(actid.read(request))
        try:
            declining(by=officer, countersignature=asked, note=form.cleaned_data["note"])
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Returned. Nothing took effect."))
            return redirect("desk:desk")
    return render(request, "desk/send_back.html", _shown(officer, asked) | {"form": form})


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Accounts, people and acts by what one types at the head of every page."""
    text = request.GET.get("q", "")[:200]
    return render(
        request, "desk/search.html", {"text": text, "hits": queries.search(_officer(request), text)}
    )


@login_required
@require_safe
def given_up(request: HttpRequest) -> HttpResponse:
    """Work that left the building and never arrived, for an administrator."""
    officer = _officer(request)
    if not any(is_administrator(officer.acting_as(held)) for held in officer.capacities):
        raise Http404
    rows = Dispatch.objects.filter(outcome=Outcome.FAILED).order_by("-settled_at")[:100]
    return render(request, "desk/given_up.html", {"rows": rows})
