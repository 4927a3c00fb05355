"""The page on which an act is done: one for all acts on posts, deliveries and cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.accounts.views.coming_in import officer_of
from undersigned.acts import Officer
from undersigned.acts.governed import Governed
from undersigned.acts.refusals import Changed, Unfit
from undersigned.publishing import acts
from undersigned.publishing.forms.acting import StepForm, SubmitForm
from undersigned.publishing.models import Case
from undersigned.publishing.views.coming_in import case_of, delivery_of, post_of
from undersigned.publishing.views.steps import LOOK, Step
from undersigned.ui import actid
from undersigned.ui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One step as one person takes it; ``back`` is the page it began on, ``about`` that page's name."""

    step: Step
    by: Officer
    on: Governed
    back: str
    about: Words
    onward: str = ""

    def form(self, request: HttpRequest) -> StepForm:
        sent = request.POST if request.method == "POST" else None
        if issubclass(self.step.form, SubmitForm):
            return SubmitForm(sent, subject=self.on, author=acts.submit.capable(self.by, self.on))
        return self.step.form(sent, subject=self.on)


@login_required
@require_http_methods(["GET", "POST"])
def on_post(request: HttpRequest, reference: str, step: Step) -> HttpResponse:
    officer = officer_of(request)
    post = post_of(officer, reference)
    back = reverse("publishing:post", args=[post.pk])
    return _answer(request, Taken(step=step, by=officer, on=post, back=back, about=_("Post")))


@login_required
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, reference: str) -> HttpResponse:
    """Say by name whether a delivery that nobody could settle is there."""
    officer = officer_of(request)
    delivery = delivery_of(officer, reference)
    back = reverse("publishing:post", args=[delivery.post_id])
    about = str(delivery.account)
    return _answer(request, Taken(step=LOOK, by=officer, on=delivery, back=back, about=about))


@login_required
@require_http_methods(["GET", "POST"])
def on_case(request: HttpRequest, reference: str, step: Step) -> HttpResponse:
    officer = officer_of(request)
    case = case_of(officer, reference)
    back = reverse("publishing:case", args=[case.pk])
    taken = Taken(
        step=step, by=officer, on=case, back=back, about=_("Case"), onward=_after(officer, case, step)
    )
    return _answer(request, taken)


def _after(officer: Officer, case: Case, step: Step) -> str:
    """From an intrusion straight to stopping what is published there, for whoever may."""
    if step.act is not acts.escalate or acts.stop_all.refusal(officer) is not None:
        return ""
    return reverse("publishing:stops", query={"account": case.account_id})


def _answer(request: HttpRequest, taken: Taken) -> HttpResponse:
    """Do it where it was sent and fits; else draw the page, for whoever may. Raises Refused for everybody else."""
    step = taken.step
    refusal = step.act.refusal(taken.by, taken.on)
    if refusal and request.method != "POST":
        raise refusal
    form = taken.form(request)
    if request.method == "POST" and form.is_valid():
        try:
            step.act.once(actid.read(request))(
                **{"by": taken.by, step.act.subject_name: taken.on}, **form.wants()
            )
        except (Unfit, Changed) as refused:
            form.refuse(refused)
        else:
            messages.success(request, str(step.done))
            return redirect(taken.onward or taken.back)
    return render(request, "publishing/step.html", _shown(taken, form))


def _shown(taken: Taken, form: StepForm) -> dict[str, Any]:
    blocking = [one for one in getattr(form, "found", ()) if one.level == "blocks"]
    return {
        "step": taken.step,
        "form": form,
        "back": taken.back,
        "about": taken.about,
        "subject": taken.on,
        "blocking": blocking,
        "digest": getattr(taken.on, "digest", ""),
    }
