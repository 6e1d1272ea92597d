"""Gathering what a document of a review says: its step, texts, names, and the words of its template."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from discipline.boards.state import boards_for
from discipline.documents.steps import step_of
from inspection.organisation import queries
from schemas.discipline.ballots import DissentRecorded
from schemas.discipline.boards import BoardVoteCalled
from schemas.discipline.documents import DocumentIssued, DocumentKind, TemplateUsed
from schemas.discipline.review_procedure import ReviewHearingHeld
from schemas.discipline.reviews import ReviewGround
from services.adapters import packs
from services.adapters.catalogues import text
from services.adapters.documents.case import LANGUAGE, Case, Decided, Vote
from services.adapters.documents.issuer import issuer_of
from services.adapters.documents.printing import Prepared
from services.adapters.documents.shipped import shipped, shipped_used
from services.adapters.documents.values import named_in, unpublished, values_of
from services.adapters.postgres.store import recorded
from services.application.discipline.aggregates import BALLOT, BOARD, FOLLOW_UP, REVIEW, TEMPLATE
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.timeline import texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discipline.ballots.state import Ballot
    from discipline.boards.state import State as BoardState
    from discipline.documents.templates.state import Template
    from discipline.reviews.state import Review
    from schemas.discipline.documents import Wording
    from schemas.envelope import Recorded
    from schemas.inspection.directives import Pack
    from services.adapters.documents.issuer import Issuer
    from services.entrypoints.api.call import Call

_ISSUED = """
select position, event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash from events
where type = 'discipline.document_issued.v1' and data ->> 'review_id' = $1 order by position"""


async def prepared(call: Call, state: Review, kind: DocumentKind, step: int | None = None) -> Prepared:
    """A document of a review that lacks its number only; the reading of its texts is recorded.

    Raises:
        DocumentStepNotThere: nothing has happened that it could put into words.
        AnsweredElsewhere, PersonNotInRegistry, DocumentTextErased, PublicationNamesPerson: it cannot be made.
    """
    history = await call.context.store.load(REVIEW.stream(state.review_id))
    events = [recorded.event for recorded in history]
    version = step_of(kind, events, step)
    event, known = events[version - 1], await facts(call)
    pack, board = _pack(state.directive_id), await _board(call, state)
    vote, dissents = await _vote(call, state, board) if isinstance(event, ReviewHearingHeld) else (None, [])
    case = Case(
        review=state,
        history=events,
        organisation=known.organisation,
        day=known.day,
        board=board,
        directive=state.directive_id if pack is None else _called(pack),
        violations=await _violations(call, state, pack),
        texts=await texts(call, [history[version - 1], *dissents]),
        names={},
        decided=_decided(await issued(call, state.review_id)),
        vote=vote,
    )
    issuer = issuer_of(kind, event, case)
    asked = {issuer.signer, *named_in(event)} | {one for one in (state.subject.person_id, issuer.secretary) if one}
    if vote is not None:
        asked |= {who for who, _ in vote.dissents}
    if kind is DocumentKind.PUBLICATION:
        asked |= unpublished(events) | ({seat.person_id for seat in case.board.seats} if case.board else set())
    persons = await call.context.registry.persons(sorted(asked))
    case = replace(case, names={person_id: person.name for person_id, person in persons.items()})
    wording, used = await _words(call, case, issuer, kind)
    made = Prepared(kind, case, version, issuer, wording, used, values_of(kind, event, case, issuer))
    made.refuse_names()
    return made


async def issued(call: Call, review_id: UUID) -> list[DocumentIssued]:
    """Every document of a review, in the order in which they were issued."""
    return [one for found in await issuings(call, review_id) if isinstance(one := found.event, DocumentIssued)]


async def issuings(call: Call, review_id: UUID) -> list[Recorded]:
    """The events that issued them, each in the stream of its register."""
    return [recorded(row) for row in await call.context.pool.fetch(_ISSUED, str(review_id))]


def standing(documents: Sequence[DocumentIssued]) -> list[DocumentIssued]:
    """Those that were not replaced."""
    replaced = {one.replaces for one in documents}
    return [one for one in documents if one.document_id not in replaced]


def written_number(document: DocumentIssued) -> str:
    """Number and symbol, as they stand on the document."""
    return f"{document.number:02d}/{document.symbol}"


def _decided(documents: Sequence[DocumentIssued]) -> Decided | None:
    decisions = [one for one in standing(documents) if one.kind is DocumentKind.DECISION]
    return Decided(written_number(decisions[-1]), decisions[-1].issued_on) if decisions else None


async def _board(call: Call, state: Review) -> BoardState:
    boards: list[BoardState] = [
        (await call.context.handler.load(BOARD, BOARD.stream(id_))).state for id_ in boards_for(state)
    ]
    theirs = (board for board in boards if board is not None and state.review_id in board.reviews)
    return next(theirs, boards[0])


async def _vote(call: Call, state: Review, board: BoardState) -> tuple[Vote | None, list[Recorded]]:
    """The last ballot of the board on the review that was counted, and the opinions that were put into its minutes."""
    store = call.context.store
    called = [] if board is None else [one.event for one in await store.load(BOARD.stream(board.board_id))]
    votes = (one for one in reversed(called) if isinstance(one, BoardVoteCalled))
    for vote in votes:
        if vote.review_id == state.review_id:
            ballot: Ballot | None = (await call.context.handler.load(BALLOT, BALLOT.stream(vote.ballot_id))).state
            if ballot is not None and ballot.outcome is not None:
                history = await store.load(BALLOT.stream(vote.ballot_id))
                told = [(one, one.event) for one in history if isinstance(one.event, DissentRecorded)]
                dissents = tuple((event.person_id, event.opinion) for _, event in told)
                return Vote(ballot.outcome.totals, dissents), [one for one, _ in told]
    return None, []


async def _violations(call: Call, state: Review, pack: Pack | None) -> dict[UUID, str]:
    """By item of the basis what it is: a finding by the name that the directive gives it, or a deemed consent."""
    named = {} if pack is None else {one.violation_type: one.name.vi for one in pack.violation_types}
    found: dict[UUID, str] = {}
    for finding_id, ground in {(item.finding_id, item.ground) for item in state.known}:
        if ground is ReviewGround.DEEMED_CONSENT:
            found[finding_id] = text(LANGUAGE, f"review-ground-{ground}")
            continue
        follow_up = (await call.context.handler.load(FOLLOW_UP, FOLLOW_UP.stream(finding_id))).state
        type_ = None if follow_up is None else follow_up.violation_type
        unnamed = text(LANGUAGE, "document-violation-unnamed", {"type": type_ or str(finding_id)})
        found[finding_id] = named.get(type_ or "", unnamed)
    return found


async def _words(call: Call, case: Case, issuer: Issuer, kind: DocumentKind) -> tuple[Wording, TemplateUsed]:
    """The words of the issuing agency, or of the nearest above it that has its own; else those that ship."""
    for owner in queries.chain(case.organisation, issuer.agency_id, case.day):
        template: Template = (await call.context.handler.load(TEMPLATE, TEMPLATE.stream(f"{owner}.{kind}"))).state
        if (version := template.in_use) is not None:
            used = TemplateUsed(owner=owner, version=version.number, sha256=version.sha256)
            return version.wording, used
    return shipped(kind), shipped_used(kind)


@cache
def _pack(directive_id: str) -> Pack | None:
    """The shipped pack of a directive; an authority's own is not known to this context by its names."""
    return next((pack for path in packs.shipped() if (pack := packs.read(path)).directive_id == directive_id), None)


def _called(pack: Pack) -> str:
    if pack.number is None:
        return pack.name.vi
    return text(LANGUAGE, "document-directive", {"number": pack.number, "name": pack.name.vi})
