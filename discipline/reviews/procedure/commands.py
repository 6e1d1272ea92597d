"""What can be asked of a review between its opening and the board's recommendation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from discipline.law.rows import LawTable
    from discipline.reviews.procedure.facts import BallotResult, BoardBefore
    from discipline.reviews.reckoning import Setting
    from discipline.standing import Person
    from schemas.discipline.review_procedure import MeetingOutcome, MeetingVotes
    from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class AppointSecretary:
    """The authority names who keeps the file."""

    by: Person
    secretary: Person


@dataclass(frozen=True, slots=True)
class NotifySubject:
    """Whoever keeps the file records that the subject received the decision to review."""

    by: Person
    setting: Setting
    received_at: datetime
    notice: DocumentRef
    proof: DocumentRef
    until: date | None
    """Last day for the self-review, where no row sets its term."""


@dataclass(frozen=True, slots=True)
class SubmitSelfReview:
    """The subject hands in his self-review."""

    by: Person
    at: datetime
    statement: DocumentRef


@dataclass(frozen=True, slots=True)
class ConveneMeeting:
    """Whoever keeps the file calls the review meeting."""

    by: Person
    at: datetime
    held_at: datetime
    chair: Person
    must_attend: tuple[UUID, ...]
    """Besides the chair."""
    agenda: DocumentRef


@dataclass(frozen=True, slots=True)
class HoldMeeting:
    """Whoever keeps the file records the meeting."""

    by: Person
    at: datetime
    attended: tuple[UUID, ...]
    subject_present: bool
    votes: tuple[MeetingVotes, ...]
    minutes: DocumentRef


@dataclass(frozen=True, slots=True)
class EndAtMeeting:
    """The authority ends it without a disciplinary form."""

    by: Person
    outcome: MeetingOutcome
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class ReferToBoard:
    """The authority brings it before a board."""

    by: Person
    at: datetime
    board: BoardBefore
    reasons: DocumentRef
    law: LawTable


@dataclass(frozen=True, slots=True)
class Summon:
    """Whoever keeps the file summons the subject to the hearing."""

    by: Person
    at: datetime
    board: BoardBefore
    hearing_at: datetime
    document: DocumentRef
    voted: tuple[BallotResult, ...]
    """What the board voted on it since it was heard."""


@dataclass(frozen=True, slots=True)
class RecordReceipt:
    """Whoever keeps the file records that the summons was received."""

    by: Person
    setting: Setting
    board: BoardBefore
    received_at: datetime
    proof: DocumentRef


@dataclass(frozen=True, slots=True)
class RecordMissed:
    """Whoever keeps the file records that the subject did not appear."""

    by: Person
    at: datetime
    board: BoardBefore
    excused: bool
    circumstances: DocumentRef


@dataclass(frozen=True, slots=True)
class HoldHearing:
    """Whoever keeps the file records the hearing."""

    by: Person
    setting: Setting
    board: BoardBefore
    statement: DocumentRef | None
    """What the subject stated; none where he did not appear."""
    minutes: DocumentRef


@dataclass(frozen=True, slots=True)
class RecordRecommendation:
    """Whoever keeps the file records what the board's ballot counted."""

    by: Person
    board: BoardBefore
    ballot: BallotResult
    earlier: tuple[BallotResult, ...]
    """What the board voted on it before that ballot."""


BoardCommand: TypeAlias = Summon | RecordReceipt | RecordMissed | HoldHearing | RecordRecommendation
ProcedureCommand: TypeAlias = (
    AppointSecretary
    | NotifySubject
    | SubmitSelfReview
    | ConveneMeeting
    | HoldMeeting
    | EndAtMeeting
    | ReferToBoard
    | BoardCommand
)
