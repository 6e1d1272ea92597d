"""The views of boards and ballots, and the two tables of a ballot. Quorum and conflicts stand in none of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Index, LargeBinary, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from services.adapters.tables.discipline import SCHEMA, UTC

IDS = ARRAY(Uuid)


class BoardColumns(SQLModel):
    """Who sits on a board and where it stands. Confidential."""

    id: UUID = Field(primary_key=True, description="The board.")
    matter_id: UUID = Field(description="The matter.")
    authority_post: str = Field(sa_type=Text, description="The post that established it.")
    reviews: list[UUID] = Field(sa_type=IDS, description="The reviews that it sits on and that go on.")
    subjects: list[UUID] = Field(sa_type=IDS, description="Their subjects.")
    persons: list[UUID] = Field(sa_type=IDS, description="Who has a seat.")
    seats: list[dict[str, Any]] = Field(sa_type=JSONB, description="The seats: person, post, role, vote.")
    size: dict[str, Any] = Field(sa_type=JSONB, description="How many vote, and the row or decision that says so.")
    quorum: dict[str, Any] = Field(sa_type=JSONB, description="How many must be there, and what says so.")
    recusals_asked: list[UUID] = Field(sa_type=IDS, description="On whom it is to be decided.")
    recused: list[UUID] = Field(sa_type=IDS, description="Who takes no part.")
    sittings: int = Field(description="How many sittings were convened.")
    sitting: int | None = Field(default=None, description="The one that is not closed.")
    vote: UUID | None = Field(default=None, description="The ballot that goes on.")
    dissolved: bool = Field(description="All its reviews are over.")
    version: int = Field(description="Version of its stream.")
    updated_at: datetime = Field(sa_type=UTC, description="When it last changed.")


class BoardRow(BoardColumns, table=True):
    """The inline view of boards."""

    __tablename__ = "board_view"
    __table_args__ = (
        Index("board_view_by_review", "reviews", postgresql_using="gin"),
        Index("board_view_by_person", "persons", postgresql_using="gin"),
        Index("board_view_by_authority", "authority_post", "id"),
        SCHEMA,
    )


class BallotColumns(SQLModel):
    """Who took part in a ballot and, once it is counted, what was counted. Confidential."""

    id: UUID = Field(primary_key=True, description="The ballot.")
    review_id: UUID = Field(description="The review that is voted on.")
    body: str = Field(sa_type=Text, description="board or meeting.")
    board_id: UUID | None = Field(default=None, description="The board; none for a meeting.")
    status: str = Field(sa_type=Text, description="roll, box, counted, void.")
    chair: UUID = Field(description="Who presides.")
    secretary: UUID = Field(description="Who keeps the minutes.")
    voters: list[UUID] = Field(sa_type=IDS, description="Who may vote, in the order of their ids.")
    took_part: list[UUID] = Field(sa_type=IDS, description="Who took a paper, in the order of their ids.")
    quorum: dict[str, Any] = Field(sa_type=JSONB, description="How many must take part, and what says so.")
    choices: list[str] = Field(sa_type=ARRAY(Text), description="What can be chosen, besides blank and invalid.")
    key: str = Field(sa_type=Text, description="Its papers verify under this key; compare it with the others' screens.")
    box_until: datetime | None = Field(
        default=None, sa_type=UTC, description="Until when the box stays open while ballots are missing."
    )
    totals: dict[str, int] | None = Field(default=None, sa_type=JSONB, description="Ballots by choice, once counted.")
    blank: int | None = Field(default=None, description="Ballots that choose nothing, once counted.")
    invalid: int | None = Field(default=None, description="Ballots spoilt on purpose, once counted.")
    missing: int | None = Field(default=None, description="Papers that never came into the box, once counted.")
    gives_away: str | None = Field(
        default=None, sa_type=Text, description="What the count alone tells: unanimous, all_but_one."
    )
    dissents: list[UUID] = Field(sa_type=IDS, description="Whose opinion stands in the minutes.")
    version: int = Field(description="Version of its stream.")
    updated_at: datetime = Field(sa_type=UTC, description="When it last changed.")


class BallotRow(BallotColumns, table=True):
    """The inline view of ballots."""

    __tablename__ = "ballot_view"
    __table_args__ = (Index("ballot_view_by_review", "review_id", "id"), SCHEMA)


class BallotKey(SQLModel, table=True):
    """The key that signs a ballot's papers, sealed; gone when the ballot is over."""

    __tablename__ = "ballot_keys"
    __table_args__ = (SCHEMA,)

    ballot_id: UUID = Field(primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)


class BallotBox(SQLModel, table=True):
    """A box, sealed. No time, no order, no number of ballots."""

    __tablename__ = "ballot_boxes"
    __table_args__ = (SCHEMA,)

    ballot_id: UUID = Field(primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)
    closed: bool = Field(sa_type=Boolean, sa_column_kwargs={"server_default": text("false")})
