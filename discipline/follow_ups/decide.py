"""What a command does to a follow-up, or why not."""

from __future__ import annotations

from typing import assert_never

from discipline.follow_ups import by_judge, by_owner, by_policy
from discipline.follow_ups.commands import (
    AssignOwner,
    Command,
    JudgeCommand,
    OwnerCommand,
    PolicyCommand,
    Urge,
)
from discipline.follow_ups.refusals import (
    AlreadyOwner,
    FollowUpAlreadyCancelled,
    FollowUpAlreadyClosed,
    FollowUpUnknown,
    NotHeadOfAgency,
    OwnerOutsideAgency,
    UrgingNotTheirs,
)
from discipline.follow_ups.state import FollowUp, Life, State
from discipline.standing import WATCHING
from schemas.discipline.followups import AnyFollowUpEvent, FollowUpAssigned, FollowUpUrged


def decide(command: Command, state: State) -> tuple[AnyFollowUpEvent, ...]:
    """Return what happens.

    Commands of policies are total. A person's command raises the `Refusal` of the first rule that it breaks.
    """
    if isinstance(command, PolicyCommand):
        return by_policy.decide(command, state)
    going_on = _going_on(state)
    if isinstance(command, OwnerCommand):
        return by_owner.decide(command, going_on)
    if isinstance(command, JudgeCommand):
        return by_judge.decide(command, going_on)
    match command:
        case AssignOwner():
            return (_assigned(command, going_on),)
        case Urge():
            return (_urged(command, going_on),)
        case _:
            assert_never(command)


def _going_on(state: State) -> FollowUp:
    if state is None:
        raise FollowUpUnknown
    match state.life:
        case Life.OPEN:
            return state
        case Life.CLOSED:
            raise FollowUpAlreadyClosed(state.finding_id)
        case Life.CANCELLED:
            raise FollowUpAlreadyCancelled(str(state.cancelled))
        case _:
            assert_never(state.life)


def _assigned(command: AssignOwner, state: FollowUp) -> FollowUpAssigned:
    around, owner = command.around, command.owner
    heads = [place.post_id for place in command.by.places if place.head and place.agency_id in around.chain]
    if not heads:
        raise NotHeadOfAgency(around.agency_id)
    if around.agency_id not in owner.chain:
        raise OwnerOutsideAgency(owner.post_id, around.agency_id)
    if owner.post_id == state.owner_post:
        raise AlreadyOwner(owner.post_id)
    return FollowUpAssigned(finding_id=state.finding_id, owner_post=owner.post_id, assigned_by=heads[0])


def _urged(command: Urge, state: FollowUp) -> FollowUpUrged:
    around = command.around
    watches = any(
        place.agency_id in around.above or (place.kind in WATCHING and around.agency_id not in place.chain)
        for place in command.by.places
    )
    if not watches:
        raise UrgingNotTheirs(around.agency_id)
    return FollowUpUrged(finding_id=state.finding_id, urged_by=command.by.person_id, message=command.message)
