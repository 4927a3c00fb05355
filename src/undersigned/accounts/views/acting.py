"""The page on which an act is done, or its countersignature asked for: one for all acts of this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.accounts.forms.asking import ActForm
from undersigned.accounts.models import Account
from undersigned.accounts.queries import asking
from undersigned.accounts.views.about import entry
from undersigned.accounts.views.coming_in import account_of, officer_of, way_to
from undersigned.accounts.views.steps import Step
from undersigned.acts import Officer
from undersigned.acts.governed import Governed
from undersigned.acts.refusals import Changed, Unfit
from undersigned.ui import actid
from undersigned.ui.components import Fact
from undersigned.ui.forms import PlainForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One step as one person takes it.

    ``subject`` is what the act is done on, the account itself where nothing else is named; ``given`` are arguments
    which the address says; ``drawn`` what only the form needs. ``about`` says on the page what it is about.
    """

    step: Step
    by: Officer
    account: Account
    subject: Governed | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    drawn: Mapping[str, Any] = field(default_factory=dict)
    heading: str = ""
    about: tuple[Fact, ...] = ()
    says: str = ""

    @property
    def on(self) -> Governed:
        return self.subject or self.account

    def form(self, request: HttpRequest) -> PlainForm:
        sent = request.method == "POST"
        return self.step.form(
            request.POST if sent else None,
            request.FILES if sent else None,
            account=self.account,
            **self.drawn,
        )

    def do(self, act_id: str, wants: Mapping[str, Any]) -> None:
        """Do the act, or ask for the name that it needs; twice with one id is once."""
        act = self.step.act
        arguments = {act.subject_name: self.on, **self.given, **wants}
        if act.countersigned:
            act.ask(by=self.by, act_id=act_id, **arguments)
        else:
            act.once(act_id)(by=self.by, **arguments)


@login_required
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, reference: str, step: Step) -> HttpResponse:
    """A step on the account itself."""
    officer = officer_of(request)
    account = account_of(officer, reference)
    about = tuple(entry(account)) if step.form is ActForm else ()
    return answer(request, Asked(step=step, by=officer, account=account, about=about))


def answer(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Do it where it was sent and fits; else draw the page, for whoever may. Raises Refused for everybody else."""
    form = asked.form(request)
    if request.method == "POST" and form.is_valid():
        try:
            asked.do(actid.read(request), form.wants())  # type: ignore[attr-defined] # all forms of steps have it
        except (Unfit, Changed) as refused:
            form.refuse(refused)
        else:
            messages.success(request, _told(asked.step))
            return redirect("accounts:account", asked.account.pk)
    refusal = asked.step.act.refusal(asked.by, asked.on)
    if refusal:
        raise refusal
    name = "accounts/step_for_good.html" if asked.step.for_good else "accounts/step.html"
    return render(request, name, _shown(asked, form))


def _told(step: Step) -> str:
    if not step.act.countersigned:
        return str(step.done)
    return _("%(done)s It takes effect when it is countersigned by %(who)s.") % {
        "done": step.done,
        "who": step.act.countersigned.says,
    }


def _shown(asked: Asked, form: PlainForm) -> dict[str, Any]:
    step = asked.step
    signed = step.act.countersigned
    return {
        "step": step,
        "account": asked.account,
        "heading": asked.heading or f"{step.verb}: {asked.account}",
        "says": asked.says or step.says,
        "about": asked.about,
        "form": form,
        "back": reverse("accounts:account", args=[asked.account.pk]),
        "signed": signed,
        "signers": _signers(asked) if signed else (),
        "waiting": [
            (one, way_to("desk:countersign", one.pk))
            for one in (asking.waiting_on(asked.account, step.act.name) if signed else ())
        ],
    }


def _signers(asked: Asked) -> list[str]:
    """Whose name it could be; nobody is named where that depends on what is still to be filled in."""
    signed = asked.step.act.countersigned
    if signed is None or signed.about is not None:
        return []
    return asking.could_sign(signed, asked.account, asked.on, asked.by.person)
