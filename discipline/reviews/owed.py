"""What a review waits for next, and who owes it. Derived from where it stands; nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from discipline.days import end_of
from discipline.reviews.state import UNDER_WAY, Review, ReviewStatus
from schemas.discipline.review_complaints import Instance
from schemas.discipline.review_incidents import SkippedStep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


class Debtor(StrEnum):
    """Who owes a step."""

    AUTHORITY = "authority"
    SECRETARY = "secretary"
    SUBJECT = "subject"
    BOARD = "board"
    AUTHORITY_ABOVE = "authority-above"
    INVESTIGATORS = "investigators"


class OwedStep(StrEnum):
    """What is missing."""

    OPEN_OR_REFUSE = "open-or-refuse"
    ANSWER_LOST_BASIS = "answer-lost-basis"
    NOTIFY = "notify"
    SELF_REVIEW = "self-review"
    MEETING = "meeting"
    DIRECTION = "direction"
    SUMMONS = "summons"
    RECEIPT = "receipt"
    HEARING = "hearing"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
    RESUMPTION = "resumption"
    RETURN = "return"
    SERVICE = "service"
    ACCEPTANCE = "acceptance"
    ANSWER = "answer"
    ANSWER_SERVICE = "answer-service"
    EXPIRY = "expiry"
    WORK_SUSPENSION_END = "work-suspension-end"


@dataclass(frozen=True, slots=True)
class Owed:
    """One missing step."""

    step: OwedStep
    by: Debtor
    until: datetime | None = None
    """None where neither a row nor the case names a moment."""


def owed(state: Review) -> tuple[Owed, ...]:
    """What is missing, the most pressing first."""
    return tuple(_owed(state))


def _owed(state: Review) -> Iterator[Owed]:
    if state.answer_until is not None:
        yield Owed(OwedStep.ANSWER_LOST_BASIS, Debtor.AUTHORITY, state.answer_until)
    if state.status not in UNDER_WAY:
        yield from _step(state)
        yield from _work_again(state)
    elif state.incidents.investigated_since is not None:
        yield Owed(OwedStep.RETURN, Debtor.INVESTIGATORS)
    elif state.incidents.deferred:
        yield Owed(OwedStep.RESUMPTION, Debtor.AUTHORITY)
    else:
        yield from _step(state)


def _step(state: Review) -> Iterator[Owed]:  # noqa: C901 -- a case a status
    match state.status:
        case ReviewStatus.PROPOSED:
            yield Owed(OwedStep.OPEN_OR_REFUSE, Debtor.AUTHORITY, state.open_until)
        case ReviewStatus.OPEN:
            yield from _before_meeting(state)
        case ReviewStatus.MEETING_HELD:
            yield Owed(OwedStep.DIRECTION, Debtor.AUTHORITY, _until_decision(state))
        case ReviewStatus.BEFORE_BOARD:
            yield _before_hearing(state)
        case ReviewStatus.HEARD:
            yield Owed(OwedStep.RECOMMENDATION, Debtor.BOARD)
        case ReviewStatus.RECOMMENDED:
            yield Owed(OwedStep.DECISION, Debtor.AUTHORITY, _until_decision(state))
        case ReviewStatus.DECIDED:
            service = None if state.decision is None else state.decision.service
            yield Owed(OwedStep.SERVICE, Debtor.SECRETARY, None if service is None else service.ends_at)
        case ReviewStatus.SERVED:
            yield from _of_complaint(state)
            yield from _expiry(state)
        case ReviewStatus.EXPIRED:
            yield from _of_complaint(state)
        case (
            ReviewStatus.REFUSED
            | ReviewStatus.LAPSED
            | ReviewStatus.TERMINATED
            | ReviewStatus.ENDED
            | ReviewStatus.EXEMPTED
            | ReviewStatus.CLOSED
            | ReviewStatus.REVOKED
        ):
            return
        case _:
            assert_never(state.status)


def _work_again(state: Review) -> Iterator[Owed]:
    """Suspension from work serves the review: once that is over, nobody may stay suspended because it is forgotten."""
    suspended = state.incidents
    if suspended.suspended_from_work_since is not None and state.status is not ReviewStatus.PROPOSED:
        last = suspended.suspended_from_work_until
        yield Owed(OwedStep.WORK_SUSPENSION_END, Debtor.AUTHORITY, None if last is None else end_of(last))


def _until_decision(state: Review) -> datetime | None:
    clock = state.processing
    return None if clock is None or clock.suspended_since is not None else clock.ends_at


def _before_meeting(state: Review) -> Iterator[Owed]:
    notice = state.procedure.notice
    if notice is None or state.procedure.told_anew_from is not None:
        yield Owed(OwedStep.NOTIFY, Debtor.SECRETARY)
        return
    if SkippedStep.MEETING in state.incidents.skipped:
        yield Owed(OwedStep.DIRECTION, Debtor.AUTHORITY, _until_decision(state))
        return
    if state.procedure.self_reviewed_at is None:
        yield Owed(OwedStep.SELF_REVIEW, Debtor.SUBJECT, notice.self_review_until)
    yield Owed(OwedStep.MEETING, Debtor.SECRETARY, state.meeting_until)


def _before_hearing(state: Review) -> Owed:
    summons = state.procedure.summons
    if summons is None or summons.missed or state.procedure.called_anew:
        return Owed(OwedStep.SUMMONS, Debtor.SECRETARY)
    if summons.received_at is None:
        return Owed(OwedStep.RECEIPT, Debtor.SECRETARY, summons.hearing_at)
    return Owed(OwedStep.HEARING, Debtor.BOARD, summons.hearing_at)


def _of_complaint(state: Review) -> Iterator[Owed]:
    complaint = state.complaint
    if complaint is not None and complaint.pending:
        above = complaint.instance is Instance.SECOND
        debtor = Debtor.AUTHORITY_ABOVE if above else Debtor.AUTHORITY
        until = None if complaint.answer is None else complaint.answer.ends_at
        yield Owed(OwedStep.ANSWER if complaint.accepted else OwedStep.ACCEPTANCE, debtor, until)
    elif complaint is not None and complaint.outcome is not None and not complaint.answer_served:
        yield Owed(OwedStep.ANSWER_SERVICE, Debtor.SECRETARY)


def _expiry(state: Review) -> Iterator[Owed]:
    """Where no row says when, it is owed without a day: a sanction that nobody ends is seen."""
    decision = state.decision
    if decision is not None and decision.form is not None and decision.stands_still is None:
        until = None if decision.expiry is None else decision.expiry.ends_at
        yield Owed(OwedStep.EXPIRY, Debtor.SECRETARY, until)
