"""Documents as the register's tests issue them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from discipline.documents.register import state as register
from discipline.documents.register.decide import decide
from discipline.documents.register.evolve import evolve
from discipline.documents.register.state import RegisterId
from schemas.discipline.documents import DocumentIssued, DocumentKind, FileFormat, IssuedFile, TemplateUsed
from schemas.discipline.law import RowUsed
from tests.specification import Decider

REGISTER = Decider(register.initial, decide, evolve)
SECRETARY, CHAIR, REVIEW = UUID(int=0x5EC), UUID(int=0xC4A), UUID(int=0xCA5E)
DECISIONS = RegisterId("so-xay-dung", False, DocumentKind.DECISION, 2026)


def document(number: int, *, where: RegisterId = DECISIONS, **more: Any) -> DocumentIssued:
    """A document under a number; of a step of its own where none is named."""
    told: dict[str, Any] = {
        "document_id": uuid4(),
        "issuer": where.issuer,
        "board_id": None,
        "kind": where.kind,
        "year": where.year,
        "number": number,
        "symbol": "QĐ-SXD",
        "review_id": uuid4(),
        "step": 7,
        "issued_on": date(where.year, 3, 9),
        "template": TemplateUsed(owner=None, version=1, sha256="5e" * 32),
        "files": (IssuedFile(format=FileFormat.PDF, file_id=uuid4(), sha256="5e" * 32, size=1),),
        "replaces": None,
        "kept_by": RowUsed(rule_id="disciplinary-files-kept", instrument="Law on Archives", article=None),
        "signed_by": CHAIR,
        "issued_by": SECRETARY,
    }
    return DocumentIssued(**{**told, **more})
