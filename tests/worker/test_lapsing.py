"""The clock of consultations on a real database: what is due lapses once, as of its due moment, and nothing before."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import asyncpg
import pytest
import structlog.testing
from prometheus_client import REGISTRY

from discipline.consultations.commands import AnswerOpinion, AskOpinion, Party
from discipline.consultations.state import consultation_id
from schemas.discipline.consultations import ConsentDeemed, ConsultationAnswered, ConsultationLapsed, Position
from services.adapters.discipline.lapsing import BATCH, Lapsing
from services.adapters.postgres.store import PostgresStore
from services.application.discipline.aggregates import CONSULTATION
from services.application.handler import ConcurrentChange, Handler, Request
from tests.discipline import consultation_cases as c
from tests.discipline.samples import CALENDAR, DIRECTOR, OTHER, document, person, place
from tests.worker.test_discipline_worker import FORMER_HEAD, Worker, fresh_copy, store, worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemas.discipline.consultations import ConsultationTerms
    from services.application.ports import History
    from tests.parts import Database

__all__ = ["fresh_copy", "store", "worker"]

ASKED_AT = datetime(2025, 2, 3, 2, tzinfo=UTC)
FOLLOWED = """
insert into discipline.applied_watermarks (consumer, topic, partition, through)
values ('discipline-worker', 'inspection.restricted', {partition}, {through})
on conflict (consumer, topic, partition) do update set through = excluded.through"""

APPENDING = """
select pid from pg_stat_activity
where datname = current_database() and usename = 'kycuong_discipline' and wait_event = 'advisory'"""
LOSE = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and usename = 'kycuong_discipline'
    and pid <> all(select pid from pg_locks where locktype = 'advisory' and granted)"""
"""All lose their connections but whoever holds the lock."""
TYPES = "select array_agg(type) from events where stream = $1"
DEEMED = "select type from discipline.events where type = 'discipline.consent_deemed.v1'"


class At:
    """A clock that stands."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    async def now(self) -> datetime:
        return self.moment


def followed(database: Database, through: datetime | str, partition: int = 0) -> None:
    """The organisation was followed so far."""
    database.execute(FOLLOWED.format(partition=partition, through=f"'{through}'"))


async def ask(store: PostgresStore, terms: ConsultationTerms = c.TERMS) -> UUID:
    """The transport department asks the construction department; the due moment is long past now."""
    request_id = uuid4()
    id_ = consultation_id(request_id, "construction")
    command = AskOpinion(
        consultation_id=id_,
        request_id=request_id,
        by=person(place("transport-head", OTHER, head=True)),
        asking=Party("transport", "transport-head"),
        consulted=Party("construction", "construction-head"),
        addressed=True,
        subject=document("subject"),
        draft=document("draft"),
        concern=document("concern"),
        terms=terms,
        last_day=None,
        at=ASKED_AT,
        calendar=CALENDAR,
    )
    await Handler(store, At(ASKED_AT)).handle(CONSULTATION, id_, command, _request())
    return id_


async def answer(store: PostgresStore, id_: UUID, at: datetime) -> None:
    """The head answers; the server received it at a moment."""
    party = Party("construction", "construction-head")
    command = AnswerOpinion(person(DIRECTOR), party, Position.AGREES, document("answer"), at)
    await Handler(store, At(datetime.now(UTC))).handle(CONSULTATION, id_, command, _request())


def _request() -> Request:
    command_id = uuid4()
    return Request(command_id, "x", command_id, command_id)


async def until(done: Callable[[], bool]) -> None:
    """Wait for what somebody else does."""
    async with asyncio.timeout(120):
        while not done():  # noqa: ASYNC110 -- the database sets no event
            await asyncio.sleep(0.05)


async def told(store: PostgresStore, id_: UUID) -> list[str]:
    return [recorded.event.type.split(".")[1] for recorded in await store.load(CONSULTATION.stream(id_))]


def unreadable(database: Database, id_: UUID) -> None:
    """What is stored of it is not what it was."""
    statement = "update discipline.events set data = data - 'terms' where stream = %s and version = 1"
    database.execute(statement, CONSULTATION.stream(id_))


def whole_again(database: Database, id_: UUID, as_of: UUID) -> None:
    """What was stored of another one differs in nothing that matters here."""
    statement = """
        update discipline.events set data = data || jsonb_build_object('terms', (
            select data->'terms' from discipline.events where stream = %s and version = 1))
        where stream = %s and version = 1"""
    database.execute(statement, CONSULTATION.stream(as_of), CONSULTATION.stream(id_))


def set_aside() -> float | None:
    return REGISTRY.get_sample_value("kycuong_consultations_set_aside")


@pytest.fixture
def caught_up(worker: Worker) -> Worker:
    """The organisation is known, and was followed up to now."""
    followed(worker.database, datetime.now(UTC))
    return worker


async def test_silence_is_consent_as_of_the_due_moment_by_whoever_headed_the_agency_then(
    caught_up: Worker, store: PostgresStore
) -> None:
    id_ = await ask(store)

    assert await Lapsing(store, partitions=1).once() == 1

    asked, deemed = await store.load(CONSULTATION.stream(id_))
    assert isinstance(deemed.event, ConsentDeemed)
    assert deemed.occurred_at == deemed.event.due_at < deemed.recorded_at
    assert deemed.event.due_at > asked.occurred_at
    assert deemed.event.answers.person_id == FORMER_HEAD


async def test_without_deemed_consent_it_lapses_into_nothing(caught_up: Worker, store: PostgresStore) -> None:
    id_ = await ask(store, c.NO_CONSENT)

    await Lapsing(store, partitions=1).once()

    [_, lapsed] = await store.load(CONSULTATION.stream(id_))
    assert isinstance(lapsed.event, ConsultationLapsed)
    assert lapsed.occurred_at == lapsed.event.due_at


async def test_what_has_lapsed_is_not_looked_at_again(caught_up: Worker, store: PostgresStore) -> None:
    id_ = await ask(store)
    lapsing = Lapsing(store, partitions=1)

    assert [await lapsing.once(), await lapsing.once()] == [1, 0]

    assert await told(store, id_) == ["consultation_asked", "consent_deemed"]


async def test_several_clocks_at_once_let_it_lapse_once(caught_up: Worker, store: PostgresStore) -> None:
    ids = [await ask(store) for _ in range(5)]

    await asyncio.gather(*(Lapsing(store, partitions=1).once() for _ in range(3)))

    assert [await told(store, id_) for id_ in ids] == [["consultation_asked", "consent_deemed"]] * 5


async def test_a_clock_that_loses_its_database_before_the_commit_leaves_nothing_and_goes_on(
    caught_up: Worker, store: PostgresStore
) -> None:
    database, id_, stop = caught_up.database, await ask(store), asyncio.Event()
    clock = await PostgresStore.open(database.dsn("discipline"), "discipline")
    try:
        async with store.pool.acquire() as another, another.transaction():
            await another.execute("select lock_appends()")
            running = asyncio.create_task(Lapsing(clock, partitions=1).run(stop))
            await until(lambda: database.execute(APPENDING) != [])
            with structlog.testing.capture_logs() as logs:
                database.execute(
                    f"alter database {database.name} connection limit 0"
                )  # which administrators do not heed
                database.execute(LOSE)
                await until(lambda: "lapsing_without_database" in [line["event"] for line in logs])
            assert await another.fetchval(TYPES, CONSULTATION.stream(id_)) == ["discipline.consultation_asked.v1"]
        database.execute(f"alter database {database.name} connection limit -1")
        await until(lambda: database.execute(DEEMED) != [])
        stop.set()
        await running
    finally:
        await clock.close()

    assert await told(store, id_) == ["consultation_asked", "consent_deemed"]
    assert await Lapsing(store, partitions=1).once() == 0


async def test_its_stream_is_read_once(
    caught_up: Worker, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version of what was read guards what is appended."""
    ids, read, history = [await ask(store), await ask(store)], [], store.history

    async def counted(stream: str, *, after: int = 0) -> History:
        read.append(stream)
        return await history(stream, after=after)

    monkeypatch.setattr(store, "history", counted)
    await Lapsing(store, partitions=1).once()

    assert sorted(read) == sorted(map(CONSULTATION.stream, ids))
    assert [await told(store, id_) for id_ in ids] == [["consultation_asked", "consent_deemed"]] * 2


async def test_beside_an_answer_in_time_there_is_no_consent_in_the_end(caught_up: Worker, store: PostgresStore) -> None:
    """Whoever is recorded first: the answer was received by the due moment."""
    id_ = await ask(store)
    [asked] = await store.load(CONSULTATION.stream(id_))
    due_at = asked.event.due_at  # type: ignore[union-attr]  # it was asked

    async def answers() -> None:
        for _ in range(5):
            try:
                return await answer(store, id_, due_at)
            except ConcurrentChange:
                continue
        raise AssertionError("the answer was never recorded")

    await asyncio.gather(Lapsing(store, partitions=1).once(), answers())

    *_, last = await store.load(CONSULTATION.stream(id_))
    assert isinstance(last.event, ConsultationAnswered)
    assert not last.event.late
    assert last.event.undoes_consent is ("consent_deemed" in await told(store, id_))
    assert await Lapsing(store, partitions=1).once() == 0


async def test_nothing_lapses_before_the_organisation_was_followed_past_the_due_moment(
    worker: Worker, store: PostgresStore
) -> None:
    """Who headed the agency on the last day might not be known yet."""
    id_ = await ask(store)
    [asked] = await store.load(CONSULTATION.stream(id_))
    due_at = asked.event.due_at  # type: ignore[union-attr]  # it was asked
    lapsing, looked = Lapsing(store, partitions=1), []

    looked.append(await lapsing.once())
    followed(worker.database, due_at)
    looked.append(await lapsing.once())
    followed(worker.database, due_at + timedelta(seconds=1))
    followed(worker.database, "-infinity", partition=1)
    looked.append(await lapsing.once())
    followed(worker.database, due_at + timedelta(seconds=1), partition=1)
    looked.append(await lapsing.once())

    assert looked == [0, 0, 0, 1]
    assert await told(store, id_) == ["consultation_asked", "consent_deemed"]


async def test_nothing_lapses_while_a_partition_has_not_told_how_far_it_was_followed(
    caught_up: Worker, store: PostgresStore
) -> None:
    """One that was just made has no row yet, and may hold who headed the agency."""
    id_, lapsing = await ask(store), Lapsing(store, partitions=2)

    looked = [await lapsing.once()]
    followed(caught_up.database, datetime.now(UTC), partition=1)
    looked.append(await lapsing.once())

    assert looked == [0, 1]
    assert await told(store, id_) == ["consultation_asked", "consent_deemed"]


async def test_one_that_cannot_be_read_keeps_no_other_from_lapsing(caught_up: Worker, store: PostgresStore) -> None:
    broken, whole, lapsing = await ask(store), await ask(store), Lapsing(store, partitions=1)
    unreadable(caught_up.database, broken)

    with structlog.testing.capture_logs() as logs:
        assert await lapsing.once() == 2

    assert await told(store, whole) == ["consultation_asked", "consent_deemed"]
    [line] = [line for line in logs if line["event"] == "consultation_not_lapsed"]
    assert (line["log_level"], line["consultation_id"], line["tries"]) == ("error", str(broken), 1)
    assert line["error"].startswith("not its contract: ")
    assert set_aside() == 1


async def test_one_that_fails_is_tried_again_after_a_pause_that_grows(caught_up: Worker, store: PostgresStore) -> None:
    broken, lapsing = await ask(store), Lapsing(store, partitions=1, pauses=(0.0, 0.0, 3600.0))
    unreadable(caught_up.database, broken)

    assert [await lapsing.once() for _ in range(5)] == [1, 1, 1, 0, 0]
    assert set_aside() == 1


async def test_one_that_is_mended_lapses_at_its_next_try_and_is_counted_no_longer(
    caught_up: Worker, store: PostgresStore
) -> None:
    broken, whole, lapsing = await ask(store), await ask(store), Lapsing(store, partitions=1, pauses=(0.0,))
    unreadable(caught_up.database, broken)
    await lapsing.once()
    whole_again(caught_up.database, broken, whole)

    await lapsing.once()

    assert await told(store, broken) == ["consultation_asked", "consent_deemed"]
    assert set_aside() == 0


async def test_one_that_another_has_let_lapse_is_counted_no_longer(caught_up: Worker, store: PostgresStore) -> None:
    broken, whole, lapsing = await ask(store), await ask(store), Lapsing(store, partitions=1, pauses=(3600.0,))
    unreadable(caught_up.database, broken)
    await lapsing.once()
    whole_again(caught_up.database, broken, whole)
    await Lapsing(store, partitions=1).once()

    await lapsing.once()

    assert set_aside() == 0


async def test_what_the_infrastructure_fails_with_ends_it(caught_up: Worker, store: PostgresStore) -> None:
    """A login that lacks a right, say: no consultation is at fault, and none is set aside."""
    await ask(store)
    caught_up.database.execute("revoke all on discipline.events from kycuong_discipline")

    with pytest.raises(asyncpg.InsufficientPrivilegeError), structlog.testing.capture_logs() as logs:
        await Lapsing(store, partitions=1).run(asyncio.Event())

    assert logs == []


async def test_an_argument_that_no_column_holds_ends_it_and_is_not_taken_for_a_lost_database(
    store: PostgresStore,
) -> None:
    lapsing = Lapsing(store, partitions="one")  # type: ignore[arg-type]

    with pytest.raises(asyncpg.DataError), structlog.testing.capture_logs() as logs:
        await lapsing.run(asyncio.Event())

    assert logs == []


async def test_asked_to_stop_it_finishes_what_it_has_taken_of_a_backlog_and_no_more(store: PostgresStore) -> None:
    stop = asyncio.Event()

    class Behind(Lapsing):
        rounds = 0

        async def once(self) -> int:
            self.rounds += 1
            if self.rounds == 2:
                stop.set()
            return BATCH

    lapsing = Behind(store, partitions=1)
    await lapsing.run(stop)

    assert lapsing.rounds == 2


async def test_it_goes_on_until_it_is_asked_to_stop(caught_up: Worker, store: PostgresStore) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(Lapsing(store, partitions=1).run(stop))
    id_ = await ask(store)
    async with asyncio.timeout(120):
        while "consent_deemed" not in await told(store, id_):  # noqa: ASYNC110 -- the database sets no event
            await asyncio.sleep(0.05)
        stop.set()
        await running
