"""Which pack holds for a fact, and what it says of a violation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from inspection.directives.refusals import DirectiveNoLongerInForce, DirectiveNotAdopted, ViolationTypeUnknown
from inspection.directives.state import Directive
from inspection.timeline import at
from schemas.inspection.directives import Pack, ViolationType
from schemas.values import FollowUpTerms


@dataclass(frozen=True, slots=True)
class InForce:
    """The pack that a fact is measured by."""

    pack: Pack
    historic: bool
    """The fact is older than the directive: it is loaded as history, by the first pack."""


def in_force(state: Directive, directive_id: str, fact_date: date) -> InForce:
    """The pack in force on the day of a fact.

    Raises:
        DirectiveNotAdopted: nobody adopted it.
        DirectiveNoLongerInForce: it had been repealed by then.
    """
    if not state.packs:
        raise DirectiveNotAdopted(directive_id)
    if state.repealed_on is not None and state.repealed_on <= fact_date:
        raise DirectiveNoLongerInForce(directive_id, state.repealed_on)
    held = at(state.packs, fact_date)
    return InForce(state.packs[0][1], historic=True) if held is None else InForce(held, historic=False)


def owed_by(state: Directive, agency_id: str, day: date) -> int:
    """How many duties, reports and indicators the pack in force on a day gives to one agency by its id."""
    if state.repealed_on is not None and state.repealed_on <= day:
        return 0
    pack = at(state.packs, day)
    if pack is None:
        return 0
    owners = Counter[str]()
    owners.update(row.owner for row in pack.duties)
    owners.update(row.owner for row in pack.reports)
    owners.update(row.owner for row in pack.indicators)
    return owners[f"agency:{agency_id}"]


def terms_of(pack: Pack, violation_type: str) -> FollowUpTerms:
    """What a follow-up of such a violation needs of the pack.

    Raises:
        ViolationTypeUnknown: the pack has no such type.
    """
    row = _row(pack, violation_type)
    return FollowUpTerms(
        directive_id=pack.directive_id,
        pack_version=pack.version,
        provision=row.provision,
        remediation=row.remediation,
        ladder=pack.ladder,
        stall=pack.stall,
        max_extensions=pack.max_extensions,
        max_hand_overs=pack.max_hand_overs,
        demands_review=row.demands_review,
        answerable=row.answerable,
        review_on_last_step=pack.review.on_last_step,
        review_threshold=pack.review.threshold,
        review_period_days=pack.review.period_days,
    )


def _row(pack: Pack, violation_type: str) -> ViolationType:
    for row in pack.violation_types:
        if row.violation_type == violation_type:
            return row
    raise ViolationTypeUnknown(violation_type, pack.directive_id, pack.version)
