"""YAML as a list of records, read event by event so that nothing in it is ever built or called.

Anchors and aliases can make a small file unfold without end, and tags can name things to construct; both are
refused. Plain values stay text: ``02222`` is not a number and ``no`` is not false.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from undersigned.imports.records import Value
from undersigned.imports.row import Findings, Limits, Unreadable

EMPTY_WORDS = frozenset({"", "~", "null", "Null", "NULL"})


def documents(text: str, findings: Findings, limits: Limits) -> Value:
    """What the file holds: its one document, or the list of its documents. Raises Unreadable."""
    if len(text) > limits.yaml:
        raise _too_large(limits)
    try:
        found = list(_Reader(text, findings, limits).documents())
    except MarkedYAMLError as error:
        raise _broken(error) from error
    except (YAMLError, ValueError) as error:
        raise Unreadable(
            _("This file is not valid YAML. Nothing was read. Correct it, or save it as CSV.")
        ) from error
    return found[0] if len(found) == 1 else found


class _Reader:
    """Builds texts, lists and records from the parser's events."""

    def __init__(self, text: str, findings: Findings, limits: Limits) -> None:
        self._events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
        self._findings = findings
        self._depth = limits.depth
        self._record = 0

    def documents(self) -> Iterator[Value]:
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                yield self._value(next(self._events), 0)

    def _value(self, event: Event, depth: int) -> Value:
        _refuse_marks(event)
        if isinstance(event, ScalarEvent):
            return "" if event.style is None and event.value in EMPTY_WORDS else str(event.value)
        if depth > self._depth:
            raise _too_deep(event, self._depth)
        if isinstance(event, SequenceStartEvent):
            return list(self._list(depth))
        if isinstance(event, MappingStartEvent):
            return self._mapping(depth)
        return ""

    def _list(self, depth: int) -> Iterator[Value]:
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                return
            if depth == 0:
                self._record += 1
            yield self._value(event, depth + 1)

    def _mapping(self, depth: int) -> Value:
        cells: dict[str, Value] = {}
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event)
            value = self._value(next(self._events), depth + 1)
            if key in cells:
                said = _(
                    "“%(key)s” stands twice in this record, again on line %(line)d. "
                    "The first was kept. Remove one."
                )
                self._findings.add(self._record or None, said % {"key": key, "line": _line(event)}, field=key)
            else:
                cells[key] = value
        return cells

    def _key(self, event: Event) -> str:
        _refuse_marks(event)
        if isinstance(event, ScalarEvent):
            return str(event.value)
        raise Unreadable(
            _(
                "On line %(line)d a list or record is used as a name. Nothing was read. "
                "Write a plain name there."
            )
            % {"line": _line(event)}
        )


def _refuse_marks(event: Event) -> None:
    if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor is not None):
        said = _(
            "Line %(line)d uses an anchor or alias (& or *), which is not read, because it can make a small "
            "file unfold without end. Nothing was read. Write the values out."
        )
        raise Unreadable(said % {"line": _line(event)})
    if getattr(event, "tag", None) is not None:
        said = _(
            "Line %(line)d uses a tag (!), which is refused. Nothing was read. Write the plain value instead."
        )
        raise Unreadable(said % {"line": _line(event)})


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _too_deep(event: Event, depth: int) -> Unreadable:
    said = _(
        "Line %(line)d is nested more than %(depth)d levels deep. Nothing was read. Write the records flat."
    )
    return Unreadable(said % {"line": _line(event), "depth": depth})


def _broken(error: MarkedYAMLError) -> Unreadable:
    mark = error.problem_mark or error.context_mark
    said = _(
        "This file is not valid YAML: it breaks off on line %(line)d. Nothing was read. Correct that line."
    )
    return Unreadable(said % {"line": mark.line + 1 if mark else 1})


def _too_large(limits: Limits) -> Unreadable:
    said = _(
        "This YAML file is larger than %(most)d megabytes, which would take minutes to read. "
        "Nothing was read. Save it as CSV or as JSON."
    )
    return Unreadable(said % {"most": limits.yaml // 2**20})
