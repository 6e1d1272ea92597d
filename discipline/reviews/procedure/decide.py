"""What a command of the procedure does, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.reviews.procedure import board, meeting
from discipline.reviews.procedure.commands import (
    AppointSecretary,
    ConveneMeeting,
    EndAtMeeting,
    HoldHearing,
    HoldMeeting,
    NotifySubject,
    RecordMissed,
    RecordReceipt,
    RecordRecommendation,
    ReferToBoard,
    SubmitSelfReview,
    Summon,
)
from discipline.reviews.procedure.refusals import SecretaryConcerned
from discipline.reviews.procedure.steps import under_way
from discipline.reviews.standing import decides, own_matter
from schemas.discipline.review_procedure import ReviewSecretaryAppointed

if TYPE_CHECKING:
    from discipline.reviews.procedure.commands import ProcedureCommand
    from discipline.reviews.state import Review
    from schemas.discipline.review_procedure import AnyProcedureEvent


def decide(command: ProcedureCommand, state: Review) -> AnyProcedureEvent:  # noqa: PLR0911 -- a case a command
    """Return what happens; raises the `Refusal` of the first rule that is broken."""
    match command:
        case AppointSecretary():
            return _appointed(command, state)
        case NotifySubject():
            return meeting.notified(command, state)
        case SubmitSelfReview():
            return meeting.self_reviewed(command, state)
        case ConveneMeeting():
            return meeting.convened(command, state)
        case HoldMeeting():
            return meeting.held(command, state)
        case EndAtMeeting():
            return meeting.ended(command, state)
        case ReferToBoard():
            decides(command.by, state)
            return board.referred(command, state)
        case Summon() | RecordReceipt() | RecordMissed() | HoldHearing() | RecordRecommendation():
            return board.decide(command, state)
        case _:
            assert_never(command)


def _appointed(command: AppointSecretary, state: Review) -> ReviewSecretaryAppointed:
    decides(command.by, state)
    under_way(state)
    if own_matter(command.secretary, state):
        raise SecretaryConcerned
    return ReviewSecretaryAppointed(
        review_id=state.review_id, person_id=command.secretary.person_id, appointed_by=command.by.person_id
    )
