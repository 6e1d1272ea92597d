"""What a pack's shape cannot say: its rows have to agree with one another.

Works on plain data, so that a pack with a wrong shape somewhere is still checked everywhere else.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from inspection.directives.reading import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspection.directives.marked_yaml import Document, Path
    from inspection.directives.problems import PackProblem

_LISTS = {
    "violation_types": "violation_type",
    "duties": "duty_id",
    "reports": "report_id",
    "indicators": "indicator_id",
}
"""The lists of a pack, and what names a row of each."""


def meaning_problems(document: Document) -> Iterator[PackProblem]:
    """Return what is wrong with the document's meaning."""
    for rows, name in _LISTS.items():
        yield from _named_once(document, rows, name)
    yield from _shirking(document)
    yield from _reviews(document)
    yield from _duties(document)
    yield from _ladder(document)
    yield from _texts(document, (), document.data)


def rows_of(document: Document, rows: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Return the rows of a list that are rows at all, each with its path."""
    listed = _mapping(document.data).get(rows)
    for index, row in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(row, dict):
            yield (rows, index), row


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _named_once(document: Document, rows: str, name: str) -> Iterator[PackProblem]:
    first: dict[str, int] = {}
    for path, row in rows_of(document, rows):
        if not isinstance(row.get(name), str):
            continue
        line, _ = document.place((*path, name))
        if row[name] in first:
            yield document.problem((*path, name), "pack-id-twice", id=row[name], first=first[row[name]])
        first.setdefault(row[name], line)


def _shirking(document: Document) -> Iterator[PackProblem]:
    shirking = _mapping(document.data).get("shirking_type")
    types = [row["violation_type"] for _, row in rows_of(document, "violation_types") if "violation_type" in row]
    if isinstance(shirking, str) and shirking not in types:
        names = [str(known) for known in types]
        yield document.problem(("shirking_type",), "pack-type-unknown", id=shirking, nearest=nearest(shirking, names))


def _reviews(document: Document) -> Iterator[PackProblem]:
    for path, row in rows_of(document, "violation_types"):
        if row.get("demands_review") is True and not row.get("answerable"):
            yield document.problem((*path, "demands_review"), "pack-review-of-nobody")
    review = _mapping(_mapping(document.data).get("review"))
    if (review.get("threshold") is None) != (review.get("period_days") is None):
        yield document.problem(("review",), "pack-threshold-without-period")


def _duties(document: Document) -> Iterator[PackProblem]:
    issued = _mapping(document.data).get("issued_on")
    for path, row in rows_of(document, "duties"):
        due = row.get("due")
        if due is None and row.get("target_percent") is not None:
            yield document.problem((*path, "target_percent"), "pack-target-without-day")
        if isinstance(due, date) and isinstance(issued, date) and due < issued:
            facts = {"due": due.isoformat(), "issued": issued.isoformat()}
            yield document.problem((*path, "due"), "pack-due-before-issue", **facts)


def _ladder(document: Document) -> Iterator[PackProblem]:
    steps = _mapping(_mapping(document.data).get("ladder")).get("steps")
    told: list[object] = []
    for index, step in enumerate(steps if isinstance(steps, list) else []):
        row, path = _mapping(step), ("ladder", "steps", index)
        if index == 0 and row.get("after_working_days") not in {0, None}:
            yield document.problem((*path, "after_working_days"), "pack-ladder-starts-late")
        if (recipient := row.get("recipient")) in told:
            yield document.problem((*path, "recipient"), "pack-ladder-tells-twice", recipient=str(recipient))
        told.append(recipient)


def _texts(document: Document, path: Path, value: object) -> Iterator[PackProblem]:
    """Every text says something, and Vietnamese is written with its diacritics."""
    if isinstance(value, str):
        if not value.strip():
            yield document.problem(path, "pack-text-empty")
        elif path[-1] == "vi" and " " in value.strip() and value.isascii():
            yield document.problem(path, "pack-vietnamese-untoned", value=value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(document, (*path, str(key)), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(document, (*path, index), inner)
