"""How a board changes by each of its events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from discipline.boards.state import Board, Sitting, State
from schemas.discipline.boards import (
    AnyBoardEvent,
    BoardDissolved,
    BoardEstablished,
    BoardMemberReplaced,
    BoardReviewAdded,
    BoardReviewEnded,
    BoardTakenOver,
    BoardVoteCalled,
    BoardVoteEnded,
    ConflictDeclared,
    RecusalGranted,
    RecusalRefused,
    RecusalRequested,
    SittingClosed,
    SittingConvened,
    SittingOpened,
)

if TYPE_CHECKING:
    from uuid import UUID


def evolve(state: State, event: AnyBoardEvent) -> Board:
    """Return the board after the event."""
    if isinstance(event, BoardEstablished):
        return _established(state, event)
    if state is None:
        raise ValueError(f"a board begins with its establishment, not with {event.type}")
    return _changed(state, event)


def _established(state: State, event: BoardEstablished) -> Board:
    before = state
    return Board(
        board_id=event.board_id,
        matter_id=event.matter_id,
        authority_post=event.authority_post,
        reviews=dict(zip(event.review_ids, event.subjects, strict=True)),
        seats=event.seats,
        size=event.size,
        quorum=event.quorum,
        admissions=event.admissions,
        declared={},
        # Numbers go on where a board is established anew: sittings and ballots never share one. A sitting that was
        # still open ended with the board before.
        sittings=() if before is None else tuple(replace(one, closed=True) for one in before.sittings),
        votes=0 if before is None else before.votes,
        recused=frozenset() if before is None else before.recused,
        sat_on=frozenset(event.review_ids) | (frozenset() if before is None else before.sat_on),
        concerned=frozenset(event.subjects) | (frozenset() if before is None else before.concerned),
    )


def _changed(state: Board, event: AnyBoardEvent) -> Board:  # noqa: C901, PLR0911, PLR0912 -- a case an event
    match event:
        case BoardEstablished():
            return _established(state, event)
        case BoardReviewAdded():
            reviews = {**state.reviews, event.review_id: event.subject}
            # What somebody declared, he declared before he knew of this subject.
            declared = {person: True for person, related in state.declared.items() if related}
            admissions = (*state.admissions, *event.admissions)
            # And whoever was refused a recusal asked before that: a new subject is a new fact.
            no_longer: frozenset[tuple[UUID, UUID]] = frozenset()
            changed = replace(state, reviews=reviews, admissions=admissions, declared=declared, refused=no_longer)
            sat_on, concerned = state.sat_on | {event.review_id}, state.concerned | {event.subject}
            return replace(changed, sat_on=sat_on, concerned=concerned)
        case BoardTakenOver():
            return replace(state, authority_post=event.authority_post)
        case ConflictDeclared():
            return replace(state, declared={**state.declared, event.person_id: event.related})
        case RecusalRequested():
            return replace(state, asked={**state.asked, event.person_id: event.asked_by})
        case RecusalGranted():
            return replace(_answered(state, event.person_id), recused=state.recused | {event.person_id})
        case RecusalRefused():
            declared = {**state.declared, event.person_id: False}
            refused = state.refused | {(state.asked[event.person_id], event.person_id)}
            return replace(_answered(state, event.person_id), declared=declared, refused=refused)
        case BoardMemberReplaced():
            return _replaced(state, event)
        case SittingConvened():
            sitting = Sitting(event.sitting, event.review_ids, event.invited, event.held_at)
            return replace(state, sittings=(*state.sittings, sitting))
        case SittingOpened():
            return _sitting(state, replace(state.sittings[-1], attended=event.attended))
        case SittingClosed():
            return _sitting(state, replace(state.sittings[-1], closed=True))
        case BoardVoteCalled():
            return replace(state, vote=event.ballot_id, votes=state.votes + 1)
        case BoardVoteEnded():
            return replace(state, vote=None)
        case BoardReviewEnded():
            return replace(state, reviews={id_: who for id_, who in state.reviews.items() if id_ != event.review_id})
        case BoardDissolved():
            return replace(state, dissolved=True)
        case _:
            assert_never(event)


def _answered(state: Board, person_id: UUID) -> Board:
    """No request about him waits any more."""
    return replace(state, asked={member: by for member, by in state.asked.items() if member != person_id})


def _sitting(state: Board, sitting: Sitting) -> Board:
    return replace(state, sittings=(*state.sittings[:-1], sitting))


def _replaced(state: Board, event: BoardMemberReplaced) -> Board:
    seats = tuple(event.seat if seat.person_id == event.left else seat for seat in state.seats)
    comes = event.seat.person_id
    return replace(
        _answered(state, event.left),
        seats=seats,
        admissions=(*state.admissions, *event.admissions),
        declared={person: said for person, said in state.declared.items() if person != comes},
        refused=frozenset((by, member) for by, member in state.refused if member != comes),
    )
