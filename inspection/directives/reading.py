"""From what the validator of a pack's shape finds to problems that its author can mend."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from inspection.directives.problems import PackProblem
from schemas.inspection.directives import OWNER_PATTERN
from schemas.inspection.organisation import AgencyKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import ErrorDetails

    from inspection.directives.marked_yaml import Document, Path

_CODES: Mapping[str, str] = {
    "missing": "pack-field-missing",
    "union_tag_not_found": "pack-origin-missing",
    "extra_forbidden": "pack-field-unknown",
    "enum": "pack-value-unknown",
    "literal_error": "pack-value-unknown",
    "union_tag_invalid": "pack-value-unknown",
    "string_type": "pack-text-expected",
    "string_pattern_mismatch": "pack-id-malformed",
    "string_too_short": "pack-text-empty",
    "string_too_long": "pack-text-too-long",
    "int_type": "pack-number-expected",
    "greater_than_equal": "pack-number-too-small",
    "less_than_equal": "pack-number-too-large",
    "bool_type": "pack-yes-no-expected",
    "bool_parsing": "pack-yes-no-expected",
    "date_type": "pack-date-expected",
    "date_parsing": "pack-date-expected",
    "date_from_datetime_parsing": "pack-date-expected",
    "date_from_datetime_inexact": "pack-date-expected",
    "tuple_type": "pack-list-expected",
    "model_type": "pack-fields-expected",
    "model_attributes_type": "pack-fields-expected",
    "too_short": "pack-list-too-short",
    "too_long": "pack-list-too-long",
}
"""pydantic's error types that a pack can raise → ids of texts."""


def shape_problems(document: Document, error: ValidationError, model: type[BaseModel]) -> Iterator[PackProblem]:
    """Return what is wrong with the document's shape, each problem once."""
    for detail in error.errors(include_url=False):
        code = _CODES.get(detail["type"], "pack-value-unfit")
        if code == "pack-id-malformed" and detail["ctx"]["pattern"] == OWNER_PATTERN:
            code = "pack-owner-unknown"
        yield document.problem(detail["loc"], code, **_facts(code, detail, model))


_LIMITS = {"ge": "least", "min_length": "least", "le": "most", "max_length": "most"}
_SHOWN = 80
"""Characters of a wrong value that are shown again."""


def _facts(code: str, detail: ErrorDetails, model: type[BaseModel]) -> dict[str, str | int]:
    name, given = str(detail["loc"][-1]) if detail["loc"] else "", detail["input"]
    context: dict[str, Any] = detail.get("ctx", {})
    facts: dict[str, str | int] = {"name": name, "detail": detail["msg"]}
    facts |= {said: context[limit] for limit, said in _LIMITS.items() if limit in context}
    if not isinstance(given, dict | list):
        facts["value"] = str(given)[:_SHOWN]
    if code == "pack-field-unknown":
        facts |= _suggest(name, _fields(model, detail["loc"][:-1]))
    elif code == "pack-owner-unknown":
        facts |= _suggest(str(given), ["addressees", *AgencyKind])
    elif code == "pack-value-unknown":
        allowed = str(context.get("expected", context.get("expected_tags", ""))).replace("'", "")
        value = str(context.get("tag", given))
        facts |= {"value": value} | _suggest(value, allowed.replace(" or ", ", ").split(", "))
    return facts


def _suggest(name: str, names: list[str]) -> dict[str, str | int]:
    return {"known": ", ".join(names), "nearest": nearest(name, names)}


def nearest(name: str, names: list[str]) -> str:
    """Return what was probably meant, or nothing."""
    return next(iter(difflib.get_close_matches(name, names, n=1)), "")


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    """Return the names that a mapping at the path may have."""
    models = {model}
    for step in path:
        if isinstance(step, str) and (inner := {m for one in models for m in _models(one, step)}):
            models = inner
        elif isinstance(step, str):  # the tag of a union: keep the member that carries it
            models = {m for m in models if step in get_args(m.model_fields["origin"].annotation)} or models
    return sorted({name for one in models for name in one.model_fields})


def _models(model: type[BaseModel], name: str) -> Iterator[type[BaseModel]]:
    if name in model.model_fields:
        yield from _inside(model.model_fields[name].annotation)


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 -- an annotation is anything
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _inside(argument)
