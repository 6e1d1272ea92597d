"""In whose name a document is issued, and who signs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from inspection.organisation import queries
from schemas.discipline.boards import SeatRole
from schemas.discipline.documents import DocumentKind
from schemas.discipline.review_complaints import ComplaintAnswered
from schemas.discipline.review_procedure import ReviewMeetingConvened, ReviewMeetingHeld
from schemas.refusal import Refusal
from services.adapters.catalogues import text
from services.adapters.documents.case import LANGUAGE, abbreviation
from services.adapters.documents.signing import signing_as

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.base import Event
    from services.adapters.documents.case import Case

BOARD_ABBREVIATION = "HĐKL"


@dataclass(unsafe_hash=True)
class AnsweredElsewhere(Refusal):
    """A court or a body outside the tree answered: its document is its own."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """An agency, or a board of its own numbers; with whose name stands under its document."""

    agency_id: str
    board_id: UUID | None
    name: str
    above: str | None
    abbreviation: str
    signer: UUID
    signer_title: str
    signing_for: str | None = None
    """What stands above the title of who signs in another's place."""
    authority_title: str | None = None
    """The title of the head in whose name an agency decides, whoever signs; a board has none."""
    secretary: UUID | None = None
    """Who signs minutes besides."""


def issuer_of(kind: DocumentKind, event: Event, case: Case) -> Issuer:
    """Return who issues it. Raises `AnsweredElsewhere`."""
    post_id = case.heir(case.review.authority_post)
    match kind:
        case DocumentKind.SUMMONS | DocumentKind.RECOMMENDATION:
            return _board(case, post_id)
        case DocumentKind.MINUTES if not isinstance(event, ReviewMeetingHeld):
            return _board(case, post_id)
        case DocumentKind.MINUTES:
            chair = _meeting_chair(event, case)
            return _agency(case, post_id, chair, secretary=case.review.procedure.secretary)
        case DocumentKind.COMPLAINT_ANSWER:
            return _answering(event, case, post_id)
        case DocumentKind.REVIEW_OPENING | DocumentKind.DECISION | DocumentKind.PUBLICATION:
            return _agency(case, post_id, _signer(event, case, post_id))
        case _:
            assert_never(kind)


def _signer(event: Event, case: Case, post_id: str) -> UUID:
    """Who decided, while he does the work of the post; else whoever does it today: an absent holder does not sign."""
    by: UUID | None = getattr(event, "opened_by", None) or getattr(event, "decided_by", None)
    if by is not None and by in queries.doing_the_work(case.organisation, post_id, case.day):
        return by
    holding = queries.in_charge(case.organisation, post_id, case.day)
    signer = by if holding is None else holding.person_id
    return signer or event.published_by  # type: ignore[attr-defined]  # what is published names nobody else


def _agency(case: Case, post_id: str, signer: UUID, *, secretary: UUID | None = None) -> Issuer:
    agency_id = case.organisation.posts[post_id].agency_id
    up = queries.parent(case.organisation, agency_id, case.day)
    name = case.agency(agency_id)
    signing = signing_as(case, signer, case.post_of(signer, post_id) or post_id)
    return Issuer(
        agency_id=agency_id,
        board_id=None,
        name=name,
        above=None if up is None else case.agency(up),
        abbreviation=abbreviation(name),
        signer=signer,
        signer_title=signing.title,
        signing_for=signing.in_place_of,
        authority_title=signing.head,
        secretary=secretary,
    )


def _board(case: Case, post_id: str) -> Issuer:
    board = case.board
    assert board is not None  # noqa: S101 -- these steps happen before a board only
    agency_id = case.organisation.posts[post_id].agency_id
    return Issuer(
        agency_id=agency_id,
        board_id=board.board_id,
        name=text(LANGUAGE, "document-board"),
        above=case.agency(agency_id),
        abbreviation=BOARD_ABBREVIATION,
        signer=board.holder(SeatRole.CHAIR),
        signer_title=text(LANGUAGE, "document-board-chair"),
        secretary=board.holder(SeatRole.SECRETARY),
    )


def _meeting_chair(event: Event, case: Case) -> UUID:
    number = event.meeting if isinstance(event, ReviewMeetingHeld) else 0
    calls = [one for one in case.history if isinstance(one, ReviewMeetingConvened) and one.meeting == number]
    return calls[-1].chair


def _answering(event: Event, case: Case, post_id: str) -> Issuer:
    assert isinstance(event, ComplaintAnswered)  # noqa: S101 -- the kind is of this event only
    if event.outside:
        raise AnsweredElsewhere
    held = case.post_of(event.answered_by, post_id) or post_id
    return _agency(case, held, event.answered_by)
