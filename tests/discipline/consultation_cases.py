"""A consultation of the sample province, event by event."""

from __future__ import annotations

from datetime import UTC, date, datetime

from schemas.discipline.consultations import (
    ConsentDeemed,
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationClosed,
    ConsultationLapsed,
    ConsultationTerms,
    ConsultationWithdrawn,
    Position,
)
from schemas.discipline.law import ClockCalculation, NamedDay, TermBasis
from schemas.discipline.reviews import ReviewTerms, Subject
from schemas.values import DayKind, DayReason, SubjectKind, Term
from tests.discipline.samples import DIRECTOR, OTHER, document, named, person, place

ASKER = person(place("transport-head", OTHER, head=True))
ANSWERER = person(DIRECTOR)
REQUEST = named("request")
CONSULTATION = named("consultation")
ASKED_AT = datetime(2025, 3, 3, 2, tzinfo=UTC)
"""A Monday, 9:00 in Việt Nam."""
LAST_DAY = date(2025, 3, 12)
DUE_AT = datetime(2025, 3, 12, 17, tzinfo=UTC)
"""24:00 of the seventh working day."""
WEEKEND = (date(2025, 3, 8), date(2025, 3, 9))
TERMS = ConsultationTerms(
    directive_id="quang-xuong-06",
    pack_version=1,
    provision="Đoạn 5; đoạn 6",
    only_concerned=True,
    clear_position=True,
    reconcile_first=True,
    deemed_consent=True,
    answers_personally=True,
    answer=Term(days=7, day_kind=DayKind.WORKING),
    review=ReviewTerms(provision="Đoạn 5; đoạn 6", authority_post="chair", open_within=5, meeting_within=10),
)
NO_CONSENT = TERMS.model_copy(
    update={
        "directive_id": "vinh-long-968",
        "provision": "Phần I, đoạn 4",
        "reconcile_first": False,
        "deemed_consent": False,
        "answers_personally": False,
    }
)
CALCULATION = ClockCalculation(
    rule_id="quang-xuong-06",
    instrument="quang-xuong-06",
    article="Đoạn 5; đoạn 6",
    starts_on=date(2025, 3, 3),
    days=7,
    months=None,
    day_kind=DayKind.WORKING,
    condition=None,
    skipped=WEEKEND,
    ends_at=DUE_AT,
    clock="consultation-answer",
    basis=TermBasis.PACK_DEFAULT,
    skipped_days=tuple(NamedDay(day=day, reason=DayReason.WEEKLY_REST, name=None) for day in WEEKEND),
)
ASKED = ConsultationAsked(
    consultation_id=CONSULTATION,
    request_id=REQUEST,
    asking_agency="transport",
    asking_post="transport-head",
    asked_by=ASKER.person_id,
    consulted_agency="construction",
    consulted_post="construction-head",
    subject=document("subject"),
    draft=document("draft"),
    concern=document("concern"),
    terms=TERMS,
    calculation=CALCULATION,
    due_at=DUE_AT,
)
ASKED_WITHOUT_CONSENT = ASKED.model_copy(
    update={
        "terms": NO_CONSENT,
        "calculation": CALCULATION.model_copy(
            update={"rule_id": "vinh-long-968", "instrument": "vinh-long-968", "article": "Phần I, đoạn 4"}
        ),
    }
)
HEAD = Subject(
    kind=SubjectKind.CIVIL_SERVANT, agency_id="construction", person_id=ANSWERER.person_id, post_id="construction-head"
)
WITHDRAWN = ConsultationWithdrawn(consultation_id=CONSULTATION, withdrawn_by=ASKER.person_id, reasons=document("why"))
CLOSED = ConsultationClosed(consultation_id=CONSULTATION, closed_by=ASKER.person_id, reasons=document("why"))
LAPSED = ConsultationLapsed(
    consultation_id=CONSULTATION, request_id=REQUEST, consulted_agency="construction", due_at=DUE_AT, last_day=LAST_DAY
)


def deemed(head: Subject = HEAD, **but: object) -> ConsentDeemed:
    """No answer came, and that is consent."""
    said = ConsentDeemed(
        consultation_id=CONSULTATION,
        request_id=REQUEST,
        consulted_agency="construction",
        due_at=DUE_AT,
        last_day=LAST_DAY,
        answers=head,
        acting=False,
        in_office_since=date(2020, 1, 1),
        acted_by=None,
        terms=TERMS,
    )
    return said.model_copy(update=but)


def answered(at: datetime = ASKED_AT, position: Position = Position.AGREES, **but: object) -> ConsultationAnswered:
    """An answer that was received at a moment."""
    said = ConsultationAnswered(
        consultation_id=CONSULTATION,
        answered_by=ANSWERER.person_id,
        answering_agency="construction",
        position=position,
        answer=document("answer"),
        received_at=at,
        late=at > DUE_AT,
        undoes_consent=False,
    )
    return said.model_copy(update=but)
