"""The list of posts: everything that was said, is to be said, or waits for somebody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from undersigned.accounts.views.coming_in import officer_of
from undersigned.publishing import acts
from undersigned.publishing.forms.filtering import OPEN, filters_for
from undersigned.publishing.models import Post
from undersigned.publishing.queries.listing import ORDER, visible_posts, with_their_words
from undersigned.publishing.states import PostState
from undersigned.publishing.views.standings import stands
from undersigned.ui.components import Standing
from undersigned.ui.listing import Column, Listing
from undersigned.ui.words import Words

COLUMNS = (
    Column("text", gettext_lazy("Post")),
    Column("accounts", gettext_lazy("Accounts")),
    Column("author", gettext_lazy("Written by")),
    Column("standing", gettext_lazy("Standing")),
    Column("goes_out", gettext_lazy("Goes out"), sort=("not_before",)),
    Column("made", gettext_lazy("Begun"), sort=("made_at",)),
)

VIEWS: tuple[tuple[Words, dict[str, str]], ...] = (
    (gettext_lazy("All"), {}),
    (gettext_lazy("Mine"), {"mine": "on"}),
    (gettext_lazy("Needs somebody"), {"state": OPEN}),
    (gettext_lazy("Waits for countersignature"), {"state": PostState.SUBMITTED}),
    (gettext_lazy("Scheduled"), {"state": PostState.SCHEDULED}),
)
FIRST_WORDS = 90


@dataclass(frozen=True, slots=True)
class Row:
    """One post as the list shows it."""

    post: Post
    words: str
    accounts: str
    shape: Standing
    standing: str
    url: str

    @classmethod
    def of(cls, post: Post) -> Row:
        shape, standing = stands(post, post.deliveries.all())
        return cls(
            post=post,
            words=first_words(post.kept),  # type: ignore[attr-defined] # annotated by with_their_words
            accounts=", ".join(str(one.account) for one in post.targets.all()),
            shape=shape,
            standing=standing,
            url=reverse("publishing:post", args=[post.pk]),
        )

    @property
    def cells(self) -> tuple[object, ...]:
        post = self.post
        return (
            self.words,
            self.accounts,
            post.author.name,
            self.standing,
            post.not_before or "",
            post.made_at,
        )


@dataclass(frozen=True, slots=True)
class SavedView:
    label: Words
    url: str
    current: bool


@login_required
@require_safe
def posts(request: HttpRequest) -> HttpResponseBase:
    officer = officer_of(request)
    rows = with_their_words(visible_posts(officer))
    listing = Listing(request, rows, COLUMNS, order=ORDER, filters=filters_for(officer))
    if listing.wants_csv:
        return listing.csv("posts", cells=lambda post: Row.of(post).cells)
    shown = {
        "listing": listing,
        "rows": [Row.of(post) for post in listing.rows],
        "views": _views(request),
        "may_write": acts.draft.refusal(officer) is None,
        "may_send_emergencies": acts.send_emergency.refusal(officer) is None,
        "may_stop": acts.stop_all.refusal(officer) is None,
    }
    return render(request, "publishing/list.html", shown)


def _views(request: HttpRequest) -> Sequence[SavedView]:
    asked = {
        name: value for name, value in request.GET.items() if value and name in ("state", "mine", "account")
    }
    return [
        SavedView(label, reverse("publishing:list", query=query or None), asked == query)
        for label, query in VIEWS
    ]


def first_words(content: str) -> str:
    """The beginning of the text, for lists; of a post without words, that it has none."""
    text = " ".join(json.loads(content)["text"].split())
    return Truncator(text).chars(FIRST_WORDS) or _("(no words yet)")
