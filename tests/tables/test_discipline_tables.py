"""The discipline context's tables are what its migrations make, and take the rows of its views."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import asyncpg
import orjson
import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine

from services.adapters.tables.boards import BallotBox, BallotKey, BallotRow, BoardRow
from services.adapters.tables.consultations import ConsultationRow, DirectiveCopy
from services.adapters.tables.discipline import (
    ConfidentialRead,
    FindingPaperRow,
    FollowUpRow,
    ResponsibilityRow,
    ReviewRow,
)
from services.adapters.tables.successions import FollowUpAlert, SuccessionRow
from services.application.discipline.aggregates import (
    BALLOT,
    BOARD,
    CONSULTATION,
    FOLLOW_UP,
    RESPONSIBILITY,
    REVIEW,
    SUCCESSION,
)
from tests.discipline.board_samples import BALLOT as BALLOTS
from tests.discipline.board_samples import BOARD as BOARDS
from tests.discipline.board_samples import CALLED, ESTABLISHED, PAPERS, ROLL_CLOSED, SITTING
from tests.discipline.consultation_cases import ASKED as CONSULTATION_ASKED
from tests.discipline.consultation_cases import answered, deemed
from tests.discipline.samples import ASKED, CLAIMED, CONFIRMED, OPENED, VERIFIED, WORKING
from tests.discipline.samples import FOLLOW_UP as FOLLOW_UPS
from tests.discipline.samples import REVIEW as REVIEWS
from tests.discipline.test_ballots import counted
from tests.discipline.test_consultations import CONSULTATIONS
from tests.discipline.test_responsibility import ABOVE, AWAY, opened, raised
from tests.discipline.test_responsibility import RESPONSIBILITY as RESPONSIBILITIES
from tests.discipline.test_reviews import OPENED as REVIEW_OPENED
from tests.discipline.test_reviews import PROPOSED
from tests.discipline.test_successions import CARRIED_OUT, corrected, correcting
from tests.discipline.test_successions import PROPOSED as PLAN_PROPOSED
from tests.discipline.test_successions import SUCCESSION as SUCCESSIONS
from tests.specification import given

if TYPE_CHECKING:
    from sqlmodel import SQLModel

    from services.application.aggregate import Aggregate
    from tests.parts import Database

TABLES: list[type[SQLModel]] = [
    FollowUpRow,
    ResponsibilityRow,
    ReviewRow,
    SuccessionRow,
    ConsultationRow,
    DirectiveCopy,
    FindingPaperRow,
    FollowUpAlert,
    ConfidentialRead,
    BoardRow,
    BallotRow,
    BallotKey,
    BallotBox,
]
CORRECTED = corrected(correcting(singled=(("one", "tan-lap-head"),)))
NOW = datetime(2025, 3, 3, tzinfo=UTC)


def test_the_classes_say_what_the_migrations_make(database: Database) -> None:
    metadata = MetaData()
    for table in TABLES:
        table.metadata.tables[f"discipline.{table.__tablename__}"].to_metadata(metadata)
    engine = create_engine(database.admin_dsn.replace("postgresql://", "postgresql+psycopg://", 1))
    known = set(metadata.tables)
    with engine.connect() as connection:
        options = {
            "include_schemas": True,
            "compare_type": True,
            "include_object": lambda item, name, kind, *_: kind != "table" or f"{item.schema}.{name}" in known,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@pytest.mark.parametrize(
    ("aggregate", "state"),
    [
        (FOLLOW_UP, given(FOLLOW_UPS, OPENED).state),
        (FOLLOW_UP, given(FOLLOW_UPS, OPENED, ASKED).state),
        (FOLLOW_UP, given(FOLLOW_UPS, *WORKING, CONFIRMED, CLAIMED, VERIFIED).state),
        (RESPONSIBILITY, given(RESPONSIBILITIES, raised(AWAY), raised(ABOVE), opened(ABOVE)).state),
        (REVIEW, given(REVIEWS, PROPOSED).state),
        (REVIEW, given(REVIEWS, PROPOSED, REVIEW_OPENED).state),
        (CONSULTATION, given(CONSULTATIONS, CONSULTATION_ASKED).state),
        (CONSULTATION, given(CONSULTATIONS, CONSULTATION_ASKED, deemed(), answered(NOW)).state),
        (SUCCESSION, given(SUCCESSIONS, PLAN_PROPOSED).state),
        (SUCCESSION, given(SUCCESSIONS, PLAN_PROPOSED, CORRECTED, CARRIED_OUT).state),
        (BOARD, given(BOARDS, ESTABLISHED).state),
        (BOARD, given(BOARDS, *SITTING).state),
        (BALLOT, given(BALLOTS, CALLED).state),
        (BALLOT, given(BALLOTS, CALLED, *PAPERS, ROLL_CLOSED, counted(3, 2)).state),
    ],
)
async def test_a_row_is_kept_as_the_view_says_it(
    aggregate: Aggregate[Any, Any, Any], state: Any, database: Database
) -> None:
    (made,) = aggregate.rows(state, 3, NOW)
    (row,) = aggregate.views.values()
    fill = f"insert into {made.table} select * from jsonb_populate_record(null::{made.table}, $1) returning *"
    connection = await asyncpg.connect(database.dsn("discipline"))
    try:
        await connection.set_type_codec("jsonb", encoder=str, decoder=orjson.loads, schema="pg_catalog")
        (kept,) = await connection.fetch(fill, made.row.decode())
    finally:
        await connection.close()
    assert dict(kept) == {**row(state), "version": 3, "updated_at": NOW}


@pytest.mark.parametrize("rebuilt", [False, True], ids=["migrated", "rebuilt"])
async def test_a_row_of_the_version_before_leaves_what_it_does_not_know(database: Database, rebuilt: bool) -> None:
    if rebuilt:
        database.execute("select discipline.begin_rebuild('review_view')")
        database.execute("select discipline.finish_rebuild('review_view')")
    [made] = REVIEW.rows(given(REVIEWS, PROPOSED).state, 3, NOW)
    whole = orjson.loads(made.row)
    before = {name: value for name, value in whole.items() if name != "facts"}
    earlier = date.fromisoformat(whole["fact_date"]) - timedelta(days=30)
    connection = await asyncpg.connect(database.dsn("discipline"))
    try:

        async def written(row: dict[str, Any]) -> tuple[int, list[date]]:
            await connection.execute("select write_view('review_view', $1)", orjson.dumps([row]).decode())
            told = await connection.fetchrow("select version, facts from review_view where id = $1", whole["id"])
            assert told is not None
            return told["version"], told["facts"]

        assert await written(before) == (3, [])
        assert await written({**whole, "facts": [str(earlier)]}) == (3, [earlier])
        assert await written({**before, "version": 4}) == (4, [earlier])
    finally:
        await connection.close()


def test_who_read_what_is_only_ever_added_to(database: Database) -> None:
    with (
        psycopg.connect(database.dsn("discipline"), autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("delete from discipline.confidential_reads")
