"""The papers of a sitting: texts of its reviews, what their findings said and rest on, and issued documents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never
from uuid import UUID

from schemas.discipline.documents import DocumentIssued, DocumentKind, FileFormat
from schemas.discipline.reviews import ReviewGround
from schemas.values import DocumentRef
from services.adapters import catalogues
from services.adapters.discipline.finding_papers import finding_papers
from services.adapters.documents.printing import MEDIA_TYPES
from services.application.discipline.aggregates import CONSULTATION, REVIEW
from services.application.registry import Reading
from services.entrypoints.api.discipline.document_case import issuings
from services.entrypoints.api.discipline.timeline import named, refs_of
from services.entrypoints.api.language import of_scope

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from discipline.boards.state import Board, Sitting
    from discipline.reviews.state import State
    from services.application.registry import Document
    from services.entrypoints.api.call import Call

TEXT = "text/plain; charset=utf-8"


class PaperKind(StrEnum):
    """What a paper is."""

    FINDING = "finding"
    """What was found, in the words of the finding of the basis."""
    EVIDENCE = "evidence"
    """What that finding rests on."""
    TEXT = "text"
    """A text of the review, or of a consultation that it rests on."""
    DOCUMENT = "document"
    """An issued document, in one of its formats."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, by what refers to it."""

    kind: PaperKind
    ref: DocumentRef
    """Of a document, the file and its hash."""
    review_id: UUID
    finding_id: UUID | None
    type: str
    """The contract of the event that refers to it."""
    version: int
    """That event's place in its stream."""
    recorded_at: datetime
    title: str
    """For the name of its file: ASCII letters."""
    form: FileFormat | None = None
    document: DocumentKind | None = None
    """Which kind of document was issued."""
    number: int = 0

    @property
    def media_type(self) -> str:
        """As it is handed out."""
        return TEXT if self.form is None else MEDIA_TYPES[self.form]

    @property
    def file_name(self) -> str:
        """In the order of the bundle."""
        return f"{self.number:03d}-{self.title}.{self.form or 'txt'}"


def name_of(call: Call, paper: Paper) -> str:
    """What it is, in the language asked for; a text by what happened then."""
    language = of_scope(call.scope)
    match paper.kind:
        case PaperKind.TEXT:
            return named(call, paper.type)
        case PaperKind.DOCUMENT:
            return catalogues.text(language, f"document-kind-{paper.document}")
        case PaperKind.FINDING | PaperKind.EVIDENCE:
            return catalogues.text(language, f"paper-{paper.kind}")
        case _:
            assert_never(paper.kind)


async def papers_of(call: Call, board: Board, sitting: Sitting) -> list[Paper]:
    """Every paper of the reviews on the agenda that still go on, each once: findings, texts, documents."""
    found: dict[UUID, Paper] = {}
    for review_id in sitting.review_ids:
        if review_id in board.reviews:
            async for paper in _of_review(call, review_id):
                found.setdefault(paper.ref.document_id, paper)
    return [replace(paper, number=number) for number, paper in enumerate(found.values(), 1)]


async def _of_review(call: Call, review_id: UUID) -> AsyncIterator[Paper]:
    state: State = (await call.context.handler.load(REVIEW, REVIEW.stream(review_id))).state
    basis = () if state is None else state.basis
    consents = [item.finding_id for item in basis if item.ground is ReviewGround.DEEMED_CONSENT]
    for one in await finding_papers(call.context.pool, [item.finding_id for item in basis]):
        kind = PaperKind.FINDING if one.part == "narrative" else PaperKind.EVIDENCE
        yield Paper(
            kind, one.document, review_id, one.finding_id, one.type, one.version, one.recorded_at, f"finding-{one.part}"
        )
    streams = [*map(CONSULTATION.stream, consents), REVIEW.stream(review_id)]
    for recorded in [one for stream in streams for one in await call.context.store.load(stream)]:
        event, at = recorded.event, recorded.recorded_at
        title = event.type.split(".")[1].replace("_", "-")
        for ref in refs_of(event):
            yield Paper(PaperKind.TEXT, ref, review_id, None, event.type, recorded.version, at, title)
    for recorded in await issuings(call, review_id):
        event, at = recorded.event, recorded.recorded_at
        if isinstance(event, DocumentIssued):
            title = f"{event.kind}-{event.year}-{event.number:02d}"
            for file in event.files:
                ref = DocumentRef(document_id=file.file_id, sha256=file.sha256)
                yield Paper(
                    PaperKind.DOCUMENT,
                    ref,
                    review_id,
                    None,
                    event.type,
                    recorded.version,
                    at,
                    title,
                    file.format,
                    event.kind,
                )


@dataclass(frozen=True, slots=True)
class Content:
    """A paper as it is handed out."""

    data: bytes
    salt: bytes | None
    """Of a text: its proof is of salt and text."""

    @property
    def sha256(self) -> str:
        """Of the bytes that are handed out."""
        return hashlib.sha256(self.data).hexdigest()


async def content_of(call: Call, paper: Paper, texts: dict[UUID, Document] | None = None) -> Content | None:
    """What the registry has of it, with the reading recorded; None where it is gone.

    Args:
        call: who reads.
        paper: which.
        texts: those that were read before.
    """
    if paper.form is None:
        known = texts if texts is not None else await call.documents([paper.ref])
        text = known.get(paper.ref.document_id)
        return None if text is None else Content(text.text.encode(), text.salt)
    exchange = call.exchange
    reading = Reading(call.principal.actor, exchange.template, exchange.correlation_id)
    data = await call.context.registry.file(paper.ref.document_id, paper.ref.sha256, reading)
    return None if data is None else Content(data, None)
