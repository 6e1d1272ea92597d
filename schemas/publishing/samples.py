"""A sample of a contract's data with every field filled, the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from schemas.publishing.json_schema import written

if TYPE_CHECKING:
    from schemas.base import Contract
    from schemas.publishing.json_schema import Schema

_FORMATS = {"date": "2025-03-03", "date-time": "2025-03-03T01:30:00Z"}

_PATTERNS = {
    r"^[0-9a-f]{64}$": "5e" * 32,
    r"^[a-z]+\.[a-z][a-z_]*\.v[1-9][0-9]*$": "inspection.finding_submitted.v1",
    r"^[a-z]+$": "inspection",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "so-tu-phap",
    r"^[^\x00]*$": "Chữ tiếng Việt có dấu",
}
"""What stands for a text of a pattern; any other pattern takes `addressees`."""


def sample(contract: type[Contract]) -> dict[str, Any]:
    """Return data of the contract whose optional fields are all there."""
    document = written(contract.__name__, contract)
    made: dict[str, Any] = _value(document, document.get("$defs", {}), contract.__name__)
    return made


def _value(schema: Schema, definitions: Schema, path: str) -> Any:  # noqa: ANN401 -- any JSON
    """Return a value of a schema; `path` makes ids differ from one another."""
    if "anyOf" in schema:
        schema = schema["anyOf"][0]
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    match schema["type"]:
        case "object":
            fields = schema["properties"].items()
            return {name: _value(field, definitions, f"{path}.{name}") for name, field in fields}
        case "array":
            return [_value(schema["items"], definitions, path)]
        case "string":
            return _text(schema, path)
        case plain:
            return {"boolean": True, "integer": 1}[plain]


def _text(schema: Schema, path: str) -> str:
    if schema.get("format") == "uuid":
        return str(uuid5(NAMESPACE_URL, path))
    if "format" in schema:
        return _FORMATS[schema["format"]]
    return _PATTERNS.get(schema["pattern"], "addressees")
