"""What is done with a register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from schemas.discipline.documents import DocumentIssued


@dataclass(frozen=True, slots=True)
class IssueDocument:
    """A document that was made under the number that was the next one, with its bytes kept."""

    document: DocumentIssued
    elsewhere: UUID | None = None
    """The document of the same step that stands, which may be in the register of another year or issuer."""
    begins_after: int = 0
    """The last number that was given before the register began."""


Command: TypeAlias = IssueDocument
