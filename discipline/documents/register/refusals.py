"""Why a document is not issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.refusal import Refusal

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(unsafe_hash=True)
class NumberNotNext(Refusal):
    """The number that it was made with has been taken meanwhile; it is made anew with the next one."""

    number: int
    next: int


@dataclass(unsafe_hash=True)
class StepIssuedBefore(Refusal):
    """The same step has its document already."""

    document_id: UUID


@dataclass(unsafe_hash=True)
class ReplacesNothing(Refusal):
    """The document that it would replace does not stand for this step."""

    replaces: UUID
