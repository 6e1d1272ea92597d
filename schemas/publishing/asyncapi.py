"""AsyncAPI 3.0: which topic carries which messages, under which key and with which headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.open_copies import open_contracts, open_type
from schemas.publishing.json_schema import (
    DIALECT,
    EVENT_HEADERS,
    OPEN_HEADERS,
    SUITE,
    SUITE_HEADERS,
    Schema,
    published,
)
from schemas.registry import CONTRACTS
from schemas.suite import CHECKPOINT, DEAD_LETTER, WATERMARK
from schemas.topics import CHECKPOINTS, DEAD_LETTERS, KEYS, OPEN, RESTRICTED, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION = "1.0.0"
"""Of the published language as a whole: the first number changes when a contract gets a new version."""

_DESCRIPTION = """\
Kỷ Cương publishes what happens in inspections, in the follow-up of findings and in their alerts, as CloudEvents 1.0 in
Kafka's binary mode. Restricted topics carry every event of a context and its watermarks; open topics carry copies from
which nothing leads to a person. All events with the same key stay in order, and a case stays on its topic for life.

A message may come more than once: the pair of ce_subject and ce_streamversion says which event it is. A schema says
what was ever written of its version: events from before a field with a default was added lack it. Without a new version
of a contract, fields with a default and values of an enumeration may be added, and nothing else may change: readers
ignore what they do not know.
"""

_BINDING = "0.5.0"

_WHAT: Mapping[str, str] = {
    "restricted": "Every event of the context, and its watermarks.",
    "reviews": "Every event of accountability reviews, and watermarks of the context.",
    "consultations": "Every event of consultations, and watermarks of the context.",
    "events": "Open copies: nothing in them leads to a person.",
    "deadletters": "Messages that the context's worker has given up on, without their content.",
    "checkpoints": "The heads of all streams that grew, chained: proof from outside the store.",
}


def asyncapi() -> Schema:
    """Return the document."""
    return {
        "asyncapi": "3.0.0",
        "id": "urn:kycuong",
        "info": {
            "title": "Kỷ Cương",
            "version": VERSION,
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {_id(topic): _channel(topic, types) for topic, types in carried().items()},
        "operations": {f"send_{_id(topic)}": _operation(topic) for topic in TOPICS},
        "components": {"messages": {type_: _message(type_) for type_ in sorted(published())}},
    }


def carried() -> dict[str, tuple[str, ...]]:
    """Return by topic the types of the messages that it carries."""
    types: dict[str, list[str]] = {topic: [] for topic in TOPICS}
    for type_, contract in CONTRACTS.items():
        types[contract.topic].append(type_)
    for type_ in open_contracts():
        types[OPEN[_context(type_)]].append(type_)
    for topics in RESTRICTED.values():
        for topic in topics:
            types[topic].append(WATERMARK)
    for topic in DEAD_LETTERS.values():
        types[topic].append(DEAD_LETTER)
    types[CHECKPOINTS].append(CHECKPOINT)
    return {topic: tuple(sorted(named)) for topic, named in types.items()}


def _channel(topic: str, types: Iterable[str]) -> Schema:
    return {
        "address": topic,
        "description": _WHAT[topic.rpartition(".")[2]],
        "messages": {type_: {"$ref": f"#/components/messages/{type_}"} for type_ in types},
        "bindings": {
            "kafka": {
                "topic": topic,
                "topicConfiguration": {"cleanup.policy": ["delete"], "retention.ms": -1},
                "bindingVersion": _BINDING,
            }
        },
    }


def _operation(topic: str) -> Schema:
    return {
        "action": "send",
        "summary": f"The suite publishes on {topic}.",
        "channel": {"$ref": f"#/channels/{_id(topic)}"},
    }


def _message(type_: str) -> Schema:
    contract = published()[type_]
    message: Schema = {
        "name": type_,
        "title": contract.__name__,
        "summary": (contract.__doc__ or "").partition("\n")[0],
        "contentType": "application/json",
        "headers": _schema(_headers(type_)),
        "payload": _schema(type_),
    }
    if type_ in CONTRACTS:
        message["correlationId"] = {"location": "$message.header#/ce_correlationid"}
    if (key := _key(type_)) is not None:
        message["bindings"] = {"kafka": {"key": key, "bindingVersion": _BINDING}}
    return message


def _schema(name: str) -> Schema:
    return {"schemaFormat": f"application/schema+json;version={DIALECT}", "schema": {"$ref": f"./json/{name}.json"}}


def _headers(type_: str) -> str:
    if type_ in CONTRACTS:
        return EVENT_HEADERS
    return SUITE_HEADERS if type_ in SUITE else OPEN_HEADERS


def _key(type_: str) -> Schema | None:
    """Return what the key of a message is; None where it has none."""
    fields = {**KEYS, **{open_type(closed): field for closed, field in KEYS.items()}}
    if type_ == WATERMARK:
        return None
    if type_ in SUITE:
        said = "The context." if type_ == CHECKPOINT else "The key of the message that was given up."
        return {"type": "string", "description": said}
    field = fields[type_]
    if field is None:
        return {"type": "string", "description": "The stream's name, as in ce_subject."}
    return {"type": "string", "format": "uuid", "description": f"The value's {field}."}


def _context(type_: str) -> str:
    return type_.partition(".")[0]


def _id(topic: str) -> str:
    return topic.replace(".", "_")
