"""Policy: who answers for a consent that was deemed, and what an answer undoes that was received in time after all.

Where the directive lets whoever was silent answer personally, the head of the agency that was asked is treated as where
a finding demands his review (`discipline.responsibility`): rows may let him go or name who acted for him, and the
competent authority opens the review or refuses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from discipline.days import after_working_days
from discipline.responsibility.commands import Head, RaiseQuestions
from discipline.reviews.commands import LoseBasis, ProposeReview
from schemas.discipline.reviews import BasisItem, ReviewGround
from schemas.values import SubjectKind

if TYPE_CHECKING:
    from datetime import datetime

    from discipline.calendar import Calendar
    from discipline.law.rows import LawTable
    from discipline.reviews.reckoning import Setting
    from schemas.discipline.consultations import ConsentDeemed

GROUND = ReviewGround.DEEMED_CONSENT
_CONSENTS = UUID("0d2f5e0f-52cc-5ab5-9d0c-0b8f6a4f3f5e")
"""Namespace of the matters of consents that were deemed."""


def matter_id(request_id: UUID) -> UUID:
    """The matter that a request becomes: whoever left it unanswered is reviewed for that once, in each post."""
    return uuid5(_CONSENTS, str(request_id))


def demands_review(deemed: ConsentDeemed) -> bool:
    """Whether anybody answers for it; the competent authority's own post never does, for he would answer to himself."""
    return deemed.terms.answers_personally and deemed.answers.post_id != deemed.terms.review.authority_post


def question(deemed: ConsentDeemed, at: datetime, law: LawTable, calendar: Calendar) -> RaiseQuestions | None:
    """The question whether the head answers for it; none where the agency had no head's post.

    Args:
        deemed: the consent.
        at: when it was deemed; the authority's days run from then.
        law: the rows as they were applied then.
        calendar: the days off.
    """
    subject, terms = deemed.answers, deemed.terms.review
    if subject.post_id is None:
        return None
    head = Head(
        level=1,
        agency_id=subject.agency_id,
        post_id=subject.post_id,
        kind=subject.kind,
        person_id=subject.person_id,
        acting=deemed.acting,
        since=deemed.in_office_since,
        acted_by=deemed.acted_by,
    )
    return RaiseQuestions(
        finding_id=deemed.consultation_id,
        matter_id=matter_id(deemed.request_id),
        agency_id=subject.agency_id,
        directive_id=deemed.terms.directive_id,
        own_check=False,
        fact_date=deemed.last_day,
        detected_at=deemed.due_at,
        terms=terms,
        answer_until=after_working_days(at, terms.open_within, calendar),
        heads=(head,),
        law=law,
    )


def of_collective(deemed: ConsentDeemed, setting: Setting) -> ProposeReview:
    """The review of an agency that has no head's post; the authority's days run from when the consent was deemed."""
    assert deemed.answers.kind is SubjectKind.COLLECTIVE  # noqa: S101 -- who has no post is the agency itself
    item = BasisItem(
        finding_id=deemed.consultation_id, ground=GROUND, fact_date=deemed.last_day, detected_at=deemed.due_at
    )
    terms = deemed.terms.review
    return ProposeReview(
        matter_id=matter_id(deemed.request_id),
        subject=deemed.answers,
        directive_id=deemed.terms.directive_id,
        terms=terms,
        basis=(item,),
        open_until=after_working_days(setting.at, terms.open_within, setting.calendar),
        setting=setting,
    )


def undone(consultation_id: UUID, at: datetime, calendar: Calendar) -> LoseBasis:
    """What every review that rests on the consent is told once an answer is recorded that was received in time."""
    return LoseBasis(fallen=consultation_id, findings=(consultation_id,), ground=GROUND, at=at, calendar=calendar)
