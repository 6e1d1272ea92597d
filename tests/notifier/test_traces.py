"""A deadline fires, an alert ends and a message is delivered in the trace of the request that it all goes back to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import pytest

from services.adapters.delivery.courier import Channels, Courier
from services.adapters.delivery.mail import Mailer
from services.adapters.delivery.queue import DeliveryQueue, Persistence
from services.adapters.embedded.ports import free_port
from services.application.tracing import ATTRIBUTES
from tests.notifier import examples as ex
from tests.notifier.examples import day, evening
from tests.notifier.post_office import PostOffice, post_office
from tests.notifier.stage import CHAIR, Stage
from tests.notifier.test_deliveries import PERSONS, People
from tests.notifier.test_firing import opened
from tests.tracing.receiver import Receiver, Seen, receiving, sending

NOW = timedelta()
BEGAN, ENDED = (f"00-{number * 32}-{number * 16}-01" for number in "12")
"""How the worker handled the event that began the wait, and the one that ended it."""
CALLS = ex.TERMS.model_copy(update={"stall": ex.STALL.model_copy(update={"acknowledge": 60})})


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one, sending(one.url, "clock") as export:
        one.flush = export.flush
        yield one


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened_office:
        yield opened_office


@pytest.fixture
async def courier(on: Stage, office: PostOffice) -> AsyncIterator[Courier]:
    mailer, registry = Mailer(office.server), People()
    queue = DeliveryQueue(on.store.pool, Persistence(attempts=3, first_pause=NOW, longest_pause=NOW))
    people: Any = registry
    yield Courier(on.store.pool, queue, people, Channels(mailer, None))
    await mailer.close()


def told(receiver: Receiver, beginning: str) -> list[Seen]:
    receiver.flush()
    assert {name for span in receiver.spans for name in span.attributes} <= ATTRIBUTES
    return receiver.named(beginning)


def name(span: Seen) -> str:
    return f"00-{span.trace}-{span.id}-01"


async def traceparents(on: Stage) -> list[str | None]:
    return [recorded.meta.traceparent for recorded in await on.store.read_all()]


async def test_a_deadline_fires_below_what_began_its_wait(receiver: Receiver, on: Stage) -> None:
    on.publish(opened(), day(0), traceparent=BEGAN)
    await on.settle(evening(2))

    [fired] = told(receiver, "fire")
    assert fired.name == "fire OpenAlert"
    assert (fired.trace, fired.parent) == tuple(BEGAN.split("-")[1:3])
    assert fired.attributes == {"kycuong.command": "OpenAlert", "kycuong.rule": "not_acknowledged"}
    assert not fired.failed
    assert await traceparents(on) == [name(fired)]


async def test_what_an_alert_does_by_itself_stands_below_its_opening(receiver: Receiver, on: Stage) -> None:
    on.publish(opened(due_at=evening(90)), day(0), traceparent=BEGAN)
    await on.settle(evening(30))

    first, *others = told(receiver, "fire")
    assert [span.name for span in others] == ["fire EscalateAlert"] * 3 + ["fire ExhaustLadder"]
    assert {(span.trace, span.parent) for span in others} == {(first.trace, first.id)}
    assert await traceparents(on) == [name(span) for span in (first, *others)]


async def test_a_call_that_is_superseded_ends_below_its_own_opening(receiver: Receiver, on: Stage) -> None:
    on.publish(opened(terms=CALLS), day(0), traceparent=BEGAN)
    await on.settle(ex.DUE)

    calls = [span for span in told(receiver, "fire OpenAlert") if span.attributes["kycuong.rule"] != "overdue"]
    ends = told(receiver, "fire EndAlert")
    assert [span.parent for span in ends] == [span.id for span in calls]
    assert [span.attributes["kycuong.rule"] for span in ends] == ["due_soon_first", "due_soon_last"]


async def test_an_alert_ends_below_the_event_that_moved_its_case(receiver: Receiver, on: Stage) -> None:
    on.publish(opened(), day(0), traceparent=BEGAN)
    await on.settle(evening(2))
    on.publish(ex.ACKNOWLEDGED, day(4), traceparent=ENDED)
    await on.settle(day(4))

    [end] = told(receiver, "decide")
    assert (end.name, end.trace, end.parent) == ("decide EndAlert", *ENDED.split("-")[1:3])
    assert end.attributes == {"kycuong.command": "EndAlert", "kycuong.rule": "not_acknowledged"}


async def test_a_message_is_delivered_below_what_it_tells_of(
    receiver: Receiver, on: Stage, courier: Courier, office: PostOffice
) -> None:
    on.publish(opened(), day(0), traceparent=BEGAN)
    await on.settle(evening(2))
    await courier.deliver()

    [fired], [sent] = told(receiver, "fire"), told(receiver, "deliver")
    assert (sent.name, sent.kind, sent.trace, sent.parent) == ("deliver email", 3, fired.trace, fired.id)
    assert sent.attributes == {
        "kycuong.attempt": 1,
        "kycuong.channel": "email",
        "kycuong.outcome": "sent",
        "kycuong.rule": "not_acknowledged",
    }
    assert len(office.letters) == 1
    for person in PERSONS.values():
        assert str(person.email) not in str(receiver.spans)
        assert person.name not in str(receiver.spans)


async def test_an_attempt_that_fails_says_why_in_our_words_alone(
    receiver: Receiver, on: Stage, courier: Courier, office: PostOffice
) -> None:
    office.refuse["RCPT"] = ["450 4.2.1 <sau@example.vn> is busy"]
    on.publish(opened(), day(0), traceparent=BEGAN)
    await on.settle(evening(2))
    await courier.deliver()
    await courier.deliver()

    refused, sent = told(receiver, "deliver")
    assert (refused.failed, refused.attributes["error.type"]) == (True, "not_now")
    assert (sent.failed, sent.attributes["kycuong.attempt"]) == (False, 2)
    assert "sau@" not in str(receiver.spans)


async def test_a_confidential_alert_leaves_no_span(receiver: Receiver, on: Stage, courier: Courier) -> None:
    on.publish(ex.proposed(authority_post=CHAIR), day(0), traceparent=BEGAN)
    await on.settle(evening(30))
    await courier.deliver()

    assert all(alert["confidential"] for alert in await on.alerts())
    assert set(await traceparents(on)) == {BEGAN}
    assert told(receiver, "") == []


async def test_what_nobody_keeps_leaves_no_span(receiver: Receiver, on: Stage, courier: Courier) -> None:
    for number, traceparent in enumerate((None, f"{BEGAN[:-2]}00")):
        finding = ex.mark(number, day(0)).event_id
        on.publish(opened(finding_id=finding), day(0), stream=f"case-{number}", traceparent=traceparent)
    await on.settle(evening(2))
    assert await courier.deliver() == 2
    assert told(receiver, "") == []


async def test_a_round_that_dies_says_so_and_is_told_anew(
    receiver: Receiver, on: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    on.publish(opened(), day(0), traceparent=BEGAN)
    await on.settle(day(1))
    on.set_clock(evening(2))
    await on.arrive()

    async def die(*_: object) -> int:
        raise ConnectionError("Nguyễn Văn A")

    with monkeypatch.context() as patched:
        patched.setattr("services.adapters.notifier.firing.tell", die)
        with pytest.raises(ConnectionError):
            await on.firing.fire()
    await on.tick()

    died, fired = told(receiver, "fire")
    assert (died.failed, died.attributes["error.type"], fired.failed) == (True, "ConnectionError", False)
    assert await traceparents(on) == [name(fired)]
    assert "Nguyễn" not in str(receiver.spans)


async def test_a_receiver_that_is_gone_keeps_no_alert_and_no_letter_back(
    on: Stage, courier: Courier, office: PostOffice
) -> None:
    with sending(f"http://127.0.0.1:{free_port()}", "clock", OTEL_EXPORTER_OTLP_TIMEOUT="1"):
        on.publish(opened(), day(0), traceparent=BEGAN)
        await on.settle(evening(2))
        await courier.deliver()
        on.publish(ex.ACKNOWLEDGED, day(4), traceparent=ENDED)
        await on.settle(day(4))

    assert [alert["state"] for alert in await on.alerts()] == ["ended"]
    assert len(office.letters) == 1
