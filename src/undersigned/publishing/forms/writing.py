"""Writing a post: its text, what differs by account, pictures with their words, and when it goes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import Q
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Permission
from undersigned.acts import Officer
from undersigned.publishing import rules
from undersigned.publishing.content import Content, Picture, Wording
from undersigned.publishing.models import Medium, Post
from undersigned.ui.forms import PlainForm
from undersigned.ui.words import Words

MINUTES = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")
LONGEST = 10_000
PICTURE_FIELDS = ("alt", "decorative", "why", "drop")


def hexed(reference: str) -> str:
    """A reference as part of a field's name."""
    return reference.partition(":")[2]


class MomentField(forms.DateTimeField):
    """A day and a time in the city's own zone. An hour that the clock skips or shows twice is refused in words."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES[0])
        says = _("Give a day and a time that exist, for example 2026-03-27 09:30.")
        super().__init__(
            input_formats=MINUTES, widget=box, required=False, error_messages={"invalid": says}, **kwargs
        )


class TimesForm(PlainForm):
    """When it goes out."""

    not_before = MomentField(
        label=_("Goes out at"), help_text=_("Leave it empty, and it goes as soon as it is scheduled.")
    )
    not_after = MomentField(
        label=_("And never after"),
        help_text=_("Two hours later, if you leave it empty. It is never sent late."),
    )


@dataclass(frozen=True, slots=True)
class Brought:
    """A picture of the post as its form shows it; ``removed`` is what was taken out of the file."""

    medium: Medium
    alt: BoundField
    decorative: BoundField
    why: BoundField
    drop: BoundField

    @property
    def removed(self) -> list[Words]:
        return [REMOVED[word] for word in self.medium.removed.split(",") if word in REMOVED]

    @property
    def is_video(self) -> bool:
        return self.medium.mime.startswith("video/")


REMOVED: dict[str, Words] = {
    "place": _("where it was taken"),
    "camera": _("which camera took it"),
    "author": _("who took it"),
    "more": _("other notes inside the file"),
}


class WritingForm(PlainForm):
    """``officer`` acts in one capacity: the accounts are those on which it may write. Nothing is required: a draft is
    kept as far as it is written, and the checks say what is missing."""

    names_optional_fields = False

    accounts = forms.MultipleChoiceField(
        label=_("Accounts"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=_("Text"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
    )
    link = forms.CharField(label=_("Link"), required=False, max_length=500)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    not_before = TimesForm.base_fields["not_before"]
    not_after = TimesForm.base_fields["not_after"]
    purpose = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=300,
        help_text=_("Kept on record, not published."),
    )
    topic = forms.CharField(label=_("Topic"), required=False, max_length=64)
    file = forms.FileField(
        label=_("Add a picture or video"),
        required=False,
        help_text=_("JPEG, PNG, WebP, GIF or MP4. Where, by whom and with what it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,video/mp4"}),
    )
    file_alt = forms.CharField(
        label=_("What it shows, for those who do not see it"), required=False, max_length=1_500
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, officer: Officer, post: Post | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post
        self.choosable = list(_choosable(officer, post))
        chosen = cast(forms.MultipleChoiceField, self.fields["accounts"])
        chosen.choices = [(one.pk, str(one)) for one in self.choosable]
        for account in self.choosable:
            self.fields[f"words-{hexed(account.pk)}"] = _own_words(account)
        self.media_brought = _media(officer, post, self._references())
        for medium in self.media_brought:
            self.fields.update(_picture_fields(medium))

    def _references(self) -> list[str]:
        if self.is_bound:
            return list(cast(Any, self.data).getlist("picture"))
        return list(self.initial.get("picture", ()))

    @property
    def own_words(self) -> list[tuple[Account, BoundField]]:
        return [(one, self[f"words-{hexed(one.pk)}"]) for one in self.choosable]

    @property
    def brought(self) -> list[Brought]:
        names = [hexed(one.pk) for one in self.media_brought]
        parts = [[self[f"{field}-{name}"] for field in PICTURE_FIELDS] for name in names]
        return [Brought(medium, *four) for medium, four in zip(self.media_brought, parts, strict=True)]

    @property
    def chosen(self) -> list[Account]:
        wanted = set(self.cleaned_data.get("accounts", ()))
        return [one for one in self.choosable if one.pk in wanted]

    def content(self) -> Content:
        """What is written so far; what the form does not show of a post's wordings stays as it is."""
        kept = self.post.version.says if self.post else Content()
        said = self.cleaned_data
        return Content(
            text=said.get("text", ""),
            link=said.get("link", ""),
            language=said.get("language") or settings.LANGUAGE_CODE,
            accounts=tuple(one.pk for one in self.chosen),
            wordings=dict(self._wordings(kept.wordings)),
            pictures=tuple(self._picture(one) for one in self.media_brought),
        )

    def _wordings(self, kept: Mapping[str, Wording]) -> Iterator[tuple[str, Wording]]:
        for account in self.chosen:
            own = self.cleaned_data.get(f"words-{hexed(account.pk)}", "")
            wording = replace(kept.get(account.pk, Wording()), text=own)
            if wording != Wording():
                yield account.pk, wording

    def _picture(self, medium: Medium) -> Picture:
        name, said = hexed(medium.pk), self.cleaned_data
        decorative = bool(said.get(f"decorative-{name}"))
        alt = "" if decorative else said.get(f"alt-{name}", "")
        return Picture(medium.pk, alt, decorative, said.get(f"why-{name}", "") if decorative else "")

    def heads(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in ("topic", "purpose", "not_before", "not_after")}


def _choosable(officer: Officer, post: Post | None) -> Sequence[Account]:
    """Where this capacity may write, and wherever the post is meant for already."""
    there = {one.pk for one in rules.accounts_of(post)} if post else set()
    allowed = rules.permitted_on(officer, Permission.POST_DRAFT) | there
    return list(Account.objects.filter(pk__in=allowed).select_related("unit").order_by("network", "key"))


def _own_words(account: Account) -> forms.CharField:
    label = _("Other words on %(account)s") % {"account": account}
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )


def _media(officer: Officer, post: Post | None, references: Sequence[str]) -> list[Medium]:
    """In their order: what this person brought, and what the post shows already. Nothing else can be slipped in."""
    there = [one.medium for version in post.versions.all() for one in version.says.pictures] if post else []
    rows = Medium.objects.filter(Q(added_by_id=officer.person) | Q(pk__in=there), pk__in=references)
    found = {one.pk: one for one in rows}
    return [found[one] for one in dict.fromkeys(references) if one in found]


def _picture_fields(medium: Medium) -> dict[str, forms.Field]:
    name = hexed(medium.pk)
    return {
        f"alt-{name}": forms.CharField(
            label=_("What it shows, for those who do not see it"),
            required=False,
            max_length=1_500,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        f"decorative-{name}": forms.BooleanField(label=_("It is only decoration"), required=False),
        f"why-{name}": forms.CharField(label=_("Why it is only decoration"), required=False, max_length=300),
        f"drop-{name}": forms.BooleanField(label=_("Take this picture out"), required=False),
    }
