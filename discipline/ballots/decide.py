"""What a command does to a ballot, or why not."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, assert_never

from discipline.ballots.commands import (
    CallBallot,
    CloseRoll,
    Command,
    CountBallots,
    RecordDissent,
    TakePaper,
    VoidBallot,
)
from discipline.ballots.outcome import BLANK, INVALID, SECRET_FROM, can_be_secret
from discipline.ballots.refusals import (
    BallotIsOver,
    BallotUnknown,
    BoxNotOpen,
    BoxUntilTooSoon,
    DissentAlreadyRecorded,
    MoreBallotsThanPapers,
    NotAVoter,
    NothingToDissentFrom,
    NotPresiding,
    PaperAlreadyTaken,
    RollBelowQuorum,
    RollNotOpen,
    TooFewToBeSecret,
)
from discipline.ballots.state import Ballot, BallotStatus, State
from discipline.boards.stated import named
from schemas.discipline.ballots import (
    AnyBallotEvent,
    BallotCalled,
    BallotCounted,
    BallotPaperIssued,
    BallotRollClosed,
    BallotVoided,
    ChoiceCount,
    DissentRecorded,
    VoidGround,
)
from schemas.refusal import Coded

if TYPE_CHECKING:
    from uuid import UUID

_STATUS = "ballot-status"
Events = tuple[AnyBallotEvent, ...]


def decide(command: Command, state: State) -> Events:
    """Return what happens. Raises the `Refusal` of the first rule that the command breaks."""
    if isinstance(command, CallBallot):
        return _called(command, state)
    if state is None:
        raise BallotUnknown
    match command:
        case TakePaper():
            return _paper(command, state)
        case CloseRoll():
            return (_roll_closed(command, state),)
        case CountBallots():
            return (_counted(command, state),)
        case VoidBallot():
            _presides(command.by, state)
            _going_on(state)
            return (_void(command.by, state, VoidGround.DECLARED, command),)
        case RecordDissent():
            return (_dissent(command, state),)
        case _:
            assert_never(command)


def _called(command: CallBallot, state: State) -> Events:
    """Once; the same call again changes nothing, so that one that was cut off can be finished by anybody."""
    called = command.called
    if state is not None:
        return ()
    can_be_secret(called.voters, called.choices)
    return (BallotCalled(**asdict(called) | {"quorum": called.quorum}),)


def _paper(command: TakePaper, state: Ballot) -> Events:
    """One paper a voter. The same request gets the same signature again, also after the roll was closed."""
    if command.by not in state.called.voters:
        raise NotAVoter
    known = state.papers.get(command.by)
    if known == command.request_sha256:
        _going_on(state)
        return ()
    if known is not None:
        raise PaperAlreadyTaken
    if state.status is not BallotStatus.ROLL:
        raise RollNotOpen(Coded(_STATUS, state.status))
    return (
        BallotPaperIssued(
            ballot_id=state.called.ballot_id, person_id=command.by, request_sha256=command.request_sha256
        ),
    )


def _roll_closed(command: CloseRoll, state: Ballot) -> BallotRollClosed:
    _presides(command.by, state)
    if state.status is not BallotStatus.ROLL:
        raise RollNotOpen(Coded(_STATUS, state.status))
    took_part, quorum = len(state.papers), state.called.quorum
    if took_part < quorum.number:
        raise RollBelowQuorum(took_part, quorum.number, *named(quorum))
    if took_part < SECRET_FROM:
        raise TooFewToBeSecret(took_part, SECRET_FROM)
    if command.box_until <= command.at:
        raise BoxUntilTooSoon
    return BallotRollClosed(ballot_id=state.called.ballot_id, box_until=command.box_until, closed_by=command.by)


def _counted(command: CountBallots, state: Ballot) -> BallotCounted | BallotVoided:
    """A box with so few ballots that counting them would tell who chose what is void, and nobody has counted it."""
    may_count(command.by, state)
    box, papers = command.box, len(state.papers)
    if box.ballots > papers:
        raise MoreBallotsThanPapers(box.ballots, papers)
    if box.ballots < SECRET_FROM:
        return _void(command.by, state, VoidGround.TOO_FEW_BALLOTS)
    return BallotCounted(
        ballot_id=state.called.ballot_id,
        took_part=papers,
        totals=tuple(ChoiceCount(choice=choice, ballots=box.totals.get(choice, 0)) for choice in state.called.choices),
        blank=box.totals.get(BLANK, 0),
        invalid=box.totals.get(INVALID, 0),
        missing=papers - box.ballots,
        counted_by=command.by,
    )


def _void(by: UUID, state: Ballot, ground: VoidGround, declared: VoidBallot | None = None) -> BallotVoided:
    reasons = None if declared is None else declared.reasons
    return BallotVoided(ballot_id=state.called.ballot_id, ground=ground, reasons=reasons, voided_by=by)


def _dissent(command: RecordDissent, state: Ballot) -> DissentRecorded:
    if command.by not in state.papers:
        raise NotAVoter
    if state.status is not BallotStatus.COUNTED:
        raise NothingToDissentFrom
    if command.by in state.dissents:
        raise DissentAlreadyRecorded(command.by)
    return DissentRecorded(ballot_id=state.called.ballot_id, person_id=command.by, opinion=command.opinion)


def may_count(by: UUID, state: Ballot) -> None:
    """Asked before the box is closed, which cannot be undone. Raises `NotPresiding`, `BoxNotOpen`."""
    _presides(by, state)
    if state.status is not BallotStatus.BOX:
        raise BoxNotOpen(Coded(_STATUS, state.status))


def _presides(by: UUID, state: Ballot) -> None:
    if by not in {state.called.chair, state.called.secretary}:
        raise NotPresiding


def _going_on(state: Ballot) -> None:
    if state.status in {BallotStatus.COUNTED, BallotStatus.VOID}:
        raise BallotIsOver(Coded(_STATUS, state.status))
