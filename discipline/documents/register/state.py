"""What a register is after its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from uuid import UUID

from schemas.discipline.documents import DocumentIssued, DocumentKind

NUMBERED_AS: Final[Mapping[DocumentKind, DocumentKind]] = {
    DocumentKind.REVIEW_OPENING: DocumentKind.DECISION,
    DocumentKind.COMPLAINT_ANSWER: DocumentKind.DECISION,
}
"""Kinds that bear one type's name (quyết định) and symbol are numbered together: apart, two decisions of an authority
would be called by the same number in the same year."""


@dataclass(frozen=True, slots=True)
class RegisterId:
    """Whose documents of which type and year it numbers.

    A board that issues in its own name numbers its own documents (Decree 30/2020/NĐ-CP, annex I, on the number of a
    document).
    """

    issuer: str
    board_id: UUID | None
    kind: DocumentKind
    """Of the kinds that are numbered together, the one that gives the register its name."""
    year: int

    @classmethod
    def of(cls, issuer: str, board_id: UUID | None, kind: DocumentKind, year: int) -> Self:
        """The register in which a document of the kind takes its number."""
        return cls(issuer, board_id, NUMBERED_AS.get(kind, kind), year)

    def __str__(self) -> str:
        """Return it as the end of its stream's name."""
        issuer = self.issuer if self.board_id is None else f"{self.issuer}.{self.board_id}"
        return f"{issuer}.{self.kind}.{self.year}"


@dataclass(frozen=True, slots=True)
class Register:
    """How far it has come."""

    last: int = 0
    standing: Mapping[str, UUID] = field(default_factory=dict)
    """By step, the document that stands: one that was replaced does not."""

    @property
    def next(self) -> int:
        """The number of the next document."""
        return self.last + 1


initial = Register()


def step_of(document: DocumentIssued) -> str:
    """The step of a review that a document puts into words."""
    return f"{document.review_id}/{document.step}"
