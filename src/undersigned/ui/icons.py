"""The drawn shapes that go with words. Inline, because a shape is smaller than a request for it.

Each is drawn for us on a 16 by 16 grid and takes the colour of the text around it.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

_DISC = "M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0Z"

_SHAPES = {
    # A full disc with a tick cut out: works.
    "works": _DISC + "m3.6 4.7L7 9.6 4.7 7.4 3.4 8.8 7 12.2 13 6Z",
    # Half a disc, as a clock that has run halfway: waits.
    "waits": _DISC + "m0 2v12A6 6 0 0 0 8 2Z",
    # A square on its corner with a stroke: wrong.
    "wrong": "M8-.2 16.2 8 8 16.2-.2 8Zm-1 4v5h2v-5Zm0 6.4v2h2v-2Z",
    # An open ring with a bar: asleep or closed.
    "asleep": _DISC + "m0 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM4.8 7h6.4v2H4.8Z",
    "ascending": "M8 3l5.5 9h-11Z",
    "descending": "M8 13L2.5 4h11Z",
    "search": "M7 1a6 6 0 0 1 4.7 9.7l3.6 3.6-1.4 1.4-3.6-3.6A6 6 0 1 1 7 1Z"
    "m0 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
}


def draw(name: str) -> SafeString:
    """Raises KeyError for a shape that is not drawn."""
    return mark_safe(  # noqa: S308 - our own constants
        f'<svg class="u-icon" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" focusable="false">'
        f'<path fill-rule="evenodd" d="{_SHAPES[name]}"/></svg>'
    )
