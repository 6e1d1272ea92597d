"""What counts in an agency's record under a directive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from schemas.discipline.reviews import BasisItem, ReviewTerms


@dataclass(frozen=True, slots=True)
class Counted:
    """A confirmed finding that counts."""

    finding_id: UUID
    fact_date: date
    detected_at: datetime


@dataclass(frozen=True, slots=True)
class Reached:
    """A set of findings that were enough; none of them serves another set."""

    matter_id: UUID
    basis: tuple[BasisItem, ...]
    threshold: int
    period_days: int
    terms: ReviewTerms


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one agency under one directive."""

    counted: tuple[Counted, ...] = ()
    reached: tuple[Reached, ...] = ()


initial = Record()


def record_id(agency_id: str, directive_id: str) -> str:
    """The record's name; neither part can hold the dot."""
    return f"{agency_id}.{directive_id}"
