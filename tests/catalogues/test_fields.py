"""What the documentation pages say of fields and models: in Vietnamese, by the English that stands in the code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.openapi.utils import get_openapi

from services.adapters import catalogues
from services.adapters.catalogues import LANGUAGES
from services.entrypoints.api.app import context_app
from services.entrypoints.api.identity import identity_app
from services.entrypoints.api.problems import Problem
from tests.api.test_access import CONTEXTS, api
from tests.catalogues.test_gettext import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message
    from fastapi import FastAPI

EXAMPLES = {"example", "examples", "default"}
"""Their keys are data: a field may be called `description` itself."""


@cache
def entries() -> tuple[Message, ...]:
    return tuple(read(catalogues.FIELDS))


def apps() -> Iterator[FastAPI]:
    yield from (context_app(api(name)) for name in CONTEXTS)
    issuer: Any = None
    yield identity_app(issuer, issuer)


def descriptions(schema: object) -> Iterator[str]:
    """Every description within, however deep."""
    if isinstance(schema, dict):
        if isinstance(schema.get("description"), str):
            yield schema["description"]
        for key in schema.keys() - EXAMPLES:
            yield from descriptions(schema[key])
    elif isinstance(schema, list):
        for item in schema:
            yield from descriptions(item)


@cache
def in_the_code() -> frozenset[str]:
    """What models and fields are, as the code has it."""
    schemas: list[object] = [Problem.model_json_schema()]
    for app in apps():
        components = get_openapi(title=app.title, version=app.version, routes=app.routes)["components"]["schemas"]
        schemas += [schema for name, schema in components.items() if not name.endswith("ValidationError")]
    return frozenset(" ".join(said.split()) for schema in schemas for said in descriptions(schema))


def test_each_field_and_model_is_described_in_vietnamese() -> None:
    assert in_the_code() - {str(entry.id) for entry in entries()} == set()


def test_nothing_is_described_that_is_no_longer_there() -> None:
    assert {str(entry.id) for entry in entries()} - in_the_code() == set()


def test_the_pages_show_both_languages_of_each() -> None:
    vietnamese = {str(entry.id): entry.string for entry in entries()}
    for app in apps():
        for said in descriptions(app.openapi()["components"]["schemas"]):
            first, _, english = said.partition("\n\n")
            assert first == vietnamese[english]


def test_the_pages_say_nothing_in_one_language_alone() -> None:
    """Neither of operations, parameters and answers, nor FastAPI's own words."""
    for app in apps():
        assert [said for said in descriptions(app.openapi()) if len(set(said.split("\n\n"))) != len(LANGUAGES)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_groups_of_operations_are_named_and_no_other(language: catalogues.Language) -> None:
    shown = {tag["name"] for app in apps() for tag in app.openapi()["tags"]}

    said = (catalogues.FOLDER / language / "api.ftl").read_text(encoding="utf-8")
    assert set(re.findall(r"^tag-(\S+) =", said, re.MULTILINE)) == shown
