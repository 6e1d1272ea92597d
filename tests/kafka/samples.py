"""One valid event of every kind, made from the contracts' own JSON Schemas."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from schemas.base import canonical
from schemas.cloudevents import Stored
from schemas.registry import CONTRACTS, decode
from services.application.chain import GENESIS, link

if TYPE_CHECKING:
    from pydantic import BaseModel

    from schemas.registry import AnyEvent

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
_FORMATS = {"date": "2026-11-23", "date-time": "2026-11-23T05:00:00Z"}


def sample(contract: type[BaseModel]) -> dict[str, Any]:
    """Data that keeps the contract: every field there, every list with an entry, every id its own."""
    schema = contract.model_json_schema()
    made = _sample(schema, schema.get("$defs", {}))
    assert isinstance(made, dict)
    return made


def event(type_: str) -> AnyEvent:
    """An event of the type."""
    return decode(type_, orjson.dumps(sample(CONTRACTS[type_])))


def stored(type_: str, **changed: Any) -> Stored:
    """The first event of a stream of its own, as the store has it."""
    data = changed.pop("data", None) or orjson.loads(event(type_).model_dump_json())
    values: dict[str, Any] = {
        "position": 1,
        "event_id": uuid.uuid4(),
        "stream": f"sample-{uuid.uuid4()}",
        "version": 1,
        "type": type_,
        "data": data,
        "meta": {
            "actor": str(uuid.uuid4()),
            "correlation_id": str(uuid.uuid4()),
            "causation_id": str(uuid.uuid4()),
            "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        },
        "occurred_at": NOON,
        "recorded_at": NOON,
    } | changed
    hashed = {name: values[name] for name in ("stream", "version", "event_id", "occurred_at", "recorded_at")}
    proof = link(GENESIS, **hashed, type_=type_, meta=canonical(values["meta"]), data=canonical(data))
    return Stored(**values, hash=proof)


def _sample(schema: dict[str, Any], definitions: dict[str, Any]) -> object:  # noqa: C901, PLR0911 - a case a kind of schema
    match schema:
        case {"$ref": reference}:
            return _sample(definitions[reference.rpartition("/")[2]], definitions)
        case {"const": only}:
            return only
        case {"enum": [first, *_]}:
            return first
        case {"anyOf": [first, *_]}:
            return _sample(first, definitions)
        case {"type": "object", "properties": properties}:
            return {name: _sample(inner, definitions) for name, inner in properties.items()}
        case {"type": "array", "items": items}:
            return [_sample(items, definitions) for _ in range(max(1, schema.get("minItems", 1)))]
        case {"type": "integer"}:
            return schema.get("minimum", 1)
        case {"type": "boolean"}:
            return False
        case {"type": "string", "format": "uuid"}:
            return str(uuid.uuid4())
        case {"type": "string", "format": known}:
            return _FORMATS[known]
        case {"type": "string"}:
            return _text(schema.get("pattern", ""))
        case _:
            raise NotImplementedError(schema)


def _text(pattern: str) -> str:
    candidates = ("mot-cua", "office", "5f" * 32, "inspection.finding_withdrawn.v1")
    return next(text for text in candidates if re.search(pattern, text))
