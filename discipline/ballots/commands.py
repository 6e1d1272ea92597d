"""What can be asked of a ballot. None of it carries a choice: ballots go into the box, and the box into the count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from schemas.discipline.ballots import BallotBody
    from schemas.discipline.boards import StatedNumber
    from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class Called:
    """What a body calls a vote with; whoever voted it decided that they may."""

    ballot_id: UUID
    review_id: UUID
    body: BallotBody
    board_id: UUID | None
    chair: UUID
    secretary: UUID
    voters: tuple[UUID, ...]
    quorum: StatedNumber
    choices: tuple[str, ...]
    key: str
    called_by: UUID


@dataclass(frozen=True, slots=True)
class CallBallot:
    """The roll opens."""

    called: Called


@dataclass(frozen=True, slots=True)
class TakePaper:
    """A voter asks for his ballot paper: a blind signature. The request tells nothing of the token in it."""

    by: UUID
    request_sha256: str


@dataclass(frozen=True, slots=True)
class CloseRoll:
    """Chair or secretary closes the roll; the box opens."""

    by: UUID
    at: datetime
    box_until: datetime


@dataclass(frozen=True, slots=True)
class Box:
    """What a closed box holds, without any order: how often each word was put in."""

    ballots: int
    totals: Mapping[str, int]
    """Choices, `BLANK` and `INVALID`."""


@dataclass(frozen=True, slots=True)
class CountBallots:
    """Chair or secretary has the box counted; it was closed before it was looked into."""

    by: UUID
    box: Box


@dataclass(frozen=True, slots=True)
class VoidBallot:
    """Chair or secretary declares it void, with reasons."""

    by: UUID
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class RecordDissent:
    """A voter has his opinion put into the minutes, by name."""

    by: UUID
    opinion: DocumentRef


Command: TypeAlias = CallBallot | TakePaper | CloseRoll | CountBallots | VoidBallot | RecordDissent
