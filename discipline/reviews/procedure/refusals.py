"""Why a step of the procedure is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from schemas.refusal import Coded, Refusal

if TYPE_CHECKING:
    from datetime import date, datetime


def stands(status: str) -> Coded:
    """Where a review stands, as a fact of a refusal."""
    return Coded("review-status", status)


@dataclass(unsafe_hash=True)
class NotKeeperOfFile(Refusal):
    """Only the secretary of the review, the board's chair and secretary, or the competent authority keep the file."""


@dataclass(unsafe_hash=True)
class SecretaryConcerned(Refusal):
    """Whom the review concerns does not keep its file."""

    field: ClassVar[str | None] = "person_id"


@dataclass(unsafe_hash=True)
class NotTheSubject(Refusal):
    """Only the subject himself, or the head for the collective, hands in the self-review."""


@dataclass(unsafe_hash=True)
class StepNotNow(Refusal):
    """The step does not follow on where the review stands."""

    status: Coded
    after: Coded
    """Where it would have to stand."""


@dataclass(unsafe_hash=True)
class AlreadyNotified(Refusal):
    """The subject has been notified."""


@dataclass(unsafe_hash=True)
class SubjectNotNotified(Refusal):
    """Nothing goes on before the subject has received the decision to review."""


@dataclass(unsafe_hash=True)
class SubjectNotToldOfAll(Refusal):
    """Something joined what the review rests on after he was notified: he is told of it first."""

    since: date


@dataclass(unsafe_hash=True)
class CalledBeforeItJoined(Refusal):
    """Something joined what the review rests on after this was called: it is called again, and he answers for all."""


@dataclass(unsafe_hash=True)
class MomentNotReached(Refusal):
    """What has not happened yet is not recorded."""

    at: datetime


@dataclass(unsafe_hash=True)
class ReceivedBeforehand(Refusal):
    """Nothing is received before it was there to be received."""

    field: ClassVar[str | None] = "received_at"
    received_on: date
    earliest: date


@dataclass(unsafe_hash=True)
class MomentPassed(Refusal):
    """What is planned lies ahead."""

    at: datetime


@dataclass(unsafe_hash=True)
class SelfReviewAlreadySubmitted(Refusal):
    """There is one self-review."""


@dataclass(unsafe_hash=True)
class SelfReviewDayMissing(Refusal):
    """No active row sets the term, so the notice names the last day."""

    field: ClassVar[str | None] = "self_review_until"


@dataclass(unsafe_hash=True)
class SelfReviewByRow(Refusal):
    """The row sets the term, and the notice names another day."""

    field: ClassVar[str | None] = "self_review_until"
    rule_id: str
    last_day: date


@dataclass(unsafe_hash=True)
class SelfReviewStillDue(Refusal):
    """The meeting waits for the self-review until its deadline."""

    until: datetime


@dataclass(unsafe_hash=True)
class MeetingNotConvened(Refusal):
    """No meeting was called."""


@dataclass(unsafe_hash=True)
class MeetingChairConcerned(Refusal):
    """Whom the review concerns does not preside."""

    field: ClassVar[str | None] = "chair"


@dataclass(unsafe_hash=True)
class MeetingChairAbsent(Refusal):
    """A meeting without its chair is none."""

    field: ClassVar[str | None] = "attended"


@dataclass(unsafe_hash=True)
class AttendedUncalled(Refusal):
    """Somebody is named who did not have to attend; the subject attends as such and has no vote."""

    field: ClassVar[str | None] = "attended"
    person_id: str


@dataclass(unsafe_hash=True)
class VotesBeyondAttendance(Refusal):
    """There are no votes, or more than people who could cast one."""

    field: ClassVar[str | None] = "votes"
    votes: int
    attended: int


@dataclass(unsafe_hash=True)
class VotesTied(Refusal):
    """Two choices have the most votes: it is voted on again."""

    field: ClassVar[str | None] = "votes"
    votes: int


@dataclass(unsafe_hash=True)
class CollectiveEndsAtMeeting(Refusal):
    """A collective's review ends at the meeting: no board, no disciplinary form."""


@dataclass(unsafe_hash=True)
class MeetingGivesNoForm(Refusal):
    """A review does not end at the meeting with discipline: that takes a decision."""

    field: ClassVar[str | None] = "outcome"


@dataclass(unsafe_hash=True)
class BoardNotByRule(Refusal):
    """The row's steps know no board for this subject."""

    rule_id: str


@dataclass(unsafe_hash=True)
class NotBeforeThisBoard(Refusal):
    """The board was not established for this review, or is dissolved."""

    field: ClassVar[str | None] = "board_id"
    board_id: str


@dataclass(unsafe_hash=True)
class BoardCannotSit(Refusal):
    """Too few members are there, or are left at all."""

    present: int
    quorum: int
    rule_id: str
    """What states the quorum."""


@dataclass(unsafe_hash=True)
class HeardByEnough(Refusal):
    """It is not heard again while enough of those who heard it may vote."""

    able: int
    quorum: int
    rule_id: str
    """What states the quorum."""


@dataclass(unsafe_hash=True)
class SummonsPending(Refusal):
    """The last summons has not been answered yet."""

    summons: int


@dataclass(unsafe_hash=True)
class NotSummoned(Refusal):
    """There is no summons that this could be about."""


@dataclass(unsafe_hash=True)
class SummonsAlreadyReceived(Refusal):
    """Its receipt stands in the file."""

    summons: int


@dataclass(unsafe_hash=True)
class SummonsNotReceived(Refusal):
    """Without proof of receipt nobody has missed anything."""

    summons: int


@dataclass(unsafe_hash=True)
class SummonsReceivedTooLate(Refusal):
    """It was received when the hearing was over: he is summoned again."""

    field: ClassVar[str | None] = "received_at"
    hearing_at: datetime


@dataclass(unsafe_hash=True)
class SummonsTooShort(Refusal):
    """The row gives him more time between receipt and hearing: he is summoned again."""

    field: ClassVar[str | None] = "received_at"
    rule_id: str
    last_day: date


@dataclass(unsafe_hash=True)
class HearingWithoutSubject(Refusal):
    """The row lets it go on without him only after so many missed summonses."""

    missed: int
    needed: int
    rule_id: str


@dataclass(unsafe_hash=True)
class NoRowForAbsence(Refusal):
    """No active row lets the hearing go on without the subject."""

    subject_kind: Coded
    waiting: int
    """How many rows would, were an administrator to activate one."""
    rule_ids: str
    """Those rows."""


@dataclass(unsafe_hash=True)
class BallotNotOfReview(Refusal):
    """The ballot is about another review, or of another board."""

    field: ClassVar[str | None] = "ballot_id"


@dataclass(unsafe_hash=True)
class HearingNotOnAgenda(Refusal):
    """A hearing belongs to the agenda of the sitting that is open."""


@dataclass(unsafe_hash=True)
class BallotDecidedBefore(Refusal):
    """An earlier ballot of the board on this review came to a choice: nobody votes until the outcome pleases."""

    field: ClassVar[str | None] = "ballot_id"
    ballot_id: str


@dataclass(unsafe_hash=True)
class BallotNotCounted(Refusal):
    """It is still open, void, or had no quorum."""

    field: ClassVar[str | None] = "ballot_id"
