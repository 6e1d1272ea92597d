"""What is sent goes on in the trace of its event, and says so in a header beside what the store says."""

from dataclasses import replace
from uuid import uuid4

import orjson

from schemas.cloudevents import Stored
from services.adapters.kafka import publication
from services.adapters.kafka.published import records
from services.adapters.kafka.traces import HEADER, sending
from services.application.ports import Append
from services.application.tracing import ATTRIBUTES
from tests.kafka.conftest import Relays
from tests.kafka.samples import stored
from tests.kafka.writing import Writing, arrived, write
from tests.parts import Broker, Database
from tests.tracing.receiver import receiving
from tests.tracing.receiver import sending as sent_to

TOPIC = "inspection.restricted"
TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
KEPT = f"00-{TRACE}-{SPAN}-01"


def named(append: Append, traceparent: str | None) -> Append:
    """The same, appended by a request with that span."""
    (new,) = append.events
    return replace(append, events=(replace(new, meta=orjson.dumps({**orjson.loads(new.meta), HEADER: traceparent})),))


def traced(type_: str, traceparent: str | None = KEPT) -> Stored:
    return stored(type_, meta={**stored(type_).meta, HEADER: traceparent})


async def test_a_message_is_sent_in_the_trace_of_its_event(relays: Relays, database: Database) -> None:
    with receiving() as receiver, sent_to(receiver.url, "relay"):
        await write(database.dsn("inspection"), "inspection", [named(Writing().append(), KEPT)])
        with relays.running("inspection"):
            relays.drained("inspection")

    [span] = receiver.named("send")
    assert (span.name, span.kind, span.trace, span.parent) == (f"send {TOPIC}", 4, TRACE, SPAN)
    [record] = [
        one for one in records(relays.broker.brokers, relays.broker.prefix + TOPIC) if HEADER in dict(one.headers)
    ]
    assert dict(record.headers)[HEADER].decode() == f"00-{TRACE}-{span.id}-01"
    assert dict(record.headers)["ce_traceparent"].decode() == KEPT
    assert span.attributes.keys() <= ATTRIBUTES
    assert span.attributes["messaging.destination.name"] == TOPIC
    assert span.attributes["messaging.kafka.offset"] == record.offset


async def test_a_relay_that_sends_no_spans_leaves_no_header(relays: Relays, database: Database) -> None:
    await write(database.dsn("inspection"), "inspection", [named(Writing().append(), KEPT)])
    with relays.running("inspection"):
        relays.drained("inspection")
    assert not any(HEADER in dict(one.headers) for one in records(relays.broker.brokers, relays.broker.prefix + TOPIC))
    [recorded] = arrived(relays.broker, TOPIC)
    assert recorded.meta.traceparent == KEPT


async def test_a_receiver_that_dies_keeps_nothing_back(relays: Relays, database: Database, broker: Broker) -> None:
    variables = {"OTEL_EXPORTER_OTLP_TIMEOUT": "1"}
    with receiving() as receiver, sent_to(receiver.url, **variables), relays.running("inspection"):
        await write(database.dsn("inspection"), "inspection", [named(Writing().append(), KEPT)])
        relays.drained("inspection")
        receiver.close()
        await write(database.dsn("inspection"), "inspection", [named(Writing().append(), KEPT) for _ in range(50)])
        relays.drained("inspection")
    assert len(arrived(broker, TOPIC)) == 51


def test_only_what_has_an_open_copy_leaves_a_span() -> None:
    with receiving() as receiver, sent_to(receiver.url):
        review = traced("discipline.review_opened.v1")
        confidential = traced("notifier.alert_opened.v1")
        for event in (review, confidential):
            messages = publication.messages(event, is_open=False)
            assert sending(event, messages) == messages
    assert receiver.spans == []


def test_the_open_copy_names_no_trace() -> None:
    with receiving() as receiver, sent_to(receiver.url):
        event = traced("inspection.finding_withdrawn.v1")
        _, copy = sending(event, publication.messages(event, is_open=True))
    assert not {HEADER, "ce_traceparent"} & dict(copy.headers).keys()


def test_an_event_whose_trace_nobody_keeps_leaves_no_span() -> None:
    with receiving() as receiver, sent_to(receiver.url):
        for traceparent in (None, f"00-{uuid4().hex}-{SPAN}-00"):
            event = traced("inspection.finding_withdrawn.v1", traceparent)
            messages = publication.messages(event, is_open=True)
            assert sending(event, messages) == messages
    assert receiver.spans == []
