"""What is found after a decision: reviewed in a matter of its own, beside what was decided.

Processing time runs from its detection, and no row lets it stand still while a sanction runs; the rows on a new offence
presuppose that it is judged while the earlier sanction counts (docs/decisions/0012-found-after.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never
from uuid import uuid5

from discipline.reviews.commands import ProposeReview
from discipline.reviews.state import Review, ReviewStatus, review_id
from schemas.discipline.reviews import LaterFindingReferred, ReviewTerms

if TYPE_CHECKING:
    from discipline.reviews.reckoning import Setting
    from schemas.discipline.reviews import BasisItem


def is_decided(state: Review) -> bool:
    """Whether it has an outcome on which nothing more is added: of a form, or one whose basis is in question."""
    match state.status:
        case ReviewStatus.DECIDED | ReviewStatus.SERVED | ReviewStatus.EXPIRED:
            return True
        case ReviewStatus.ENDED:
            return state.answer_until is not None
        case (
            ReviewStatus.PROPOSED
            | ReviewStatus.OPEN
            | ReviewStatus.MEETING_HELD
            | ReviewStatus.BEFORE_BOARD
            | ReviewStatus.HEARD
            | ReviewStatus.RECOMMENDED
            | ReviewStatus.EXEMPTED
            | ReviewStatus.CLOSED
            | ReviewStatus.REVOKED
            | ReviewStatus.REFUSED
            | ReviewStatus.LAPSED
            | ReviewStatus.TERMINATED
        ):
            return False
        case _:
            assert_never(state.status)


def referred(command: ProposeReview, state: Review, fresh: tuple[BasisItem, ...]) -> LaterFindingReferred:
    """It goes to the review beside, which is one for all that is found after this decision."""
    matter_id = uuid5(state.review_id, "found-after")
    return LaterFindingReferred(
        review_id=state.review_id,
        apart_matter_id=matter_id,
        apart_review_id=review_id(matter_id, state.subject),
        subject=state.subject,
        basis=fresh,
        provision=command.terms.provision,
        directive_id=command.directive_id,
        authority_post=command.terms.authority_post,
        open_within=command.terms.open_within,
        meeting_within=command.terms.meeting_within,
        open_until=command.open_until,
        proposed_by=command.proposed_by,
        reasons=command.reasons,
    )


def proposal(event: LaterFindingReferred, basis: tuple[BasisItem, ...], setting: Setting) -> ProposeReview:
    """The proposal of the review beside, on what of it still stands."""
    return ProposeReview(
        matter_id=event.apart_matter_id,
        subject=event.subject,
        directive_id=event.directive_id,
        terms=ReviewTerms(
            provision=event.provision,
            authority_post=event.authority_post,
            open_within=event.open_within,
            meeting_within=event.meeting_within,
        ),
        basis=basis,
        open_until=event.open_until,
        setting=setting,
        proposed_by=event.proposed_by,
        reasons=event.reasons,
    )
