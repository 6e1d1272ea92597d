"""What follows from a command on a plan."""

from __future__ import annotations

from collections import Counter
from typing import assert_never

from discipline.successions import refusals
from discipline.successions.commands import (
    ApproveSuccession,
    CarryOutSuccession,
    Command,
    CorrectSuccession,
    PersonsCommand,
    ProposeSuccession,
    WithdrawSuccession,
)
from discipline.successions.state import State, Succession, SuccessionStatus
from schemas.discipline.successions import (
    AnySuccessionEvent,
    Passage,
    SuccessionApproved,
    SuccessionCarriedOut,
    SuccessionCorrected,
    SuccessionProposed,
    SuccessionWithdrawn,
)

Events = tuple[AnySuccessionEvent, ...]


def decide(command: Command, state: State) -> Events:
    """Return what happens; policies' commands are total, the others raise why they cannot be carried out."""
    match command:
        case ProposeSuccession():
            return (_proposed(command),) if state is None else ()
        case WithdrawSuccession():
            gone = {SuccessionStatus.WITHDRAWN, SuccessionStatus.CARRIED_OUT}
            if state is None or state.status in gone:
                return ()
            return (SuccessionWithdrawn(succession_id=state.succession_id),)
        case _:
            if state is None:
                raise refusals.SuccessionUnknown
            return (_by_person(command, state),)


def _proposed(command: ProposeSuccession) -> SuccessionProposed:
    announced = command.announced
    return SuccessionProposed(
        succession_id=announced.succession_id,
        kind=announced.kind,
        day=announced.valid_from,
        predecessors=announced.predecessors,
        successors=announced.successors,
        heir_id=announced.heir_id,
        heir_post=command.heir_post,
        passages=tuple(Passage(from_post=post, to_post=command.heir_post) for post in command.posts),
    )


def _by_person(command: PersonsCommand, state: Succession) -> AnySuccessionEvent:
    match command:
        case CorrectSuccession():
            return _corrected(command, state)
        case ApproveSuccession(by, chair):
            _see_proposed(state)
            if not by.holds(chair):
                raise refusals.NotTheChair(chair)
            return SuccessionApproved(succession_id=state.succession_id, approved_by=by.person_id)
        case CarryOutSuccession():
            return _carried_out(command, state)
        case _:
            assert_never(command)


def _see_proposed(state: Succession) -> None:
    if state.status is not SuccessionStatus.PROPOSED:
        raise refusals.SuccessionNotProposed(state.status)


def _corrected(command: CorrectSuccession, state: Succession) -> SuccessionCorrected:
    _see_proposed(state)
    _see_what_goes(command)
    goals = [passage.to_post for passage in command.passages] + [one.to_post for one in command.singled]
    for to_post in goals:
        if not set(command.chains.get(to_post, ())) & set(state.successors):
            raise refusals.NotOfSuccessor(to_post, state.day)
    return SuccessionCorrected(
        succession_id=state.succession_id,
        corrected_by=command.by.person_id,
        passages=command.passages,
        singled=command.singled,
        reasons=command.reasons,
    )


def _see_what_goes(command: CorrectSuccession) -> None:
    named = [*(passage.from_post for passage in command.passages), *(str(one.finding_id) for one in command.singled)]
    if not named:
        raise refusals.NothingCorrected
    twice = next((one for one, number in Counter(named).items() if number > 1), None)
    if twice is not None:
        raise refusals.CorrectedTwice(twice)
    for passage in command.passages:
        if passage.from_post not in command.posts:
            raise refusals.NotOfPredecessor(passage.from_post)
    for one in command.singled:
        if one.finding_id not in command.owned:
            raise refusals.NotOpenAtPredecessor(one.finding_id)


def _carried_out(command: CarryOutSuccession, state: Succession) -> SuccessionCarriedOut:
    if not command.by.holds(command.chair):
        raise refusals.NotTheChair(command.chair)
    if state.status is not SuccessionStatus.APPROVED:
        raise refusals.SuccessionNotApproved(state.status)
    if command.today < state.day:
        raise refusals.SuccessionAhead(state.day)
    if not command.recorded:
        raise refusals.EndNotRecorded
    return SuccessionCarriedOut(
        succession_id=state.succession_id,
        carried_out_by=command.by.person_id,
        carried_out_at=command.at,
        went=command.went,
    )
