"""What stands on the topics, read with Apache Kafka's own console consumer, keeps the committed schemas."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID, uuid5

import jsonschema
import pytest

from schemas.base import encode
from schemas.cloudevents import Stored
from schemas.publishing.asyncapi import carried
from schemas.publishing.json_schema import EVENT_HEADERS, OPEN_HEADERS, SUITE, SUITE_HEADERS, published
from schemas.publishing.samples import sample
from schemas.registry import CONTRACTS
from schemas.suite import DeadLetter, Watermark
from schemas.topics import TOPICS
from services.adapters.kafka import publication
from services.adapters.kafka.sender import Sender
from services.entrypoints.commands.schemas import SCHEMAS
from tests.parts import Broker

Printed: TypeAlias = tuple[dict[str, str], str, dict[str, Any]]
"""A message's headers, key and value."""
Read: TypeAlias = list[Printed]

MOMENT = datetime(2025, 3, 3, 1, 30, tzinfo=UTC)
SOME_ID = UUID("5f0c2f52-4f0e-5a53-9a53-5e2f6f2b0c11")


def _stored(type_: str, position: int) -> Stored:
    some_id = str(SOME_ID)
    return Stored(
        position=position,
        event_id=uuid5(SOME_ID, type_),
        stream=f"{type_.partition('.')[0]}-{some_id}",
        version=1,
        type=type_,
        data=sample(CONTRACTS[type_]),
        meta={"actor": "clock", "correlation_id": some_id, "causation_id": some_id, "traceparent": None},
        occurred_at=MOMENT,
        recorded_at=MOMENT,
        hash=bytes(32),
    )


def _everything() -> Iterator[publication.Message]:
    for position, type_ in enumerate(CONTRACTS, 1):
        yield from publication.messages(_stored(type_, position), is_open=True)
    yield publication.watermark(Watermark.model_validate(sample(Watermark)), "inspection.restricted", 0)
    checkpoint = next(contract for type_, contract in SUITE.items() if "checkpoint" in type_)
    yield publication.checkpoint("inspection", 1, encode(checkpoint.model_validate(sample(checkpoint))))
    yield publication.dead_letter(DeadLetter.model_validate(sample(DeadLetter)), "inspection", b"key")


@pytest.fixture(scope="module")
def read(module_broker: Broker) -> Read:
    """Headers, key and value of everything that was sent, as the console consumer prints them."""
    module_broker.topics(*TOPICS)
    sent = list(_everything())
    with Sender(module_broker.brokers, module_broker.prefix, position=0) as sender:
        sender.send(1, sent)
        sender.flush(seconds=30)
    printed = _consume(module_broker, len(sent))
    assert len(printed) == len(sent)
    return [_parsed(line) for line in printed]


def _consume(broker: Broker, messages: int) -> list[str]:
    done = broker.server.tool(
        "org.apache.kafka.tools.consumer.ConsoleConsumer",
        *("--bootstrap-server", broker.bootstrap, "--include", f"{broker.prefix}.*", "--from-beginning"),
        *("--max-messages", str(messages), "--timeout-ms", "20000"),
        *("--property", "print.headers=true", "--property", "print.key=true"),
        *("--property", "headers.separator=|"),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def _parsed(line: str) -> Printed:
    headers, key, value = line.split("\t", 2)
    named = dict(header.split(":", 1) for header in headers.split("|"))
    return named, key, json.loads(value)


def _validate(name: str, instance: object) -> None:
    schema = json.loads(Path(SCHEMAS / "json" / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(instance)


def test_every_kind_of_message_was_read(read: Read) -> None:
    assert {value["type"] for _, _, value in read} == set(published())


def test_every_value_keeps_the_schema_that_its_headers_name(read: Read) -> None:
    for headers, _, value in read:
        _validate(headers["ce_dataschema"].rpartition(":")[2], value)
        assert headers["ce_type"] == value["type"]


def test_every_messages_headers_keep_their_schema(read: Read) -> None:
    for headers, _, value in read:
        open_copy = OPEN_HEADERS if value["type"] not in SUITE else SUITE_HEADERS
        _validate(EVENT_HEADERS if value["type"] in CONTRACTS else open_copy, headers)


def test_a_case_is_keyed_as_the_asyncapi_document_says(read: Read) -> None:
    keys = {value["type"]: (key, value) for _, key, value in read}
    key, value = keys["discipline.plan_accepted.v1"]
    assert key == value["finding_id"]
    key, value = keys["notifier.alert_opened.v1"]
    assert key == value["case_id"]
    assert keys["suite.watermark.v1"][0] == "null"
    assert set(carried()["inspection.restricted"]) <= keys.keys()
