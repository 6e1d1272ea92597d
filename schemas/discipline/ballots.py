"""Events of a secret ballot: who took part and what was counted. What somebody chose stands in none of them.

The roll comes first: each who is there takes a ballot paper under his name, a blind signature (RFC 9474) over a token
that his own computer made and that nobody else has seen. When the roll is closed the box opens, and ballots are put in
under those tokens, without a name. Between the two nothing passes, neither here nor in any table
(docs/decisions/0010-secret-ballot.md).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import MAX_EXACT_INTEGER, Contract, Event, Moment, Number, Sha256, Slug
from schemas.discipline.boards import PublicKey, StatedNumber
from schemas.values import DocumentRef

Tally = Annotated[int, Field(strict=True, ge=0, le=MAX_EXACT_INTEGER)]
"""Counts from 0."""


class BallotBody(StrEnum):
    """Who votes."""

    MEETING = "meeting"
    """The review meeting (cuộc họp kiểm điểm)."""
    BOARD = "board"
    """The board (hội đồng kỷ luật), in one of its sittings."""


class VoidGround(StrEnum):
    """Why a ballot does not count."""

    DECLARED = "declared"
    """Chair or secretary declared it void, with reasons."""
    TOO_FEW_BALLOTS = "too_few_ballots"
    """So few ballots were in the box that counting them would have told who chose what; nobody counted them."""


class ChoiceCount(Contract):
    """How many chose it."""

    choice: Annotated[Slug, Field(description="A choice of the ballot.")]
    ballots: Annotated[Tally, Field(description="How many ballots name it.")]


class BallotEvent(Event):
    """Something that happened to a ballot."""

    topic: ClassVar[str] = "discipline.reviews"
    ballot_id: Annotated[UUID, Field(description="The ballot; also the key on Kafka.")]


class BallotCalled(BallotEvent):
    """A vote was called: the roll is open."""

    type: Literal["discipline.ballot_called.v1"] = "discipline.ballot_called.v1"
    review_id: Annotated[UUID, Field(description="The review that is voted on.")]
    body: Annotated[BallotBody, Field(description="Who votes.")]
    board_id: Annotated[UUID | None, Field(description="The board; none for a review meeting.")]
    chair: Annotated[UUID, Field(description="Who presides.")]
    secretary: Annotated[UUID, Field(description="Who keeps the minutes.")]
    voters: Annotated[tuple[UUID, ...], Field(min_length=1, description="Who may vote.")]
    quorum: Annotated[StatedNumber, Field(description="How many must take part, and what states it.")]
    choices: Annotated[tuple[Slug, ...], Field(min_length=1, description="What can be chosen.")]
    key: Annotated[PublicKey, Field(description="The key that its ballot papers verify under; the same for everybody.")]
    called_by: Annotated[UUID, Field(description="Chair or secretary.")]


class BallotPaperIssued(BallotEvent):
    """A voter stands on the roll: his ballot paper was signed, blindly. He takes part."""

    type: Literal["discipline.ballot_paper_issued.v1"] = "discipline.ballot_paper_issued.v1"
    person_id: Annotated[UUID, Field(description="The voter.")]
    request_sha256: Annotated[
        Sha256,
        Field(description="SHA-256 of the blinded request: the same one is answered again. It fits every token alike."),
    ]


class BallotRollClosed(BallotEvent):
    """Nobody takes a paper any more; the box is open."""

    type: Literal["discipline.ballot_roll_closed.v1"] = "discipline.ballot_roll_closed.v1"
    box_until: Annotated[Moment, Field(description="Until when it stays open while ballots are missing.")]
    closed_by: Annotated[UUID, Field(description="Chair or secretary.")]


class BallotCounted(BallotEvent):
    """The box was closed and counted."""

    type: Literal["discipline.ballot_counted.v1"] = "discipline.ballot_counted.v1"
    took_part: Annotated[Number, Field(description="How many stood on the roll.")]
    totals: Annotated[tuple[ChoiceCount, ...], Field(description="Ballots for each choice, those without any too.")]
    blank: Annotated[Tally, Field(description="Ballots that choose nothing.")]
    invalid: Annotated[Tally, Field(description="Ballots that were spoilt on purpose.")]
    missing: Annotated[Tally, Field(description="Papers that never came into the box.")]
    counted_by: Annotated[UUID, Field(description="Chair or secretary.")]


class BallotVoided(BallotEvent):
    """The ballot does not count, and its box is never counted."""

    type: Literal["discipline.ballot_voided.v1"] = "discipline.ballot_voided.v1"
    ground: Annotated[VoidGround, Field(description="Why.")]
    reasons: Annotated[DocumentRef | None, Field(description="In words, where somebody declared it.")]
    voided_by: Annotated[UUID, Field(description="Chair or secretary.")]


class DissentRecorded(BallotEvent):
    """A voter has his differing opinion (ý kiến bảo lưu) put into the minutes, by name, because he wants it there."""

    type: Literal["discipline.dissent_recorded.v1"] = "discipline.dissent_recorded.v1"
    person_id: Annotated[UUID, Field(description="Whose opinion.")]
    opinion: Annotated[DocumentRef, Field(description="The opinion.")]


AnyBallotEvent = BallotCalled | BallotPaperIssued | BallotRollClosed | BallotCounted | BallotVoided | DissentRecorded
"""Secret ballots of boards and review meetings."""
