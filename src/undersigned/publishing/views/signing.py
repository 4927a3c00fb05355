"""Countersign: exactly what one puts one's name under, what changed since, and two answers. Nothing else."""

from __future__ import annotations

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
from undersigned.acts.refusals import Changed, Unfit
from undersigned.people.directory import capacity_of
from undersigned.publishing import acts, approval, binding, rules
from undersigned.publishing.forms.acting import RemarkForm
from undersigned.publishing.forms.signing import SignForm
from undersigned.publishing.models import Post
from undersigned.publishing.queries.versions import since_last_seen
from undersigned.publishing.views.coming_in import post_of
from undersigned.publishing.views.looking import goes_out
from undersigned.publishing.views.previews import previews
from undersigned.publishing.views.wording import STEPS
from undersigned.ui import actid


@login_required
@require_http_methods(["GET", "POST"])
def countersign(request: HttpRequest, reference: str) -> HttpResponse:
    officer = officer_of(request)
    post = post_of(officer, reference)
    form = SignForm(request.POST or None, initial={"digest": post.digest})
    if request.method == "POST" and form.is_valid():
        try:
            acts.approve.once(actid.read(request))(by=officer, post=post, **form.cleaned_data)
        except (Unfit, Changed) as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your name is under it."))
            return redirect("publishing:post", post.pk)
    refusal = acts.approve.refusal(officer, post)
    if refusal:
        raise refusal
    return render(request, "publishing/countersign.html", _shown(post, officer) | {"form": form})


def _shown(post: Post, officer: Officer) -> dict[str, Any]:
    accounts = rules.accounts_of(post)
    by = acts.approve.capable(officer, post)
    satisfied = approval.satisfied_by(by, post, accounts) if isinstance(by, Officer) else []
    return {
        "post": post,
        "previews": previews(post.version.says, accounts, _picture(post)),
        "goes_out": goes_out(post),
        "author": f"{post.author.name}, {capacity_of(post.capacity).label}",
        "as_what": [f"{STEPS[one.step]}: {one.account}" for one in satisfied],
        "capacity": by.said,
        "since": since_last_seen(post, officer.person, accounts),
        "has_changed": binding.digest(binding.bound(post, accounts)) != post.digest,
        "notes": [one for one in approval.standing(post) if one.note],
        "return_form": RemarkForm(subject=post),
        "return_url": reverse("publishing:return", args=[post.pk]),
    }


def _picture(post: Post) -> Any:
    return lambda digest: reverse("publishing:picture", args=[post.pk, digest])
