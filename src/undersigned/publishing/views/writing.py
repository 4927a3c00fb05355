"""Write a post: text left, how it will read on each network right, and what the checks find."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.accounts.models import Account
from undersigned.accounts.views.coming_in import officer_of
from undersigned.acts import Officer
from undersigned.acts.refusals import Refused
from undersigned.publishing import acts, approval, checks, scribbles, variants
from undersigned.publishing.checks import Finding, Inspection
from undersigned.publishing.forms.writing import WritingForm
from undersigned.publishing.models import Medium, Post, Scribble
from undersigned.publishing.views import drafts
from undersigned.publishing.views.coming_in import post_of
from undersigned.publishing.views.previews import counters, previews
from undersigned.publishing.views.wording import STEPS
from undersigned.ui import actid
from undersigned.ui.words import time_in_words

SAVE, HAND_IN, FORGET = "save", "hand_in", "forget"
"""What the buttons of the page say under ``do``; any other only shows the page again, checked."""


@login_required
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new post."""
    return _written(request, _author(request, None), None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    post = post_of(officer_of(request), reference)
    return _written(request, _author(request, post), post)


@login_required
@require_POST
def counted(request: HttpRequest) -> HttpResponse:
    """As somebody types a new post: counters, previews and checks; and what they typed is kept."""
    return _counted(request, None)


@login_required
@require_POST
def counted_anew(request: HttpRequest, reference: str) -> HttpResponse:
    return _counted(request, post_of(officer_of(request), reference))


def _author(request: HttpRequest, post: Post | None) -> Officer:
    """Who writes, in the capacity that may. Raises Refused for everybody else."""
    act = acts.edit if post else acts.draft
    by = act.capable(officer_of(request), post)
    refusal = act.refusal(by, post)
    if refusal:
        raise refusal
    if not isinstance(by, Officer):
        raise TypeError("a person writes")
    return by


def _counted(request: HttpRequest, post: Post | None) -> HttpResponse:
    officer = _author(request, post)
    drafts.keep(officer, post, request.POST)
    form = WritingForm(request.POST, officer=officer, post=post)
    form.full_clean()
    return render(request, "publishing/write/told.html", _told(form, officer))


def _written(request: HttpRequest, officer: Officer, post: Post | None) -> HttpResponse:
    if request.method != "POST":
        initial, scribble = drafts.begun(officer, post, request.GET.getlist("account"))
        form = WritingForm(initial=initial, officer=officer, post=post)
        return _page(request, form, officer, scribble)
    if request.POST.get("do") == FORGET:
        scribbles.forget(officer.person, post.pk if post else "")
        return redirect(request.path)
    form = drafts.sent(request, officer, post)
    if form.is_valid() and request.POST.get("do") in (SAVE, HAND_IN):
        saved = _saved(request, form, officer)
        if saved is not None:
            return redirect(_onward(request), saved.pk)
    drafts.keep(officer, post, form.data)  # type: ignore[arg-type] # always a QueryDict here
    return _page(request, form, officer, None)


def _onward(request: HttpRequest) -> str:
    return "publishing:submit" if request.POST.get("do") == HAND_IN else "publishing:post"


def _saved(request: HttpRequest, form: WritingForm, officer: Officer) -> Post | None:
    """The post, saved; nothing where it was refused, with the refusal beside the form."""
    act_id, post = actid.read(request), form.post
    given: dict[str, Any] = {"by": officer, "content": form.content(), **form.heads()}
    try:
        if post is None:
            saved = acts.draft.once(act_id)(**given)
        else:
            seen = form.cleaned_data.get("seen") or 0
            saved = acts.edit.once(act_id)(post=post, seen=seen, **given)
    except Refused as refused:
        form.refuse(refused)
        return None
    scribbles.forget(officer.person, post.pk if post else "")
    messages.success(request, _("The draft is saved."))
    return saved


def _page(
    request: HttpRequest, form: WritingForm, officer: Officer, scribble: Scribble | None
) -> HttpResponse:
    post = form.post
    if not form.is_bound:
        looked_at = WritingForm(_as_sent(form), officer=officer, post=post)
        looked_at.full_clean()
    else:
        looked_at = form
    shown = {
        "form": form,
        "post": post,
        "scribble": scribble,
        "zone": timezone.localtime().tzname(),
        "voids": _voids(post),
        "counted_url": reverse("publishing:counted_anew", args=[post.pk])
        if post
        else reverse("publishing:counted"),
        "back": reverse("publishing:post", args=[post.pk]) if post else reverse("publishing:list"),
    }
    return render(request, "publishing/write/write.html", shown | _told(looked_at, officer))


def _as_sent(form: WritingForm) -> Any:
    """The form's first values as a browser would send them, so that the page shows checks before anything is typed."""
    data = QueryDict(mutable=True)
    for name, value in form.initial.items():
        if isinstance(value, list):
            data.setlist(name, value)
        elif value not in (None, False, ""):
            data[name] = form[name].field.widget.format_value(value) if name in form.fields else value
    data.setdefault("language", form["language"].value() or form.fields["language"].choices[0][0])  # type: ignore[attr-defined] # a choice field
    return data


def _voids(post: Post | None) -> list[str]:
    """Whose names a change voids."""
    return [one.person.name for one in approval.standing(post)] if post else []


def _told(form: WritingForm, officer: Officer) -> dict[str, Any]:
    """Counters, previews, findings, and the sentence: who must countersign, and when it goes out."""
    content, chosen, heads = form.content(), form.chosen, form.heads()
    media = variants.media_of(content)
    look = Inspection(
        content,
        chosen,
        officer,
        heads["not_before"],
        heads["not_after"],
        heads["topic"] or "",
        form.post,
        media,
    )
    return {
        "counters": counters(content, chosen),
        "previews": previews(content, chosen, _address(officer, form.post, media)),
        "checks": _once(checks.findings(look)),
        "sentence": sentence(chosen, look),
    }


def _once(found: list[Finding]) -> list[Finding]:
    return list(dict.fromkeys(found))


def _address(officer: Officer, post: Post | None, media: dict[str, Medium]) -> Any:
    """What this person brought is shown from there; what the post had already, through the post."""
    mine = {one.sha256 for one in media.values() if one.added_by_id == officer.person}

    def address(digest: str) -> str:
        if digest in mine or post is None:
            return reverse("publishing:brought", args=[digest])
        return reverse("publishing:picture", args=[post.pk, digest])

    return address


def sentence(chosen: list[Account], look: Inspection) -> str:
    """Who must countersign, and when it goes out."""
    if not chosen:
        return _("Choose where it is to appear.")
    return f"{_names(chosen)} {_time(look)}"


def _names(chosen: list[Account]) -> str:
    needed: dict[str, list[str]] = {}
    for one in approval.missing(chosen, ()):
        needed.setdefault(str(one.account), []).append(str(STEPS[one.step]))
    if not needed:
        return _("Nobody has to countersign it.")
    told = "; ".join(
        _("on %(account)s %(who)s") % {"account": account, "who": _(", then ").join(steps)}
        for account, steps in needed.items()
    )
    return _("It must be countersigned: %(who)s.") % {"who": told}


def _time(look: Inspection) -> str:
    if look.not_before is None:
        return _("Then it goes out as soon as somebody schedules it.")
    return _("Then it goes out at %(at)s (%(zone)s).") % {
        "at": time_in_words(look.not_before),
        "zone": timezone.localtime(look.not_before).tzname(),
    }
