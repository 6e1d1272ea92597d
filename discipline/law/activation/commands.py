"""What an administrator does with rows of the law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from discipline.calendar import Calendar
    from discipline.law.rows import LawTable
    from schemas.discipline.law_rows import RowStated
    from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class ActivateRow:
    """A row that ships inactive is to be applied from now on."""

    row_id: str
    shipped: LawTable
    stated: RowStated
    source: str
    reasons: DocumentRef
    at: datetime
    by: UUID
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class WithdrawRow:
    """A row is no longer to be applied."""

    row_id: str
    reasons: DocumentRef
    at: datetime
    by: UUID


Command: TypeAlias = ActivateRow | WithdrawRow
