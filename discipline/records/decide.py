"""When confirmed findings are so many within a period that the directive demands a review of the collective."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import assert_never
from uuid import UUID, uuid5

from discipline.records.commands import Command, CountFinding, UndoCount
from discipline.records.state import Counted, Reached, Record
from schemas.discipline.records import (
    AnyRecordEvent,
    ConfirmedFindingCounted,
    CountUndone,
    ThresholdReached,
    ThresholdUndone,
)
from schemas.discipline.reviews import BasisItem, ReviewGround, ReviewTerms

_SETS = UUID("5c1b3c0e-52c7-5a53-8f5b-6d1d8a4b7f10")
"""Namespace of the matters of repeated violations."""


def decide(command: Command, state: Record) -> tuple[AnyRecordEvent, ...]:
    """Return what happens; a finding that counts already, or never counted, changes nothing."""
    match command:
        case CountFinding():
            return _counted(command, state)
        case UndoCount():
            return _undone(command, state)
        case _:
            assert_never(command)


def _counted(command: CountFinding, state: Record) -> tuple[AnyRecordEvent, ...]:
    confirmed = command.confirmed
    if any(known.finding_id == confirmed.finding_id for known in state.counted):
        return ()
    counted = ConfirmedFindingCounted(
        agency_id=confirmed.agency_id,
        directive_id=confirmed.directive_id,
        finding_id=confirmed.finding_id,
        matter_id=confirmed.matter_id,
        fact_date=confirmed.fact_date,
        detected_at=confirmed.detected_at,
    )
    if confirmed.threshold is None:
        return (counted,)
    new = Counted(confirmed.finding_id, confirmed.fact_date, confirmed.detected_at)
    found = _enough([*_free(state), new], confirmed.threshold.findings, confirmed.threshold.period_days, with_=new)
    if not found:
        return (counted,)
    threshold = confirmed.threshold
    reached = _reached(counted, found, threshold.findings, threshold.period_days, confirmed.review)
    return (counted, reached)


def _undone(command: UndoCount, state: Record) -> tuple[AnyRecordEvent, ...]:
    finding_id = command.finding_id
    if all(known.finding_id != finding_id for known in state.counted):
        return ()
    undone = CountUndone(agency_id=command.agency_id, directive_id=command.directive_id, finding_id=finding_id)
    broken = next((reached for reached in state.reached if _in(finding_id, reached)), None)
    if broken is None or len(broken.basis) > broken.threshold:
        return (undone,)
    lost = ThresholdUndone(
        agency_id=command.agency_id,
        directive_id=command.directive_id,
        finding_id=finding_id,
        matter_id=broken.matter_id,
        basis=broken.basis,
    )
    # What is left of the set is free again, and may be enough together with others.
    after = Record(
        tuple(known for known in state.counted if known.finding_id != finding_id),
        tuple(reached for reached in state.reached if reached is not broken),
    )
    found = _enough(_free(after), broken.threshold, broken.period_days)
    if not found:
        return (undone, lost)
    return (undone, lost, _reached(undone, found, broken.threshold, broken.period_days, broken.terms))


def _in(finding_id: UUID, reached: Reached) -> bool:
    return any(item.finding_id == finding_id for item in reached.basis)


def _free(state: Record) -> list[Counted]:
    """Those that count and serve no set yet."""
    used = {item.finding_id for reached in state.reached for item in reached.basis}
    return [known for known in state.counted if known.finding_id not in used]


def _enough(
    free: Iterable[Counted], threshold: int, period_days: int, with_: Counted | None = None
) -> Sequence[Counted]:
    """The most findings whose facts lie within one period, if they are enough; the earliest of equals."""
    ordered = sorted(free, key=lambda known: (known.fact_date, known.finding_id))
    best: Sequence[Counted] = ()
    for first in ordered:
        end = first.fact_date + timedelta(days=period_days)
        within = [known for known in ordered if first.fact_date <= known.fact_date < end]
        if len(within) > len(best) and (with_ is None or with_ in within):
            best = within
    return best if len(best) >= threshold else ()


def _reached(
    cause: ConfirmedFindingCounted | CountUndone,
    found: Sequence[Counted],
    threshold: int,
    period_days: int,
    terms: ReviewTerms,
) -> ThresholdReached:
    basis = tuple(
        BasisItem(
            finding_id=known.finding_id,
            ground=ReviewGround.THRESHOLD,
            fact_date=known.fact_date,
            detected_at=known.detected_at,
        )
        for known in found
    )
    name = [cause.agency_id, cause.directive_id, *sorted(str(known.finding_id) for known in found)]
    return ThresholdReached(
        agency_id=cause.agency_id,
        directive_id=cause.directive_id,
        finding_id=cause.finding_id,
        matter_id=uuid5(_SETS, "\n".join(name)),
        basis=basis,
        threshold=threshold,
        period_days=period_days,
        terms=terms,
    )
