"""How form fields are drawn: as Django draws them, but for lists of choices, which are drawn at once.

Django's own templates include a template for every line of a select; on a page with a few hundred units that takes
longer than everything else on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString

SELECT = "django/forms/widgets/select.html"


class HouseRenderer(DjangoTemplates):
    """The renderer of every form."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        if template_name == SELECT:
            return _select(context["widget"])
        return SafeString(super().render(template_name, context, request))


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    attributes = _attributes({"name": widget["name"], **widget["attrs"]})
    return SafeString(f"<select{attributes}>{groups}</select>")


def _group(name: str | None, options: Iterable[Mapping[str, Any]]) -> str:
    lines = "".join(map(_line, options))
    return f'<optgroup label="{escape(str(name))}">{lines}</optgroup>' if name else lines


def _line(option: Mapping[str, Any]) -> str:
    value, label = escape(str(option["value"])), escape(str(option["label"]))
    return f'<option value="{value}"{_attributes(option["attrs"])}>{label}</option>'


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not False and value is not None
    )
