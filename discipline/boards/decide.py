"""What a command does to a board, or why not."""

from __future__ import annotations

from typing import assert_never

from discipline.boards import composition, recusals, sittings
from discipline.boards.commands import (
    AddReview,
    AskRecusal,
    CallVote,
    CloseSitting,
    Command,
    ConveneSitting,
    DecideRecusal,
    DeclareConflict,
    EndReview,
    EndVote,
    EstablishBoard,
    FollowTakeOver,
    OpenSitting,
    ReplaceMember,
)
from discipline.boards.refusals import BoardHasEnded, BoardUnknown, VoteUnderWay
from discipline.boards.state import Board, State
from schemas.discipline.boards import (
    AnyBoardEvent,
    BoardDissolved,
    BoardReviewEnded,
    BoardTakenOver,
    BoardVoteEnded,
)

Events = tuple[AnyBoardEvent, ...]


def decide(command: Command, state: State) -> Events:
    """Return what happens. Raises the `Refusal` of the first rule that the command breaks."""
    if isinstance(command, EstablishBoard):
        return (composition.established(command, state),)
    if state is None:
        raise BoardUnknown
    if isinstance(command, EndVote):
        return _vote_ended(command, state)
    if isinstance(command, EndReview):
        return _review_ended(command, state)
    if isinstance(command, FollowTakeOver):
        return _taken_over(command, state)
    if state.dissolved:
        raise BoardHasEnded
    return _going_on(command, state)


def _going_on(command: Command, state: Board) -> Events:  # noqa: C901, PLR0911 -- a case a command
    match command:
        case AddReview():
            return (composition.review_added(command, state),)
        case ReplaceMember():
            return (composition.replaced(command, state),)
        case DeclareConflict():
            return recusals.declared(command, state)
        case AskRecusal():
            return (recusals.asked(command, state),)
        case DecideRecusal():
            return (recusals.decided(command, state),)
        case ConveneSitting():
            return (sittings.convened(command, state),)
        case OpenSitting():
            return (sittings.opened(command, state),)
        case CloseSitting():
            return (sittings.closed(command, state),)
        case CallVote():
            return (sittings.vote_called(command, state),)
        case EstablishBoard() | EndVote() | EndReview() | FollowTakeOver():
            raise AssertionError("decided before")
        case _:
            assert_never(command)


def _vote_ended(command: EndVote, state: Board) -> Events:
    """Total: whoever notices first that the ballot has ended says so, and once."""
    if state.vote != command.ballot_id:
        return ()
    return (BoardVoteEnded(board_id=state.board_id, ballot_id=command.ballot_id, counted=command.counted),)


def _taken_over(command: FollowTakeOver, state: Board) -> Events:
    """Total: a board whose authority is, or was never, competent for the review stays as it is."""
    post = state.authority_post
    if state.dissolved or command.review_id not in state.reviews or post == command.authority_post:
        return ()
    if post not in command.from_posts:
        return ()
    return (
        BoardTakenOver(
            board_id=state.board_id,
            review_id=command.review_id,
            from_post=post,
            authority_post=command.authority_post,
        ),
    )


def _review_ended(command: EndReview, state: Board) -> Events:
    """A ballot that goes on has to end first; with the last review the board ends. What ended before, ends once."""
    if state.dissolved or command.review_id not in state.reviews:
        return ()
    if state.vote is not None:
        raise VoteUnderWay(state.vote)
    ended = BoardReviewEnded(board_id=state.board_id, review_id=command.review_id)
    return (ended,) if len(state.reviews) > 1 else (ended, BoardDissolved(board_id=state.board_id))
