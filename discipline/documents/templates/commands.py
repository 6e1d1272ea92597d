"""What an authority does with its templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.discipline.documents import DocumentKind, Wording


@dataclass(frozen=True, slots=True)
class StoreTemplate:
    """Put down a version."""

    owner: str
    kind: DocumentKind
    wording: Wording
    sha256: str
    used: frozenset[str]
    """Every field that its texts name, as they were read; an item's part as `list.part`."""
    by: UUID


@dataclass(frozen=True, slots=True)
class ActivateTemplate:
    """Use a version from now on."""

    owner: str
    kind: DocumentKind
    version: int
    by: UUID


@dataclass(frozen=True, slots=True)
class WithdrawTemplate:
    """Use no words of one's own any more."""

    owner: str
    kind: DocumentKind
    by: UUID


Command: TypeAlias = StoreTemplate | ActivateTemplate | WithdrawTemplate
