"""The practice network's pages: its walls, what stands on one, and the question whether the city's software may act."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.networks.configuration import application_of
from undersigned.networks.names import Network
from undersigned.networks.practice import permission
from undersigned.networks.practice import wall as kept
from undersigned.networks.practice.failing import Failing
from undersigned.networks.practice.forms import AllowForm, CommentForm, FailingForm, TextForm, WallForm
from undersigned.networks.practice.frame import for_practice
from undersigned.networks.practice.models import Wall, WallPicture, WallPost
from undersigned.networks.practice.traps import MIMES


@for_practice
@require_http_methods(["GET", "POST"])
def walls(request: HttpRequest) -> HttpResponse:
    """Every wall; and opening one, as one opens an account on a network."""
    form = WallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = kept.opened(form.cleaned_data["handle"], form.cleaned_data["name"])
        return redirect("practice:wall", made.handle)
    return render(request, "practice/walls.html", {"walls": kept.walls(), "form": form})


@for_practice
@require_http_methods(["GET", "POST"])
def wall(request: HttpRequest, handle: str) -> HttpResponse:
    """What stands on the wall, newest first; and writing on it past the system."""
    here = get_object_or_404(Wall, handle=handle)
    form = TextForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept.written(here, form.cleaned_data["text"])
        messages.success(request, _("It stands on the wall. The system did not send it."))
        return redirect("practice:wall", here.handle)
    before = request.GET.get("before", "")
    rows = kept.posts_of(here)
    rows = rows.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 18 else rows
    shown = list(rows[: kept.ON_ONE_PAGE + 1])
    context = {
        "wall": here,
        "posts": shown[: kept.ON_ONE_PAGE],
        "older": shown[kept.ON_ONE_PAGE - 1].pk if len(shown) > kept.ON_ONE_PAGE else None,
        "form": form,
        "failing": FailingForm(initial={"failing": here.fails_next}),
        "fails": Failing(here.fails_next),
        "fails_nothing": here.fails_next == Failing.NOTHING,
    }
    return render(request, "practice/wall.html", context)


@for_practice
@require_POST
def fails_next(request: HttpRequest, handle: str) -> HttpResponse:
    here = get_object_or_404(Wall, handle=handle)
    form = FailingForm(request.POST)
    if form.is_valid():
        Wall.objects.filter(pk=here.pk).update(fails_next=form.cleaned_data["failing"])
        messages.success(request, _("Next: %(what)s") % {"what": Failing(form.cleaned_data["failing"]).label})
    return redirect("practice:wall", here.handle)


@for_practice
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """One post with its comments; and commenting on it as a follower."""
    found = _post(handle, number)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept.commented(found, form.cleaned_data["author"], form.cleaned_data["text"])
        return redirect("practice:post", handle, number)
    return render(request, "practice/post.html", {"post": found, "wall": found.wall, "form": form})


@for_practice
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Change a post on the wall itself, past the system."""
    found = _post(handle, number)
    form = TextForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        kept.changed(found, form.cleaned_data["text"])
        messages.success(request, _("It was changed on the wall. The system did not do it."))
        return redirect("practice:post", handle, number)
    return render(request, "practice/change.html", {"post": found, "wall": found.wall, "form": form})


@for_practice
@require_POST
def delete(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    _post(handle, number).delete()
    messages.success(request, _("It was deleted on the wall. The system did not do it."))
    return redirect("practice:wall", handle)


@for_practice
@require_safe
def picture(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(WallPicture, pk=number, mime__in=MIMES)
    return HttpResponse(bytes(found.octets), content_type=found.mime)


@never_cache
@for_practice
@require_http_methods(["GET", "POST"])
def allow(request: HttpRequest) -> HttpResponse:
    """May the city's software act on a wall? Yes or no leads back to where the question came from (RFC 6749)."""
    asked = _asked(request)
    form = AllowForm(request.POST or None)
    if "no" in request.POST:
        return redirect(
            f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        )
    if request.method == "POST" and form.is_valid():
        here = get_object_or_404(Wall, handle=form.cleaned_data["wall"])
        code = permission.allowed(here, asked["client_id"], asked["redirect_uri"], asked["code_challenge"])
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
    return render(request, "practice/allow.html", {"form": form, "scopes": permission.SCOPES})


def _asked(request: HttpRequest) -> dict[str, str]:
    """The question as the application put it. Only the city's own application asks, and is led only back home."""
    names = ("client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method")
    asked = {name: request.GET.get(name, "") for name in names}
    application = application_of(Network.PRACTICE)
    known = application is not None and asked["client_id"] == application.client_id
    home = asked["redirect_uri"].startswith(f"{settings.BASE_ADDRESS}/")
    if not (known and home and asked["code_challenge_method"] == "S256"):
        raise Http404
    return asked


def _post(handle: str, number: int) -> WallPost:
    return get_object_or_404(kept.posts_of(get_object_or_404(Wall, handle=handle)), pk=number)
