"""Who declares, who asks that somebody stays away, and who decides on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.boards.refusals import (
    AlreadyRecused,
    MayNotAskRecusal,
    NotOnBoard,
    RecusalAlreadyAsked,
    RecusalNotAsked,
    RecusalNotYoursToDecide,
    RecusalRefusedBefore,
    VoteUnderWay,
)
from discipline.boards.state import Board, may_take_part
from schemas.discipline.boards import (
    AnyBoardEvent,
    ConflictDeclared,
    RecusalGranted,
    RecusalRefused,
    RecusalRequested,
    SeatRole,
)

if TYPE_CHECKING:
    from uuid import UUID

    from discipline.boards.commands import AskRecusal, DecideRecusal, DeclareConflict
    from discipline.standing import Person


def declared(command: DeclareConflict, state: Board) -> tuple[AnyBoardEvent, ...]:
    """A member declares. One who is related asks by that to be recused, and is out until it is decided.

    Once he was refused he declares no relation again, for that would keep him out whatever was decided: he asks, and
    names the new facts.
    """
    member = command.by.person_id
    _changeable(state, member)
    declaration = ConflictDeclared(
        board_id=state.board_id, person_id=member, related=command.related, statement=command.statement
    )
    if not command.related or member in state.asked:
        return (declaration,)
    _not_refused(member, member, state)
    asked = RecusalRequested(board_id=state.board_id, person_id=member, asked_by=member, reasons=command.statement)
    return (declaration, asked)


def asked(command: AskRecusal, state: Board) -> RecusalRequested:
    """The member himself, another member, a subject or the authority asks."""
    by = command.by.person_id
    sits = state.seat_of(by) is not None and by not in state.recused
    if not (sits or by in state.reviews.values() or command.by.holds(state.authority_post)):
        raise MayNotAskRecusal
    _changeable(state, command.person_id)
    if command.person_id in state.asked:
        raise RecusalAlreadyAsked(command.person_id)
    if command.new_facts is None:
        _not_refused(by, command.person_id, state)
    return RecusalRequested(
        board_id=state.board_id,
        person_id=command.person_id,
        asked_by=by,
        reasons=command.reasons,
        new_facts=command.new_facts,
    )


def _not_refused(by: UUID, member: UUID, state: Board) -> None:
    """Raises `RecusalRefusedBefore`."""
    if (by, member) in state.refused:
        raise RecusalRefusedBefore(member)


def decided(command: DecideRecusal, state: Board) -> RecusalGranted | RecusalRefused:
    """On the chair the authority decides; on others the chair, and the authority while the chair may not take part."""
    _judges(command, state)
    _changeable(state, command.person_id)
    if command.person_id not in state.asked:
        raise RecusalNotAsked(command.person_id)
    kind = RecusalGranted if command.granted else RecusalRefused
    return kind(
        board_id=state.board_id,
        person_id=command.person_id,
        decided_by=command.by.person_id,
        reasons=command.reasons,
    )


def _judges(command: DecideRecusal, state: Board) -> None:
    by, chair = command.by, state.holder(SeatRole.CHAIR)
    if by.person_id == command.person_id or by.person_id in state.reviews.values():
        raise RecusalNotYoursToDecide(state.authority_post)
    chair_decides = (
        command.person_id != chair and chair not in state.asked and may_take_part(state, chair, command.standing)
    )
    if not (by.person_id == chair if chair_decides else _authority(by, state)):
        raise RecusalNotYoursToDecide(state.authority_post)


def _authority(by: Person, state: Board) -> bool:
    return by.holds(state.authority_post)


def _changeable(state: Board, person_id: UUID) -> None:
    """A seat that is not recused, while no vote goes on: a vote and a recusal never pass each other unseen."""
    if state.seat_of(person_id) is None:
        raise NotOnBoard(person_id)
    if person_id in state.recused:
        raise AlreadyRecused(person_id)
    if state.vote is not None:
        raise VoteUnderWay(state.vote)
