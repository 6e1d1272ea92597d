"""Examples of whole bodies and answers, put together from those that their fields carry."""

from __future__ import annotations

import re
from typing import Any

Schema = dict[str, Any]
Schemas = dict[str, Schema]

_DEEPEST = 8
"""Contracts nest no deeper; one that holds itself ends here."""
_PLAIN: dict[tuple[str, str | None], object] = {
    ("string", "uuid"): "3f0c6e1a-8f6b-5d0e-9a55-1c1f4f6f2f7e",
    ("string", "date"): "2025-03-10",
    ("string", "date-time"): "2025-03-10T02:00:00Z",
    ("string", "uri"): "https://nhan-tin.example.vn/kycuong",
    ("boolean", None): True,
    ("null", None): None,
    ("object", None): {},
}
_TEXT = "…"
NAMED = {
    "directive_id": "da-nang-2090",
    "agency_id": "so-xay-dung",
    "post_id": "so-xay-dung-giam-doc",
    "owner_post": "so-xay-dung-giam-doc",
    "authority_post": "ubnd-tinh-chu-tich",
    "violation_type": "late-without-reason",
    "source": "feedback",
    "provision": "Đoạn 8",
}
_WORDS = ("so-xay-dung", "addressees", "0" * 64, "QUJD")
"""What a pattern is looked for among: an id, an owner's word, a hash, base64url."""


def example_of(schema: Schema, schemas: Schemas, depth: int = 0) -> object:
    """An example that keeps the schema.

    Args:
        schema: of OpenAPI.
        schemas: the document's, to which references lead.
        depth: how deep it is nested.
    """
    for said in (schema.get("example"), *schema.get("examples", [])[:1], schema.get("const"), schema.get("default")):
        if said is not None:
            return said
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas, depth)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return example_of(schema[choice][0], schemas, depth)
    if "enum" in schema:
        return schema["enum"][0]
    return _by_type(schema, schemas, depth)


def _by_type(schema: Schema, schemas: Schemas, depth: int) -> object:
    kind = schema.get("type", "object")
    if kind == "array":
        return _items(schema, schemas, depth)
    if kind in {"integer", "number"}:
        return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
    if "properties" in schema:
        shown = _shown(schema) if depth < _DEEPEST else ()
        return {name: _named(name, schema["properties"][name], schemas, depth + 1) for name in shown}
    if "pattern" in schema:
        return next((word for word in _WORDS if re.search(schema["pattern"], word)), _TEXT)
    plain = _PLAIN.get((kind, schema.get("format")), _PLAIN.get((kind, None), _TEXT))
    return _TEXT * schema.get("minLength", 1) if plain == _TEXT else plain


def _named(name: str, schema: Schema, schemas: Schemas, depth: int) -> object:
    """A word that is left open is shown by what its field is called after."""
    found = example_of(schema, schemas, depth)
    return NAMED.get(name, found) if found == _TEXT else found


def _shown(schema: Schema) -> list[str]:
    """The fields that have to be there, and those that say what they look like: an invented id would be refused."""
    said = {"example", "examples", "default"}
    required = schema.get("required", ())
    return [name for name, one in schema["properties"].items() if name in required or said & one.keys()]


def _items(schema: Schema, schemas: Schemas, depth: int) -> list[object]:
    if depth >= _DEEPEST:
        return []
    wanted = schema.get("prefixItems") or [schema.get("items", {})] * max(1, schema.get("minItems", 1))
    return [example_of(one, schemas, depth + 1) for one in wanted]
