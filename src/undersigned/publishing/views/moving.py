"""Move a post to another time. Whose countersignature that voids is said beforehand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.accounts.views.coming_in import officer_of
from undersigned.acts.refusals import Refused
from undersigned.publishing import acts, approval
from undersigned.publishing.forms.writing import TimesForm
from undersigned.publishing.models import Post
from undersigned.publishing.views.coming_in import post_of
from undersigned.publishing.views.looking import goes_out
from undersigned.ui import actid


@login_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, reference: str) -> HttpResponse:
    officer = officer_of(request)
    post = post_of(officer, reference)
    refusal = acts.edit.refusal(officer, post)
    if refusal:
        raise refusal
    times = {"not_before": post.not_before, "not_after": post.not_after}
    form = TimesForm(request.POST or None, initial=times)
    if request.method == "POST" and form.is_valid():
        try:
            acts.edit.once(actid.read(request))(
                by=officer, post=post, content=post.version.says, seen=_seen(request), **form.cleaned_data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("It is moved, and a draft again: hand it in when you are ready."))
            return redirect("publishing:post", post.pk)
    return render(request, "publishing/move.html", _shown(post) | {"form": form})


def _seen(request: HttpRequest) -> int:
    """The version that was shown; one that is no number was none."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else 0


def _shown(post: Post) -> dict[str, Any]:
    return {
        "post": post,
        "goes_out": goes_out(post),
        "zone": timezone.localtime().tzname(),
        "voids": [one.person.name for one in approval.standing(post)],
    }
