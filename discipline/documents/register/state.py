"""What a register is after its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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

    What boards issue in their own name is numbered apart from what their authority issues (Decree 30/2020/NĐ-CP, annex
    I, on the number of a document), and that of all boards of one authority together: each of them signs as HĐKL, so
    that apart two papers of one day would be called by the same number and symbol.
    """

    issuer: str
    of_boards: bool
    kind: DocumentKind
    """Of the kinds that are numbered together, the one that gives the register its name."""
    year: int

    @classmethod
    def of(cls, issuer: str, board_id: UUID | None, kind: DocumentKind, year: int) -> Self:
        """The register in which a document of the kind takes its number."""
        return cls(issuer, board_id is not None, NUMBERED_AS.get(kind, kind), year)

    @property
    def kinds(self) -> tuple[DocumentKind, ...]:
        """What it numbers."""
        return tuple(kind for kind in DocumentKind if NUMBERED_AS.get(kind, kind) is self.kind)

    @property
    def beside(self) -> tuple[Self, Self]:
        """Those of the years before and after: what is issued at midnight may be of either."""
        return replace(self, year=self.year - 1), replace(self, year=self.year + 1)

    def __str__(self) -> str:
        """Return it as the end of its stream's name."""
        issuer = f"{self.issuer}.boards" if self.of_boards else self.issuer
        return f"{issuer}.{self.kind}.{self.year}"


@dataclass(frozen=True, slots=True)
class Register:
    """How far it has come."""

    last: int = 0
    standing: Mapping[str, UUID] = field(default_factory=dict)
    """By step, the document that stands: one that was replaced does not."""

    def next(self, begins_after: int = 0) -> int:
        """The number of the next document; of the first one, after those that were given before it began."""
        return (self.last or begins_after) + 1


initial = Register()


def step_of(document: DocumentIssued) -> str:
    """The step of a review that a document puts into words."""
    return f"{document.review_id}/{document.step}"
