"""Documents of a review: looked at beforehand, issued under the next number, listed, and had as they were issued."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.documents.register.state import RegisterId
from discipline.reviews.procedure.refusals import NotKeeperOfFile
from schemas.discipline.boards import SeatRole
from schemas.discipline.documents import DocumentIssued, DocumentKind, FileFormat, IssuedFile, TemplateUsed
from schemas.discipline.review_complaints import ComplaintAnswered
from schemas.refusal import Refusal
from services.adapters import catalogues
from services.adapters.documents.printing import MEDIA_TYPES, rendered
from services.application.discipline.aggregates import REVIEW
from services.application.discipline.facts import Sight
from services.application.discipline.issuing import Issuing
from services.application.identity import Role
from services.application.registry import Reading
from services.entrypoints.api.access import Access
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.board_scope import remember
from services.entrypoints.api.discipline.document_case import issued, prepared, standing, written_number
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.law_scope import files_kept_by
from services.entrypoints.api.discipline.review_case import documents_told, told_to_subject
from services.entrypoints.api.discipline.review_scope import seen
from services.entrypoints.api.discipline.review_views import READERS
from services.entrypoints.api.language import of_scope
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.reviews.state import Review
    from services.adapters.documents.printing import Prepared
    from services.application.handler import Done

router = Router(prefix="/reviews", tags=["documents"])


@dataclass(unsafe_hash=True)
class DocumentFileGone(Refusal):
    """What was issued is not kept any more: somebody took it out of the registry."""

    document_id: UUID


ISSUING = Issuing()
NUMBERED_APART = """
select coalesce(max((data ->> 'number')::integer), 0) from events
where type = 'discipline.document_issued.v1' and data ->> 'issuer' = $1 and data ->> 'board_id' is not null
    and data ->> 'kind' = any($2::text[]) and data ->> 'year' = $3"""
"""The last number that boards took while each of them had a register of its own."""
_ISSUERS = (Sight.FILE, Sight.BOARD, Sight.ABOVE)
_READERS = (*_ISSUERS, Sight.SUBJECT)
"""Who heads an agency above and has answered a complaint keeps his own answer in sight, and nothing else."""


async def _in_sight(call: Call, *sights: Sight) -> Review:
    """The review; for who heads an agency above it is there once he has answered a complaint. Raises `NotFound`."""
    state = await seen(call, *sights)
    if (await facts(call)).sight(state) is Sight.ABOVE:
        history = await call.context.store.load(REVIEW.stream(state.review_id))
        answers = [one.event for one in history if isinstance(one.event, ComplaintAnswered)]
        if call.principal.person_id not in {answer.answered_by for answer in answers}:
            raise NotFound
    return state


async def _issuing(call: Call) -> None:
    """Scope: who may come into question to issue something of it. Raises `NotFound`."""
    await _in_sight(call, *_ISSUERS)


async def _reading(call: Call) -> None:
    """Scope: whoever may see a document of it. Raises `NotFound`."""
    await _in_sight(call, *_READERS)


READS = Access(READERS, _reading)
ISSUES = Access({Role.AUTHORITY, Role.BOARD_MEMBER, Role.BOARD_SECRETARY}, _issuing)

Form = Annotated[FileFormat, Query(description="As PDF, or as DOCX.")]
Step = Annotated[
    int | None,
    Query(ge=1, description="Version of the review's event that it is of; the latest of the kind if missing."),
]


class DocumentIn(Input):
    """Which document to issue."""

    kind: DocumentKind
    step: Annotated[
        int | None, Field(ge=1, description="Version of the review's event; the latest of the kind if missing.")
    ] = None
    replaces: Annotated[
        UUID | None, Field(description="The document of the same step in whose place it is issued.")
    ] = None


class FileShown(BaseModel):
    """A file of a document."""

    format: FileFormat
    sha256: Annotated[str, Field(description="SHA-256 of its bytes.")]
    size: Annotated[int, Field(description="How many bytes.")]


class DocumentShown(BaseModel):
    """An issued document."""

    document_id: UUID
    kind: DocumentKind
    kind_name: Annotated[str, Field(description="In the language asked for.")]
    number: Annotated[str, Field(description="Number and symbol, as they stand on it.")]
    issuer: Annotated[str, Field(description="The issuing agency.")]
    board_id: Annotated[UUID | None, Field(description="Its board, where that issued it.")]
    issued_on: date
    step: Annotated[int, Field(description="Version of the review's event that it is of.")]
    files: list[FileShown]
    replaces: Annotated[UUID | None, Field(description="In whose place it was issued.")]
    stands: Annotated[bool, Field(description="No other was issued in its place.")]
    template: Annotated[TemplateUsed, Field(description="The words that it was made with.")]
    kept_by: Annotated[str, Field(description="The row by which it is not erased, or the suite's own rule.")]
    signed_by: UUID
    issued_by: UUID


class Documents(BaseModel):
    """The documents of a review."""

    items: list[DocumentShown]


@router.read("/{review_id}/documents", access=READS, answers=Documents)
async def listed(review_id: UUID, call: Call) -> Response:
    """List the documents of a review; the subject sees those that are addressed to him."""
    found = await _visible(call, review_id)
    await remember(call, [review_id])
    stands = {one.document_id for one in standing(await issued(call, review_id))}
    shown = [_shown(call, one, stands=one.document_id in stands) for one in found]
    return call.answer(Documents(items=shown))


@router.file("/{review_id}/documents/{issued_id}/{form}", access=READS)
async def download(review_id: UUID, issued_id: UUID, form: FileFormat, call: Call) -> Response:
    """Have a document as it was issued, byte for byte; the reading is recorded."""
    document = next((one for one in await _visible(call, review_id) if one.document_id == issued_id), None)
    await remember(call, [review_id])
    file = next((one for one in document.files if one.format is form), None) if document else None
    if document is None or file is None:
        raise NotFound
    exchange = call.exchange
    reading = Reading(call.principal.actor, exchange.template, exchange.correlation_id)
    content = await call.context.registry.file(file.file_id, file.sha256, reading)
    if content is None:
        raise DocumentFileGone(issued_id)
    return call.file(content, MEDIA_TYPES[form], f"{document.kind}-{document.year}-{document.number:02d}.{form}")


@router.file("/{review_id}/document-preview/{kind}", access=ISSUES)
async def preview(
    review_id: UUID, kind: DocumentKind, call: Call, form: Form = FileFormat.PDF, step: Step = None
) -> Response:
    """Look at a document beforehand: a draft on every page, without a number; nothing is issued or kept."""
    await remember(call, [review_id])
    made = await _allowed(call, await seen(call, *_ISSUERS), kind, step)
    content = await asyncio.to_thread(rendered, made.sheet(None), form)
    return call.file(content, MEDIA_TYPES[form], f"{kind}-draft.{form}")


@router.command("/{review_id}/documents", access=ISSUES, status=201)
async def issue(review_id: UUID, body: DocumentIn, call: Call) -> Response:
    """Issue a document: it gets the next number of its register, and its bytes are kept as they are."""
    request = replace(await call.request(), expected_version=None)
    document_id = call.new_id("document")
    done = await call.context.handler.replay(request)
    if done is None:
        await remember(call, [review_id])
        made = await _allowed(call, await seen(call, *_ISSUERS), body.kind, body.step)
        register = RegisterId.of(made.issuer.agency_id, made.issuer.board_id, made.kind, made.case.day.year)

        async def make(number: int) -> DocumentIssued:
            return await _made(call, made, number, body.replaces)

        async def stands() -> UUID | None:
            others = standing(await issued(call, review_id))
            same = [one for one in others if (one.kind, one.step) == (made.kind, made.step)]
            return next((one.document_id for one in same), None)

        async def before() -> int:
            told = (register.issuer, list(register.kinds), str(register.year))
            return await call.context.pool.fetchval(NUMBERED_APART, *told) if register.of_boards else 0

        done = await ISSUING.issue(call.context.handler, register, make, request, stands, before)
    return _answer(call, review_id, document_id, done)


def _answer(call: Call, review_id: UUID, document_id: UUID, done: Done) -> Response:
    return call.created(document_id, done, f"/reviews/{review_id}/documents/{document_id}/{FileFormat.PDF}")


async def _allowed(call: Call, state: Review, kind: DocumentKind, step: int | None) -> Prepared:
    """The document, where the caller issues such: who keeps the file, or for the board's own its chair and secretary.

    Raises:
        NotFound: he heads an agency above, and it is not his own answer to a complaint.
        NotKeeperOfFile: he sees the case and does not keep it.
    """
    known = await facts(call)
    by, sight = known.by(state.authority_post), known.sight(state)
    above = sight is Sight.ABOVE
    if above and kind is not DocumentKind.COMPLAINT_ANSWER:
        raise NotFound
    made = await prepared(call, state, kind, step)
    event = made.case.history[made.step - 1]
    own_answer = isinstance(event, ComplaintAnswered) and event.answered_by == by.person_id
    if above and not own_answer:
        raise NotFound
    keeps = by.holds(state.authority_post) or by.person_id == state.procedure.secretary
    board = made.case.board
    runs = board is not None and by.person_id in {board.holder(SeatRole.CHAIR), board.holder(SeatRole.SECRETARY)}
    if not (keeps or own_answer or (runs and made.issuer.board_id is not None)):
        raise NotKeeperOfFile
    return made


async def _made(call: Call, made: Prepared, number: int, replaces: UUID | None) -> DocumentIssued:
    """Print it with its number, and keep the bytes before anything refers to them."""
    sheet, row = made.sheet(number), await files_kept_by(call)

    async def kept(form: FileFormat) -> IssuedFile:
        content, file_id = await asyncio.to_thread(rendered, sheet, form), call.new_id(f"file {form}")
        sha256 = await call.context.registry.put_file(file_id, content, row.rule_id)
        return IssuedFile(format=form, file_id=file_id, sha256=sha256, size=len(content))

    return DocumentIssued(
        document_id=call.new_id("document"),
        issuer=made.issuer.agency_id,
        board_id=made.issuer.board_id,
        kind=made.kind,
        year=made.case.day.year,
        number=number,
        symbol=made.symbol,
        review_id=made.case.review.review_id,
        step=made.step,
        issued_on=made.case.day,
        template=made.template,
        files=tuple([await kept(form) for form in FileFormat]),
        replaces=replaces,
        kept_by=row,
        signed_by=made.issuer.signer,
        issued_by=call.principal.person_id,
    )


async def _visible(call: Call, review_id: UUID) -> list[DocumentIssued]:
    """The documents that the caller may see: the subject those of what was addressed or served to him.

    Raises:
        NotFound: he heads an agency above, and none is his own answer to a complaint.
    """
    state = await seen(call, *_READERS)
    documents = await issued(call, review_id)
    sight = (await facts(call)).sight(state)
    if sight is Sight.ABOVE:
        answers = [one for one in documents if one.kind is DocumentKind.COMPLAINT_ANSWER]
        own = [one for one in answers if one.signed_by == call.principal.person_id]
        if not own:
            raise NotFound
        return own
    if sight is not Sight.SUBJECT:
        return documents
    told = list(told_to_subject(await call.context.store.load(REVIEW.stream(review_id))))
    his = await documents_told(call, review_id, told)
    return [one for found in his if isinstance(one := found.event, DocumentIssued)]


def _shown(call: Call, one: DocumentIssued, *, stands: bool) -> DocumentShown:
    return DocumentShown(
        document_id=one.document_id,
        kind=one.kind,
        kind_name=catalogues.text(of_scope(call.scope), f"document-kind-{one.kind}"),
        number=written_number(one),
        issuer=one.issuer,
        board_id=one.board_id,
        issued_on=one.issued_on,
        step=one.step,
        files=[FileShown(format=file.format, sha256=file.sha256, size=file.size) for file in one.files],
        replaces=one.replaces,
        stands=stands,
        template=one.template,
        kept_by=one.kept_by.rule_id,
        signed_by=one.signed_by,
        issued_by=one.issued_by,
    )
