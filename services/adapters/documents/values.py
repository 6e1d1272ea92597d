"""What the fields of a document's template say, by kind: everything that the step and its case tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from discipline.days import local_day
from discipline.documents.fields import FIELDS
from discipline.reviews.procedure.board import NO_SANCTION
from schemas.discipline import review_complaints as complaints
from schemas.discipline import review_decision as decision
from schemas.discipline import review_procedure as procedure
from schemas.discipline.law import ClockCalculation, RowUsed
from schemas.discipline.reviews import ReviewOpened, ReviewProposed
from services.adapters import law_words
from services.adapters.calculations import in_words
from services.adapters.catalogues import has, text, written
from services.adapters.documents.case import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from schemas.base import Event
    from schemas.discipline.documents import DocumentKind
    from services.adapters.documents.case import Case
    from services.adapters.documents.issuer import Issuer

Values = dict[str, Any]
UNNAMED = "Not named by the source"
"""No instrument that a document could cite."""


def values_of(kind: DocumentKind, event: Event, case: Case, issuer: Issuer) -> Values:
    """Every field of the kind with what it says; None where there is nothing to say.

    Raises:
        PersonNotInRegistry: somebody who has to be named has no name there.
        DocumentTextErased: a text that has to be given is gone.
    """
    told = {**_common(case, issuer), **_of(event, case, issuer)}
    return {field.name: told.get(field.name) for field in FIELDS[kind]}


def _common(case: Case, issuer: Issuer) -> Values:
    subject = case.review.subject
    clocks = [*case.review.limitation, *([case.review.processing] if case.review.processing else [])]
    return {
        "issuer_name": issuer.name,
        "issuer_abbreviation": issuer.abbreviation,
        "agency_name": case.agency(issuer.agency_id),
        "signer_name": case.name(issuer.signer),
        "signer_title": issuer.signer_title,
        "signing_for": issuer.signing_for,
        "authority_title": issuer.authority_title,
        "place": case.place(issuer.agency_id),
        "day": _told(case.day),
        "subject_name": case.subject,
        "subject_position": None if subject.post_id is None else case.post(subject.post_id),
        "subject_agency": case.agency(subject.agency_id),
        "provision": text(
            LANGUAGE, "document-provision-of", {"provision": case.review.provision, "directive": case.directive}
        ),
        "findings": [
            {"fact_date": _told(item.fact_date), "violation": case.violations[item.finding_id]}
            for item in case.review.basis
        ],
        "legal_bases": [],
        "calculations": calculations(clocks),
        "authority_name": _authority(case),
    }


def _of(event: Event, case: Case, issuer: Issuer) -> Values:
    """What the step itself tells."""
    match event:
        case ReviewOpened():
            told = _opened(event)
        case procedure.ReviewSubjectSummoned():
            told = {"summons_number": event.summons, "hearing_at": _told(event.hearing_at)}
            told["content"] = case.text(event.document)
        case procedure.ReviewMeetingHeld():
            told = _meeting(event, case, issuer)
        case procedure.ReviewHearingHeld():
            told = _hearing(event, case, issuer)
        case procedure.ReviewRecommended():
            told = _recommended(event, case)
        case decision.ReviewDecided():
            told = _decided(event, case)
        case decision.DecisionPublished():
            told = _published(event, case)
        case complaints.ComplaintAnswered():
            told = _answered(event, case)
        case _:
            raise TypeError(event.type)
    return told


def _recommended(event: procedure.ReviewRecommended, case: Case) -> Values:
    return {
        "recommendation": choice(event.choice),
        "votes": [{"choice": choice(one.choice), "count": one.votes} for one in event.votes],
        "took_part": sum(one.votes for one in event.votes),
        "heard_on": _told(local_day(_summoned(case).hearing_at)),
    }


def _opened(event: ReviewOpened) -> Values:
    clocks = [*event.limitation, *([event.processing] if event.processing else [])]
    rows = [] if event.applied is None else [row for regime in event.applied.substance for row in regime.rows]
    return {
        "meeting_until": _told(event.meeting_until),
        "calculations": calculations(clocks),
        "legal_bases": bases([*rows, *map(_row, clocks)]),
    }


def _meeting(event: procedure.ReviewMeetingHeld, case: Case, issuer: Issuer) -> Values:
    calls = [one for one in case.history if isinstance(one, procedure.ReviewMeetingConvened)]
    held_at = next(one.held_at for one in reversed(calls) if one.meeting == event.meeting)
    return {
        "session": text(LANGUAGE, "document-session-meeting"),
        "held_at": _told(held_at),
        "attended": _people(event.attended, case),
        "absent": _people(event.absent, case),
        "subject_present": event.subject_present,
        "content": case.text(event.minutes),
        "votes": [{"choice": _outcome(one.outcome), "count": one.votes} for one in event.votes],
        "recommendation": _outcome(event.recommendation),
        **_minutes_by(case, issuer),
    }


def _hearing(event: procedure.ReviewHearingHeld, case: Case, issuer: Issuer) -> Values:
    totals, dissents = ({}, ()) if case.vote is None else (case.vote.totals, case.vote.dissents)
    return {
        "session": text(LANGUAGE, "document-session-board"),
        "held_at": _told(_summoned(case).hearing_at),
        "attended": _people(event.sat, case),
        "absent": [],
        "subject_present": event.subject_present,
        "content": case.text(event.minutes),
        "statement": None if event.statement is None else case.text(event.statement),
        "votes": [{"choice": choice(code), "count": count} for code, count in totals.items()],
        "dissents": [{"name": case.name(who), "opinion": case.text(opinion)} for who, opinion in dissents],
        **_minutes_by(case, issuer),
    }


def _summoned(case: Case) -> procedure.ReviewSubjectSummoned:
    """The summons that led to the hearing: no board hears a case without one."""
    return next(one for one in reversed(case.history) if isinstance(one, procedure.ReviewSubjectSummoned))


def _minutes_by(case: Case, issuer: Issuer) -> Values:
    secretary = None if issuer.secretary is None else case.name(issuer.secretary)
    return {"chair_name": case.name(issuer.signer), "secretary_name": secretary}


def _decided(event: decision.ReviewDecided, case: Case) -> Values:
    clocks = [*event.limitation, *([event.processing] if event.processing else [])]
    facts = {item.finding_id: item.fact_date for item in case.review.known}
    recommended = case.review.procedure.recommendation
    regime = [row for one in event.applied.substance if one.day == event.regime for row in one.rows]
    return {
        "form": given(event.form),
        "conclusions": [
            {
                "fact_date": _told(facts[one.finding_id]),
                "violation": case.violations[one.finding_id],
                "form": _form(one.form),
            }
            for one in event.conclusions
        ],
        "calculations": calculations(clocks),
        "legal_bases": bases([*regime, *event.rows, *map(_row, clocks)]),
        "content": case.text(event.decision),
        "recommendation": None if recommended is None else choice(recommended),
        "deviates": event.deviates,
    }


def _answered(event: complaints.ComplaintAnswered, case: Case) -> Values:
    filed = [
        one for one in case.history if isinstance(one, complaints.ComplaintFiled) and one.instance is event.instance
    ]
    clocks = [clock for one in filed[-1:] for clock in (one.window, one.answer) if clock is not None]
    return {
        "instance": text(LANGUAGE, f"complaint-instance-{event.instance}"),
        "outcome": text(LANGUAGE, f"document-outcome-{event.outcome}"),
        "form": None if event.form is None else _form(event.form),
        "content": case.text(event.document),
        "filed_on": None if not filed else _told(local_day(filed[-1].received_at)),
        "calculations": calculations(clocks),
        "legal_bases": bases([*event.rows, *map(_row, clocks)]),
        **_decision(case),
    }


def _published(event: decision.DecisionPublished, case: Case) -> Values:
    decided = [one for one in case.history if isinstance(one, decision.ReviewDecided)]
    served = [one for one in case.history if isinstance(one, decision.DecisionServed)]
    return {
        "form": given(decided[-1].form),
        "content": case.text(event.document),
        "in_force_from": None if not served else _told(served[-1].in_force_from),
        **_decision(case),
    }


def _decision(case: Case) -> Values:
    issued = case.decided
    return {
        "decision_number": None if issued is None else issued.number,
        "decision_day": None if issued is None else _told(issued.day),
    }


def _authority(case: Case) -> str:
    post_id = case.heir(case.review.authority_post)
    return f"{case.post(post_id)} {case.agency(case.organisation.posts[post_id].agency_id)}"


def _people(persons: Sequence[UUID], case: Case) -> list[Values]:
    return [{"name": case.name(one), "position": case.position(one)} for one in persons]


def calculations(clocks: Iterable[ClockCalculation]) -> list[Values]:
    """Clocks in the words in which they are shown to people."""
    told = (in_words(LANGUAGE, clock) for clock in clocks)
    return [{"name": one.name, "lines": list(one.lines)} for one in told]


def bases(rows: Iterable[RowUsed]) -> list[str]:
    """The instruments that the rows quote, each once, with its articles."""
    articles: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.instrument != UNNAMED:
            articles.setdefault(row.instrument, {}).update({} if row.article is None else {row.article: None})
    return [law_words.cited(LANGUAGE, name, *_in_order(found)) for name, found in articles.items()]


def _in_order(articles: Iterable[str]) -> list[str]:
    """By number: article 2, clause 10, before article 16."""
    return sorted(articles, key=lambda article: [int(number) for number in re.findall(r"\d+", article)])


def given(form: str | None) -> str:
    """What was decided, as a sentence begins."""
    if form is None:
        return text(LANGUAGE, "document-form-none")
    return text(LANGUAGE, "document-form-given", {"form": _form(form)})


def choice(code: str) -> str:
    """What a ballot could choose."""
    return _form(None if code == NO_SANCTION else code)


def _form(form: str | None) -> str:
    if form is None:
        return text(LANGUAGE, "document-no-form")
    named = f"form-{form}"
    return text(LANGUAGE, named) if has(LANGUAGE, named) else form


def _outcome(outcome: str) -> str:
    return text(LANGUAGE, f"meeting-outcome-{outcome}")


def _row(clock: ClockCalculation) -> RowUsed:
    return RowUsed(rule_id=clock.rule_id, instrument=clock.instrument, article=clock.article)


def _told(value: object) -> str:
    return str(written(LANGUAGE, value))


def named_in(event: Event) -> frozenset[UUID]:
    """The persons whom a step names."""
    match event:
        case procedure.ReviewMeetingHeld():
            return frozenset((*event.attended, *event.absent))
        case procedure.ReviewHearingHeld():
            return frozenset(event.sat)
        case _:
            return frozenset()


def unpublished(history: Iterable[Event]) -> frozenset[UUID]:
    """Those of a case whom a publication must not name, unless he is its subject or signs it."""
    found: set[UUID | None] = set()
    for event in history:
        match event:
            case ReviewProposed():
                found.add(event.proposed_by)
            case procedure.ReviewSecretaryAppointed():
                found.add(event.person_id)
            case procedure.ReviewMeetingConvened():
                found.update(event.must_attend)
            case _:
                found |= named_in(event)
    return frozenset(one for one in found if one is not None)
