"""A request is a span, and its parts below it; it says what was asked by its route, and nothing of who or what."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
import structlog
from opentelemetry.trace import get_current_span

from services.adapters.postgres import appending
from services.adapters.postgres.store import PostgresStore
from services.application.identity import Role
from services.application.tracing import ATTRIBUTES
from services.entrypoints import logging as suite_logging
from services.entrypoints.api.context import Context
from services.entrypoints.api.discipline import API
from tests.api.conftest import OpenContext, TokenFor, key
from tests.tracing.receiver import Receiver, receiving, sending

NOTES = "/inspection/notes"
LINE = {"agency_id": "so-y-te", "on": "2026-03-01"}


@pytest.fixture
async def receiver(client: httpx.AsyncClient) -> AsyncIterator[Receiver]:
    """What this process's spans are sent to, once it has asked the issuer for its keys."""
    await client.get(NOTES)
    with receiving() as one, sending(one.url, "api") as export:
        one.flush = export.flush
        yield one


def told(receiver: Receiver) -> Receiver:
    receiver.flush()
    return receiver


async def test_a_commands_parts_stand_below_its_request(
    receiver: Receiver, client: httpx.AsyncClient, context: Context
) -> None:
    answer = await client.post(NOTES, json=LINE, headers=key())
    [request] = told(receiver).named("POST /inspection/notes")
    parts = {span.name: span for span in receiver.spans if span.parent == request.id}

    assert {name.partition(" ")[0] for name in parts} == {"load", "decide", "append"}
    assert {span.trace for span in parts.values()} == {request.trace}
    assert request.attributes == {
        "http.request.method": "POST",
        "http.route": "/inspection/notes",
        "http.response.status_code": 201,
    }
    [recorded] = await context.store.load(f"note-{answer.json()['id']}")
    assert recorded.meta.traceparent == answer.headers["traceparent"]
    assert answer.headers["traceparent"].split("-")[1:3] == [request.trace, request.id]
    assert recorded.meta.correlation_id.hex == request.trace


async def test_a_request_joins_its_callers_trace(receiver: Receiver, client: httpx.AsyncClient) -> None:
    trace, span = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    await client.get(NOTES, headers={"traceparent": f"00-{trace}-{span}-01"})
    [request] = told(receiver).named("GET")
    assert (request.trace, request.parent) == (trace, span)


async def test_a_caller_who_keeps_no_trace_has_none_kept_here(receiver: Receiver, client: httpx.AsyncClient) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = await client.post(NOTES, json=LINE, headers={**key(), "traceparent": f"00-{trace}-00f067aa0ba902b7-00"})
    assert answer.headers["traceparent"].split("-")[1::2] == [trace, "00"]
    assert told(receiver).spans == []


async def test_a_request_says_its_route_and_neither_ids_nor_questions(
    receiver: Receiver, client: httpx.AsyncClient
) -> None:
    note = uuid4()
    await client.get(f"{NOTES}/{note}", params={"q": "Nguyễn Văn A"})
    await client.get("/nowhere/Nguyen-Van-A")
    await client.request("NGUYEN", NOTES)

    assert {span.name for span in told(receiver).spans} >= {"GET /inspection/notes/{note_id}", "GET unmatched"}
    everything = str(receiver.spans)
    assert str(note) not in everything
    assert "Nguy" not in everything
    assert "NGUYEN" not in everything
    assert {name for span in receiver.spans for name in span.attributes} <= ATTRIBUTES


async def test_a_refused_request_names_its_refusal(receiver: Receiver, client: httpx.AsyncClient) -> None:
    await client.post(NOTES, json=LINE)
    [request] = told(receiver).named("POST")
    assert request.attributes["http.response.status_code"] == 428
    assert request.attributes["kycuong.refusal"] == "idempotency-key-missing"
    assert not request.failed


async def test_of_a_defect_the_class_is_told_alone(
    receiver: Receiver, client: httpx.AsyncClient, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("Nguyễn Văn A")

    monkeypatch.setattr(type(context.handler), "load", broken)
    await client.post(NOTES, json=LINE, headers=key())
    [request] = told(receiver).named("POST")
    assert (request.failed, request.attributes["error.type"]) == (True, "internal-error")
    assert "Nguyễn" not in str(receiver.spans)


async def test_who_votes_leaves_no_span(receiver: Receiver, open_context: OpenContext, token: TokenFor) -> None:
    async with open_context(API) as (client, _):
        path = f"/discipline/box/{uuid4()}"
        headers = {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
        await client.post(path, json={"token": "A", "signature": "A", "choice": "warning"}, headers=headers)
    assert told(receiver).spans == []


async def test_commands_that_share_a_commit_keep_their_own_traces(
    receiver: Receiver, client: httpx.AsyncClient
) -> None:
    await asyncio.gather(*(client.post(NOTES, json=LINE, headers=key()) for _ in range(20)))
    requests = told(receiver).named("POST")
    appends = receiver.named("append")
    assert len(requests) == len(appends) == len({span.trace for span in requests}) == 20
    assert {(span.trace, span.parent) for span in appends} == {(span.trace, span.id) for span in requests}


async def test_what_carries_commands_of_many_belongs_to_none_of_them(
    receiver: Receiver, client: httpx.AsyncClient, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[bool] = []
    rows = PostgresStore._rows

    async def watched(self: PostgresStore, statement: str, *arguments: object) -> object:
        if statement is appending.STATEMENT:
            carried.append(get_current_span().is_recording())
        return await rows(self, statement, *arguments)

    monkeypatch.setattr(PostgresStore, "_rows", watched)
    await client.post(NOTES, json=LINE, headers=key())
    assert carried
    assert not any(carried)


async def test_a_line_in_the_log_names_the_span_it_belongs_to(receiver: Receiver, client: httpx.AsyncClient) -> None:
    with structlog.testing.capture_logs(processors=[suite_logging._name_span]) as log:
        await client.post(NOTES, json=LINE)
    [request] = told(receiver).named("POST")
    [refused] = [line for line in log if line["event"] == "request_refused"]
    assert (refused["trace_id"], refused["span_id"]) == (request.trace, request.id)


async def test_without_tracing_a_line_names_no_span(client: httpx.AsyncClient) -> None:
    with structlog.testing.capture_logs(processors=[suite_logging._name_span]) as log:
        await client.post(NOTES, json=LINE)
    assert not any("trace_id" in line or "span_id" in line for line in log)


async def test_a_reader_is_traced_too(receiver: Receiver, client: httpx.AsyncClient, token: TokenFor) -> None:
    await client.get(NOTES, headers={"authorization": f"Bearer {token(Role.INSPECTOR)}"})
    [request] = told(receiver).named("GET")
    assert token(Role.INSPECTOR) not in str(receiver.spans)
    assert request.attributes["http.response.status_code"] == 200
