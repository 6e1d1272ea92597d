"""A view built anew from the events, beside the live one, while the suite goes on."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, cast

import asyncpg
import orjson
import pytest
from typer.testing import CliRunner

from services.adapters.postgres import projections
from services.adapters.postgres.projections import Rebuild, ViewInUse, ViewUnknown
from services.adapters.postgres.store import PostgresStore
from services.application.handler import Handler
from services.application.projections import VIEWS
from services.entrypoints.cli import build
from tests.parts import Database
from tests.store.tally import START, VIEW, VIEWED, Add, SettableClock, Tally, request

Admin: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Rows = dict[str, tuple[int, int, int]]


@pytest.fixture
async def admin(emptied: Database) -> AsyncIterator[Admin]:
    """The administrator's connection."""
    connection = await asyncpg.connect(emptied.admin_dsn, server_settings={"search_path": "inspection"})
    yield connection
    await connection.close()


async def add(store: PostgresStore, ids: list[uuid.UUID], count: int, seed: int = 1) -> None:
    """Carry out so many commands on these streams."""
    handler, chance = Handler(store, SettableClock()), random.Random(seed)
    for _ in range(count):
        id_ = chance.choice(ids)
        numbers = tuple(chance.randint(0, 9) for _ in range(chance.randint(1, 3)))
        await handler.handle(VIEWED, id_, Add(numbers, id_), request())


async def live(store: PostgresStore) -> Rows:
    """What the view shows."""
    rows = await store.pool.fetch(f"select id, count, total, version from {VIEW}")
    return {row["id"]: (row["count"], row["total"], row["version"]) for row in rows}


async def folded(store: PostgresStore, ids: list[uuid.UUID]) -> Rows:
    """What it should show."""
    handler, found = Handler(store, SettableClock()), {}
    for id_ in ids:
        loaded = await handler.load(VIEWED, VIEWED.stream(id_))
        assert isinstance(loaded.state, Tally)
        if loaded.version:
            found[str(id_)] = (loaded.state.count, loaded.state.total, loaded.version)
    return found


async def test_the_view_is_what_the_events_say(
    store: PostgresStore, admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where streams go over the borders of pages; rows that no event speaks of are gone."""
    monkeypatch.setattr(projections, "PAGE", 7)
    monkeypatch.setattr(projections, "_ROWS", 3)
    ids = [uuid.uuid4() for _ in range(20)]
    await add(store, ids, 60)
    before = await live(store)
    await admin.execute(f"update {VIEW} set total = -1; insert into {VIEW} values ('stray', 'stray', 1, 1, 1, now())")
    events = await Rebuild(admin, VIEWED, VIEW).run()
    assert await live(store) == before == await folded(store, ids)
    assert events == await admin.fetchval("select count(*) from events")


async def test_a_view_of_no_events_is_empty(store: PostgresStore, admin: Admin) -> None:
    await admin.execute(f"insert into {VIEW} values ('stray', 'stray', 1, 1, 1, now())")
    assert await Rebuild(admin, VIEWED, VIEW).run() == 0
    assert await live(store) == {}


async def test_streams_of_other_aggregates_are_left_alone(store: PostgresStore, admin: Admin) -> None:
    ids = [uuid.uuid4()]
    await add(store, ids, 3)
    for stream in ("tallyho-1", "tall-1", "zebra-1", "aardvark-1"):
        await admin.execute(
            "insert into events (event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash)"
            " values (gen_random_uuid(), $1, 1, 'no.such.v1', '{}', '{}', now(), now(), sha256(''))",
            stream,
        )
    await Rebuild(admin, VIEWED, VIEW).run()
    assert await live(store) == await folded(store, ids)


async def test_what_is_stored_meanwhile_is_in_it(
    store: PostgresStore, admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projections, "PAGE", 20)
    monkeypatch.setattr(projections, "_ROWS", 5)
    monkeypatch.setattr(projections, "_FEW", 3)
    ids = [uuid.uuid4() for _ in range(60)]
    await add(store, ids, 150)
    writing = asyncio.create_task(add(store, ids, 200, seed=2))
    await Rebuild(admin, VIEWED, VIEW).run()
    assert not writing.done()
    assert await live(store) != {}
    await writing
    assert await live(store) == await folded(store, ids)


@dataclass
class Between:
    """A connection on which somebody is quick just before and just after it is asked what has grown."""

    connection: Admin
    quick: list[Callable[[], Awaitable[None]]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    async def fetch(self, query: str, *arguments: object) -> list[Any]:
        around = [self.quick.pop(), self.quick.pop()] if query == projections._GROWN and self.quick else []
        for somebody in around[:1]:
            await somebody()
        rows: list[Any] = await self.connection.fetch(query, *arguments)
        for somebody in around[1:]:
            await somebody()
        return rows


async def test_what_is_stored_just_after_the_look_at_what_has_grown_is_in_it(
    store: PostgresStore, admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projections, "_FEW", 0)
    ids = [uuid.uuid4() for _ in range(3)]
    await add(store, ids[:1], 1)
    quick = Between(admin, [lambda: add(store, ids[1:2], 1), lambda: add(store, ids[2:], 1)])
    await Rebuild(cast("Admin", quick), VIEWED, VIEW).run()
    assert await live(store) == await folded(store, ids)


async def test_commands_go_on_writing_the_view_that_took_its_place(store: PostgresStore, admin: Admin) -> None:
    """With sessions that had prepared everything for the table that is gone."""
    ids = [uuid.uuid4() for _ in range(3)]
    await add(store, ids, 5)
    await live(store)
    await Rebuild(admin, VIEWED, VIEW).run()
    await add(store, ids, 5, seed=2)
    assert await live(store) == await folded(store, ids)


async def test_keys_and_indexes_are_what_they_were_and_have_their_names(store: PostgresStore, admin: Admin) -> None:
    await admin.execute(f"create index by_what_it_adds_up_to on {VIEW} (total desc) where count > 1")
    await admin.execute(f"create index twin_a on {VIEW} (total); create index twin_b on {VIEW} (total)")
    what = (
        "select indexname, regexp_replace(indexdef, '_new', '') from pg_indexes where tablename = $1 order by indexname"
    )
    before = await admin.fetch(what, VIEW)
    await Rebuild(admin, VIEWED, VIEW).run()
    assert await admin.fetch(what, VIEW) == before
    assert len(before) == 5


async def test_nothing_but_the_view_is_written_and_nobody_is_woken(store: PostgresStore, admin: Admin) -> None:
    ids = [uuid.uuid4() for _ in range(3)]
    await add(store, ids, 10)
    told: list[object] = []
    await admin.add_listener("inspection_events", lambda *notice: told.append(notice))
    before = await admin.fetch("select * from events order by position")
    await Rebuild(admin, VIEWED, VIEW).run()
    await admin.fetchval("select 1")
    assert await admin.fetch("select * from events order by position") == before
    assert told == []


async def test_what_a_killed_rebuild_left_is_no_hindrance(store: PostgresStore, admin: Admin) -> None:
    ids = [uuid.uuid4() for _ in range(3)]
    await add(store, ids, 10)
    await admin.execute("select begin_rebuild($1)", VIEW)
    await add(store, ids, 10, seed=2)
    await Rebuild(admin, VIEWED, VIEW).run()
    assert await live(store) == await folded(store, ids)
    assert await admin.fetchval("select count(*) from pg_class where relname like '%\\_new'") == 0
    assert await admin.fetchval("select count(*) from pg_proc where proname like 'upsert\\_%\\_new'") == 0


async def test_a_view_that_somebody_holds_on_to_stays_and_appends_go_on(store: PostgresStore, admin: Admin) -> None:
    ids = [uuid.uuid4()]
    await add(store, ids, 3)
    async with store.pool.acquire() as holder, holder.transaction():
        await holder.fetch(f"select * from {VIEW}")
        rebuilding = asyncio.create_task(Rebuild(admin, VIEWED, VIEW, tries=1).run())
        await add(store, ids, 3, seed=2)
        with pytest.raises(ViewInUse):
            await rebuilding
    assert await live(store) == await folded(store, ids)
    assert await admin.fetchval("select to_regclass($1)", f"{VIEW}_new") is None


async def test_a_view_that_the_aggregate_does_not_have_is_refused(admin: Admin) -> None:
    with pytest.raises(ViewUnknown):
        Rebuild(admin, VIEWED, "other_view")


def test_every_inline_view_of_the_suite_can_be_built_anew(database: Database) -> None:
    """Whatever is written by an upsert of its own is an inline view."""
    found = database.execute(
        "select n.nspname, substr(p.proname, 8) from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where p.proname like 'upsert\\_%%' order by 1, 2"
    )
    assert found == sorted((aggregate.context, view) for view, aggregate in VIEWS.items())


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_the_command_builds_a_view_anew(
    module_database: Database, view: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = module_database.server
    (tmp_path / "database-admin").write_text(server.password)
    monkeypatch.setenv("KYCUONG_SECRETS", str(tmp_path))
    address = f"postgresql:///{module_database.name}?host={server.socket_folder}&port={server.port}"
    monkeypatch.setenv("KYCUONG_DATABASE", address)
    monkeypatch.setenv("KYCUONG_LANGUAGE", "en")
    done = CliRunner().invoke(build(["projections"]), ["projections", "rebuild", view])
    assert (done.exit_code, done.stdout.strip()) == (0, f"The view {view} was built anew from 0 events.")


def test_the_command_names_the_views_that_there_are() -> None:
    done = CliRunner().invoke(build(["projections"]), ["projections", "rebuild", "no_view"])
    assert done.exit_code == 1
    assert all(view in done.stderr for view in VIEWS)


@pytest.mark.parametrize("rebuilt", [False, True], ids=["migrated", "rebuilt"])
async def test_a_row_that_does_not_name_a_column_leaves_it_or_its_default(
    store: PostgresStore, admin: Admin, *, rebuilt: bool
) -> None:
    """As a process of the release before writes it, which does not know the column."""
    await admin.execute(f"alter table {VIEW} add column colour text not null default 'red', add column note text")
    await admin.execute("select prepare_views()")
    if rebuilt:
        await admin.execute("select begin_rebuild($1)", VIEW)
        await admin.execute("select finish_rebuild($1)", VIEW)

    async def written(*rows: dict[str, object]) -> dict[str, tuple[object, ...]]:
        whole = [{"count": 1, "total": 1, "version": 1, "updated_at": START.isoformat(), **row} for row in rows]
        await store.pool.execute("select write_view($1, $2)", VIEW, orjson.dumps(whole).decode())
        found = await store.pool.fetch(f"select id, name, colour, note from {VIEW}")
        return {row["id"]: tuple(row)[1:] for row in found}

    assert await written({"id": "a", "name": "x"}) == {"a": ("x", "red", None)}
    assert await written({"id": "a", "name": "y", "colour": "blue", "note": "n"}) == {"a": ("y", "blue", "n")}
    assert await written({"id": "b", "name": "z"}, {"id": "a", "name": "w"}) == {
        "a": ("w", "blue", "n"),
        "b": ("z", "red", None),
    }
