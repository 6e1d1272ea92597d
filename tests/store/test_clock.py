"""The suite's time: the same in every process, and movable only where it was said so at the start."""

import threading
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from typer.testing import CliRunner

from services.adapters.postgres.advance import ClockGoesForward, ClockStandsStill, DemoClock, NotSettled
from services.adapters.postgres.clock import RESAMPLE_SECONDS, PostgresClock
from services.adapters.postgres.pool import connect
from services.adapters.postgres.store import PostgresStore
from services.entrypoints.cli import build
from services.entrypoints.migrate import let_clock_move
from tests.parts import Database
from tests.store.tally import NEW, append

DAY = timedelta(days=1)


@pytest.fixture
async def clock(database: Database) -> AsyncIterator[PostgresClock]:
    """A process's clock."""
    async with await connect(database.dsn("inspection"), "inspection") as pool:
        yield PostgresClock(pool)


@pytest.fixture
def demo(database: Database) -> Iterator[DemoClock]:
    """The administrator's hand on a clock that may be moved."""
    let_clock_move(database.admin_dsn, movable=True)
    moved = DemoClock(database.admin_dsn)
    yield moved
    moved.close()


@pytest.fixture
def impatient(demo: DemoClock, database: Database) -> Iterator[DemoClock]:
    """One that soon says what it waits for."""
    moved = DemoClock(database.admin_dsn, patience=0.3)
    yield moved
    moved.close()


def database_time(database: Database) -> datetime:
    """The suite's time as the database tells it."""
    ((moment,),) = database.execute("select suite.now()")
    assert isinstance(moment, datetime)
    return moment


class CountedPool:
    """Answers as the database does, and counts."""

    def __init__(self, *, movable: bool) -> None:
        self.asked = 0
        self._movable = movable

    async def fetchrow(self, _statement: str) -> dict[str, object]:
        self.asked += 1
        return {"moment": datetime.now(UTC), "movable": self._movable}


async def test_it_tells_the_database_s_time(database: Database, clock: PostgresClock) -> None:
    """As near as the answer was quick: when within the asking the database looked, nobody knows."""
    before, asked = database_time(database), monotonic()
    told = await clock.now()
    unknown = timedelta(seconds=monotonic() - asked)
    assert before - unknown < told < database_time(database) + unknown


async def test_it_goes_on_between_two_looks_at_the_database(clock: PostgresClock) -> None:
    first = await clock.now()
    assert first < await clock.now()


@pytest.mark.parametrize(("movable", "asked"), [(False, 1), (True, 3)])
async def test_the_database_is_asked_each_time_only_where_the_clock_may_be_moved(movable: bool, asked: int) -> None:
    pool = CountedPool(movable=movable)
    clock = PostgresClock(pool)  # type: ignore[arg-type]  # all of a pool that it uses
    for _ in range(3):
        await clock.now()
    assert pool.asked == asked


async def test_it_looks_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = CountedPool(movable=False)
    clock = PostgresClock(pool)  # type: ignore[arg-type]  # all of a pool that it uses
    await clock.now()
    later = monotonic() + RESAMPLE_SECONDS + 1
    monkeypatch.setattr("services.adapters.postgres.clock.monotonic", lambda: later)
    await clock.now()
    assert pool.asked == 2


async def test_after_it_was_moved_every_process_tells_the_new_time(
    database: Database, clock: PostgresClock, demo: DemoClock
) -> None:
    await clock.now()
    target = demo.now() + 40 * DAY
    demo.advance(target)
    assert target <= await clock.now() < target + timedelta(minutes=5)
    async with await connect(database.dsn("notifier"), "notifier") as pool:
        assert target <= await PostgresClock(pool).now() < target + timedelta(minutes=5)


def test_without_the_demo_clock_it_cannot_be_moved(database: Database) -> None:
    let_clock_move(database.admin_dsn, movable=False)
    still = DemoClock(database.admin_dsn)
    before = database_time(database)
    with pytest.raises(ClockStandsStill):
        still.advance(before + DAY)
    still.close()
    assert database_time(database) < before + timedelta(minutes=5)


def test_no_context_can_move_it(database: Database) -> None:
    with (
        psycopg.connect(database.dsn("inspection")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("update suite.clock set \"offset\" = '1 day'")


def test_it_is_never_set_back(demo: DemoClock) -> None:
    demo.advance(demo.now() + DAY)
    with pytest.raises(ClockGoesForward):
        demo.advance(demo.now() - timedelta(hours=1))


def test_it_stops_at_everything_that_falls_due_on_the_way(database: Database, demo: DemoClock) -> None:
    start = demo.now()
    dues = [start + days * DAY for days in (1, 2, 5)]
    database.execute("create table inspection.due (at timestamptz, done boolean default false)")
    for due in dues:
        database.execute("insert into inspection.due values (%s)", due)
    database.execute(
        "create function inspection.next_due() returns timestamptz language sql as"
        " 'select min(at) from inspection.due where not done'"
    )
    stops: list[datetime] = []
    at_stop: list[int] = []
    over = threading.Event()

    def do_what_falls_due() -> None:
        while not over.is_set():
            database.execute("update inspection.due set done = true where at <= suite.now()")

    def reached(moment: datetime) -> None:
        stops.append(moment)
        ((done,),) = database.execute("select count(*) from inspection.due where done")
        assert isinstance(done, int)
        at_stop.append(done)

    worker = threading.Thread(target=do_what_falls_due)
    worker.start()
    try:
        demo.advance(start + 4 * DAY, reached=reached)
    finally:
        over.set()
        worker.join()
    assert stops == [*dues[:2], start + 4 * DAY]
    assert at_stop == [1, 2, 2]


def test_it_waits_until_every_worker_has_applied_everything(
    database: Database, demo: DemoClock, impatient: DemoClock
) -> None:
    database.execute(
        "insert into discipline.applied_watermarks values ('discipline-worker', 'inspection.restricted', 0, %s)",
        demo.now(),
    )
    with pytest.raises(NotSettled) as stuck:
        impatient.advance(demo.now() + DAY)
    assert "discipline-worker inspection.restricted" in str(stuck.value.unsettled)
    database.execute("update discipline.applied_watermarks set through = suite.now() + interval '9 days'")
    demo.advance(demo.now() + DAY)


def park(database: Database, offset: int, state: str) -> None:
    database.execute(
        "insert into notifier.parked (consumer, topic, partition, message_offset, key, headers, state)"
        " values ('notifier-worker', 'discipline.restricted', 0, %s, 'key', '[]', %s)",
        offset,
        state,
    )


def test_it_waits_for_a_message_that_waits_for_its_turn(database: Database, impatient: DemoClock) -> None:
    """The watermark has passed it: what it waits for comes from where its key was before partitions were raised."""
    park(database, 1, "waiting")
    with pytest.raises(NotSettled) as stuck:
        impatient.settle()
    assert stuck.value.unsettled == ("notifier-worker discipline.restricted: 1 wait for their turn",)


@pytest.mark.parametrize("state", ["failed", "dead"])
def test_it_does_not_wait_for_what_an_operator_has_to_mend(state: str, database: Database, demo: DemoClock) -> None:
    park(database, 1, state)
    park(database, 2, "waiting")
    demo.settle()


def test_it_waits_for_what_a_context_says_is_on_its_way(database: Database, impatient: DemoClock) -> None:
    database.execute(
        "create or replace function notifier.unsettled() returns text language sql as $$ select '3 deliveries'::text $$"
    )
    with pytest.raises(NotSettled) as stuck:
        impatient.settle()
    assert stuck.value.unsettled == ("3 deliveries",)


def test_what_came_of_what_it_waited_for_has_to_settle_too(database: Database, demo: DemoClock) -> None:
    """A worker records an event while everybody is waited for: then all are waited for once more."""
    database.execute("create table discipline.looked (at timestamptz)")
    database.execute(
        "create function discipline.unsettled() returns text language plpgsql as $$ begin"
        " if not exists (select from discipline.looked) then"
        "  insert into discipline.events (event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash)"
        "  values (gen_random_uuid(), 's', 1, 't', '{}', '{}', now(), now(), sha256('')); end if;"
        " insert into discipline.looked values (now()); return null; end $$"
    )
    demo.settle()
    assert database.execute("select count(*) from discipline.looked") == [(2,)]


def test_on_an_empty_suite_it_begins_when_it_was_told(database: Database) -> None:
    begins = datetime(2025, 3, 3, 1, tzinfo=UTC)
    let_clock_move(database.admin_dsn, movable=True, begins=begins)
    assert begins <= database_time(database) < begins + timedelta(minutes=5)


async def test_where_something_was_recorded_it_goes_on_from_where_it_was(database: Database) -> None:
    store = await PostgresStore.open(database.dsn("inspection"), "inspection")
    await store.append(append(uuid.uuid4(), NEW, 1)[0])
    await store.close()
    before = database_time(database)
    let_clock_move(database.admin_dsn, movable=True, begins=before - 300 * DAY)
    assert database_time(database) > before


@pytest.fixture
def environment(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a command finds this database."""
    (tmp_path / "database-admin").write_text(database.server.password)
    monkeypatch.setenv("KYCUONG_SECRETS", str(tmp_path))
    address = f"postgresql:///{database.name}?host={database.server.socket_folder}&port={database.server.port}"
    monkeypatch.setenv("KYCUONG_DATABASE", address)
    monkeypatch.setenv("KYCUONG_LANGUAGE", "en")


@pytest.mark.usefixtures("environment")
def test_the_command_moves_it_and_says_where_it_stopped(database: Database, demo: DemoClock) -> None:
    before = demo.now()
    done = CliRunner().invoke(build(["clock"]), ["clock", "advance", "--days", "3"])
    assert done.exit_code == 0
    assert datetime.fromisoformat(done.stdout.strip()) >= (before + 3 * DAY).replace(microsecond=0)
    shown = CliRunner().invoke(build(["clock"]), ["clock", "show"])
    assert datetime.fromisoformat(shown.stdout.strip()) >= datetime.fromisoformat(done.stdout.strip())


@pytest.mark.usefixtures("environment")
def test_the_command_says_that_the_clock_stands_still(database: Database) -> None:
    let_clock_move(database.admin_dsn, movable=False)
    done = CliRunner().invoke(build(["clock"]), ["clock", "advance", "--days", "3"])
    assert done.exit_code == 1
    assert "--demo-clock" in done.stderr
