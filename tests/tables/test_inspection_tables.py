"""The inspection context's tables are what its migrations make, and take the rows of its views."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine

from inspection.directives import view as directives
from inspection.directives.state import Directive
from inspection.findings import view as findings
from inspection.inspections import view as inspections
from inspection.inspections.state import Inspection, InspectionStatus, Team
from schemas.inspection.inspections import InspectionForm, LegalKind
from services.adapters.tables.inspection import DirectiveView, FindingProgress, FindingView, InspectionView
from services.application.aggregate import Aggregate
from tests.inspection.directive_packs import DIRECTIVE, PACK
from tests.inspection.sample_findings import FINDINGS, drafted, submitted
from tests.specification import given

if TYPE_CHECKING:
    from sqlmodel import SQLModel

    from tests.parts import Database

TABLES: list[type[SQLModel]] = [FindingView, InspectionView, DirectiveView, FindingProgress]
NOW = datetime(2025, 3, 3, tzinfo=UTC)


def test_the_classes_say_what_the_migrations_make(database: Database) -> None:
    metadata = MetaData()
    for table in TABLES:
        table.metadata.tables[f"inspection.{table.__tablename__}"].to_metadata(metadata)
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


inspection = Inspection(
    inspection_id=UUID(int=1),
    status=InspectionStatus.OPENED,
    legal_kind=LegalKind.KIEM_TRA,
    form=InspectionForm.SURPRISE,
    directive_id=DIRECTIVE,
    agency_ids=("xa-tan-lap",),
    from_day=date(2025, 3, 3),
    to_day=date(2025, 3, 28),
    planned_by=UUID(int=2),
    team=Team(UUID(int=3), (UUID(int=4), UUID(int=5))),
    opened_on=date(2025, 3, 3),
)


@pytest.mark.parametrize(
    ("table", "row", "state"),
    [
        (FindingView, findings.row, given(FINDINGS, drafted(None)).state),
        (FindingView, findings.row, given(FINDINGS, submitted()).state),
        (InspectionView, inspections.row, inspection),
        (DirectiveView, directives.row, Directive(DIRECTIVE, ((date(2014, 12, 31), PACK),))),
    ],
)
async def test_a_row_is_kept_as_the_view_says_it(
    table: type[SQLModel], row: Any, state: Any, database: Database
) -> None:
    name = str(table.__tablename__)
    aggregate: Aggregate[Any, Any, Any] = Aggregate("inspection", "x", state, list, list, views={name: row})  # type: ignore[arg-type]  # only its rows are asked for
    (made,) = aggregate.rows(state, 3, NOW)
    fill = f"insert into {name} select * from jsonb_populate_record(null::{name}, $1) returning *"
    connection = await asyncpg.connect(database.dsn("inspection"))
    try:
        (kept,) = await connection.fetch(fill, made.row.decode())
    finally:
        await connection.close()
    said = {**row(state), "version": 3, "updated_at": NOW}
    assert dict(kept) == {column: list(value) if isinstance(value, tuple) else value for column, value in said.items()}
