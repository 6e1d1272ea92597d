"""Sittings and the votes that are called in them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from discipline.ballots.outcome import can_be_secret
from discipline.boards.refusals import (
    ChoicesRepeated,
    DeclarationMissing,
    HeardByTooFew,
    MemberMayNotTakePart,
    NotChairNorSecretary,
    NotOnBoard,
    QuorumMissing,
    RecusalPending,
    ReviewNotGoingOn,
    ReviewNotHeard,
    ReviewNotOfBoard,
    SittingInPast,
    SittingNotConvened,
    SittingNotOpen,
    SittingNotOver,
    SittingNotYet,
    VoteUnderWay,
)
from discipline.boards.state import Board, Sitting, able, ballot_id, may_take_part, voting
from discipline.boards.stated import named
from schemas.discipline.boards import (
    BoardVoteCalled,
    SeatRole,
    SittingClosed,
    SittingConvened,
    SittingOpened,
)

if TYPE_CHECKING:
    from uuid import UUID

    from discipline.boards.commands import CallVote, CloseSitting, ConveneSitting, OpenSitting, Standing
    from discipline.standing import Person


def convened(command: ConveneSitting, state: Board) -> SittingConvened:
    """All who may take part are invited; a board that has lost its quorum is not convened."""
    runs(command.by, state, command.standing)
    if state.sitting is not None:
        raise SittingNotOver(state.sitting.number)
    if command.held_at <= command.at:
        raise SittingInPast
    for review_id in command.review_ids:
        if review_id not in state.reviews:
            raise ReviewNotOfBoard(review_id)
    invited = able(state, command.standing)
    _quorate(state, invited)
    return SittingConvened(
        board_id=state.board_id,
        sitting=len(state.sittings) + 1,
        held_at=command.held_at,
        review_ids=command.review_ids,
        agenda=command.agenda,
        invited=invited,
        convened_by=command.by.person_id,
    )


def opened(command: OpenSitting, state: Board) -> SittingOpened:
    """Not before the moment for which it was convened, with those who are there.

    Each of them may take part and has declared, and they are enough.
    """
    runs(command.by, state, command.standing)
    sitting = state.sitting
    if sitting is None or sitting.attended is not None:
        raise SittingNotConvened
    if command.at < sitting.held_at:
        raise SittingNotYet(sitting.held_at)
    for person_id in command.attended:
        _may_sit(person_id, state, command.standing)
    _quorate(state, command.attended)
    return SittingOpened(
        board_id=state.board_id,
        sitting=sitting.number,
        attended=tuple(dict.fromkeys(command.attended)),
        opened_by=command.by.person_id,
    )


def closed(command: CloseSitting, state: Board) -> SittingClosed:
    """With its minutes, once no vote goes on."""
    runs(command.by, state, command.standing)
    sitting = _open(state)
    if state.vote is not None:
        raise VoteUnderWay(state.vote)
    return SittingClosed(
        board_id=state.board_id,
        sitting=sitting.number,
        minutes=command.minutes,
        closed_by=command.by.person_id,
    )


def vote_called(command: CallVote, state: Board) -> BoardVoteCalled:
    """Those who are there, may take part, have a vote and heard the case, vote; without a quorum there is no vote."""
    runs(command.by, state, command.standing)
    sitting = _open(state)
    if state.vote is not None or command.ballot_id != ballot_id(state):
        raise VoteUnderWay(state.vote or command.ballot_id)
    if command.review_id not in state.reviews or command.review_id not in sitting.review_ids:
        raise ReviewNotOfBoard(command.review_id)
    if not command.going_on:
        raise ReviewNotGoingOn(command.review_id)
    if not command.heard_by:
        raise ReviewNotHeard(command.review_id)
    for choice, times in Counter(command.choices).items():
        if times > 1:
            raise ChoicesRepeated(choice)
    if state.asked:
        raise RecusalPending(min(state.asked))
    there = present(state, command.standing)
    _quorate(state, there)
    voters = tuple(who for who in voting(state, there) if who in command.heard_by)
    if len(voters) < state.quorum.number:
        raise HeardByTooFew(command.review_id, len(voters), state.quorum.number, *named(state.quorum))
    can_be_secret(voters, command.choices)
    return BoardVoteCalled(
        board_id=state.board_id,
        ballot_id=command.ballot_id,
        review_id=command.review_id,
        sitting=sitting.number,
        voters=voters,
        choices=command.choices,
        key=command.key,
        called_by=command.by.person_id,
    )


def present(state: Board, standing: Standing) -> tuple[UUID, ...]:
    """Who sits now: came to the open sitting and may still take part."""
    sitting = state.sitting
    came = () if sitting is None or sitting.attended is None else sitting.attended
    return tuple(person_id for person_id in came if may_take_part(state, person_id, standing))


def runs(by: Person, state: Board, standing: Standing) -> None:
    """Raises `NotChairNorSecretary`, `MemberMayNotTakePart`."""
    if by.person_id not in {state.holder(SeatRole.CHAIR), state.holder(SeatRole.SECRETARY)}:
        raise NotChairNorSecretary
    if not may_take_part(state, by.person_id, standing):
        raise MemberMayNotTakePart(by.person_id)


def _may_sit(person_id: UUID, state: Board, standing: Standing) -> None:
    if state.seat_of(person_id) is None:
        raise NotOnBoard(person_id)
    if not may_take_part(state, person_id, standing):
        raise MemberMayNotTakePart(person_id)
    if person_id not in state.declared:
        raise DeclarationMissing(person_id)


def _open(state: Board) -> Sitting:
    sitting = state.sitting
    if sitting is None or sitting.attended is None:
        raise SittingNotOpen
    return sitting


def _quorate(state: Board, there: tuple[UUID, ...]) -> None:
    votes = len(voting(state, there))
    if votes < state.quorum.number:
        raise QuorumMissing(votes, state.quorum.number, *named(state.quorum))
