"""Policies of reviews: whose review a demand proposes, and which reviews lose their basis. Pure.

They need facts besides the event (who headed an agency on the day of the fact, which days are off, which reviews rest
on a finding), which a worker brings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from discipline.days import after_working_days
from discipline.follow_ups.by_policy import review_terms
from discipline.follow_ups.state import Life
from discipline.reviews.commands import LoseBasis, ProposeReview
from discipline.reviews.refusals import FindingNotStanding, NobodyAnswersSo
from discipline.reviews.state import review_id
from schemas.discipline.followups import FollowUpCancelled, ReviewDemanded
from schemas.discipline.records import CountUndone, ThresholdReached, ThresholdUndone
from schemas.discipline.reviews import BasisItem, ReviewGround, Subject
from schemas.values import Answerable, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from discipline.calendar import Calendar
    from discipline.follow_ups.state import FollowUp
    from discipline.responsibility.state import Responsibility
    from discipline.reviews.reckoning import Setting
    from schemas.discipline.responsibility import ResponsibilityOpened

Demand: TypeAlias = ReviewDemanded | ThresholdReached
Loss: TypeAlias = FollowUpCancelled | CountUndone | ThresholdUndone


def proposals(
    demand: Demand,
    heads: Mapping[Answerable, Subject],
    setting: Setting,
    *,
    heads_asked_apart: bool = False,
) -> Mapping[UUID, ProposeReview]:
    """The reviews that a demand proposes, by id; the authority's days run from the demand, however late it is heard.

    Where whether heads answer is asked apart (`discipline.responsibility`), nobody stands in for them here.
    """
    open_until = after_working_days(setting.at, demand.terms.open_within, setting.calendar)
    basis = demand.basis if isinstance(demand, ThresholdReached) else (_item(demand),)
    subjects = tuple(_subjects(demand, heads))
    if not subjects and not heads_asked_apart:
        subjects = (_collective(demand.agency_id),)
    return {
        review_id(demand.matter_id, subject): ProposeReview(
            matter_id=demand.matter_id,
            subject=subject,
            directive_id=demand.directive_id,
            terms=demand.terms,
            basis=basis,
            open_until=open_until,
            setting=setting,
        )
        for subject in subjects
    }


def of_head(state: Responsibility, opened: ResponsibilityOpened, setting: Setting) -> ProposeReview:
    """The review of a head that the answer to the question of his responsibility proposes."""
    [subject] = (one.subject for one in state.levels if one.level == opened.level)
    return ProposeReview(
        matter_id=state.matter_id,
        subject=subject,
        directive_id=state.directive_id,
        terms=state.terms,
        basis=(opened.item,),
        open_until=after_working_days(setting.at, state.terms.open_within, setting.calendar),
        setting=setting,
        proposed_by=opened.opened_by,
        reasons=opened.reasons,
    )


def by_person(state: FollowUp, answers: Answerable, person_id: UUID | None) -> ReviewDemanded:
    """What a person asks for: the review of one of those who may answer for a finding.

    Args:
        state: the finding's follow-up.
        answers: an official, the collective, the head or the head above.
        person_id: which official; none for the others.

    Raises:
        FindingNotStanding: it is not confirmed, or has fallen away, or is history.
        NobodyAnswersSo: no such official is concerned.
    """
    confirmation = state.confirmation
    if confirmation is None or state.life is Life.CANCELLED or state.historic:
        raise FindingNotStanding
    officials = tuple(one for one in confirmation.officials if one.person_id == person_id)
    if (answers is Answerable.OFFICIAL) != bool(officials):
        raise NobodyAnswersSo
    return ReviewDemanded(
        finding_id=state.finding_id,
        ground=ReviewGround.PERSON,
        matter_id=state.matter_id,
        agency_id=state.agency_id,
        directive_id=state.terms.directive_id,
        fact_date=confirmation.fact_date,
        detected_at=confirmation.detected_at,
        answerable=(answers,),
        officials=officials,
        posts=state.posts,
        terms=review_terms(state),
    )


def _subjects(demand: Demand, heads: Mapping[Answerable, Subject]) -> Iterator[Subject]:
    """Whose review; nobody where the finding names no official and there is no head above."""
    if isinstance(demand, ThresholdReached):
        return
    for answers in demand.answerable:
        match answers:
            case Answerable.OFFICIAL:
                for official in demand.officials:
                    yield Subject(
                        kind=official.kind,
                        agency_id=demand.agency_id,
                        person_id=official.person_id,
                        post_id=official.post_id,
                    )
            case Answerable.COLLECTIVE:
                yield _collective(demand.agency_id)
            case Answerable.HEAD | Answerable.HEAD_ABOVE:
                if (head := heads.get(answers)) is not None:
                    yield head
            case _:
                assert_never(answers)


def _collective(agency_id: str) -> Subject:
    return Subject(kind=SubjectKind.COLLECTIVE, agency_id=agency_id, person_id=None, post_id=None)


def _item(demand: ReviewDemanded) -> BasisItem:
    return BasisItem(
        finding_id=demand.finding_id,
        ground=demand.ground,
        fact_date=demand.fact_date,
        detected_at=demand.detected_at,
    )


def loss(event: Loss, occurred_at: datetime, calendar: Calendar) -> LoseBasis:
    """What every review that rests on `findings` of the result is told."""
    findings: tuple[UUID, ...]
    match event:
        case FollowUpCancelled() | CountUndone():
            findings, ground = (event.finding_id,), None
        case ThresholdUndone():
            findings, ground = tuple(item.finding_id for item in event.basis), ReviewGround.THRESHOLD
        case _:
            assert_never(event)
    return LoseBasis(fallen=event.finding_id, findings=findings, ground=ground, at=occurred_at, calendar=calendar)
