"""How the question of a head is raised, and how it leads to the proposal of his review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.responsibility import treatment
from discipline.responsibility.state import LevelStatus
from discipline.reviews.state import review_id
from schemas.discipline.responsibility import AnyResponsibilityEvent, ResponsibilityOpened, ResponsibilityRaised
from schemas.discipline.reviews import BasisItem, ReviewGround, Subject

if TYPE_CHECKING:
    from uuid import UUID

    from discipline.responsibility.commands import Head, ProposeHead, RaiseQuestions
    from discipline.responsibility.state import Level, Responsibility, State
    from schemas.values import DocumentRef


def raised(command: RaiseQuestions, head: Head) -> ResponsibilityRaised:
    """Whoever acted for an absent head is asked in his place where a row says so."""
    rows = treatment.acting_answers(command.law, head.kind, command.fact_date, head.acted_by)
    person_id = head.acted_by if rows else head.person_id
    return ResponsibilityRaised(
        finding_id=command.finding_id,
        level=head.level,
        matter_id=command.matter_id,
        agency_id=command.agency_id,
        directive_id=command.directive_id,
        subject=Subject(kind=head.kind, agency_id=head.agency_id, person_id=person_id, post_id=head.post_id),
        acting=head.acting or bool(rows),
        in_office_since=None if rows else head.since,
        acted_by=head.acted_by,
        own_check=command.own_check,
        fact_date=command.fact_date,
        detected_at=command.detected_at,
        terms=command.terms,
        answer_until=command.answer_until,
        rows=rows,
    )


def proposed(command: ProposeHead, state: State) -> tuple[AnyResponsibilityEvent, ...]:
    """A person's proposal is answered by the competent authority, like the directive's question.

    What waits already waits no longer for it. Where a review of the same head is proposed already, his grounds are told
    to that review, and where it turned out since that somebody else headed the agency, it is asked of him; nobody is
    refused, for the refusal would give away what was answered before.
    """
    [head] = command.raising.heads
    level = None if state is None else state.at(head.level)
    event = raised(command.raising, head).model_copy(update={"raised_by": command.by, "reasons": command.reasons})
    if state is not None and level is not None and level.status is LevelStatus.OPENED:
        if event.subject.person_id != level.subject.person_id:
            return (event,)
        if ReviewGround.PERSON in level.grounds:
            return ()
        return (opened(state, level, ReviewGround.PERSON, command.by, command.reasons),)
    if level is not None and level.status is LevelStatus.RAISED:
        event = event.model_copy(update={"answer_until": level.answer_until})
    return (event,)


def opened(
    state: Responsibility,
    level: Level,
    ground: ReviewGround,
    by: UUID | None = None,
    reasons: DocumentRef | None = None,
) -> ResponsibilityOpened:
    """The review of the head is proposed, on a ground."""
    item = BasisItem(
        finding_id=state.finding_id, ground=ground, fact_date=state.fact_date, detected_at=state.detected_at
    )
    return ResponsibilityOpened(
        finding_id=state.finding_id,
        level=level.level,
        review_id=review_id(state.matter_id, level.subject),
        item=item,
        opened_by=by,
        reasons=reasons,
    )
