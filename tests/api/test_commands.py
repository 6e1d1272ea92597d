"""A command is named by its sender, rests on what was seen, and is answered the same however often it is sent."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.application.identity import Role
from services.entrypoints.api.context import Context
from tests.api.conftest import TokenFor, key
from tests.parts import Database

LINE = {"agency_id": "so-y-te", "on": "2026-03-01"}
NOTES = "/inspection/notes"


async def begin(client: httpx.AsyncClient) -> str:
    answer = await client.post(NOTES, json=LINE, headers=key())
    assert answer.status_code == 201
    return str(answer.json()["id"])


def code(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json().get("code")


async def test_a_command_answers_what_it_made_and_where(client: httpx.AsyncClient) -> None:
    answer = await client.post(NOTES, json=LINE, headers=key())
    made = answer.json()["id"]
    assert answer.json() == {"id": made, "version": 1}
    assert answer.headers["location"] == f"{NOTES}/{made}"
    assert answer.headers["etag"] == '"1"'


async def test_who_wrote_reads_his_own_write(client: httpx.AsyncClient) -> None:
    made = await client.post(NOTES, json=LINE, headers=key())
    read = await client.get(made.headers["location"])
    assert read.json() == {"id": made.json()["id"], "lines": 1}
    assert read.headers["etag"] == made.headers["etag"]


async def test_the_same_key_gets_the_first_answer(client: httpx.AsyncClient) -> None:
    same = key()
    first = await client.post(NOTES, json=LINE, headers=same)
    second = await client.post(NOTES, json=LINE, headers=same)
    assert (second.status_code, second.json()) == (201, first.json())
    assert second.headers["location"] == first.headers["location"]
    assert second.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers


async def test_the_same_key_in_flight_twice_gives_one_event_and_one_answer(
    client: httpx.AsyncClient, context: Context
) -> None:
    same = key()
    answers = await asyncio.gather(*(client.post(NOTES, json=LINE, headers=same) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(await context.store.load(f"note-{answers[0].json()['id']}")) == 1


async def test_key_order_and_spaces_of_the_body_do_not_matter(client: httpx.AsyncClient) -> None:
    same = key()
    await client.post(NOTES, json=LINE, headers=same)
    rewritten = b'{ "on":"2026-03-01",   "agency_id" : "so-y-te" }'
    again = await client.post(NOTES, content=rewritten, headers={**same, "content-type": "application/json"})
    assert again.status_code == 201


async def test_the_same_key_with_another_body_is_refused(client: httpx.AsyncClient) -> None:
    same = key()
    await client.post(NOTES, json=LINE, headers=same)
    other = await client.post(NOTES, json={**LINE, "on": "2026-03-02"}, headers=same)
    assert code(other) == (422, "idempotency-key-reused")


async def test_the_same_key_on_another_resource_is_another_body(client: httpx.AsyncClient) -> None:
    one, two, same = await begin(client), await begin(client), key()
    await client.post(f"{NOTES}/{one}/lines", json=LINE, headers=same)
    other = await client.post(f"{NOTES}/{two}/lines", json=LINE, headers=same)
    assert code(other) == (422, "idempotency-key-reused")


async def test_keys_of_two_callers_are_two_keys(client: httpx.AsyncClient, token: TokenFor) -> None:
    same = key()
    mine = await client.post(NOTES, json=LINE, headers=same)
    other = {**same, "authorization": f"Bearer {token(Role.INSPECTOR)}"}
    theirs = await client.post(NOTES, json=LINE, headers=other)
    assert mine.json()["id"] != theirs.json()["id"]


async def test_keys_of_two_routes_are_two_keys(client: httpx.AsyncClient) -> None:
    note, same = await begin(client), key()
    added = await client.post(f"{NOTES}/{note}/lines", json=LINE, headers=same)
    touched = await client.post(f"{NOTES}/{note}/touch", headers=same)
    assert (added.json()["version"], touched.json()["version"]) == (2, 3)


async def test_a_command_without_key_is_not_carried_out(client: httpx.AsyncClient, module_database: Database) -> None:
    count = "select count(*) from inspection.events"
    before = module_database.execute(count)
    answer = await client.post(NOTES, json=LINE)
    assert code(answer) == (428, "idempotency-key-missing")
    assert answer.json()["field"] == "Idempotency-Key"
    assert module_database.execute(count) == before


@pytest.mark.parametrize("written", ["short", "x" * 201, "with space in it"])
async def test_a_key_that_is_none_is_refused(client: httpx.AsyncClient, written: str) -> None:
    answer = await client.post(NOTES, json=LINE, headers={"idempotency-key": written})
    assert code(answer) == (400, "idempotency-key-unreadable")


async def test_a_refusal_is_a_conflict_and_the_key_may_be_used_again(client: httpx.AsyncClient) -> None:
    note = await begin(client)
    for _ in range(2):
        await client.post(f"{NOTES}/{note}/lines", json=LINE, headers=key())
    full = await client.post(f"{NOTES}/{note}/lines", json=LINE, headers=key())
    assert code(full) == (409, "note-full")
    assert full.json()["facts"] == {"lines": 3}


async def test_a_replay_is_answered_even_where_the_command_would_be_refused_now(client: httpx.AsyncClient) -> None:
    note, third = await begin(client), key()
    await client.post(f"{NOTES}/{note}/lines", json=LINE, headers=key())
    first = await client.post(f"{NOTES}/{note}/lines", json=LINE, headers=third)
    again = await client.post(f"{NOTES}/{note}/lines", json=LINE, headers=third)
    assert (again.status_code, again.json()) == (200, first.json())


async def test_a_command_that_rests_on_what_was_seen_needs_if_match(client: httpx.AsyncClient) -> None:
    note = await begin(client)
    answer = await client.post(f"{NOTES}/{note}/amend", json=LINE, headers=key())
    assert code(answer) == (428, "if-match-missing")


async def test_an_outdated_version_is_refused_and_the_current_one_told(client: httpx.AsyncClient) -> None:
    note = await begin(client)
    await client.post(f"{NOTES}/{note}/lines", json=LINE, headers=key())
    answer = await client.post(f"{NOTES}/{note}/amend", json=LINE, headers={**key(), "if-match": '"1"'})
    assert code(answer) == (412, "version-not-current")
    assert answer.json()["facts"] == {"expected_version": 1, "current_version": 2}


async def test_the_current_version_goes_through(client: httpx.AsyncClient) -> None:
    note = await begin(client)
    answer = await client.post(f"{NOTES}/{note}/amend", json=LINE, headers={**key(), "if-match": '"1"'})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')


async def test_if_match_is_honoured_where_it_is_not_required(client: httpx.AsyncClient) -> None:
    note = await begin(client)
    answer = await client.post(f"{NOTES}/{note}/lines", json=LINE, headers={**key(), "if-match": '"7"'})
    assert code(answer) == (412, "version-not-current")


@pytest.mark.parametrize("written", ["*", 'W/"1"', "1", '"1", "2"', '"x"'])
async def test_an_if_match_that_is_no_version_is_refused(client: httpx.AsyncClient, written: str) -> None:
    note = await begin(client)
    answer = await client.post(f"{NOTES}/{note}/amend", json=LINE, headers={**key(), "if-match": written})
    assert code(answer) == (400, "if-match-unreadable")


async def test_a_known_version_is_not_sent_again(client: httpx.AsyncClient) -> None:
    note = await begin(client)
    answer = await client.get(f"{NOTES}/{note}", headers={"if-none-match": '"1"'})
    assert (answer.status_code, answer.content) == (304, b"")


async def test_the_callers_trace_is_on_the_event_and_in_the_answer(client: httpx.AsyncClient, context: Context) -> None:
    trace, span = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    headers = {**key(), "traceparent": f"00-{trace}-{span}-01"}
    answer = await client.post(NOTES, json=LINE, headers=headers)
    [recorded] = await context.store.load(f"note-{answer.json()['id']}")
    assert recorded.meta.correlation_id == UUID(trace)
    assert recorded.meta.traceparent == answer.headers["traceparent"]
    assert answer.headers["traceparent"].split("-")[1] == trace
    assert answer.headers["traceparent"].split("-")[2] != span


@pytest.mark.parametrize("written", ["", "garbage", f"00-{'0' * 32}-{'1' * 16}-01", f"ff-{'1' * 32}-{'1' * 16}-01"])
async def test_a_broken_trace_begins_a_new_one(client: httpx.AsyncClient, written: str) -> None:
    answer = await client.get(NOTES, headers={"traceparent": written})
    version, trace, span, flags = answer.headers["traceparent"].split("-")
    assert (version, len(trace), len(span), flags) == ("00", 32, 16, "01")
    assert trace not in {"0" * 32, "1" * 32}


async def test_the_command_is_the_cause_of_its_event(client: httpx.AsyncClient, context: Context) -> None:
    answer = await client.post(NOTES, json=LINE, headers=key())
    [recorded] = await context.store.load(f"note-{answer.json()['id']}")
    assert recorded.event_id.version == 5
    assert recorded.meta.causation_id.version == 5
    assert UUID(recorded.meta.actor).version == 4


async def test_an_id_that_is_none_does_not_exist(client: httpx.AsyncClient) -> None:
    assert code(await client.get(f"{NOTES}/nonsense")) == (404, "not-found")
    assert code(await client.get(f"{NOTES}/{uuid4()}")) == (404, "not-found")
