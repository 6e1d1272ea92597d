"""Events of issued documents (văn bản): which number each got in its register, and the bytes that were issued.

A register is one issuer's documents of one type in one year: decisions of every kind share one. The event that issues a
document is the one that takes its number, and its place in the register's stream is that number: a number without a
document, or two documents under one, cannot be stored (docs/decisions/0008-documents.md).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Contract, Day, Event, Number, Sha256, Slug, Text
from schemas.discipline.law import RowUsed


class DocumentKind(StrEnum):
    """What a document is; an issuer's decisions of every kind are numbered together, each other kind by itself."""

    REVIEW_OPENING = "review-opening"
    """Quyết định về việc xem xét trách nhiệm."""
    SUMMONS = "summons"
    """Giấy triệu tập."""
    MINUTES = "minutes"
    """Biên bản, of a review meeting or of a board's hearing."""
    RECOMMENDATION = "recommendation"
    """Văn bản kiến nghị of a board."""
    DECISION = "decision"
    """Quyết định kỷ luật, or không kỷ luật."""
    COMPLAINT_ANSWER = "complaint-answer"
    """Quyết định giải quyết khiếu nại."""
    PUBLICATION = "publication"
    """Thông báo công khai, without what must not be published."""


class Wording(Contract):
    """The words of a template: texts with fields (`{{ subject_name }}`), for the layout of Decree 30/2020/NĐ-CP.

    The layout itself is no template's business: national title, names of the agencies, number, place and day, and the
    signer's name stand where the decree puts them, whatever a template says.
    """

    symbol: Annotated[Text, Field(description="What stands after the number: QĐ-{{ issuer_abbreviation }}.")]
    title: Annotated[Text, Field(description="The kind of document, as printed (tên loại).")]
    subject: Annotated[Text, Field(description="What it is about (trích yếu).")]
    place: Annotated[Text | None, Field(description="Where it is issued (địa danh); none: by the authority's name.")]
    authority_line: Annotated[Text | None, Field(description="Who decides, above the grounds; none where nobody does.")]
    bases: Annotated[tuple[Text, ...], Field(max_length=30, description="The grounds (căn cứ), each a paragraph.")]
    body: Annotated[
        tuple[Text, ...], Field(min_length=1, max_length=100, description="Paragraphs; a line break begins another.")
    ]
    recipients: Annotated[tuple[Text, ...], Field(max_length=20, description="Who gets it (nơi nhận).")]
    signature: Annotated[tuple[Text, ...], Field(min_length=1, max_length=4, description="Above the signer's name.")]
    countersignature: Annotated[
        tuple[Text, ...], Field(max_length=4, description="Above the other name, on the left: of minutes; else none.")
    ]


class FileFormat(StrEnum):
    """In which a document is issued; both say the same."""

    DOCX = "docx"
    PDF = "pdf"


class IssuedFile(Contract):
    """The bytes of a document, as they were issued and as they are kept."""

    format: Annotated[FileFormat, Field(description="Word or PDF.")]
    file_id: Annotated[UUID, Field(description="Id in the registry, which keeps them encrypted.")]
    sha256: Annotated[Sha256, Field(description="SHA-256 of the bytes: whoever holds the file can compare it.")]
    size: Annotated[Number, Field(description="How many bytes.")]


class TemplateUsed(Contract):
    """The words that a document was made with."""

    owner: Annotated[Slug | None, Field(description="The agency whose template it is; none: it ships with the suite.")]
    version: Annotated[Number, Field(description="Its version.")]
    sha256: Annotated[Sha256, Field(description="SHA-256 of the template's canonical JSON.")]


class DocumentIssued(Event):
    """A document was issued under the next number of its register. As narrow as the review that it belongs to."""

    topic: ClassVar[str] = "discipline.reviews"
    type: Literal["discipline.document_issued.v1"] = "discipline.document_issued.v1"
    document_id: Annotated[UUID, Field(description="The document.")]
    issuer: Annotated[Slug, Field(description="The issuing agency.")]
    board_id: Annotated[UUID | None, Field(description="Its board, which numbers its own documents; none: the agency.")]
    kind: Annotated[DocumentKind, Field(description="What it is.")]
    year: Annotated[Number, Field(description="The year of the register.")]
    number: Annotated[Number, Field(description="The number in that year: the next one, without a gap.")]
    symbol: Annotated[Text, Field(description="What stands after the number: QĐ-UBND, say.")]
    review_id: Annotated[UUID, Field(description="The review that it belongs to.")]
    step: Annotated[Number, Field(description="Version of the review's event that it puts into words.")]
    issued_on: Annotated[Day, Field(description="The day that stands on it.")]
    template: Annotated[TemplateUsed, Field(description="The words that it was made with.")]
    files: Annotated[tuple[IssuedFile, ...], Field(min_length=1, description="The same document in each format.")]
    replaces: Annotated[UUID | None, Field(description="The document of the same step in whose place it was issued.")]
    kept_by: Annotated[RowUsed, Field(description="The row by which it is kept, whoever asks for its erasure.")]
    signed_by: Annotated[UUID, Field(description="Whose name stands under it.")]
    issued_by: Annotated[UUID, Field(description="Who issued it.")]


AnyRegisterEvent = DocumentIssued
