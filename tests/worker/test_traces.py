"""A message is handled in the trace that it came in, and what follows from it goes on there."""

from collections.abc import Iterator

import pytest

from services.adapters.kafka import traces
from services.adapters.kafka.handling import Handling
from services.adapters.kafka.retrying import Retrying
from services.adapters.kafka.taking import Taken, take
from services.adapters.postgres.store import PostgresStore
from services.application.tracing import ATTRIBUTES
from tests.tracing.receiver import Receiver, receiving, sending
from tests.worker import counting
from tests.worker.counting import OWN, SHARED, TOPIC, Finding, again

CONSUMER = "discipline-worker"


def sent(message: Taken, trace: int, flags: str = "01") -> Taken:
    """The message as a relay sends it that keeps traces."""
    header = (traces.HEADER, f"00-{trace:032x}-{trace:016x}-{flags}".encode())
    taken = take(TOPIC, 0, message.offset, message.key, [*message.headers, header], message.value)
    assert isinstance(taken, Taken)
    return taken


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one, sending(one.url, CONSUMER) as export:
        one.flush = export.flush
        yield one


async def carried_out(handling: Handling, *messages: Taken) -> None:
    """As the worker does it."""
    spans = traces.taking(CONSUMER, messages)
    judged = await handling.carry_out(messages)
    if spans is not None:
        spans.committed(judged.handled, judged.parked)


async def test_what_follows_from_a_message_belongs_to_its_handling(
    receiver: Receiver, handling: Handling, store: PostgresStore
) -> None:
    finding = Finding()
    await carried_out(handling, sent(finding.next(), 7))
    receiver.flush()

    [span] = receiver.named(f"process {TOPIC}")
    [followed] = await store.load(finding.tally)
    assert (span.trace, span.parent, span.kind) == (f"{7:032x}", f"{7:016x}", 5)
    assert str(followed.meta.traceparent).split("-")[1:3] == [span.trace, span.id]
    assert span.attributes["kycuong.outcome"] == "handled"
    assert span.attributes["kycuong.event.type"] == OWN
    assert str(finding.id) not in str(receiver.spans)


async def test_a_batch_is_linked_with_all_that_it_handles(receiver: Receiver, handling: Handling) -> None:
    numbers = (3, 4, 5)
    await carried_out(handling, *(sent(Finding().next(SHARED), number) for number in numbers), Finding().next(SHARED))
    receiver.flush()

    [batch] = receiver.named(f"process {CONSUMER}")
    handled = receiver.named(f"process {TOPIC}")
    assert batch.links == tuple(f"{number:016x}" for number in numbers)
    assert {span.trace for span in handled} == {f"{number:032x}" for number in numbers}
    assert {span.links for span in handled} == {(batch.id,)}
    assert batch.trace not in {span.trace for span in handled}
    assert batch.attributes["messaging.batch.message_count"] == 4
    assert {name for span in receiver.spans for name in span.attributes} <= ATTRIBUTES


async def test_a_message_of_before_is_handled_without_a_span(
    receiver: Receiver, handling: Handling, store: PostgresStore
) -> None:
    finding = Finding()
    message = finding.next()
    await carried_out(handling, message)
    receiver.flush()
    [followed] = await store.load(finding.tally)
    assert message.recorded is not None
    assert followed.meta.traceparent == message.recorded.meta.traceparent
    assert receiver.spans == []


@pytest.mark.parametrize("header", [b"", b"garbage", b"\xff\x00", b"00-" + b"0" * 32 + b"-" + b"1" * 16 + b"-01"])
async def test_a_header_that_cannot_be_read_stands_in_nobodys_way(
    receiver: Receiver, handling: Handling, store: PostgresStore, header: bytes
) -> None:
    finding = Finding()
    message = finding.next()
    broken = take(TOPIC, 0, 1, message.key, [*message.headers, (traces.HEADER, header)], message.value)
    assert isinstance(broken, Taken)
    await carried_out(handling, broken)
    assert len(await store.load(finding.tally)) == 1


async def test_a_message_that_is_parked_says_by_what_kind_of_fault_and_is_traced_again_when_tried_again(
    receiver: Receiver, handling: Handling, retrying: Retrying
) -> None:
    counting.BROKEN[OWN] = "react"
    await carried_out(handling, sent(Finding().next(), 9))
    counting.BROKEN.clear()
    assert await retrying.run_due() == 1
    receiver.flush()

    parked, handled = receiver.named(f"process {TOPIC}")
    assert (parked.attributes["kycuong.outcome"], parked.attributes["error.type"]) == ("parked", "KeyError")
    assert parked.failed
    assert (handled.attributes["kycuong.outcome"], handled.failed) == ("handled", False)
    assert parked.trace == handled.trace == f"{9:032x}"
    assert "a name that must not be told" not in str(receiver.spans)


async def test_a_message_that_comes_again_is_told_as_such(receiver: Receiver, handling: Handling) -> None:
    message = sent(Finding().next(), 11)
    await carried_out(handling, message)
    await carried_out(handling, again(message))
    receiver.flush()
    outcomes = [span.attributes["kycuong.outcome"] for span in receiver.named(f"process {TOPIC}")]
    assert outcomes == ["handled", "duplicate"]
