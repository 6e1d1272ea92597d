"""Which rows were activated, by what source, and from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schemas.discipline.law_rows import RowStated
from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An activation was taken back."""

    at: datetime
    reasons: DocumentRef
    by: UUID


@dataclass(frozen=True, slots=True)
class Activation:
    """A row was activated."""

    row_id: str
    stated: RowStated
    source: str
    reasons: DocumentRef
    since: datetime
    by: UUID
    withdrawn: Withdrawal | None = None

    def applied(self, at: datetime) -> bool:
        """Whether it holds at a moment."""
        return self.since <= at and (self.withdrawn is None or at < self.withdrawn.at)


@dataclass(frozen=True, slots=True)
class Activations:
    """All that were ever made, in their order."""

    made: tuple[Activation, ...] = ()

    def current(self, row_id: str) -> Activation | None:
        """The activation of a row that was not withdrawn."""
        return next((one for one in self.made if one.row_id == row_id and one.withdrawn is None), None)

    def at(self, moment: datetime) -> dict[str, Activation]:
        """By row, the activations that hold at a moment."""
        return {one.row_id: one for one in self.made if one.applied(moment)}


INITIAL = Activations()
