"""A review as it is shown: the whole file, or what the law gives its subject."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from discipline.law.rows import Confidence
from discipline.reviews import view
from discipline.reviews.owed import Debtor, OwedStep, owed
from discipline.reviews.unserved import as_he_knows_it, unserved
from schemas.base import Contract
from schemas.discipline import review_complaints as complaints
from schemas.discipline import review_decision as decision
from schemas.discipline import review_incidents as incidents
from schemas.discipline import review_procedure as procedure
from schemas.discipline import reviews as opening
from schemas.discipline.documents import DocumentIssued, DocumentKind
from schemas.discipline.law import ClockCalculation, RowUsed
from schemas.discipline.review_events import AnyReviewEvent
from services.adapters import catalogues, law
from services.adapters.calculations import in_words
from services.adapters.tables.discipline import ReviewColumns
from services.application.discipline.aggregates import REVIEW
from services.entrypoints.api.discipline.document_case import issuings, standing, written_number
from services.entrypoints.api.discipline.law_scope import activations
from services.entrypoints.api.discipline.review_effects import EffectOfCase, effects_of
from services.entrypoints.api.discipline.review_law import LawOfCase, law_of
from services.entrypoints.api.discipline.timeline import Moved, texts, timeline
from services.entrypoints.api.language import of_scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from discipline.law.activation.state import Activations
    from discipline.reviews.state import Review
    from schemas.base import Event
    from schemas.envelope import Recorded
    from services.entrypoints.api.call import Call

OF_SUBJECT = (
    opening.ReviewOpened,
    opening.ReviewTerminated,
    procedure.ReviewSubjectNotified,
    procedure.SelfReviewSubmitted,
    procedure.ReviewMeetingConvened,
    procedure.ReviewEndedAtMeeting,
    procedure.ReviewSubjectSummoned,
    procedure.ReviewSummonsReceived,
    procedure.ReviewSummonsMissed,
    incidents.ReviewDeferred,
    incidents.ReviewResumed,
    incidents.SuspendedFromWork,
    incidents.SuspensionFromWorkEnded,
    incidents.ReviewExempted,
    decision.DecisionServed,
    decision.DecisionPublished,
    decision.DecisionCorrected,
    decision.DecisionRevoked,
    decision.SanctionExpired,
    decision.ReassignmentDecided,
    complaints.ComplaintFiled,
    complaints.ComplaintAccepted,
    complaints.ComplaintRejected,
    complaints.ComplaintAnswerServed,
)
"""What is addressed to the subject or comes from him; deliberations, votes and the Party's decision are not."""

ONCE_SERVED = (decision.ReviewDecided, complaints.ComplaintAnswered)
"""What he learns by its service, and not before."""


class ReviewListed(ReviewColumns):
    """A review in a list."""


class Missing(BaseModel):
    """A step that is missing."""

    step: OwedStep
    name: Annotated[str, Field(description="In the language asked for.")]
    by: Debtor
    by_name: Annotated[str, Field(description="In the language asked for.")]
    until: Annotated[datetime | None, Field(description="By when; none where neither a row nor the case says.")]


class RowOfCase(RowUsed):
    """A row that the case rests on, and how well it is known."""

    confidence: Annotated[Confidence | None, Field(description="None of a directive, which is no row of the law.")]
    activated_from: Annotated[
        datetime | None,
        Field(description="Since when an administrator had it applied, when the case used it; none where it ships so."),
    ]


class CalculationInWords(BaseModel):
    """How a date was computed, so that it can be recomputed by hand."""

    name: Annotated[str, Field(description="What it measures, in the language asked for.")]
    lines: Annotated[list[str], Field(description="Start, rule, what did not count and why, end.")]


class ReviewCase(BaseModel):
    """A review with all that happened to it, as far as the caller may know it."""

    review: ReviewListed
    missing: Annotated[list[Missing], Field(description="What is missing for the next step, and who owes it.")]
    law: Annotated[LawOfCase | None, Field(description="None before it is opened, and for a collective.")]
    rows: Annotated[list[RowOfCase], Field(description="Every row of the law that it rests on, each once.")]
    decision_number: Annotated[
        str | None, Field(description="Number and symbol of the decision, once its document was issued.")
    ]
    effects: Annotated[
        list[EffectOfCase],
        Field(description="What follows from the sanction that was served, for evaluation and promotion."),
    ]
    calculations: Annotated[list[ClockCalculation], Field(description="Every date that was computed, as it was.")]
    in_words: Annotated[
        list[CalculationInWords], Field(description="The same, in the order given, as documents print them.")
    ]
    timeline: list[Moved]
    texts: Annotated[dict[UUID, str], Field(description="Texts by document id; erased ones are absent.")]


async def shown(
    call: Call, row: ReviewListed, state: Review, history: Sequence[Recorded], *, whole: bool
) -> ReviewCase:
    """The case; not `whole`, what is the subject's of it."""
    told = history if whole else list(told_to_subject(history))
    documents = await documents_told(call, state.review_id, told)
    parts = (part for recorded in told for part in _parts(recorded.event))
    clocks = list(dict.fromkeys(part for part in parts if isinstance(part, ClockCalculation)))
    words = (in_words(of_scope(call.scope), clock) for clock in clocks)
    return ReviewCase(
        review=row,
        missing=missing_of(call, state, whole=whole),
        law=law_of(of_scope(call.scope), told),
        rows=_rows(told, await activations(call)),
        decision_number=_decision_number([one.event for one in documents], told),
        effects=effects_of(of_scope(call.scope), history),
        calculations=clocks,
        in_words=[CalculationInWords(name=one.name, lines=list(one.lines)) for one in words],
        timeline=timeline(call, sorted([*told, *documents], key=lambda one: one.position)),
        texts=await texts(call, told),
    )


async def documents_told(call: Call, review_id: UUID, told: Sequence[Recorded]) -> list[Recorded]:
    """The documents that were issued of what was told: to the subject, what was addressed or served to him."""
    steps = {recorded.version for recorded in told}
    found = await issuings(call, review_id)
    return [one for one in found if isinstance(one.event, DocumentIssued) and one.event.step in steps]


def _decision_number(documents: Sequence[Event], told: Sequence[Recorded]) -> str | None:
    """The number that the register gave the latest decision; none to whom it was not told."""
    decided = [recorded.version for recorded in told if isinstance(recorded.event, decision.ReviewDecided)]
    of_decisions = [one for one in documents if isinstance(one, DocumentIssued) and one.kind is DocumentKind.DECISION]
    return next((written_number(one) for one in standing(of_decisions) if one.step in decided[-1:]), None)


async def told_to_him(call: Call, review_id: UUID, recorded: Recorded) -> bool:
    """Whether the subject is told of the event as it happens; of a document, whether he knows what it is of."""
    event = recorded.event
    if not isinstance(event, (*OF_SUBJECT, *ONCE_SERVED, DocumentIssued)):
        return False
    history = await call.context.store.load(REVIEW.stream(review_id))
    step = event.step if isinstance(event, DocumentIssued) else recorded.version
    return step in {one.version for one in told_to_subject(history)}


def told_to_subject(history: Sequence[Recorded]) -> Iterator[Recorded]:
    """The events that the subject knows of: what he learns by its service, once it was served."""
    return (one for one in _known_to_subject(history) if isinstance(one.event, (*OF_SUBJECT, *ONCE_SERVED)))


def _known_to_subject(history: Sequence[Recorded]) -> list[Recorded]:
    """All but what is to be served on him first."""
    hidden = unserved(_events(history))
    return [recorded for place, recorded in enumerate(history) if place not in hidden]


def _events(history: Sequence[Recorded]) -> list[AnyReviewEvent]:
    return [recorded.event for recorded in history if isinstance(recorded.event, AnyReviewEvent)]


def own(history: Sequence[Recorded]) -> tuple[ReviewListed, Review]:
    """The row and the review as its subject knows them: without who keeps the file, and before what is not served.

    Its version is that of the last event that he may reckon with: the next one would tell him that he has been judged.
    """
    state, last = as_he_knows_it(_events(history)), _known_to_subject(history)[-1]
    values = {**view.row(state), "version": last.version, "updated_at": last.recorded_at, "secretary": None}
    return ReviewListed.model_validate({name: values[name] for name in ReviewListed.model_fields}), state


def missing_of(call: Call, state: Review, *, whole: bool) -> list[Missing]:
    """What is missing for the next step, and who owes it; not `whole`, what the subject owes."""
    language = of_scope(call.scope)
    return [
        Missing(
            step=one.step,
            name=catalogues.text(language, f"owed-{one.step}"),
            by=one.by,
            by_name=catalogues.text(language, f"owed-by-{one.by}"),
            until=one.until,
        )
        for one in owed(state)
        if whole or one.by is Debtor.SUBJECT
    ]


def _rows(told: Iterable[Recorded], made: Activations) -> list[RowOfCase]:
    """Every row that is named, each once, as it stood when it was named first."""
    confidence = {row.row_id: row.confidence for row in law.shipped().rows}
    found: dict[RowUsed, RowOfCase] = {}
    for recorded in told:
        held = made.at(recorded.recorded_at)
        for row in _used(recorded.event):
            since = held[row.rule_id].since if row.rule_id in held else None
            known = confidence.get(row.rule_id)
            found.setdefault(row, RowOfCase(**row.model_dump(), confidence=known, activated_from=since))
    return sorted(found.values(), key=lambda one: one.rule_id)


def _used(contract: Contract) -> Iterator[RowUsed]:
    for part in _parts(contract):
        if isinstance(part, RowUsed):
            yield part
        elif isinstance(part, ClockCalculation):
            yield _row(part)


def _row(clock: ClockCalculation) -> RowUsed:
    return RowUsed(rule_id=clock.rule_id, instrument=clock.instrument, article=clock.article)


def _parts(contract: Contract) -> Iterator[Contract]:
    """The contract and all within it."""
    yield contract
    for name in type(contract).model_fields:
        value = getattr(contract, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Contract):
                yield from _parts(part)
