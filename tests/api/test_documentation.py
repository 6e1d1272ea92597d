"""What the documentation pages show of every route: what it does, what it takes, and how it may be answered."""

import re
from dataclasses import dataclass
from typing import Any, cast

import pytest
from fastapi.openapi.utils import get_openapi
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message
from pydantic import TypeAdapter

from services.adapters import catalogues
from services.entrypoints.api import identity
from services.entrypoints.api.app import context_app
from services.entrypoints.api.openapi import HEADERS, IN_PATHS, parameter_id, text_id
from services.entrypoints.api.routing import GuardedRoute
from tests.api.test_access import CONTEXTS, api


@dataclass(frozen=True)
class Operation:
    """A route as it is documented."""

    route: GuardedRoute
    shown: dict[str, Any]
    document: dict[str, Any]


def operations() -> list[Any]:
    found = []
    for name in CONTEXTS:
        app = context_app(api(name))
        document = app.openapi()
        for route in app.routes:
            if isinstance(route, GuardedRoute):
                (method,) = sorted(route.methods or set())
                shown = document["paths"][route.path_format][method.lower()]
                found.append(pytest.param(Operation(route, shown, document), id=f"{method} /{name}{route.path_format}"))
    return found


def in_the_code(parameter: dict[str, Any], operation: Operation) -> str:
    """What the code says of a parameter: of a part of a path or a header for every operation, of others for each."""
    if parameter["in"] == "path":
        return IN_PATHS[parameter["name"]][0]
    if parameter["in"] == "header":
        return HEADERS[parameter["name"]]
    dependant = operation.route.dependant
    [found] = (one for one in dependant.query_params if one.alias == parameter["name"])
    said = found.field_info.description
    assert said is not None
    return said


OPERATIONS = pytest.mark.parametrize("operation", operations())


@OPERATIONS
def test_it_says_what_it_does_and_what_each_parameter_is(operation: Operation) -> None:
    assert re.fullmatch(r".{7,}[^.: ]", operation.shown["summary"])
    assert operation.shown["summary"][0].isupper()
    vietnamese, english = operation.shown["description"].split("\n\n")
    assert vietnamese.startswith(operation.shown["summary"])
    assert vietnamese.endswith(".")
    assert english == " ".join(operation.route.description.split())
    for parameter in operation.shown.get("parameters", []):
        vietnamese, english = parameter["description"].split("\n\n")
        assert vietnamese != english
        assert english == in_the_code(parameter, operation), parameter["name"]


@OPERATIONS
def test_its_example_is_a_body_that_it_takes(operation: Operation) -> None:
    body = operation.route.body_field
    if body is None:
        assert "requestBody" not in operation.shown
        return
    (content,) = operation.shown["requestBody"]["content"].values()
    kept: TypeAdapter[Any] = TypeAdapter(cast("Any", body.field_info.annotation))
    kept.validate_python(content["example"], strict=False)


@OPERATIONS
def test_its_answer_is_shown_by_an_example_that_its_model_knows(operation: Operation) -> None:
    (status,) = (status for status in operation.shown["responses"] if status.startswith("2"))
    (content,) = operation.shown["responses"][status]["content"].values()
    if operation.route.declaration.stream:
        assert content["example"].startswith("id: ")
    elif operation.route.response_model is None:
        assert content["schema"]["format"] == "binary"
    else:
        TypeAdapter(operation.route.response_model).validate_python(content["example"], strict=False)


@OPERATIONS
def test_its_problems_are_shown_in_both_languages(operation: Operation) -> None:
    problems = {status: one for status, one in operation.shown["responses"].items() if not status.startswith("2")}
    assert {"default", "500", "503"} <= problems.keys()
    assert operation.route.declaration.access.public or {"401", "403"} <= problems.keys()
    for status, reference in problems.items():
        response = operation.document["components"]["responses"][reference["$ref"].rpartition("/")[2]]
        (content,) = response["content"].values()
        values = [example["value"] for example in content["examples"].values()]
        assert status == "default" or {value["status"] for value in values} == {int(status)}
        assert len({value["detail"] for value in values}) > len({value["code"] for value in values})
        assert {
            language for language in catalogues.LANGUAGES for name in content["examples"] if f"({language})" in name
        } == {"vi", "en"}


def test_the_catalogues_say_what_each_operation_does_and_of_no_other() -> None:
    of_issuer = [route for route in identity.router.routes if isinstance(route, GuardedRoute)]
    there = {text_id(route) for route in (*(one.values[0].route for one in operations()), *of_issuer)}

    for language in catalogues.LANGUAGES:
        said = FluentParser().parse((catalogues.FOLDER / language / "operations.ftl").read_text(encoding="utf-8")).body
        assert {one.id.name for one in said if isinstance(one, Message)} == there


def test_the_catalogues_say_what_each_parameter_is_and_of_no_other() -> None:
    shown = [one.values[0] for one in operations()]
    there = {parameter_id(parameter, one.route) for one in shown for parameter in one.shown.get("parameters", [])}

    for language in catalogues.LANGUAGES:
        said = FluentParser().parse((catalogues.FOLDER / language / "parameters.ftl").read_text(encoding="utf-8")).body
        assert {one.id.name for one in said if isinstance(one, Message)} == there


def test_the_document_is_what_fastapi_makes_and_more() -> None:
    """No route is left out."""
    app = context_app(api(CONTEXTS[0]))
    assert get_openapi(title="x", version="1", routes=app.routes)["paths"].keys() == app.openapi()["paths"].keys()
