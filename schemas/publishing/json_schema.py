"""JSON Schema (2020-12) of everything that the suite publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import Field
from pydantic.json_schema import GenerateJsonSchema

from schemas.base import Contract, EventType, Moment, Sha256, Text
from schemas.cloudevents import data_schema
from schemas.envelope import Traceparent
from schemas.open_copies import open_contracts
from schemas.registry import CONTRACTS
from schemas.suite import CHECKPOINT, DEAD_LETTER, WATERMARK, Checkpoint, DeadLetter, Watermark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.json_schema import JsonSchemaMode

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SUITE: Mapping[str, type[Contract]] = {WATERMARK: Watermark, CHECKPOINT: Checkpoint, DEAD_LETTER: DeadLetter}
"""What the suite says about itself."""

EVENT_HEADERS = "headers.event.v1"
OPEN_HEADERS = "headers.open.v1"
SUITE_HEADERS = "headers.suite.v1"

_Uuid = Annotated[str, Field(json_schema_extra={"format": "uuid"})]
_Digits = Annotated[str, Field(pattern=r"^(0|[1-9][0-9]*)$")]


class SuiteHeaders(Contract):
    """Headers of every message: CloudEvents 1.0 in Kafka's binary mode; header values are UTF-8 text."""

    ce_specversion: Annotated[Literal["1.0"], Field(description="CloudEvents version.")]
    ce_type: Annotated[EventType, Field(description="Name and version of the value's contract.")]
    ce_source: Annotated[Text, Field(description="`/kycuong/<context>`; open copies end in `/open`.")]
    ce_dataschema: Annotated[Text, Field(description="The `$id` of the value's JSON Schema.")]
    ce_id: Annotated[_Uuid, Field(description="The event; the same when it is sent again.")]
    content_type: Annotated[Literal["application/json"], Field(alias="content-type", description="Of the value.")]


class OpenHeaders(SuiteHeaders):
    """Headers of an open copy: neither actor nor hash, which could confirm a guess about a person."""

    ce_subject: Annotated[Text, Field(description="The stream.")]
    ce_time: Annotated[Moment, Field(description="When it happened, in UTC.")]
    ce_streamversion: Annotated[_Digits, Field(description="Place in its stream, from 1.")]


class EventHeaders(OpenHeaders):
    """Headers of an event on a restricted topic."""

    ce_position: Annotated[_Digits, Field(description="Place in the context's store.")]
    ce_recordedtime: Annotated[Moment, Field(description="When it was recorded, in UTC.")]
    ce_correlationid: Annotated[_Uuid, Field(description="The request at the beginning of the chain.")]
    ce_causationid: Annotated[_Uuid, Field(description="The command or event that caused it.")]
    ce_actor: Annotated[Text, Field(description="Who caused it: an id, `policy:<name>` or `clock`.")]
    ce_hash: Annotated[Sha256, Field(description="Hash of the event in its stream's chain.")]
    ce_traceparent: Annotated[Traceparent | None, Field(description="W3C trace context; absent where none.")] = None
    traceparent: Annotated[
        Traceparent | None, Field(description="The span of its sending, below that one; absent where none is kept.")
    ] = None


HEADERS: Mapping[str, type[Contract]] = {
    EVENT_HEADERS: EventHeaders,
    OPEN_HEADERS: OpenHeaders,
    SUITE_HEADERS: SuiteHeaders,
}


def published() -> dict[str, type[Contract]]:
    """Return every contract that a message's value may have, by its type."""
    return {**CONTRACTS, **open_contracts(), **SUITE}


def json_schemas() -> dict[str, Schema]:
    """Return the documents by name: a value's type, or one of the kinds of headers."""
    values = {type_: written(type_, contract) for type_, contract in published().items()}
    headers = {name: _document(name, contract, "validation") for name, contract in HEADERS.items()}
    return dict(sorted({**values, **headers}.items()))


def written(type_: str, contract: type[Contract]) -> Schema:
    """Return what stands on topics, today's and what the store has kept of this version.

    A field with a default may be absent: it came after the first event of the version, or did not have to be said.
    Fields that are not named may stand there: a later release may add some.
    """
    document: Schema = _open(_document(type_, contract, "serialization"))
    if "type" in contract.model_fields:
        document["required"] = [
            "type",
            *document.get("required", ()),
        ]  # it has a default in programs, and is always said
    return document


def read(type_: str, contract: type[Contract]) -> Schema:
    """Return what a reader of the contract takes: fields with a default may be absent."""
    return _document(type_, contract, "validation")


def editor_schema(name: str, contract: type[Contract]) -> Schema:
    """Return the schema of a file that people write, for their editors."""
    return _document(name, contract, "validation")


def _document(name: str, contract: type[Contract], mode: JsonSchemaMode) -> Schema:
    schema = contract.model_json_schema(schema_generator=_Plain, mode=mode)
    if "type" in contract.model_fields:
        schema["properties"]["type"]["description"] = "Name and version of this contract."
    return {"$schema": DIALECT, "$id": data_schema(name), **schema}


def _open(schema: Any) -> Any:  # noqa: ANN401 -- any part of a schema
    """Return a part of a schema that takes objects with more fields."""
    if isinstance(schema, dict):
        closed = schema.get("additionalProperties") is False
        return {name: _open(part) for name, part in schema.items() if not (closed and name == "additionalProperties")}
    return [_open(part) for part in schema] if isinstance(schema, list) else schema


class _Plain(GenerateJsonSchema):
    """Without titles that only repeat the fields' names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 -- pydantic's signature
        return False
