"""Before the board: summons, hearing, and the recommendation that its ballot counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.days import last_day, local_day
from discipline.law.rows import Rule
from discipline.reviews.incidents.refusals import DeferredNow
from discipline.reviews.procedure.commands import (
    BoardCommand,
    HoldHearing,
    RecordMissed,
    RecordReceipt,
    RecordRecommendation,
    Summon,
)
from discipline.reviews.procedure.refusals import (
    BallotDecidedBefore,
    BallotNotCounted,
    BallotNotOfReview,
    BoardCannotSit,
    BoardNotByRule,
    CollectiveEndsAtMeeting,
    HeardByEnough,
    HearingNotOnAgenda,
    HearingWithoutSubject,
    NoRowForAbsence,
    NotBeforeThisBoard,
    NotSummoned,
    SummonsAlreadyReceived,
    SummonsNotReceived,
    SummonsPending,
    SummonsReceivedTooLate,
    SummonsTooShort,
)
from discipline.reviews.procedure.steps import after, ahead, called_on_all, happened, most, received, told
from discipline.reviews.reckoning import term
from discipline.reviews.standing import keeps
from discipline.reviews.state import ReviewStatus
from discipline.steps import Step
from schemas.discipline.review_incidents import SkippedStep
from schemas.discipline.review_procedure import (
    MeetingOutcome,
    ReviewHearingHeld,
    ReviewRecommended,
    ReviewReferredToBoard,
    ReviewSubjectSummoned,
    ReviewSummonsMissed,
    ReviewSummonsReceived,
)
from schemas.refusal import Coded
from schemas.values import SubjectKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from discipline.reviews.procedure.commands import ReferToBoard
    from discipline.reviews.procedure.facts import BoardBefore
    from discipline.reviews.procedure.state import Summons
    from discipline.reviews.reckoning import Setting
    from discipline.reviews.state import Review
    from schemas.discipline.review_procedure import AnyProcedureEvent

COUNCIL = "council"
"""The row's word for the step before a board."""

NO_SANCTION = "no-sanction"
"""A ballot's word for a choice that is no form."""


def referred(command: ReferToBoard, state: Review) -> ReviewReferredToBoard:
    """A board that was established for it, and can sit, sits on it; never on a collective."""
    _met(state)
    if state.subject.kind is SubjectKind.COLLECTIVE:
        raise CollectiveEndsAtMeeting
    for row in command.law.active(Rule.REVIEW_STEPS, state.subject.kind, local_day(command.at)):
        if row.condition is None and isinstance(row.value, tuple) and COUNCIL not in row.value:
            raise BoardNotByRule(row.row_id)
    _sits_on(command.board, state)
    meeting = state.procedure.meeting
    return ReviewReferredToBoard(
        review_id=state.review_id,
        board_id=command.board.board_id,
        deviates=meeting is not None and meeting.recommendation is not MeetingOutcome.DISCIPLINE,
        decided_by=command.by.person_id,
        reasons=command.reasons,
    )


def _met(state: Review) -> None:
    """Where a row let the meeting fall away, the subject knows of it all the same before the board sits.

    Raises `ReviewNotOpen`, `StepNotNow`, `SubjectNotNotified`, `SubjectNotToldOfAll`.
    """
    if SkippedStep.MEETING not in state.incidents.skipped:
        after(state, ReviewStatus.MEETING_HELD)
    elif state.status is not ReviewStatus.MEETING_HELD:
        after(state, ReviewStatus.OPEN)
        told(state)


def decide(command: BoardCommand, state: Review) -> AnyProcedureEvent:
    """Return what happens before the board."""
    keeps(command.by, state, command.board)
    if isinstance(command, Summon) and state.status is ReviewStatus.HEARD:
        _heard_by_too_few(command, state)
    else:
        after(state, ReviewStatus.HEARD if isinstance(command, RecordRecommendation) else ReviewStatus.BEFORE_BOARD)
    if command.board.board_id != state.procedure.board_id:
        raise NotBeforeThisBoard(str(command.board.board_id))
    match command:
        case Summon():
            return _summoned(command, state)
        case RecordReceipt():
            return _received(command, state)
        case RecordMissed():
            return _missed(command, state)
        case HoldHearing():
            return _heard(command, state)
        case RecordRecommendation():
            return _recommended(command, state)
        case _:
            assert_never(command)


def _heard_by_too_few(command: Summon, state: Review) -> None:
    """It is heard again only where too few of those who heard it may still vote on it, and have not voted.

    Raises `BallotDecidedBefore`, `HeardByEnough`.
    """
    for before in command.voted:
        if before.came_to_a_choice:
            raise BallotDecidedBefore(str(before.ballot_id))
    board, heard_by = command.board, state.procedure.heard_by
    left = sum(who in heard_by for who in board.able)
    if left >= board.quorum:
        raise HeardByEnough(left, board.quorum, board.quorum_stated_by)


def _summoned(command: Summon, state: Review) -> ReviewSubjectSummoned:
    last = state.procedure.summons
    pending = last is not None and not last.missed and not state.procedure.called_anew
    if last is not None and pending and command.at <= last.hearing_at:
        raise SummonsPending(last.number)
    ahead(command.hearing_at, command.at)
    return ReviewSubjectSummoned(
        review_id=state.review_id,
        summons=1 if last is None else last.number + 1,
        hearing_at=command.hearing_at,
        document=command.document,
        summoned_by=command.by.person_id,
        summoned_on=local_day(command.at),
    )


def _received(command: RecordReceipt, state: Review) -> ReviewSummonsReceived:
    last = _summons(state)
    if last.received_at is not None:
        raise SummonsAlreadyReceived(last.number)
    received_on = received(command.received_at, command.setting.at, last.summoned_on)
    if command.received_at >= last.hearing_at:
        raise SummonsReceivedTooLate(last.hearing_at)
    _in_term(command.setting, state, received_on, last.hearing_at)
    return ReviewSummonsReceived(
        review_id=state.review_id,
        summons=last.number,
        received_at=command.received_at,
        proof=command.proof,
        recorded_by=command.by.person_id,
    )


def _in_term(setting: Setting, state: Review, received_on: date, hearing_at: datetime) -> None:
    """He has the row's days to prepare himself. Raises `SummonsTooShort`."""
    ahead_of = term(setting, state, Step.SUMMONS, received_on)
    if ahead_of is not None and hearing_at < ahead_of.ends_at:
        raise SummonsTooShort(ahead_of.rule_id, last_day(ahead_of.ends_at))


def _prepared(command: HoldHearing, state: Review) -> None:
    """However early the sitting is: who was summoned is not heard before the row's days are over."""
    last = state.procedure.summons
    if last is not None and last.received_at is not None and not last.missed:
        _in_term(command.setting, state, local_day(last.received_at), command.setting.at)


def _missed(command: RecordMissed, state: Review) -> ReviewSummonsMissed:
    """What defers the review is a good reason to stay away."""
    last = _summons(state)
    if last.received_at is None:
        raise SummonsNotReceived(last.number)
    happened(last.hearing_at, command.at)
    if state.incidents.deferred and not command.excused:
        raise DeferredNow
    return ReviewSummonsMissed(
        review_id=state.review_id,
        summons=last.number,
        excused=command.excused,
        circumstances=command.circumstances,
        recorded_by=command.by.person_id,
    )


def _heard(command: HoldHearing, state: Review) -> ReviewHearingHeld:
    """Who did not have to come may come all the same; without him only the row lets it go on."""
    board = command.board
    _sits_on(board, state)
    if board.sat and state.review_id not in board.agenda:
        raise HearingNotOnAgenda
    if len(board.sat) < board.quorum:
        raise BoardCannotSit(len(board.sat), board.quorum, board.quorum_stated_by)
    called_on_all(state)
    _prepared(command, state)
    absence = None if command.statement is not None else _absence(command, state)
    return ReviewHearingHeld(
        review_id=state.review_id,
        board_id=board.board_id,
        sat=board.sat,
        subject_present=command.statement is not None,
        statement=command.statement,
        absence_rule=absence,
        minutes=command.minutes,
        recorded_by=command.by.person_id,
    )


def _recommended(command: RecordRecommendation, state: Review) -> ReviewRecommended:
    ballot = command.ballot
    if ballot.review_id != state.review_id or ballot.board_id != state.procedure.board_id:
        raise BallotNotOfReview
    if not ballot.counted:
        raise BallotNotCounted
    for before in command.earlier:
        if before.came_to_a_choice:
            raise BallotDecidedBefore(str(before.ballot_id))
    return ReviewRecommended(
        review_id=state.review_id,
        board_id=command.board.board_id,
        ballot_id=ballot.ballot_id,
        choice=most(ballot.votes).choice,
        votes=ballot.votes,
        recorded_by=command.by.person_id,
    )


def _sits_on(board: BoardBefore, state: Review) -> None:
    if state.review_id not in board.review_ids:
        raise NotBeforeThisBoard(str(board.board_id))
    if len(board.able) < board.quorum:
        raise BoardCannotSit(len(board.able), board.quorum, board.quorum_stated_by)


def _summons(state: Review) -> Summons:
    """The one that waits for its answer. Raises `CalledBeforeItJoined`, `NotSummoned`."""
    called_on_all(state)
    last = state.procedure.summons
    if last is None or last.missed:
        raise NotSummoned
    return last


def _absence(command: HoldHearing, state: Review) -> str:
    """The row that lets it go on without the subject; while he is deferred, none does.

    Raises `DeferredNow`, `NoRowForAbsence`, `HearingWithoutSubject`.
    """
    if state.incidents.deferred:
        raise DeferredNow
    missed = state.procedure.unexcused
    rows = command.setting.law.active(Rule.MISSED_SUMMONS, state.subject.kind, command.setting.day)
    numbers = [(row.value, row.row_id) for row in rows if isinstance(row.value, int)]
    if not numbers:
        kind = state.subject.kind
        waiting = command.setting.law.waiting(Rule.MISSED_SUMMONS, kind, command.setting.day)
        raise NoRowForAbsence(Coded("subject-kind", kind), len(waiting), ", ".join(waiting))
    needed, rule_id = max(numbers)
    if missed < needed:
        raise HearingWithoutSubject(missed, needed, rule_id)
    return rule_id
