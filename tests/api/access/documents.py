"""The permissions of documents and their templates, as rows of the discipline context."""

from uuid import UUID, uuid4

from discipline.documents.register.commands import IssueDocument
from discipline.documents.register.state import RegisterId
from schemas.discipline.documents import DocumentKind
from schemas.discipline.reviews import ReviewOpened
from services.adapters.documents.shipped import shipped
from services.application.discipline.aggregates import REGISTER, REVIEW
from services.application.identity import Role
from services.entrypoints.api.context import Context
from tests.api.access.table import Ids, row
from tests.api.discipline_cases import request
from tests.documents.register_samples import document

ISSUERS = (Role.AUTHORITY, Role.BOARD_MEMBER, Role.BOARD_SECRETARY)
WORDS_READERS = (*ISSUERS, Role.AUDITOR, Role.ADMINISTRATOR)
WORDING = shipped(DocumentKind.DECISION).model_dump(mode="json")
ROWS = (
    row("POST", "/reviews/{review_id}/documents", *ISSUERS, outside=404, body=lambda _: {"kind": "review-opening"}),
    row("GET", "/reviews/{review_id}/document-preview/{kind}", *ISSUERS, outside=404),
    row("GET", "/document-templates", *WORDS_READERS, outside=None, query="?agency_id=so-y-te"),
    row(
        "POST",
        "/document-templates/{kind}",
        Role.AUTHORITY,
        outside=403,
        body=lambda _: {"agency_id": "so-y-te", "wording": WORDING},
    ),
    row(
        "POST",
        "/document-templates/{kind}/activate",
        Role.AUTHORITY,
        outside=403,
        body=lambda _: {"agency_id": "so-y-te", "version": 1},
    ),
    row(
        "POST",
        "/document-templates/{kind}/withdraw",
        Role.AUTHORITY,
        outside=403,
        body=lambda _: {"agency_id": "so-y-te"},
    ),
)


async def issued(context: Context, review_id: UUID) -> Ids:
    """A document of the review's opening, and the kind that the other rows ask for."""
    history = await context.store.load(REVIEW.stream(review_id))
    step = next(recorded.version for recorded in history if isinstance(recorded.event, ReviewOpened))
    where = RegisterId.of("tinh", None, DocumentKind.REVIEW_OPENING, 2026)
    kind = DocumentKind.REVIEW_OPENING
    one = document(1, where=where, kind=kind, document_id=uuid4(), review_id=review_id, step=step)
    await context.handler.handle(REGISTER, where, IssueDocument(one), request())
    return {"issued_id": str(one.document_id), "kind": "review-opening", "form": "pdf"}
