"""What lets a review stand still, or moves its clocks: deferral, investigators, extension, the Party's decision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from discipline.days import last_day
from discipline.law.codes import NotCounted
from discipline.law.rows import Rule
from discipline.reviews.complaints.evolve import without_object
from discipline.reviews.incidents.grounds import ground_in_row, row_of
from discipline.reviews.incidents.refusals import (
    AlreadyDeferred,
    AlreadyExtended,
    DayAhead,
    DayBefore,
    ExtendedTermPassed,
    NotDeferred,
    NothingToExtend,
    NotWithInvestigators,
    OnlyIndividuals,
    WithInvestigators,
)
from discipline.reviews.procedure.steps import under_way
from discipline.reviews.reckoning import anew, limitation, processing, term
from discipline.reviews.state import CONCLUDED, facts
from discipline.steps import Step
from schemas.discipline.review_incidents import (
    PartyDisciplineReferred,
    ProcessingExtended,
    ReferredToInvestigators,
    ReturnedByInvestigators,
    ReviewDeferred,
    ReviewResumed,
)
from schemas.values import SubjectKind

if TYPE_CHECKING:
    from datetime import date

    from discipline.reviews.incidents.commands import (
        DeferReview,
        ExtendProcessing,
        ReferToInvestigators,
        ReferToPartyDiscipline,
        ResumeReview,
        ReturnFromInvestigators,
    )
    from discipline.reviews.state import Review


def deferred(command: DeferReview, state: Review) -> ReviewDeferred:
    """On one of the grounds of the row, and no other. The clocks stand still where a row says so."""
    under_way(state)
    if state.subject.kind is SubjectKind.COLLECTIVE:
        raise OnlyIndividuals
    if state.incidents.deferred:
        raise AlreadyDeferred
    setting = command.setting
    row = ground_in_row(setting, state, Rule.DEFERRAL_GROUNDS, command.ground)
    return ReviewDeferred(
        review_id=state.review_id,
        ground=command.ground,
        row=row.used,
        reasons=command.reasons,
        evidence=command.evidence,
        since=setting.day,
        clocks=anew(setting, state.interrupted(NotCounted.DEFERRAL, setting.day)),
        decided_by=command.by.person_id,
    )


def resumed(command: ResumeReview, state: Review) -> ReviewResumed:
    """It goes on where it stood; both clocks are computed over the time in between."""
    under_way(state)
    if not state.incidents.deferred:
        raise NotDeferred
    setting = command.setting
    return ReviewResumed(
        review_id=state.review_id,
        reasons=command.reasons,
        resumed_on=setting.day,
        clocks=anew(setting, state.ended_interruption(NotCounted.DEFERRAL, setting.day)),
        decided_by=command.by.person_id,
    )


def referred(command: ReferToInvestigators, state: Review) -> ReferredToInvestigators:
    """The clocks stand still where a row says so; where none does, they run on, and the calculation says it."""
    under_way(state)
    if (since := state.incidents.investigated_since) is not None:
        raise WithInvestigators(since)
    setting = command.setting
    _past(command.since, setting.day)
    first = min(facts(state))
    if command.since < first:
        raise DayBefore(command.since, first)
    away = state.interrupted(NotCounted.CRIMINAL_PROCEEDINGS, command.since)
    return ReferredToInvestigators(
        review_id=state.review_id,
        since=command.since,
        document=command.document,
        limitation=limitation(setting, away).calculations,
        processing=processing(setting, away),
        decided_by=command.by.person_id,
    )


def returned(command: ReturnFromInvestigators, state: Review) -> ReturnedByInvestigators:
    """Both clocks are computed over the time away."""
    under_way(state)
    since, setting = state.incidents.investigated_since, command.setting
    if since is None:
        raise NotWithInvestigators
    _past(command.returned_on, setting.day)
    if command.returned_on < since:
        raise DayBefore(command.returned_on, since)
    back = state.ended_interruption(NotCounted.CRIMINAL_PROCEEDINGS, command.returned_on)
    return ReturnedByInvestigators(
        review_id=state.review_id,
        returned_on=command.returned_on,
        document=command.document,
        limitation=limitation(setting, back).calculations,
        processing=processing(setting, back),
        recorded_by=command.by.person_id,
    )


def extended(command: ExtendProcessing, state: Review) -> ProcessingExtended:
    """Once, by the row that allows it, and before the longer term is over."""
    under_way(state)
    before = processing(command.setting, state)
    if before is None:
        raise NothingToExtend
    if state.incidents.extended:
        raise AlreadyExtended(before.rule_id)
    longer = processing(command.setting, replace(state, incidents=replace(state.incidents, extended=True)))
    if longer is None:
        raise NothingToExtend
    if longer.suspended_since is None and command.setting.at > longer.ends_at:
        row = longer.rule_id if longer.extension is None else longer.extension.row.rule_id
        raise ExtendedTermPassed(row, last_day(longer.ends_at))
    return ProcessingExtended(
        review_id=state.review_id, processing=longer, reasons=command.reasons, decided_by=command.by.person_id
    )


def party(command: ReferToPartyDiscipline, state: Review) -> PartyDisciplineReferred:
    """It starts the row's term; one that was changed opens a decided review again."""
    decided = state.status in CONCLUDED
    if not decided:
        under_way(state)
    if state.subject.kind is SubjectKind.COLLECTIVE:
        raise OnlyIndividuals
    _past(command.decided_on, command.setting.day)
    setting = command.setting
    reopens = row_of(setting, state, Rule.PARTY_FORM_CHANGED) if decided and command.changed else None
    return PartyDisciplineReferred(
        review_id=state.review_id,
        decided_on=command.decided_on,
        document=command.document,
        changed=command.changed,
        term=term(setting, state, Step.PARTY_FORM, command.decided_on),
        reopens=None if reopens is None else reopens.used,
        recorded_on=setting.day,
        clocks=None if reopens is None else anew(setting, without_object(state, setting.day)),
        recorded_by=command.by.person_id,
    )


def _past(day: date, today: date) -> None:
    """Raises `DayAhead`."""
    if day > today:
        raise DayAhead(day)
